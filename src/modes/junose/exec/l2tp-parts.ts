/**
 * `l2tp drain` and `l2tp shutdown` of a single tunnel or session, typed in configuration: what they say is of something that runs
 * now, ends with it, and is no line of the configuration.
 */

import { word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw } from "../../../grammar/elements.ts";
import type { ExecContext, Request } from "../../common/exec-context.ts";
import { globalMode } from "../modes.ts";
import { sessions, tunnels } from "../show/l2tp-names.ts";

const ENABLED = 10;
const REASON = "shut down by the operator";

const l2tp = kw("l2tp", "Configure L2TP");
const drain = kw("drain", "Accept no new tunnels");
const shutdown = kw("shutdown", "Close tunnels and accept no new ones");
const tunnel = [
  kw("tunnel", "One tunnel"),
  arg(
    "name",
    { ...word({ placeholder: "NAME" }), examples: ["1/1"] },
    "Name of the tunnel, as `show l2tp tunnel` has it",
  ),
] as const;
const session = [
  kw("session", "One session"),
  arg("name", { ...word({ placeholder: "NAME" }), examples: ["1/1/1"] }, "Name of the session"),
] as const;

function ask(context: ExecContext, noun: string, name: string, request: Request | undefined): ExecResult {
  if (request === undefined) return { ok: false, lines: [`% L2TP ${noun} ${name} does not exist`] };
  context.request(request);
  return {};
}

function onTunnel(context: ExecContext, name: string, request: (key: number) => Request): ExecResult {
  const found = tunnels(context.snapshot).find((one) => one.name === name);
  return ask(context, "tunnel", name, found && request(found.view.tunnel));
}

function draining(context: ExecContext, name: string, on: boolean): ExecResult {
  return onTunnel(context, name, (key) => ({ type: "drainTunnel", tunnel: key, draining: on }));
}

export const l2tpPartCommands = [
  exec({
    level: ENABLED,
    mode: globalMode,
    form: [l2tp, drain, ...tunnel],
    run: (context: ExecContext, { name }) => draining(context, name, true),
    undo: (context: ExecContext, { name }) => draining(context, name, false),
  }),
  exec({
    level: ENABLED,
    mode: globalMode,
    form: [l2tp, shutdown, ...tunnel],
    run: (context: ExecContext, { name }) =>
      onTunnel(context, name, (key) => ({ type: "closeTunnel", tunnel: key, reason: REASON })),
    undo: (context: ExecContext, { name }) => draining(context, name, false),
  }),
  exec({
    level: ENABLED,
    mode: globalMode,
    form: [l2tp, shutdown, ...session],
    run(context: ExecContext, { name }) {
      const found = sessions(context.snapshot).find((one) => one.name === name);
      return ask(
        context,
        "session",
        name,
        found && { type: "closeSession", session: found.call.session, reason: REASON },
      );
    },
  }),
];
