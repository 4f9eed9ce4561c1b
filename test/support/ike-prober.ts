/**
 * A hand-driven initiator against one IKE machine: it negotiates phase 1 properly and then says whatever a test wants
 * it to say, under its keys or not.
 */

import type { AgreementQuestion } from "../../src/engine/agreement.ts";
import { agree, generateDhKeyPair, sharedSecret } from "../../src/engine/crypto/dh.ts";
import { derivePhase1Keys, type Phase1Keys } from "../../src/engine/crypto/keymat.ts";
import { prf } from "../../src/engine/crypto/prf.ts";
import type { IkeConfiguration, IkeInput, IkeOutput } from "../../src/engine/ike/events.ts";
import { identificationOf } from "../../src/engine/ike/identities.ts";
import { IkeMachine } from "../../src/engine/ike/ike.ts";
import {
  clearMessage,
  exchangeIv,
  type Opened,
  openSealed,
  sealHashed,
  sealMessage,
  thirdHash,
} from "../../src/engine/ike/message.ts";
import { type NatDialect, natDetectionPayloads } from "../../src/engine/ike/nat-traversal.ts";
import { offerPhase1 } from "../../src/engine/ike/phase1-proposals.ts";
import { offerPhase2 } from "../../src/engine/ike/phase2-proposals.ts";
import type { Flow } from "../../src/engine/kernel/address.ts";
import { fieldsOf, type LogEvent } from "../../src/engine/kernel/log.ts";
import type { Random } from "../../src/engine/kernel/random.ts";
import type { IkePolicySpec } from "../../src/engine/spec.ts";
import { writeIdentification } from "../../src/engine/wire/isakmp-body.ts";
import { decodeIsakmpHeader, exchangeType } from "../../src/engine/wire/isakmp-header.ts";
import { type Payload, payloadType, readPayloads } from "../../src/engine/wire/isakmp-payload.ts";
import { writeSecurityAssociation } from "../../src/engine/wire/isakmp-sa.ts";
import { aesSha1, policy3des, SERVER, serverConfiguration } from "./ike-pair.ts";
import { seededRandom } from "./random.ts";

/** The machine under test with what it said since it was last asked. */
export class Target {
  readonly machine: IkeMachine;
  readonly logs: LogEvent[] = [];
  now = 0;

  /** `epoch`: the day on which certificates are judged. */
  constructor(configuration: IkeConfiguration = serverConfiguration(), epoch = 0) {
    this.machine = new IkeMachine({
      epoch: (now) => epoch + now,
      random: seededRandom(424242),
      log: (category, severity, text, said) => this.logs.push({ category, severity, text, fields: fieldsOf(said) }),
    });
    this.machine.handleInput({ type: "configure", configuration }, this.now);
  }

  /** Hands a datagram in; the answer is everything that came out. */
  receive(flow: Flow, bytes: Uint8Array): IkeOutput[] {
    this.machine.handleInput({ type: "datagram", flow, bytes }, this.now);
    return this.#drain();
  }

  /** Lets time pass. */
  run(milliseconds: number): IkeOutput[] {
    const end = this.now + milliseconds;
    const outputs: IkeOutput[] = [];
    for (
      let next = this.machine.pollTimeout();
      next !== undefined && next.at <= end;
      next = this.machine.pollTimeout()
    ) {
      this.now = Math.max(this.now, next.at);
      this.machine.handleTimeout(this.now);
      outputs.push(...this.#drain());
    }
    this.now = end;
    return outputs;
  }

  /** Hands anything else in. */
  give(input: IkeInput): IkeOutput[] {
    this.machine.handleInput(input, this.now);
    return this.#drain();
  }

  /** A question to the host; answered at once here. */
  protected settle({ question, work }: AgreementQuestion): void {
    this.machine.handleInput({ type: "agreed", question, agreement: agree(work) }, this.now);
  }

  #drain(): IkeOutput[] {
    const outputs: IkeOutput[] = [];
    for (let output = this.machine.pollOutput(); output !== undefined; output = this.machine.pollOutput()) {
      if (output.type === "agree") this.settle(output);
      else outputs.push(output);
    }
    return outputs;
  }
}

export function sent(outputs: readonly IkeOutput[]): Uint8Array[] {
  return outputs.flatMap((output) => (output.type === "send" ? [output.bytes] : []));
}

export function flowFrom(address: string, port: number, localPort = 500): Flow {
  const local = { address: SERVER, port: localPort };
  return { local, wire: local, remote: { address, port } };
}

export const l2tpId: Uint8Array = writeIdentification(
  identificationOf({ type: "address", address: "192.168.10.11" }, 17, 1701),
);
export const serverId: Uint8Array = writeIdentification(
  identificationOf({ type: "address", address: SERVER }, 17, 1701),
);

export class Prober {
  readonly target: Target;
  flow: Flow;
  readonly random: Random;
  readonly initiatorCookie: Uint8Array;
  responderCookie: Uint8Array = new Uint8Array(8);
  keys: Phase1Keys | undefined;
  lastBlock: Uint8Array = new Uint8Array(0);
  nonce: Uint8Array;
  /** Speaks this way of NAT traversal, and says that its own end is translated. */
  dialect: NatDialect | undefined;
  readonly #saBody: Uint8Array;
  readonly #policy: IkePolicySpec;

  constructor(target: Target, flow: Flow = flowFrom("198.51.100.7", 500), seed = 1, policy = policy3des) {
    this.target = target;
    this.#policy = policy;
    this.flow = flow;
    this.random = seededRandom(seed * 31 + 7);
    this.initiatorCookie = this.random.bytes(8);
    this.nonce = this.random.bytes(20);
    this.#saBody = writeSecurityAssociation([offerPhase1([policy], true, true)]);
  }

  clear(payloads: readonly Payload[], exchange: number = exchangeType.mainMode, messageId = 0): Uint8Array {
    const { initiatorCookie, responderCookie } = this;
    return clearMessage({ initiatorCookie, responderCookie, exchange, messageId }, payloads);
  }

  first(): Uint8Array {
    const vendorId = this.dialect?.vendorId;
    const announced = vendorId === undefined ? [] : [{ type: payloadType.vendorId, body: vendorId }];
    return this.clear([{ type: payloadType.sa, body: this.#saBody }, ...announced]);
  }

  say(bytes: Uint8Array): IkeOutput[] {
    return this.target.receive(this.flow, bytes);
  }

  /** Messages 1 and 2. */
  begin(): void {
    const [answer] = sent(this.say(this.first()));
    if (answer === undefined) throw new Error("message 1 was not answered");
    this.responderCookie = decodeIsakmpHeader(answer).responderCookie;
  }

  /** Messages 1 and 2, and message 3 with a public value of no use. */
  thirdMessage(): Uint8Array {
    this.begin();
    return this.clear([
      { type: payloadType.keyExchange, body: new Uint8Array(128).fill(3) },
      { type: payloadType.nonce, body: this.nonce },
    ]);
  }

  /** Messages 1 to 4 with a public value of no use. */
  third(): void {
    this.say(this.thirdMessage());
  }

  /** Messages 1 to 4, and message 5 as it would be sent with this key, by whoever is named. */
  halfway(preSharedKey = "cisco", named?: Uint8Array): Uint8Array {
    const { address } = this.flow.remote;
    const id = named ?? writeIdentification(identificationOf({ type: "address", address }, 0, 0));
    return this.fifth(preSharedKey, id, (proof) => [
      { type: payloadType.identification, body: id },
      { type: payloadType.hash, body: proof },
    ]);
  }

  /** Messages 1 to 4, and message 5 with whatever is made of HASH_I for an identity; no key = the policy signs. */
  fifth(
    preSharedKey: string | undefined,
    id: Uint8Array,
    made: (proof: Uint8Array) => readonly Payload[],
    asked: readonly Payload[] = [],
  ): Uint8Array {
    this.begin();
    const pair = generateDhKeyPair(2, this.random);
    const third = this.clear([
      { type: payloadType.keyExchange, body: pair.publicValue },
      { type: payloadType.nonce, body: this.nonce },
      ...asked,
      ...this.#natDetection(),
    ]);
    const [fourth] = sent(this.say(third));
    if (fourth === undefined) throw new Error("message 3 was not answered");
    const payloads = readPayloads(decodeIsakmpHeader(fourth).nextPayload, fourth.subarray(28), false);
    const body = (type: number): Uint8Array =>
      payloads.find((payload) => payload.type === type)?.body ?? new Uint8Array(0);
    const responderPublic = body(payloadType.keyExchange);
    const keys = derivePhase1Keys({
      policy: this.#policy,
      preSharedKey: preSharedKey === undefined ? undefined : new TextEncoder().encode(preSharedKey),
      initiatorNonce: this.nonce,
      responderNonce: body(payloadType.nonce),
      initiatorPublic: pair.publicValue,
      responderPublic,
      sharedSecret: sharedSecret(pair, responderPublic),
      initiatorCookie: this.initiatorCookie,
      responderCookie: this.responderCookie,
    });
    this.keys = keys;
    if (this.dialect?.floats === true) this.flow = flowFrom(this.flow.remote.address, this.flow.remote.port, 4500);
    const { initiatorCookie, responderCookie } = this;
    const proof = prf(
      keys.hash,
      keys.skeyid,
      pair.publicValue,
      responderPublic,
      initiatorCookie,
      responderCookie,
      this.#saBody,
      id,
    );
    const head = { initiatorCookie, responderCookie, exchange: exchangeType.mainMode, messageId: 0 };
    return sealMessage(head, keys.cipher, keys.firstIv, made(proof)).bytes;
  }

  #natDetection(): Payload[] {
    if (this.dialect === undefined) return [];
    const { local, remote } = this.flow;
    const translated = { ...this.flow, remote: local, wire: { ...remote, address: "10.9.8.7" } };
    return natDetectionPayloads(this.dialect, this.#policy.hash, this, translated);
  }

  /** A whole main mode. */
  establish(): this {
    const [sixth] = sent(this.say(this.halfway()));
    if (sixth === undefined) throw new Error("message 5 was not answered");
    this.lastBlock = sixth.slice(-8);
    return this;
  }

  /** A phase 2 message with a good HASH(1), or with another one where `nonces` says so. */
  hashed(
    payloads: readonly Payload[],
    exchange: number = exchangeType.informational,
    messageId = this.freshId(),
  ): Uint8Array {
    const { initiatorCookie, responderCookie, keys } = this;
    if (keys === undefined) throw new Error("no keys yet");
    const iv = exchangeIv(keys, this.lastBlock, messageId);
    const head = { initiatorCookie, responderCookie, exchange, messageId };
    return sealHashed(head, keys, iv, new Uint8Array(0), payloads).bytes;
  }

  /** The same without any HASH of ours: the payloads as they are. */
  sealed(
    payloads: readonly Payload[],
    exchange: number = exchangeType.informational,
    messageId = this.freshId(),
  ): Uint8Array {
    const { initiatorCookie, responderCookie, keys } = this;
    if (keys === undefined) throw new Error("no keys yet");
    const head = { initiatorCookie, responderCookie, exchange, messageId };
    return sealMessage(head, keys.cipher, exchangeIv(keys, this.lastBlock, messageId), payloads).bytes;
  }

  /** Payloads of a good quick mode offer. */
  offer(spi = 0x0102_0304): Payload[] {
    const terms = { proposals: [aesSha1], lifetimeSeconds: 3600, lifetimeKilobytes: undefined, pfsGroup: undefined };
    const encapsulation = this.dialect === undefined ? "esp" : "udp";
    const proposal = offerPhase2(terms, spi, encapsulation, this.dialect, true);
    return [
      { type: payloadType.sa, body: writeSecurityAssociation([proposal]) },
      { type: payloadType.nonce, body: this.random.bytes(20) },
      { type: payloadType.identification, body: l2tpId },
      { type: payloadType.identification, body: serverId },
    ];
  }

  /** A whole quick mode; the SPI is ours. */
  connect(spi?: number): void {
    const { initiatorCookie, responderCookie, keys } = this;
    if (keys === undefined) throw new Error("no keys yet");
    const messageId = this.freshId();
    const payloads = this.offer(spi);
    const offer = this.hashed(payloads, exchangeType.quickMode, messageId);
    const [answer] = sent(this.say(offer));
    if (answer === undefined) throw new Error("quick mode message 1 was not answered");
    const nonce = payloads[1]?.body ?? new Uint8Array(0);
    const lastBlock = offer.slice(-8);
    const header = decodeIsakmpHeader(answer);
    const opened = openSealed({ flow: this.flow, header, datagram: answer }, keys.cipher, lastBlock);
    if (!opened.ok) throw new Error("the answer does not open");
    const peerNonce = opened.value.payloads.find(({ type }) => type === payloadType.nonce)?.body ?? new Uint8Array(0);
    const head = { initiatorCookie, responderCookie, exchange: exchangeType.quickMode, messageId };
    const body = thirdHash(keys, messageId, nonce, peerNonce);
    this.say(sealMessage(head, keys.cipher, opened.value.nextIv, [{ type: payloadType.hash, body }]).bytes);
  }

  /** Opens an answer that begins a phase 2 exchange of the machine's own. */
  open(bytes: Uint8Array): Opened {
    if (this.keys === undefined) throw new Error("no keys yet");
    const header = decodeIsakmpHeader(bytes);
    const iv = exchangeIv(this.keys, this.lastBlock, header.messageId);
    const opened = openSealed({ flow: this.flow, header, datagram: bytes }, this.keys.cipher, iv);
    if (!opened.ok) throw opened.error;
    return opened.value;
  }

  freshId(): number {
    const [a = 1, b = 2, c = 3] = this.random.bytes(3);
    return 0x0100_0000 + a * 0x1_0000 + b * 0x100 + c;
  }
}
