/**
 * `l2tp drain` and `l2tp shutdown` by name, typed in configuration: of a destination, which is a line of the configuration by its address,
 * and of a single tunnel or session, where what they say is of something that runs now, ends with it, and is no line.
 */

import type { SessionId } from "../../../engine/forwarding.ts";
import { ipv4, shaped, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt } from "../../../grammar/elements.ts";
import type { ExecContext, Request } from "../../common/exec-context.ts";
import { routerName, tunnelHostName } from "../arguments.ts";
import { globalMode } from "../modes.ts";
import { destinations, sessions, tunnels } from "../show/l2tp-names.ts";

const ENABLED = 10;
const REASON = "shut down by the operator";

const l2tp = kw("l2tp", "Configure L2TP");
const drain = kw("drain", "Accept no new tunnels");
const shutdown = kw("shutdown", "Close tunnels and accept no new ones");
/** By the name that `show` has, or by where the peer is and what it calls itself. */
const tunnel = [
  kw("tunnel", "One tunnel"),
  oneOf(
    [
      arg(
        "name",
        { ...word({ placeholder: "NAME" }), examples: ["1/1"] },
        "Name of the tunnel, as `show l2tp tunnel` has it",
      ),
    ],
    [
      opt(kw("virtual-router", "Virtual router"), arg("router", routerName, "Name of the virtual router")),
      kw("ip", "By the peer"),
      arg("address", ipv4(), "Address of the peer"),
      arg("peer", tunnelHostName, "Host name of the peer"),
    ],
  ),
] as const;
const session = [
  kw("session", "One session"),
  arg("name", { ...word({ placeholder: "NAME" }), examples: ["1/1/1"] }, "Name of the session"),
] as const;

function missing(noun: string, name: string): ExecResult {
  return { ok: false, lines: [`% L2TP ${noun} ${name} does not exist`] };
}

interface WhichTunnel {
  readonly name?: string | undefined;
  readonly router?: string | undefined;
  readonly address?: string | undefined;
  readonly peer?: string | undefined;
}

function onTunnel(context: ExecContext, which: WhichTunnel, request: (key: number) => Request): ExecResult {
  const { name, router = context.virtualRouter, address, peer = "" } = which;
  const found = tunnels(context.snapshot).find(({ name: own, view: { path, remoteHostName } }) =>
    name === undefined
      ? path.virtualRouter === router && path.remote.address === address && remoteHostName === peer
      : own === name,
  );
  if (found === undefined) return missing("tunnel", name ?? `${address} ${peer}`);
  context.request(request(found.view.tunnel));
  return {};
}

function draining(context: ExecContext, which: WhichTunnel, on: boolean): ExecResult {
  return onTunnel(context, which, (key) => ({ type: "drainTunnel", tunnel: key, draining: on }));
}

const destination = [
  kw("destination", "One destination"),
  arg(
    "name",
    { ...shaped("NAME", /^\d+$/), examples: ["1"] },
    "Name of the destination, as `show l2tp destination` has it",
  ),
] as const;

/** A destination is an address that is configured, also where its name is typed. */
function onDestination({ snapshot }: ExecContext, name: string, command: string): ExecResult {
  const found = destinations(snapshot).find((one) => one.name === name);
  if (found === undefined) return missing("destination", name);
  const line = `${command} destination virtual-router ${found.virtualRouter} ip ${found.peerAddress}`;
  return { action: { type: "lines", lines: [line], echo: false } };
}

const onDestinations = [[drain, "l2tp drain"] as const, [shutdown, "l2tp shutdown"] as const].map(([word, command]) =>
  exec({
    level: ENABLED,
    mode: globalMode,
    form: [l2tp, word, ...destination],
    run: (context: ExecContext, { name }) => onDestination(context, name, command),
    undo: (context: ExecContext, { name }) => onDestination(context, name, `no ${command}`),
  }),
);

function onSession(
  context: ExecContext,
  name: string,
  request: (session: SessionId) => Request | undefined,
): ExecResult {
  const found = sessions(context.snapshot).find((one) => one.name === name);
  if (found === undefined) return missing("session", name);
  const asked = request(found.call.session);
  if (asked !== undefined) context.request(asked);
  return {};
}

export const l2tpPartCommands = [
  ...onDestinations,
  exec({
    level: ENABLED,
    mode: globalMode,
    form: [l2tp, drain, ...tunnel],
    run: (context: ExecContext, which) => draining(context, which, true),
    undo: (context: ExecContext, which) => draining(context, which, false),
  }),
  exec({
    level: ENABLED,
    mode: globalMode,
    form: [l2tp, shutdown, ...tunnel],
    run: (context: ExecContext, which) =>
      onTunnel(context, which, (key) => ({ type: "closeTunnel", tunnel: key, reason: REASON })),
    undo: (context: ExecContext, which) => draining(context, which, false),
  }),
  exec({
    level: ENABLED,
    mode: globalMode,
    form: [l2tp, shutdown, ...session],
    run: (context: ExecContext, { name }) =>
      onSession(context, name, (session) => ({ type: "closeSession", session, reason: REASON })),
    // A session that still stands was not shut down.
    undo: (context: ExecContext, { name }) => onSession(context, name, () => undefined),
  }),
];
