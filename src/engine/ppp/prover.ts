/**
 * The end that proves itself: PAP (RFC 1334), CHAP with MD5 (RFC 1994), MS-CHAP v1 (RFC 2433) and v2 (RFC 2759). With MS-CHAP v2
 * the authenticator has to prove itself too: a success without the right response is a failure. A success that nothing of ours
 * asked for is no success.
 */

import { chapResponse } from "../crypto/chap.ts";
import { equalText } from "../crypto/constant-time.ts";
import { authenticatorResponse, challengeResponse, ntPasswordHash, ntResponse } from "../crypto/ms-chap.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import type { PppAuthentication } from "../ppp-spec.ts";
import { chapCode, chapValue, msChapResponse, msChapV2Response } from "../wire/ppp-chap.ts";
import { type ControlPacket, controlPacket } from "../wire/ppp-control.ts";
import { nameOctets, textOf } from "../wire/ppp-name.ts";
import { papCode, papRequest } from "../wire/ppp-pap.ts";
import { type AuthenticationOutput, CHALLENGE_LENGTH, carrierOf } from "./authentication.ts";
import type { PppPlan } from "./events.ts";
import type { NegotiationLimits } from "./limits.ts";

type Credentials = NonNullable<PppPlan["credentials"]>;

/** A response that we gave, and what the success has to carry with MS-CHAP v2. */
interface Given {
  readonly challenge: Uint8Array;
  readonly packet: ControlPacket;
  readonly expected: string | undefined;
}

export class Prover {
  readonly #protocol: PppAuthentication;
  readonly #credentials: Credentials;
  readonly #limits: NegotiationLimits;
  readonly #random: Random;
  readonly #outputs = new Outputs<AuthenticationOutput>();
  #timerAt: Millis | undefined;
  #giveUpAt: Millis = 0;
  /** Of the last PAP request. */
  #identifier = 0;
  #given: Given | undefined;
  #proven = false;

  constructor(protocol: PppAuthentication, credentials: Credentials, limits: NegotiationLimits, random: Random) {
    this.#protocol = protocol;
    this.#credentials = credentials;
    this.#limits = limits;
    this.#random = random;
  }

  start(now: Millis): void {
    this.#giveUpAt = now + this.#limits.authenticationMillis;
    if (this.#protocol === "pap") this.#sendPap(now);
    else this.#timerAt = this.#giveUpAt;
  }

  receive(protocol: number, packet: ControlPacket, now: Millis): void {
    if (protocol !== carrierOf(this.#protocol)) return;
    if (this.#protocol === "pap") {
      if (packet.code === papCode.ack) this.#succeed();
      else if (packet.code === papCode.nak) this.#fail();
      return;
    }
    if (packet.code === chapCode.challenge) {
      this.#answer(packet, now);
      return;
    }
    if (packet.identifier !== this.#given?.packet.identifier) return;
    if (packet.code === chapCode.success) this.#checkSuccess(packet, this.#given.expected);
    else if (packet.code === chapCode.failure) this.#fail();
  }

  handleTimeout(now: Millis): void {
    if (this.#timerAt === undefined || now < this.#timerAt) return;
    this.#timerAt = undefined;
    if (now >= this.#giveUpAt) {
      this.#outputs.push({ type: "failed", reason: "the authenticator does not answer" });
    } else if (this.#protocol === "pap") {
      this.#sendPap(now);
    } else if (this.#given !== undefined) {
      this.#sendAgainLater(this.#given.packet, now);
    }
  }

  pollOutput(): AuthenticationOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#timerAt === undefined ? undefined : { at: this.#timerAt, why: "PPP authentication at the peer" };
  }

  #sendPap(now: Millis): void {
    const { name, password } = this.#credentials;
    const data = papRequest.encode({ name, password: nameOctets(password.reveal()) });
    this.#identifier = (this.#identifier + 1) & 0xff;
    this.#sendAgainLater({ code: papCode.request, identifier: this.#identifier, data }, now);
  }

  /** An authenticator may ask again at any time (RFC 1994 §2); a repeated challenge gets the response that it got before. */
  #answer(packet: ControlPacket, now: Millis): void {
    const read = tryDecode(() => chapValue.decode(packet.data));
    const length = CHALLENGE_LENGTH[this.#protocol];
    if (!read.ok || (length !== undefined && read.value.value.length !== length)) return;
    const challenge = read.value.value;
    const { identifier } = packet;
    if (this.#given?.packet.identifier !== identifier || !same(this.#given.challenge, challenge)) {
      const { value, expected } = this.#respond(identifier, challenge);
      const data = chapValue.encode({ value, name: this.#credentials.name });
      const response = { code: chapCode.response, identifier, data };
      this.#given = { challenge: challenge.slice(), packet: response, expected };
    }
    this.#giveUpAt = now + this.#limits.authenticationMillis;
    this.#sendAgainLater(this.#given.packet, now);
  }

  /** The response may be lost as well as its answer, so it is repeated until there is one (RFC 1994 §4.2 allows for that). */
  #sendAgainLater(packet: ControlPacket, now: Millis): void {
    this.#timerAt = Math.min(now + this.#limits.retryMillis, this.#giveUpAt);
    this.#outputs.push({ type: "packet", protocol: carrierOf(this.#protocol), bytes: controlPacket.encode(packet) });
  }

  #respond(identifier: number, challenge: Uint8Array): { readonly value: Uint8Array; readonly expected?: string } {
    const password = this.#credentials.password.reveal();
    if (this.#protocol === "chap") return { value: chapResponse(identifier, password, challenge) };
    const passwordHash = ntPasswordHash(password);
    if (this.#protocol === "msChap") {
      const response = challengeResponse(challenge, passwordHash);
      return { value: msChapResponse.encode({ lmResponse: new Uint8Array(24), ntResponse: response, flags: 1 }) };
    }
    const name = this.#credentials.name.replace(/^.*\\/, "");
    const peerChallenge = this.#random.bytes(16);
    const response = ntResponse(challenge, peerChallenge, name, passwordHash);
    const fields = { peerChallenge, reserved: new Uint8Array(8), ntResponse: response, flags: 0 };
    return {
      value: msChapV2Response.encode(fields),
      expected: authenticatorResponse(passwordHash, response, peerChallenge, challenge, name),
    };
  }

  #checkSuccess(packet: ControlPacket, expected: string | undefined): void {
    const said = textOf(packet.data).slice(0, expected?.length ?? 0);
    if (expected !== undefined && !equalText(said, expected)) {
      this.#timerAt = undefined;
      this.#outputs.push({ type: "failed", reason: "the authenticator does not know our password" });
      return;
    }
    this.#succeed();
  }

  #succeed(): void {
    this.#timerAt = undefined;
    if (this.#proven) return;
    this.#proven = true;
    this.#outputs.push({ type: "done", name: this.#credentials.name });
  }

  #fail(): void {
    this.#timerAt = undefined;
    this.#outputs.push({ type: "failed", reason: "the authenticator refuses our name or password" });
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
