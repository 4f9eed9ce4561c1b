/** `baseline …`: where the counters that `delta` prints begin. */

import { uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec, inert } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { connectionKey, sessionKey, tunnelKey } from "../../common/baselines.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { interfaceReference } from "../arguments.ts";
import { destinations, type NamedTunnel, tunnels } from "../show/l2tp-names.ts";
import type { BaselineName } from "./delta.ts";

const baseline = kw("baseline", "Set the point from which counters are shown");
const everything = "Name, as `show` prints it; all when absent";
const objectName = opt(arg("name", word({ placeholder: "NAME" }), everything));

function mark(context: ExecContext, name: BaselineName, keys?: ReadonlySet<string>): ExecResult {
  context.baselines.set(name, context.snapshot, keys === undefined ? undefined : (key) => keys.has(key));
  return {};
}

/** The keys of tunnels and of the sessions in them. */
function keysOf(all: readonly NamedTunnel[]): string[] {
  return all.flatMap((tunnel) => [
    tunnelKey(tunnel.view.tunnel),
    ...tunnel.sessions.map(({ call }) => sessionKey(call.session)),
  ]);
}

type L2tpKind = "destination" | "tunnel" | "session";

/** `undefined` = there is none of that name. */
function l2tpKeys({ snapshot }: ExecContext, kind: L2tpKind, name: string | undefined): string[] | undefined {
  const named = <Item extends { readonly name: string }>(items: readonly Item[]) =>
    items.filter((item) => name === undefined || item.name === name);
  const found = {
    destination: () => named(destinations(snapshot)).map((destination) => keysOf(destination.tunnels)),
    tunnel: () => named(tunnels(snapshot)).map((tunnel) => keysOf([tunnel])),
    session: () =>
      named(tunnels(snapshot).flatMap((tunnel) => tunnel.sessions)).map(({ call }) => [sessionKey(call.session)]),
  }[kind]();
  return found.length === 0 && name !== undefined ? undefined : found.flat();
}

export const baselineCommands = [
  exec({
    form: [baseline, kw("l2tp", "Everything of L2TP")],
    run: (context: ExecContext) => mark(context, "l2tp"),
  }),
  exec({
    form: [
      baseline,
      kw("l2tp", "L2TP"),
      pick("kind", { destination: "Tunnels to a destination", tunnel: "Tunnels", session: "Sessions" }),
      objectName,
    ],
    run(context: ExecContext, { kind, name }) {
      const keys = l2tpKeys(context, kind, name);
      if (keys === undefined) return { ok: false, lines: [`% There is no L2TP ${kind} ${name}`] };
      return mark(context, "l2tp", new Set(keys));
    },
  }),
  exec({
    form: [baseline, kw("ipsec", "Everything of IPsec"), opt(kw("transport", "Transport mode"))],
    run: (context: ExecContext) => mark(context, "ipsec"),
  }),
  exec({
    effect: inert("no request leaves: what would be marked stands at zero"),
    form: [
      baseline,
      kw("radius", "RADIUS"),
      opt(
        pick("service", {
          accounting: "Servers of accounting",
          authentication: "Servers of authentication",
          "dynamic-request": "Servers that disconnect users",
        }),
      ),
    ],
    run: () => ({}),
  }),
  exec({
    effect: inert("no tunnel interface is up: what would be marked stands at zero"),
    form: [baseline, kw("ipsec", "IPsec"), kw("tunnel", "Tunnel interfaces"), objectName],
    run: () => ({}),
  }),
  exec({
    form: [
      baseline,
      kw("ipsec", "IPsec"),
      kw("transport", "Transport mode"),
      kw("interface", "Transport interfaces"),
      opt(arg("number", uint(1, 4_294_967_295), "Number of the interface; all when absent")),
    ],
    run(context: ExecContext, { number }) {
      const { connections } = context.snapshot;
      if (number !== undefined && !connections.some(({ connection }) => connection === number)) {
        return { ok: false, lines: [`% There is no IPsec transport interface ${number}`] };
      }
      const { baselines, snapshot } = context;
      baselines.set("ipsec", snapshot, (key) => number === undefined || key.startsWith(connectionKey(number)));
      return {};
    },
  }),
  exec({
    form: [baseline, kw("ip", "Everything of IP"), opt(pick("protocol", { icmp: "ICMP", tcp: "TCP", udp: "UDP" }))],
    run: (context: ExecContext) => mark(context, "ip"),
  }),
  exec({
    form: [baseline, kw("ppp", "Everything of PPP")],
    run: (context: ExecContext) => mark(context, "ppp"),
  }),
  ...(["ip", "ppp"] as const).map((family) =>
    exec({
      form: [
        baseline,
        kw(family, family === "ip" ? "IP" : "PPP"),
        kw("interface", "Interfaces"),
        opt(
          kw("l2tp", "Interface of a remote user"),
          arg("name", word({ placeholder: "NAME" }), "Name of the session"),
        ),
      ],
      run(context: ExecContext, { name }) {
        const keys = l2tpKeys(context, "session", name);
        if (keys === undefined) return { ok: false, lines: [`% There is no interface l2tp ${name}`] };
        return mark(context, family, new Set(keys));
      },
    }),
  ),
  exec({
    effect: inert("the host's interface carries the packets and counts them"),
    form: [
      baseline,
      kw("ip", "IP"),
      kw("interface", "Interfaces"),
      arg("interface", interfaceReference, "Interface type and location"),
    ],
    run: () => ({ ok: false, lines: ["% The host's interface carries the packets and counts them"] }),
  }),
  exec({
    form: [baseline, kw("aaa", "Decisions about users")],
    run: (context: ExecContext) => mark(context, "aaa"),
  }),
  exec({
    form: [baseline, kw("log", "Log messages")],
    run: (context: ExecContext) => mark(context, "log"),
  }),
  exec({
    form: [baseline, kw("show-delta-counts", "Let every show command begin at the baseline")],
    run({ baselines }: ExecContext) {
      baselines.always = true;
      return {};
    },
  }),
  exec({
    form: [
      kw("no", "Undo a command"),
      baseline,
      kw("show-delta-counts", "Show counters from the start unless `delta` is typed"),
    ],
    run({ baselines }: ExecContext) {
      baselines.always = false;
      return {};
    },
  }),
];
