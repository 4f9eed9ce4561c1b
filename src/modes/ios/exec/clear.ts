/** Exec commands that end connections, tunnels and sessions. */

import { ipv4, uint } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { clear, PRIVILEGED } from "./words.ts";

const crypto = kw("crypto", "Encryption subsystem");
const REASON = "cleared by the operator";

function closeConnections(context: ExecContext, peer: string | undefined): void {
  for (const { connection, flow } of context.snapshot.connections) {
    if (peer === undefined || flow.remote.address === peer) {
      context.request({ type: "closeConnection", connection, reason: REASON });
    }
  }
}

export const clearCryptoSa = exec({
  level: PRIVILEGED,
  form: [
    clear,
    crypto,
    kw("sa", "Clear all crypto SAs"),
    opt(kw("peer", "Clear all SAs for a given crypto peer"), arg("peer", ipv4(), "Peer")),
  ],
  run: (context: ExecContext, { peer }) => {
    closeConnections(context, peer);
    return {};
  },
});

export const clearCryptoSession = exec({
  level: PRIVILEGED,
  form: [
    clear,
    crypto,
    kw("session", "Clear all crypto sessions"),
    opt(kw("remote", "Of one peer"), arg("peer", ipv4(), "Peer")),
  ],
  run: (context: ExecContext, { peer }) => {
    closeConnections(context, peer);
    return {};
  },
});

export const clearCryptoIsakmp = exec({
  level: PRIVILEGED,
  form: [
    clear,
    crypto,
    kw("isakmp", "Clear the ISAKMP database"),
    opt(arg("id", uint(1, 2_147_483_647), "Connection ID")),
  ],
  run: (context: ExecContext, { id }) => {
    if (id === undefined) {
      closeConnections(context, undefined);
      return {};
    }
    const connection = context.snapshot.ikeSas.find((sa) => sa.id === id)?.connection;
    if (connection === undefined) return { lines: [`% There is no ISAKMP SA ${id}`], ok: false };
    context.request({ type: "closeConnection", connection, reason: REASON });
    return {};
  },
});

const WHICH = oneOf(
  [pick("all", { all: "All of them" })],
  [kw("id", "By local identifier"), arg("id", uint(1, 65_535), "Local identifier")],
);

function closeTunnels(context: ExecContext, id: number | undefined) {
  const tunnels = context.snapshot.l2tp.tunnels.filter((tunnel) => id === undefined || tunnel.localTunnelId === id);
  if (id !== undefined && tunnels.length === 0) return { lines: [`% There is no tunnel ${id}`], ok: false };
  for (const { tunnel } of tunnels) context.request({ type: "closeTunnel", tunnel, reason: REASON });
  return {};
}

function closeSessions(context: ExecContext, id: number | undefined) {
  const sessions = context.snapshot.sessions.filter((session) => id === undefined || session.localSessionId === id);
  if (id !== undefined && sessions.length === 0) return { lines: [`% There is no session ${id}`], ok: false };
  for (const { session } of sessions) context.request({ type: "closeSession", session, reason: REASON });
  return {};
}

const tunnel = kw("tunnel", "Tunnels");
const session = kw("session", "Sessions");

export const clearVpdnTunnel = exec({
  level: PRIVILEGED,
  form: [clear, kw("vpdn", "Clear VPDN entities"), tunnel, kw("l2tp", "L2TP tunnels"), WHICH],
  run: (context: ExecContext, { id }) => closeTunnels(context, id),
});

export const clearL2tpTunnel = exec({
  level: PRIVILEGED,
  form: [clear, kw("l2tp", "Clear L2TP entities"), tunnel, WHICH],
  run: (context: ExecContext, { id }) => closeTunnels(context, id),
});

export const clearL2tpAll = exec({
  level: PRIVILEGED,
  form: [clear, kw("l2tp", "Clear L2TP entities"), kw("all", "All tunnels and sessions")],
  run: (context: ExecContext) => closeTunnels(context, undefined),
});

export const clearVpdnSession = exec({
  level: PRIVILEGED,
  form: [clear, kw("vpdn", "Clear VPDN entities"), session, WHICH],
  run: (context: ExecContext, { id }) => closeSessions(context, id),
});

export const clearL2tpSession = exec({
  level: PRIVILEGED,
  form: [clear, kw("l2tp", "Clear L2TP entities"), session, WHICH],
  run: (context: ExecContext, { id }) => closeSessions(context, id),
});

export const clearCommands = [
  clearCryptoSa,
  clearCryptoSession,
  clearCryptoIsakmp,
  clearVpdnTunnel,
  clearVpdnSession,
  clearL2tpTunnel,
  clearL2tpSession,
  clearL2tpAll,
];
