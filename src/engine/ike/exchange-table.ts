/**
 * What each message of each exchange must and may carry (RFC 2409 §5.1, §5.5, §5.7; RFC 2408 §4.8), whether it is
 * encrypted, and the state that follows. Vendor IDs may come anywhere, and payloads of private or reserved use are
 * passed over; the payloads of IKEv2 and any other count than the table's are refused.
 */

import { payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import type { Phase1State } from "./events.ts";

export interface MessageRule {
  /** For logs. */
  readonly name: string;
  readonly encrypted: boolean;
  /** The payload that must come first, where the RFC fixes it. */
  readonly first: number | undefined;
  /** Fewest and most payloads of each type. */
  readonly counts: Readonly<Partial<Record<number, readonly [min: number, max: number]>>>;
}

export interface MainModeRule extends MessageRule {
  readonly next: Phase1State;
  /** It need not be encrypted. */
  readonly clearToo?: true;
}

const { sa, keyExchange, identification, hash, signature, nonce, notification } = payloadType;
/** Windows asks for each authority that it knows. */
const certificates = {
  [payloadType.certificate]: [0, 8],
  [payloadType.certificateRequest]: [0, 56],
} as const;

const offer = { [sa]: [1, 1], [notification]: [0, 4] } as const;
const keys = { [keyExchange]: [1, 1], [nonce]: [1, 1], [notification]: [0, 4], ...certificates } as const;
/** With pre-shared keys. */
const proof = { [identification]: [1, 1], [hash]: [1, 1], [notification]: [0, 8], ...certificates } as const;

const signedProof = { [identification]: [1, 1], [signature]: [1, 1], [notification]: [0, 8], ...certificates } as const;

/** A message in which the peer proves itself, where it does so by signing (RFC 2409 §5.1). */
export function withSignature(rule: MainModeRule): MainModeRule {
  return rule.counts === proof ? { ...rule, counts: signedProof } : rule;
}

/** The message each side waits for in each state. */
export const mainMode: {
  readonly responder: Readonly<Partial<Record<Phase1State, MainModeRule>> & { readonly initial: MainModeRule }>;
  readonly initiator: Readonly<Partial<Record<Phase1State, MainModeRule>>>;
} = {
  responder: {
    initial: { name: "main mode message 1", encrypted: false, first: sa, counts: offer, next: "sentSa" },
    sentSa: { name: "main mode message 3", encrypted: false, first: undefined, counts: keys, next: "sentKe" },
    sentKe: { name: "main mode message 5", encrypted: true, first: identification, counts: proof, next: "established" },
  },
  initiator: {
    sentSa: { name: "main mode message 2", encrypted: false, first: sa, counts: offer, next: "sentKe" },
    sentKe: { name: "main mode message 4", encrypted: false, first: undefined, counts: keys, next: "sentId" },
    sentId: { name: "main mode message 6", encrypted: true, first: identification, counts: proof, next: "established" },
  },
};

const wholeOffer = {
  [sa]: [1, 1],
  [keyExchange]: [1, 1],
  [nonce]: [1, 1],
  [identification]: [1, 1],
  [notification]: [0, 4],
  ...certificates,
} as const;
const wholeAnswer = { ...wholeOffer, [hash]: [1, 1] } as const;
const aggressiveProof = { [hash]: [1, 1], [notification]: [0, 4], ...certificates } as const;

/** Aggressive mode with a pre-shared key: three messages, the last one encrypted or not (RFC 2409 §5.4). */
export const aggressiveMode: {
  readonly responder: Readonly<Partial<Record<Phase1State, MainModeRule>> & { readonly initial: MainModeRule }>;
  readonly initiator: Readonly<Partial<Record<Phase1State, MainModeRule>>>;
} = {
  responder: {
    initial: { name: "aggressive mode message 1", encrypted: false, first: sa, counts: wholeOffer, next: "sentKe" },
    sentKe: {
      name: "aggressive mode message 3",
      encrypted: true,
      clearToo: true,
      first: undefined,
      counts: aggressiveProof,
      next: "established",
    },
  },
  initiator: {
    sentSa: {
      name: "aggressive mode message 2",
      encrypted: false,
      first: sa,
      counts: wholeAnswer,
      next: "established",
    },
  },
};

const quickModeOffer = {
  [hash]: [1, 1],
  [sa]: [1, 1],
  [nonce]: [1, 1],
  [keyExchange]: [0, 1],
  [identification]: [0, 2],
  [notification]: [0, 8],
} as const;

export const quickMode: { readonly [Name in "message1" | "message2" | "message3"]: MessageRule } = {
  message1: { name: "quick mode message 1", encrypted: true, first: hash, counts: quickModeOffer },
  message2: { name: "quick mode message 2", encrypted: true, first: hash, counts: quickModeOffer },
  message3: {
    name: "quick mode message 3",
    encrypted: true,
    first: hash,
    counts: { [hash]: [1, 1], [notification]: [0, 4] },
  },
};

export const informational: MessageRule = {
  name: "informational message",
  encrypted: true,
  first: hash,
  counts: { [hash]: [1, 1], [notification]: [0, 64], [payloadType.delete]: [0, 64] },
};

/** An error report from a peer that has no keys yet. */
export const clearInformational: MessageRule = {
  name: "informational message in the clear",
  encrypted: false,
  first: undefined,
  counts: { [notification]: [0, 64], [payloadType.delete]: [0, 64] },
};

/** Payload numbers of RFC 2408 that have no place in the messages above, and those of IKEv2 (RFC 7296 §3.2). */
const FIRST_PASSED_OVER = payloadType.vendorId;
const FIRST_IKEV2 = 33;
const LAST_IKEV2 = 54;

/** Why the payloads of a message are refused, in plain words; `undefined` where they are in order. */
export function payloadFault(rule: MessageRule, payloads: readonly ReceivedPayload[]): string | undefined {
  if (rule.first !== undefined && payloads[0]?.type !== rule.first) {
    return `the first payload is ${payloadName(payloads[0]?.type ?? 0)}, not ${payloadName(rule.first)}`;
  }
  const found = new Map<number, number>();
  for (const { type } of payloads) {
    if (rule.counts[type] === undefined && !isPassedOver(type)) return `it has a payload of type ${payloadName(type)}`;
    found.set(type, (found.get(type) ?? 0) + 1);
  }
  for (const [key, range] of Object.entries(rule.counts)) {
    const [min, max] = range ?? [0, 0];
    const count = found.get(Number(key)) ?? 0;
    if (count < min) return `the ${payloadName(Number(key))} payload is missing`;
    if (count > max) return `it has ${count} ${payloadName(Number(key))} payloads`;
  }
  return undefined;
}

function isPassedOver(type: number): boolean {
  return type >= FIRST_PASSED_OVER && (type < FIRST_IKEV2 || type > LAST_IKEV2);
}

const names = new Map<number, string>([
  [sa, "SA"],
  [keyExchange, "KE"],
  [identification, "ID"],
  [hash, "HASH"],
  [signature, "SIG"],
  [payloadType.certificate, "CERT"],
  [payloadType.certificateRequest, "CERTREQ"],
  [nonce, "NONCE"],
  [notification, "NOTIFY"],
  [payloadType.delete, "DELETE"],
  [payloadType.none, "none"],
]);

function payloadName(type: number): string {
  return names.get(type) ?? String(type);
}
