/**
 * The end that demands a proof: PAP, CHAP with MD5, MS-CHAP v1 and v2. It judges nothing: the proof goes out as a question and
 * the verdict comes back. A proof that is repeated after it was accepted gets the same answer again.
 */

import { tryDecode } from "../kernel/errors.ts";
import type { Deadline, Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import { type Random, randomBetween } from "../kernel/random.ts";
import { Secret } from "../kernel/secret.ts";
import type { PppProof, PppVerdict } from "../proof.ts";
import type { PppAuthentication } from "../spec.ts";
import { type ControlPacket, controlPacket, pppProtocol } from "../wire/ppp-control.ts";
import {
  AUTHENTICATION_RETRY_MILLIS,
  AUTHENTICATION_TRIES,
  type AuthenticationOutput,
  chapCode,
  papCode,
  readChap,
  readPap,
  writeChap,
} from "./authentication.ts";
import type { PppPlan } from "./events.ts";

/** RFC 2433 §4 and RFC 2759 §4: LM and NT response, or peer challenge, reserved, NT response; then flags. */
const MS_CHAP_RESPONSE = 49;
const MS_CHAP_CHALLENGE: Readonly<Partial<Record<PppAuthentication, number>>> = { msChap: 8, msChapV2: 16 };

export class Authenticator {
  readonly #protocol: PppAuthentication;
  readonly #plan: PppPlan;
  readonly #random: Random;
  readonly #outputs = new Outputs<AuthenticationOutput>();
  #challenge: Uint8Array = new Uint8Array(0);
  #identifier = 0;
  #sends = 0;
  #timerAt: Millis | undefined;
  #attempts = 0;
  /** The request that a verdict is awaited for. */
  #pending: ControlPacket | undefined;
  #name = "";
  /** Our last answer, to say it again; only a good one is repeated. */
  #answer: ControlPacket | undefined;
  #over = false;

  constructor(protocol: PppAuthentication, plan: PppPlan, random: Random) {
    this.#protocol = protocol;
    this.#plan = plan;
    this.#random = random;
  }

  start(now: Millis): void {
    if (this.#protocol !== "pap") this.#newChallenge();
    this.#send(now);
  }

  receive(protocol: number, packet: ControlPacket): void {
    if (protocol !== (this.#protocol === "pap" ? pppProtocol.pap : pppProtocol.chap)) return;
    const expected = this.#protocol === "pap" ? papCode.request : chapCode.response;
    if (packet.code !== expected || this.#pending !== undefined) return;
    if (this.#over) {
      if (this.#answer !== undefined) this.#reply({ ...this.#answer, identifier: packet.identifier });
      return;
    }
    const proof = this.#proofOf(packet);
    if (proof === undefined) return;
    this.#pending = packet;
    this.#timerAt = undefined;
    this.#outputs.push({ type: "ask", name: this.#name, proof });
  }

  verdict(verdict: PppVerdict, now: Millis): void {
    const asked = this.#pending;
    if (asked === undefined) return;
    this.#pending = undefined;
    if (verdict.accepted) {
      const text = verdict.authenticatorResponse === undefined ? "" : `${verdict.authenticatorResponse} M=Welcome`;
      this.#over = true;
      this.#answer = this.#packet(true, asked.identifier, text);
      this.#reply(this.#answer);
      this.#outputs.push({ type: "done", name: this.#name });
      return;
    }
    this.#attempts += 1;
    const again = this.#attempts <= this.#plan.authenticationRetries;
    if (this.#protocol !== "pap" && again) this.#newChallenge();
    this.#reply(this.#packet(false, asked.identifier, this.#failureText(again)));
    if (!again) {
      this.#over = true;
      // Who the peer said it was belongs in our log; what was wrong with it is in the verdict's.
      this.#outputs.push({ type: "failed", reason: `authentication of ${this.#name} failed: ${verdict.reason}` });
      return;
    }
    this.#sends = 0;
    // MS-CHAP carries the new challenge in its failure packet; CHAP needs a packet of its own.
    if (this.#protocol === "chap") this.#send(now);
    else this.#timerAt = now + AUTHENTICATION_RETRY_MILLIS * AUTHENTICATION_TRIES;
  }

  handleTimeout(now: Millis): void {
    if (this.#timerAt === undefined || now < this.#timerAt) return;
    this.#timerAt = undefined;
    if (this.#sends < AUTHENTICATION_TRIES && this.#attempts === 0) {
      this.#send(now);
      return;
    }
    this.#over = true;
    this.#outputs.push({ type: "failed", reason: "the peer does not authenticate itself" });
  }

  pollOutput(): AuthenticationOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#timerAt === undefined ? undefined : { at: this.#timerAt, why: "PPP authentication" };
  }

  #send(now: Millis): void {
    this.#sends += 1;
    this.#timerAt = now + AUTHENTICATION_RETRY_MILLIS;
    // With PAP it is the peer that speaks first: the timer alone runs.
    if (this.#protocol === "pap") return;
    const data = writeChap(this.#challenge, this.#plan.localName);
    this.#reply({ code: chapCode.challenge, identifier: this.#identifier, data });
  }

  #newChallenge(): void {
    const { min, max } = this.#plan.chapChallengeLength;
    const length = MS_CHAP_CHALLENGE[this.#protocol] ?? randomBetween(this.#random, min, max);
    this.#challenge = this.#random.bytes(length);
    this.#identifier = (this.#identifier + 1) & 0xff;
  }

  #proofOf(packet: ControlPacket): PppProof | undefined {
    if (this.#protocol === "pap") {
      const read = tryDecode(() => readPap(packet.data));
      if (!read.ok) return undefined;
      this.#name = read.value.name;
      return { protocol: "pap", password: new Secret(new TextDecoder().decode(read.value.password)) };
    }
    const read = tryDecode(() => readChap(packet.data));
    if (!read.ok) return undefined;
    const { value, name } = read.value;
    // MS-CHAP retries answer the challenge of the failure packet under the next identifier (RFC 2759 §6).
    const isRetry = this.#protocol !== "chap" && this.#attempts > 0;
    if (packet.identifier !== this.#identifier && !isRetry) return undefined;
    this.#name = name;
    const challenge = this.#challenge;
    if (this.#protocol === "chap") {
      return { protocol: "chap", identifier: packet.identifier, challenge, response: value };
    }
    if (value.length !== MS_CHAP_RESPONSE) return undefined;
    const response = value.subarray(24, 48);
    if (this.#protocol === "msChap") return { protocol: "msChap", challenge, response };
    return { protocol: "msChapV2", challenge, peerChallenge: value.subarray(0, 16), response };
  }

  #failureText(again: boolean): string {
    const challenge = Buffer.from(this.#challenge).toString("hex").toUpperCase();
    const retry = again ? 1 : 0;
    // Error 691 is "authentication failure" (RFC 2433 §6); it says nothing about what was wrong.
    if (this.#protocol === "msChap") return `E=691 R=${retry} C=${challenge} V=2`;
    if (this.#protocol === "msChapV2") return `E=691 R=${retry} C=${challenge} V=3 M=Authentication failed`;
    return "Authentication failed";
  }

  #packet(good: boolean, identifier: number, text: string): ControlPacket {
    const octets = new TextEncoder().encode(text);
    if (this.#protocol !== "pap") return { code: good ? chapCode.success : chapCode.failure, identifier, data: octets };
    // PAP's message has a length in front (RFC 1334 §2.2.2).
    return { code: good ? papCode.ack : papCode.nak, identifier, data: Uint8Array.of(octets.length, ...octets) };
  }

  #reply(packet: ControlPacket): void {
    const protocol = this.#protocol === "pap" ? pppProtocol.pap : pppProtocol.chap;
    this.#outputs.push({ type: "packet", protocol, bytes: controlPacket.encode(packet) });
  }
}
