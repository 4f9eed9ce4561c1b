/** `clear vpdn …` and `clear l2tp …`: end tunnels and sessions, and set their counters back. */

import { type InterfaceName, ipv4, uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { sessionKey, tunnelKey } from "../../common/baselines.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf, peerAddress } from "../arguments.ts";
import { type CallFilter, liveCalls, liveTunnels, type TunnelFilter } from "../show/vpdn.ts";
import { FAILURE_MARK, L2TP_MARKS } from "./counter-marks.ts";
import { CLEARED, clear, DONE, PRIVILEGED, refused } from "./words.ts";

const id = uint(1, 65_535);

/** Which tunnels: all of them, or those that a word tells apart. */
const WHICH_TUNNEL = oneOf(
  [pick("all", { all: "All of them" })],
  [kw("id", "By local identifier"), arg("id", id, "Local identifier")],
  [
    kw("hostname", "By the peer's name"),
    arg("remoteName", word(), "Remote name"),
    opt(arg("localName", word(), "Local name")),
  ],
  [
    kw("ip", "By address"),
    oneOf(
      [kw("remote", "By the peer's address"), arg("address", peerAddress, "Remote address")],
      [kw("local", "By our address"), arg("localAddress", peerAddress, "Local address")],
    ),
  ],
);

const WHICH_SESSION = oneOf(
  [pick("all", { all: "All of them" })],
  [kw("id", "By local identifier"), arg("id", id, "Local identifier")],
  [kw("interface", "By interface"), arg("interface", anyInterface, "Interface")],
  [kw("username", "By user"), arg("user", word(), "User name")],
);

function tunnelFilter({ id: number, remoteName, localName, address, localAddress }: TunnelFilter): TunnelFilter {
  return { id: number, remoteName, localName, address, localAddress };
}

function closeTunnels(context: ExecContext, filter: TunnelFilter): ExecResult {
  const { id: number } = filter;
  const tunnels = liveTunnels(context.snapshot, tunnelFilter(filter));
  if (number !== undefined && tunnels.length === 0) return refused(`% There is no tunnel ${number}`);
  for (const { tunnel } of tunnels) context.request({ type: "closeTunnel", tunnel, reason: CLEARED });
  return DONE;
}

interface NamedCall {
  readonly id?: number;
  readonly user?: string;
  readonly interface?: InterfaceName;
}

function callFilter({ id: number, user, interface: name }: NamedCall): CallFilter {
  return { id: number, user, interfaceName: name === undefined ? undefined : nameOf(name) };
}

export function closeSessions(context: ExecContext, filter: CallFilter): ExecResult {
  const calls = liveCalls(context.snapshot, filter);
  if (filter.id !== undefined && calls.length === 0) return refused(`% There is no session ${filter.id}`);
  for (const { call } of calls) context.request({ type: "closeSession", session: call.session, reason: CLEARED });
  return DONE;
}

const tunnel = kw("tunnel", "Tunnels");
const session = kw("session", "Sessions");
const vpdn = kw("vpdn", "Clear VPDN entities");
const l2tp = kw("l2tp", "Clear L2TP entities");
/** The two ways to say it. */
const TUNNELS = [[clear, vpdn, tunnel, kw("l2tp", "L2TP tunnels")] as const, [clear, l2tp, tunnel] as const];
const COUNTERS = [
  clear,
  pick("protocol", { l2tp: "Clear L2TP entities", vpdn: "Clear VPDN entities" }),
  kw("counters", "Clear counters"),
] as const;
const SESSIONS = [[clear, vpdn, session] as const, [clear, l2tp, session] as const];

export const clearVpdnCommands = [
  ...TUNNELS.map((head) =>
    exec({
      level: PRIVILEGED,
      form: [...head, WHICH_TUNNEL],
      run: (context: ExecContext, values) => closeTunnels(context, values as TunnelFilter),
    }),
  ),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      l2tp,
      pick("whose", { local: "By our address", remote: "By the peer's address" }),
      kw("ip", "By address"),
      arg("address", ipv4(), "IP address"),
    ],
    run: (context: ExecContext, { whose, address }) =>
      closeTunnels(context, whose === "local" ? { localAddress: address } : { address }),
  }),
  ...SESSIONS.map((head) =>
    exec({
      level: PRIVILEGED,
      form: [...head, WHICH_SESSION],
      run: (context: ExecContext, values) => closeSessions(context, callFilter(values as NamedCall)),
    }),
  ),
  exec({
    level: PRIVILEGED,
    form: [clear, l2tp, kw("all", "All tunnels and sessions")],
    run: (context: ExecContext) => closeTunnels(context, {}),
  }),
  exec({
    level: PRIVILEGED,
    form: [...COUNTERS],
    run: ({ baselines, snapshot }: ExecContext) => {
      const isOfTunnels = (key: string): boolean => /^(l2tp|session \d+|tunnel \d+)$/.test(key);
      baselines.set(L2TP_MARKS, snapshot, isOfTunnels);
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [...COUNTERS, session, opt(WHICH_SESSION)],
    run: ({ baselines, snapshot }: ExecContext, values) => {
      const calls = liveCalls(snapshot, callFilter(values as NamedCall));
      const keys = new Set(calls.map(({ call }) => sessionKey(call.session)));
      baselines.set(L2TP_MARKS, snapshot, (key) => keys.has(key));
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [...COUNTERS, tunnel, flag("l2tp", "l2tp", "L2TP tunnels"), opt(WHICH_TUNNEL)],
    run: ({ baselines, snapshot }: ExecContext, values) => {
      const keys = new Set(
        liveTunnels(snapshot, tunnelFilter(values as TunnelFilter)).map((one) => tunnelKey(one.tunnel)),
      );
      baselines.set(L2TP_MARKS, snapshot, (key) => keys.has(key));
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [clear, vpdn, kw("history", "Event history"), kw("failure", "Failures of users")],
    run: (context: ExecContext) => {
      context.baselines.set(FAILURE_MARK, context.snapshot, () => false);
      return DONE;
    },
  }),
];
