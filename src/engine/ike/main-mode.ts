/**
 * Main mode with a pre-shared key or signatures (RFC 2409 §5.1, §5.4), the part both ends share: a message is held against the exchange
 * table and the state, opened, given to the step that handles it, and the step's outcome is carried out. A message
 * that is refused leaves the negotiation as it was, because anyone could have sent it.
 */

import type { Flow } from "../kernel/address.ts";
import type { Sides } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import { aggressiveInitiatorSteps, aggressiveResponderSteps, answerAggressiveMode } from "./aggressive-mode.ts";
import { askToAgree } from "./agreements.ts";
import { closeIfEmpty } from "./connections.ts";
import { schedule } from "./deadlines.ts";
import {
  aggressiveMode as aggressiveModeTable,
  type MainModeRule,
  mainMode as mainModeTable,
  payloadFault,
  withSignature,
} from "./exchange-table.ts";
import { transmit } from "./fragments.ts";
import { initiatorSteps } from "./main-mode-initiator.ts";
import { type MainModeInput, mainModeHead, type Outcome, WRONG_KEY } from "./main-mode-parts.ts";
import { responderSteps } from "./main-mode-responder.ts";
import { fingerprint, isEncrypted, openClear, openSealed, type ReceivedMessage } from "./message.ts";
import { openPhase1 } from "./phase1-opening.ts";
import { isSigned } from "./phase1-proof.ts";
import { keySides } from "./pre-shared-keys.ts";
import { firstRetransmission } from "./retransmit.ts";
import { establishSa, removeSa, saFields } from "./sas.ts";
import type { IkeContext, IkeSa, MainMode } from "./state.ts";

/** Wrong messages in a row after which a negotiation is given up. */
const MAX_FAILURES = 3;
/** An answer is repeated this often at most for a peer that has not proved itself. */
const MAX_RESENDS = 8;

const EXCHANGES = {
  main: { table: mainModeTable, steps: { initiator: initiatorSteps, responder: responderSteps } },
  aggressive: {
    table: aggressiveModeTable,
    steps: { initiator: aggressiveInitiatorSteps, responder: aggressiveResponderSteps },
  },
} as const;

const TEXTS = {
  main: {
    accepted: "Main mode message was accepted",
    refused: "Main mode message was refused",
    failed: "Main mode failed",
  },
  aggressive: {
    accepted: "Aggressive mode message was accepted",
    refused: "Aggressive mode message was refused",
    failed: "Aggressive mode failed",
  },
} as const;

function textsOf({ aggressive }: IkeSa): (typeof TEXTS)[keyof typeof TEXTS] {
  return aggressive ? TEXTS.aggressive : TEXTS.main;
}

/** Message 1 of an aggressive mode that is not known yet. */
export function openAggressiveMode(ike: IkeContext, message: ReceivedMessage, now: Millis): void {
  const opening = openPhase1(ike, message, "aggressive", now);
  if (opening === undefined) return;
  const { sa, mainMode } = opening;
  const outcome = answerAggressiveMode(ike, opening, message.flow, now);
  const print = fingerprint(message.datagram);
  carryOut(ike, sa, mainMode, aggressiveModeTable.responder.initial, outcome, message.flow, print, now);
}

/** A later message of a phase 1 that has begun. True when it completed phase 1. */
export function receiveMainMode(ike: IkeContext, sa: IkeSa, message: ReceivedMessage, now: Millis): boolean {
  const print = fingerprint(message.datagram);
  if (print === sa.lastRequest) {
    repeatAnswer(ike, sa, message.flow);
    return false;
  }
  const { mainMode } = sa;
  const side = sa.initiator ? "initiator" : "responder";
  const { table, steps } = sa.aggressive ? EXCHANGES.aggressive : EXCHANGES.main;
  const stated = table[side][sa.state];
  const rule = stated !== undefined && isSigned(sa) ? withSignature(stated) : stated;
  if (mainMode === undefined || rule === undefined || message.header.exchange !== mainModeHead(sa).exchange) {
    ike.counters.unexpected += 1;
    return false;
  }
  if (!comesFromPeer(sa, rule, message.flow)) {
    ike.counters.unexpected += 1;
    return false;
  }
  if (mainMode.agreeing) {
    ike.counters.duplicates += 1;
    return false;
  }
  // A wrong message that comes again is not decrypted again.
  if (print === mainMode.lastFailure) return false;
  const step = steps[side][sa.state];
  const input = open(sa, rule, message);
  const outcome: Outcome =
    "type" in input
      ? input
      : (step?.(ike, sa, mainMode, input, now) ?? { type: "ignored", reason: "the state has no step for it" });
  return carryOut(ike, sa, mainMode, rule, outcome, message.flow, print, now);
}

function carryOut(
  ike: IkeContext,
  sa: IkeSa,
  mainMode: MainMode,
  rule: MainModeRule,
  outcome: Outcome,
  flow: Flow,
  print: string,
  now: Millis,
): boolean {
  switch (outcome.type) {
    case "ignored":
    case "unproven": {
      const sides = outcome.type === "unproven" ? outcome.sides : {};
      const fields = { ...saFields(sa), message: rule.name, reason: outcome.reason, ...sides };
      ike.strangerLog(now)("ike", "notice", textsOf(sa).refused, fields);
      mainMode.lastFailure = print;
      if (outcome.type === "unproven") countFailure(ike, sa, mainMode, outcome.reason, now);
      else ike.counters.malformed += 1;
      return false;
    }
    case "agree":
      mainMode.agreeing = true;
      askToAgree(ike, flow, {
        work: outcome.work,
        isWanted: () => sa.mainMode === mainMode && mainMode.agreeing,
        resume(agreement, later) {
          mainMode.agreeing = false;
          const next = outcome.resume(agreement, later);
          return carryOut(ike, sa, mainMode, rule, next, flow, print, later) ? sa : undefined;
        },
        drop: () => {
          mainMode.agreeing = false;
        },
      });
      return false;
    case "failed":
      failMainMode(ike, sa, outcome.reason, now, outcome.sides);
      return false;
    case "answer":
    case "done":
      sa.lastRequest = print;
      sa.retransmission = undefined;
      sa.state = rule.next;
      mainMode.resends = 0;
      if (outcome.type === "answer") {
        sa.lastAnswer = { flow: outcome.flow, bytes: outcome.bytes };
        transmit(ike, sa, outcome.flow, outcome.bytes);
        // After the last message nothing is to come back: it is repeated with the first of quick mode.
        if (sa.initiator && rule.next !== "established")
          sa.retransmission = firstRetransmission(outcome.flow, outcome.bytes, now);
      }
      ike.log("ike", "debug", textsOf(sa).accepted, {
        ...saFields(sa),
        message: rule.name,
        state: rule.next,
      });
      if (rule.next === "established") establishSa(ike, sa, sa.initiator ? sa.flow : flow, now);
      else schedule(ike, sa);
      return rule.next === "established";
  }
}

/** Only message 5 and its answer may come from another port: that is where NAT traversal moves (RFC 3947 §4). */
function comesFromPeer(sa: IkeSa, rule: MainModeRule, flow: Flow): boolean {
  if (flow.remote.address !== sa.flow.remote.address || flow.local.address !== sa.flow.local.address) return false;
  return rule.encrypted || (flow.remote.port === sa.flow.remote.port && flow.local.port === sa.flow.local.port);
}

function open(sa: IkeSa, rule: MainModeRule, message: ReceivedMessage): MainModeInput | Outcome {
  const ignored = (reason: string): Outcome => ({ type: "ignored", reason });
  if (message.header.messageId !== 0) return ignored("the message identifier is not 0");
  const encrypted = isEncrypted(message);
  if (encrypted !== rule.encrypted && (encrypted || rule.clearToo !== true)) {
    return ignored(rule.encrypted ? "it is not encrypted" : "it is encrypted before there are keys");
  }
  if (encrypted) {
    if (sa.keys === undefined) return ignored("there are no keys yet");
    const opened = openSealed(message, sa.keys.cipher, sa.iv);
    if (!opened.ok) return unreadable(sa, opened.error.message);
    const fault = payloadFault(rule, opened.value.payloads);
    if (fault !== undefined) return unreadable(sa, fault);
    return { payloads: opened.value.payloads, flow: message.flow, nextIv: opened.value.nextIv, encrypted };
  }
  const opened = openClear(message);
  if (!opened.ok) return ignored(opened.error.message);
  const reason = payloadFault(rule, opened.value);
  if (reason !== undefined) return ignored(reason);
  return { payloads: opened.value, flow: message.flow, nextIv: sa.iv, encrypted };
}

/** Nobody's key is in the keys of those who sign: what cannot be read was written so. */
function unreadable(sa: IkeSa, fault: string): Outcome {
  if (isSigned(sa)) return { type: "unproven", reason: `it cannot be read under the agreed keys: ${fault}` };
  return { type: "unproven", reason: WRONG_KEY, ...keySides(sa) };
}

/**
 * The wrong key, or a message of someone who has none. As initiator the true answer may still come, and the reason is
 * told if it does not; as responder the peer gets a few more tries.
 */
function countFailure(ike: IkeContext, sa: IkeSa, mainMode: MainMode, reason: string, now: Millis): void {
  ike.counters.notAuthentic += 1;
  mainMode.failures += 1;
  const isFirst = mainMode.failure === undefined;
  mainMode.failure = reason;
  if (sa.initiator) return;
  if (isFirst) {
    ike.guesses.failed(sa.flow, now);
    ike.outputs.push({ type: "failed", connection: sa.connection?.id, flow: sa.flow, reason });
  }
  if (mainMode.failures >= MAX_FAILURES) removeSa(ike, sa);
}

function repeatAnswer(ike: IkeContext, sa: IkeSa, flow: Flow): void {
  ike.counters.duplicates += 1;
  // The initiator's peer waits for nothing: it answered because we asked again.
  if (sa.initiator || sa.lastAnswer === undefined || flow.remote.address !== sa.lastAnswer.flow.remote.address) return;
  if (sa.mainMode !== undefined) {
    if (sa.mainMode.resends === MAX_RESENDS) return;
    sa.mainMode.resends += 1;
  }
  transmit(ike, sa, sa.lastAnswer.flow, sa.lastAnswer.bytes);
}

/** The same first message again: the same answer, if that is still our last. */
export function repeatFirstAnswer(ike: IkeContext, sa: IkeSa, message: ReceivedMessage): void {
  if (fingerprint(message.datagram) === sa.lastRequest) repeatAnswer(ike, sa, message.flow);
  else ike.counters.unexpected += 1;
}

/** Ends a negotiation without result and says why. */
export function failMainMode(ike: IkeContext, sa: IkeSa, reason: string, now: Millis, sides?: Sides): void {
  const { connection, mainMode } = sa;
  const said = !sa.initiator && mainMode?.failure !== undefined;
  removeSa(ike, sa);
  if (sa.initiator) ike.counters.phase1InitiatorFailures += 1;
  else ike.counters.phase1ResponderFailures += 1;
  ike.strangerLog(now)("ike", "notice", textsOf(sa).failed, { ...saFields(sa), reason, ...sides });
  if (!said) ike.outputs.push({ type: "failed", connection: connection?.id, flow: sa.flow, reason });
  if (connection !== undefined) closeIfEmpty(ike, connection, reason);
}
