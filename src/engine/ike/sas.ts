/** IKE SAs as a collection: made, found by their cookies, established, moved with their peer, and taken down. */

import { endpointKey, type Flow, flowKey, sameEndpoint } from "../kernel/address.ts";
import type { LogFields } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import { randomBetween } from "../kernel/random.ts";
import type { IpsecGatewaySpec } from "../spec.ts";
import { schedule, unschedule } from "./deadlines.ts";
import { rekeyTime } from "./lifetimes.ts";
import type { Cookies } from "./nat-traversal.ts";
import { NEGOTIATION_TIMEOUT } from "./retransmit.ts";
import type { IkeContext, IkeSa, MainMode } from "./state.ts";

/** A peer that makes one phase 1 after the other keeps this many; the oldest goes. */
const MAX_SAS_PER_FLOW = 4;
const MAX_USED_MESSAGE_IDS = 4096;
const COOKIE_LENGTH = 8;

export interface NewSa {
  readonly initiator: boolean;
  readonly virtualRouter: string;
  readonly flow: Flow;
  readonly initiatorCookie: Uint8Array;
  readonly responderCookie: Uint8Array;
  readonly gateway: IpsecGatewaySpec | undefined;
  readonly mainMode: MainMode;
  /** Absent = main mode. */
  readonly aggressive?: boolean;
}

export function createSa(ike: IkeContext, made: NewSa, now: Millis): IkeSa {
  const sa: IkeSa = {
    kind: "ikeSa",
    id: ike.nextSaId,
    initiator: made.initiator,
    aggressive: made.aggressive ?? false,
    virtualRouter: made.virtualRouter,
    createdAt: now,
    initiatorCookie: made.initiatorCookie,
    responderCookie: made.responderCookie,
    flow: made.flow,
    state: "initial",
    gateway: made.gateway,
    policy: undefined,
    lifetimeSeconds: 0,
    dialect: undefined,
    localBehindNat: false,
    peerBehindNat: false,
    udpForced: false,
    peerAnswersDpd: false,
    takesFragments: false,
    nextFragmentId: 0,
    initialContact: false,
    peerIdentity: undefined,
    peerProfile: undefined,
    keyLabel: undefined,
    keyPeer: undefined,
    groupKey: false,
    connection: undefined,
    mainMode: made.mainMode,
    keys: undefined,
    iv: new Uint8Array(0),
    lastRequest: "",
    lastAnswer: undefined,
    retransmission: undefined,
    negotiationEndsAt: now + NEGOTIATION_TIMEOUT,
    rekeyAt: undefined,
    expiresAt: undefined,
    heardAt: now,
    quickModes: new Map(),
    usedMessageIds: new Set(),
    completedQuickModes: 0,
    dpd: {
      nextSequence: randomBetween(ike.random, 1, 0x7fff_0000),
      firstUnanswered: 0,
      asked: 0,
      askedAt: 0,
      at: undefined,
      peerSequence: undefined,
    },
  };
  ike.nextSaId += 1;
  ike.sas.set(cookieKey(sa), sa);
  schedule(ike, sa);
  return sa;
}

/** A cookie that is neither zero nor in use. */
export function freshCookie(ike: IkeContext): Uint8Array {
  for (;;) {
    const cookie = ike.random.bytes(COOKIE_LENGTH);
    if (cookie.some((octet) => octet !== 0)) return cookie;
  }
}

export function cookieKey(cookies: Cookies): string {
  return hex(cookies.initiatorCookie) + hex(cookies.responderCookie);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** The responder's cookie has become known to us as initiator. */
export function setResponderCookie(ike: IkeContext, sa: IkeSa, cookie: Uint8Array): void {
  ike.sas.delete(cookieKey(sa));
  sa.responderCookie = cookie.slice();
  ike.sas.set(cookieKey(sa), sa);
}

/** Phase 1 is done: lives are set, and what only main mode needed is forgotten. */
export function establishSa(ike: IkeContext, sa: IkeSa, flow: Flow, now: Millis): void {
  ike.halfOpen.remove(sa);
  sa.flow = flow;
  sa.state = "established";
  if (sa.initiator) ike.counters.phase1Initiated += 1;
  else ike.counters.phase1Answered += 1;
  sa.mainMode = undefined;
  sa.retransmission = undefined;
  sa.negotiationEndsAt = undefined;
  sa.expiresAt = now + sa.lifetimeSeconds * 1000;
  sa.rekeyAt = rekeyTime(now, sa.lifetimeSeconds, sa.initiator, ike.random);
  sa.heardAt = now;
  const siblings = ike.sasByFlow.get(flowKey(flow)) ?? new Set();
  ike.sasByFlow.set(flowKey(flow), siblings.add(sa));
  schedule(ike, sa);
  if (siblings.size > MAX_SAS_PER_FLOW) {
    for (const oldest of siblings) {
      removeSa(ike, oldest);
      break;
    }
  }
}

export function removeSa(ike: IkeContext, sa: IkeSa): void {
  ike.sas.delete(cookieKey(sa));
  if (sa.mainMode !== undefined) ike.halfOpen.remove(sa);
  ike.fragments.forget(sa);
  leaveFlow(ike, sa);
  unschedule(ike, sa);
  sa.connection?.ikeSas.delete(sa);
  if (sa.connection?.mainMode === sa) sa.connection.mainMode = undefined;
  sa.state = "deleted";
  sa.mainMode = undefined;
  sa.lastAnswer = undefined;
  if (sa.keys === undefined) return;
  for (const secret of [sa.keys.skeyid, sa.keys.skeyidD, sa.keys.skeyidA, sa.keys.cipher.key]) secret.fill(0);
}

/** The peer of an established SA is now somewhere else. */
export function moveSa(ike: IkeContext, sa: IkeSa, flow: Flow): void {
  leaveFlow(ike, sa);
  sa.flow = flow;
  const siblings = ike.sasByFlow.get(flowKey(flow)) ?? new Set();
  ike.sasByFlow.set(flowKey(flow), siblings.add(sa));
}

function leaveFlow(ike: IkeContext, sa: IkeSa): void {
  const siblings = ike.sasByFlow.get(flowKey(sa.flow));
  siblings?.delete(sa);
  if (siblings?.size === 0) ike.sasByFlow.delete(flowKey(sa.flow));
}

/** Takes note of a message identifier; false where it has been used before. */
export function useMessageId(sa: IkeSa, messageId: number): boolean {
  if (sa.usedMessageIds.has(messageId)) return false;
  sa.usedMessageIds.add(messageId);
  if (sa.usedMessageIds.size > MAX_USED_MESSAGE_IDS) {
    for (const oldest of sa.usedMessageIds) {
      sa.usedMessageIds.delete(oldest);
      break;
    }
  }
  return true;
}

export function freshMessageId(ike: IkeContext, sa: IkeSa): number {
  for (;;) {
    const id = randomBetween(ike.random, 1, 0xffff_ffff);
    if (useMessageId(sa, id)) return id;
  }
}

/** Same two hosts, and the same one of our ports: only the peer's port may differ. */
export function sameHosts(a: Flow, b: Flow): boolean {
  return a.remote.address === b.remote.address && sameEndpoint(a.local, b.local);
}

export function saFields(sa: IkeSa): LogFields {
  return { ...flowFields(sa.flow), sa: sa.id };
}

export function flowFields(flow: Flow): LogFields {
  return {
    peer: endpointKey(flow.remote),
    local: endpointKey(flow.local),
  };
}

/** Whether ESP travels in UDP under this SA. */
export function usesUdp(sa: IkeSa): boolean {
  return sa.dialect !== undefined && (sa.localBehindNat || sa.peerBehindNat || sa.udpForced);
}
