/** Exec commands that end connections, tunnels and sessions, and those that set counters and the log back. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { connectionKey, linkKey, sessionKey, tunnelKey } from "../../common/baselines.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { type ConnectionFilter, connectionsOf, lonelyIkeSas } from "../show/connection-filter.ts";
import { type CallFilter, liveCalls, liveTunnels, type TunnelFilter } from "../show/vpdn.ts";
import { virtualAccess } from "../show/words.ts";
import { absentClearCommands } from "./absent-features.ts";
import { CRYPTO_MARKS, clearedMark, FAILURE_MARK, INTERFACE_MARKS, L2TP_MARKS } from "./counter-marks.ts";
import { viewsOf } from "./show-interfaces.ts";
import { clear, ip, PRIVILEGED } from "./words.ts";

const crypto = kw("crypto", "Encryption subsystem");
const REASON = "cleared by the operator";
const DONE: ExecResult = {};

function refused(text: string): ExecResult {
  return { lines: [text], ok: false };
}

function closeConnections(context: ExecContext, filter: ConnectionFilter): ExecResult {
  for (const { connection } of connectionsOf(context.snapshot, filter)) {
    context.request({ type: "closeConnection", connection, reason: REASON });
  }
  for (const { connection } of lonelyIkeSas(context.snapshot, filter)) {
    if (connection !== undefined) context.request({ type: "closeConnection", connection, reason: REASON });
  }
  return DONE;
}

const peer = arg("peer", ipv4(), "Peer's address");
const port = opt(kw("port", "Peer's port"), arg("port", uint(1, 65_535), "Port number"));

const clearCrypto = [
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      crypto,
      kw("sa", "Clear all crypto SAs"),
      opt(
        oneOf(
          [kw("peer", "Clear all SAs for a given crypto peer"), peer, port],
          [kw("map", "Clear all SAs for a given crypto map"), arg("map", word(), "Crypto map name")],
          [kw("vrf", "Clear all SAs of a VRF"), arg("vrf", word(), "VRF name")],
          [
            kw("entry", "Clear a specific SA"),
            arg("address", ipv4(), "Destination address"),
            pick("protocol", { ah: "Authentication header", esp: "Encapsulating security payload" }),
            arg("spi", word(), "SPI"),
          ],
        ),
      ),
    ],
    run: (context: ExecContext, { peer: address, port: number, map, vrf, spi }) => {
      if (spi === undefined) return closeConnections(context, { peer: address, port: number, map, vrf });
      const wanted = Number(spi);
      const found = context.snapshot.connections.find(({ sas }) =>
        sas.some(({ inboundSpi, outboundSpi }) => inboundSpi === wanted || outboundSpi === wanted),
      );
      if (found === undefined) return refused(`% There is no SA with SPI ${spi}`);
      context.request({ type: "closeConnection", connection: found.connection, reason: REASON });
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [clear, crypto, kw("sa", "Clear all crypto SAs"), kw("counters", "Reset the SA counters")],
    run: (context: ExecContext) => {
      context.baselines.set(CRYPTO_MARKS, context.snapshot, (key) => key.startsWith("sa "));
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      crypto,
      kw("session", "Clear all crypto sessions"),
      opt(
        oneOf(
          [kw("remote", "Of one peer"), peer, port],
          [kw("local", "Of a local address"), arg("local", ipv4(), "Local address")],
          [kw("interface", "On an interface"), arg("interface", anyInterface, "Interface")],
        ),
      ),
    ],
    run: (context: ExecContext, values) => {
      const interfaceName = values.interface === undefined ? undefined : nameOf(values.interface);
      return closeConnections(context, { peer: values.peer, port: values.port, local: values.local, interfaceName });
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      crypto,
      kw("isakmp", "Clear the ISAKMP database"),
      opt(arg("id", uint(1, 2_147_483_647), "Connection ID")),
    ],
    run: (context: ExecContext, { id }) => {
      if (id === undefined) return closeConnections(context, {});
      const connection = context.snapshot.ikeSas.find((sa) => sa.id === id)?.connection;
      if (connection === undefined) return refused(`% There is no ISAKMP SA ${id}`);
      context.request({ type: "closeConnection", connection, reason: REASON });
      return DONE;
    },
  }),
];

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
  [kw("ip", "By address"), kw("remote", "By the peer's address"), arg("address", ipv4(), "Remote address")],
);

const WHICH_SESSION = oneOf(
  [pick("all", { all: "All of them" })],
  [kw("id", "By local identifier"), arg("id", id, "Local identifier")],
  [kw("interface", "By interface"), arg("interface", anyInterface, "Interface")],
  [kw("username", "By user"), arg("user", word(), "User name")],
);

function closeTunnels(context: ExecContext, { id: number, remoteName, localName, address }: TunnelFilter) {
  const tunnels = liveTunnels(context.snapshot, { id: number, remoteName, localName, address });
  if (number !== undefined && tunnels.length === 0) return refused(`% There is no tunnel ${number}`);
  for (const { tunnel } of tunnels) context.request({ type: "closeTunnel", tunnel, reason: REASON });
  return DONE;
}

function closeSessions(context: ExecContext, filter: CallFilter): ExecResult {
  const calls = liveCalls(context.snapshot, filter);
  if (filter.id !== undefined && calls.length === 0) return refused(`% There is no session ${filter.id}`);
  for (const { call } of calls) context.request({ type: "closeSession", session: call.session, reason: REASON });
  return DONE;
}

const tunnel = kw("tunnel", "Tunnels");
const session = kw("session", "Sessions");
const vpdn = kw("vpdn", "Clear VPDN entities");
const l2tp = kw("l2tp", "Clear L2TP entities");
/** The two ways to say it. */
const TUNNELS = [[clear, vpdn, tunnel, kw("l2tp", "L2TP tunnels")] as const, [clear, l2tp, tunnel] as const];
const SESSIONS = [[clear, vpdn, session] as const, [clear, l2tp, session] as const];

const clearVpdn = [
  ...TUNNELS.map((head) =>
    exec({
      level: PRIVILEGED,
      form: [...head, WHICH_TUNNEL],
      run: (context: ExecContext, values) => closeTunnels(context, values as TunnelFilter),
    }),
  ),
  ...SESSIONS.map((head) =>
    exec({
      level: PRIVILEGED,
      form: [...head, WHICH_SESSION],
      run: (context: ExecContext, values) => {
        const { id: number, user, interface: name } = values as CallFilter & { readonly interface?: never };
        return closeSessions(context, {
          id: number,
          user,
          interfaceName: name === undefined ? undefined : nameOf(name),
        });
      },
    }),
  ),
  exec({
    level: PRIVILEGED,
    form: [clear, l2tp, kw("all", "All tunnels and sessions")],
    run: (context: ExecContext) => closeTunnels(context, {}),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      pick("protocol", { l2tp: "Clear L2TP entities", vpdn: "Clear VPDN entities" }),
      kw("counters", "Clear counters"),
      opt(
        pick("what", { session: "Of sessions", tunnel: "Of tunnels" }),
        opt(kw("id", "By local identifier"), arg("id", id, "Local identifier")),
      ),
    ],
    run: (context: ExecContext, { what, id: number }) => {
      const { l2tp: view, sessions } = context.snapshot;
      const keys = new Set([
        ...(what === "session"
          ? []
          : view.tunnels
              .filter((one) => one.localTunnelId === (number ?? one.localTunnelId))
              .map((one) => tunnelKey(one.tunnel))),
        ...(what === "tunnel"
          ? []
          : sessions
              .filter((one) => one.localSessionId === (number ?? one.localSessionId))
              .map((one) => sessionKey(one.session))),
      ]);
      context.baselines.set(
        L2TP_MARKS,
        context.snapshot,
        (key) => keys.has(key) || (number === undefined && key === "l2tp"),
      );
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

/** Asks, and does it where the user agrees: Return and `y` are answered as nothing. */
function confirmed(prompt: string, act: () => void): ExecResult {
  return {
    question: {
      prompt: `${prompt} [confirm]`,
      echo: "confirm",
      answer(text) {
        if (text === "") act();
        return DONE;
      },
    },
  };
}

/** Marks the counters of interfaces: those of sessions, and those of SAs and links to the host that stand for a port's. */
function markInterfaces(context: ExecContext, names: ReadonlySet<string>): void {
  const { snapshot, baselines } = context;
  const keys = snapshot.sessions
    .filter(({ index }) => names.has(virtualAccess(index).long))
    .map((one) => sessionKey(one.session));
  for (const { name, hostDevice } of snapshot.spec.virtualRouters.flatMap(({ interfaces }) => interfaces)) {
    if (hostDevice !== undefined && names.has(name)) keys.push(linkKey(hostDevice));
  }
  const prefixes = snapshot.connections
    .filter(({ gateway }) => names.has(gateway?.interfaceName ?? ""))
    .map((one) => connectionKey(one.connection));
  baselines.set(
    INTERFACE_MARKS,
    snapshot,
    (key) => keys.includes(key) || prefixes.some((prefix) => key.startsWith(prefix)),
  );
  for (const name of names) baselines.set(clearedMark(name), snapshot, () => false);
}

const clearOthers = [
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      kw("counters", "Clear counters on one or all interfaces"),
      opt(arg("interface", anyInterface, "Interface")),
    ],
    run: (context: ExecContext, { interface: name }) => {
      const views = viewsOf(context, name === undefined ? undefined : nameOf(name));
      if (views.length === 0) return refused(`% Interface ${name === undefined ? "" : nameOf(name)} does not exist`);
      const where = name === undefined ? "all interfaces" : "this interface";
      return confirmed(`Clear "show interface" counters on ${where}`, () =>
        markInterfaces(context, new Set(views.map((view) => view.name))),
      );
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      kw("interface", "Clear the hardware logic on an interface"),
      arg("interface", anyInterface, "Interface"),
    ],
    run: (context: ExecContext, { interface: port }) => {
      const name = nameOf(port);
      const views = viewsOf(context, name);
      if (views.length === 0) return refused(`% Interface ${name} does not exist`);
      for (const { session: on } of views) {
        if (on !== undefined) context.request({ type: "closeSession", session: on.session, reason: REASON });
      }
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      kw("ppp", "Clear PPP sessions"),
      oneOf(
        [pick("all", { all: "All of them" })],
        [kw("interface", "By interface"), arg("interface", anyInterface, "Interface")],
      ),
    ],
    run: (context: ExecContext, { interface: name }) =>
      closeSessions(context, { interfaceName: name === undefined ? undefined : nameOf(name) }),
  }),
  ...[[clear, ip] as const, [clear] as const].map((head) =>
    exec({
      level: PRIVILEGED,
      form: [
        ...head,
        kw("access-list", "Clear access list statistical information"),
        kw("counters", "Clear access list counters"),
        opt(arg("list", word(), "Access list")),
      ],
      run: (context: ExecContext, values) => {
        const { list } = values as { readonly list?: string };
        context.request({ type: "clearAccessLists", list });
        return DONE;
      },
    }),
  ),
  exec({
    level: PRIVILEGED,
    form: [clear, kw("logging", "Clear logging buffer")],
    run: (context: ExecContext) => confirmed("Clear logging buffer", () => context.logBuffer.clear()),
  }),
];

export const clearCommands = [...clearCrypto, ...clearVpdn, ...clearOthers, ...absentClearCommands];
