/**
 * Whether the peer is still there (RFC 3706): what it last said, questions on demand or at intervals, and the end of a
 * connection whose peer answers none of them. Only peers that announced dead peer detection are asked; anyone that asks
 * is answered.
 */

import type { Flow } from "../kernel/address.ts";
import { flowKey } from "../kernel/address.ts";
import type { Millis } from "../kernel/machine.ts";
import type { DeadPeerDetectionSpec } from "../spec.ts";
import { closeConnection, connectionFields, moveConnection, newestSa } from "./connections.ts";
import { schedule } from "./deadlines.ts";
import { sendDpd } from "./notices.ts";
import { profileNow } from "./peer-profiles.ts";
import { moveSa, saFields } from "./sas.ts";
import type { IkeContext, IkeSa } from "./state.ts";

/** Questions without an answer after which the peer is taken for dead. */
const MAX_QUESTIONS = 5;

/** An authentic message came: the peer lives, and if its port is another, it has moved. */
export function heardFrom(ike: IkeContext, sa: IkeSa, flow: Flow, now: Millis): void {
  sa.heardAt = now;
  const { connection } = sa;
  if (connection !== undefined) connection.heardAt = Math.max(connection.heardAt, now);
  if (flowKey(flow) === flowKey(sa.flow)) return;
  if (connection === undefined) moveSa(ike, sa, flow);
  else moveConnection(ike, connection, flow);
}

/** Begins to watch the peer through `sa`, and no longer through the older SAs of its connection. */
export function watchPeer(ike: IkeContext, sa: IkeSa, now: Millis): void {
  const { connection } = sa;
  if (connection === undefined) return;
  for (const other of connection.ikeSas) {
    const watched = other === newestSa(connection);
    other.dpd.at = watched ? nextCheck(ike, other, now) : undefined;
    other.dpd.asked = 0;
    schedule(ike, other);
  }
}

function detectionOf(ike: IkeContext, sa: IkeSa): DeadPeerDetectionSpec | undefined {
  const ofProfile = profileNow(ike, sa)?.deadPeerDetection;
  const ofGateway = (sa.connection?.gateway ?? sa.gateway)?.deadPeerDetection;
  return ofProfile ?? ofGateway ?? ike.configuration.deadPeerDetection;
}

function nextCheck(ike: IkeContext, sa: IkeSa, now: Millis): Millis | undefined {
  const spec = detectionOf(ike, sa);
  return spec === undefined || !sa.peerAnswersDpd ? undefined : now + spec.intervalSeconds * 1000;
}

/** The time in `sa.dpd.at` has come. */
export function checkPeer(ike: IkeContext, sa: IkeSa, now: Millis): void {
  const spec = detectionOf(ike, sa);
  const { connection, dpd } = sa;
  dpd.at = nextCheck(ike, sa, now);
  if (spec === undefined || connection === undefined || dpd.at === undefined) return;
  const heardAt = Math.max(connection.heardAt, sa.heardAt);
  if (dpd.asked > 0 && heardAt > dpd.askedAt) {
    dpd.asked = 0;
    return;
  }
  if (dpd.asked >= MAX_QUESTIONS) {
    ike.log("ike", "notice", "Peer does not answer dead peer detection", connectionFields(connection));
    closeConnection(ike, connection, "the peer did not answer dead peer detection", "forgetAll");
    return;
  }
  const silent = connection.sentAt > heardAt && now - heardAt >= spec.intervalSeconds * 1000;
  if (dpd.asked === 0 && spec.mode === "onDemand" && !silent) return;
  if (dpd.asked === 0) dpd.firstUnanswered = dpd.nextSequence;
  dpd.asked += 1;
  dpd.askedAt = now;
  sendDpd(ike, sa, false, dpd.nextSequence);
  dpd.nextSequence += 1;
  dpd.at = now + spec.retrySeconds * 1000;
}

/** R-U-THERE: answered unless its number goes back (RFC 3706 §5.4). */
export function answerQuestion(ike: IkeContext, sa: IkeSa, sequence: number): void {
  const { dpd } = sa;
  const isOld = dpd.peerSequence !== undefined && sequence < dpd.peerSequence;
  if (isOld) {
    ike.log("ike", "debug", "Dead peer detection came with an old sequence number", { ...saFields(sa), sequence });
    return;
  }
  dpd.peerSequence = sequence;
  sendDpd(ike, sa, true, sequence);
}

/** R-U-THERE-ACK: must name a question that was asked. That it was authentic has already counted. */
export function takeAnswer(ike: IkeContext, sa: IkeSa, sequence: number): void {
  const { firstUnanswered, nextSequence } = sa.dpd;
  if (sequence >= firstUnanswered && sequence < nextSequence) return;
  ike.log("ike", "debug", "Dead peer detection was answered with a wrong sequence number", {
    ...saFields(sa),
    sequence,
  });
}
