/**
 * The end that proves itself: PAP, CHAP with MD5, MS-CHAP v1 and v2. With MS-CHAP v2 the authenticator has to prove itself
 * too (RFC 2759 §5): a success without the right response is a failure.
 */

import { chapResponse } from "../crypto/chap.ts";
import { authenticatorResponse, challengeResponse, ntPasswordHash, ntResponse } from "../crypto/ms-chap.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { Random } from "../kernel/random.ts";
import type { PppAuthentication } from "../spec.ts";
import { type ControlPacket, controlPacket, pppProtocol } from "../wire/ppp-control.ts";
import {
  AUTHENTICATION_RETRY_MILLIS,
  AUTHENTICATION_TRIES,
  type AuthenticationOutput,
  chapCode,
  papCode,
  readChap,
  writeChap,
  writePap,
} from "./authentication.ts";
import type { PppPlan } from "./events.ts";

type Credentials = NonNullable<PppPlan["credentials"]>;

export class Prover {
  readonly #protocol: PppAuthentication;
  readonly #credentials: Credentials;
  readonly #random: Random;
  readonly #outputs = new Outputs<AuthenticationOutput>();
  #timerAt: Millis | undefined;
  #sends = 0;
  /** What MS-CHAP v2's success must carry. */
  #expected: string | undefined;

  constructor(protocol: PppAuthentication, credentials: Credentials, random: Random) {
    this.#protocol = protocol;
    this.#credentials = credentials;
    this.#random = random;
  }

  start(now: Millis): void {
    if (this.#protocol === "pap") this.#sendPap(now);
  }

  receive(protocol: number, packet: ControlPacket): void {
    if (this.#protocol === "pap") {
      if (protocol !== pppProtocol.pap) return;
      if (packet.code === papCode.ack) this.#succeed();
      else if (packet.code === papCode.nak) this.#fail();
      return;
    }
    if (protocol !== pppProtocol.chap) return;
    if (packet.code === chapCode.challenge) this.#answer(packet);
    else if (packet.code === chapCode.success) this.#checkSuccess(packet);
    else if (packet.code === chapCode.failure) this.#fail();
  }

  handleTimeout(now: Millis): void {
    if (this.#timerAt === undefined || now < this.#timerAt) return;
    if (this.#sends < AUTHENTICATION_TRIES) {
      this.#sendPap(now);
      return;
    }
    this.#timerAt = undefined;
    this.#outputs.push({ type: "failed", reason: "the authenticator does not answer" });
  }

  pollOutput(): AuthenticationOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#timerAt === undefined ? undefined : { at: this.#timerAt, why: "PAP request" };
  }

  #sendPap(now: Millis): void {
    this.#sends += 1;
    this.#timerAt = now + AUTHENTICATION_RETRY_MILLIS;
    const { name, password } = this.#credentials;
    const packet = { code: papCode.request, identifier: this.#sends, data: writePap(name, password.reveal()) };
    this.#outputs.push({ type: "packet", protocol: pppProtocol.pap, bytes: controlPacket.encode(packet) });
  }

  #answer(packet: ControlPacket): void {
    const read = tryDecode(() => readChap(packet.data));
    if (!read.ok) return;
    const value = this.#response(packet.identifier, read.value.value);
    const data = writeChap(value, this.#credentials.name);
    const response = { code: chapCode.response, identifier: packet.identifier, data };
    this.#outputs.push({ type: "packet", protocol: pppProtocol.chap, bytes: controlPacket.encode(response) });
  }

  #response(identifier: number, challenge: Uint8Array): Uint8Array {
    const password = this.#credentials.password.reveal();
    if (this.#protocol === "chap") return chapResponse(identifier, password, challenge);
    const passwordHash = ntPasswordHash(password);
    const value = new Uint8Array(49);
    if (this.#protocol === "msChap") {
      value.set(challengeResponse(challenge, passwordHash), 24);
      // RFC 2433 §4: the flag says that the NT response is the one to use.
      value[48] = 1;
      return value;
    }
    const name = this.#credentials.name.replace(/^.*\\/, "");
    const peerChallenge = this.#random.bytes(16);
    const response = ntResponse(challenge, peerChallenge, name, passwordHash);
    value.set(peerChallenge, 0);
    value.set(response, 24);
    this.#expected = authenticatorResponse(passwordHash, response, peerChallenge, challenge, name);
    return value;
  }

  #checkSuccess(packet: ControlPacket): void {
    const text = new TextDecoder("latin1").decode(packet.data);
    if (this.#protocol === "msChapV2" && (this.#expected === undefined || !text.startsWith(this.#expected))) {
      this.#outputs.push({ type: "failed", reason: "the authenticator does not know our password" });
      return;
    }
    this.#succeed();
  }

  #succeed(): void {
    this.#timerAt = undefined;
    this.#outputs.push({ type: "done", name: this.#credentials.name });
  }

  #fail(): void {
    this.#timerAt = undefined;
    this.#outputs.push({ type: "failed", reason: "the authenticator refuses our name or password" });
  }
}
