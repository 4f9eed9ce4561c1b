/** Exec commands that end something: tunnels, sessions, connections, users. */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec, inert, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt } from "../../../grammar/elements.ts";
import type { ExecContext, Request } from "../../common/exec-context.ts";
import { domainName, objectName, routerName, userName } from "../arguments.ts";
import { destinations, sessionNames, sessions, tunnels } from "../show/l2tp-names.ts";
import { domainOf } from "../show/subscribers.ts";

const PRIVILEGED = 10;
const REASON = "cleared by the operator";

const clear = kw("clear", "End or reset something");
const l2tp = kw("l2tp", "L2TP");
const ipsec = kw("ipsec", "IPsec");
const NAME = "Name, as `show` prints it; all when absent";

function ask(context: ExecContext, requests: readonly Request[], noun: string, name: string | undefined): ExecResult {
  if (requests.length === 0 && name !== undefined) return { ok: false, lines: [`% There is no ${noun} ${name}`] };
  for (const request of requests) context.request(request);
  return {};
}

function closeConnections(
  context: ExecContext,
  wanted: (connection: ExecContext["snapshot"]["connections"][number]) => boolean,
) {
  return context.snapshot.connections
    .filter(wanted)
    .map(({ connection }): Request => ({ type: "closeConnection", connection, reason: REASON }));
}

export const clearCommands = [
  exec({
    level: PRIVILEGED,
    form: [clear, l2tp, kw("destination", "Tunnels to a destination"), opt(arg("name", word(), NAME))],
    run(context: ExecContext, { name }) {
      const found = destinations(context.snapshot)
        .filter((destination) => name === undefined || destination.name === name)
        .flatMap((destination) => destination.tunnels)
        .map(({ view }): Request => ({ type: "closeTunnel", tunnel: view.tunnel, reason: REASON }));
      return ask(context, found, "L2TP destination", name);
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [clear, l2tp, kw("tunnel", "Tunnels"), opt(arg("name", word(), NAME))],
    run(context: ExecContext, { name }) {
      const found = tunnels(context.snapshot)
        .filter((tunnel) => name === undefined || tunnel.name === name)
        .map(({ view }): Request => ({ type: "closeTunnel", tunnel: view.tunnel, reason: REASON }));
      return ask(context, found, "L2TP tunnel", name);
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [clear, l2tp, kw("session", "Sessions"), opt(arg("name", word(), NAME))],
    run(context: ExecContext, { name }) {
      const found = sessions(context.snapshot)
        .filter((session) => name === undefined || session.name === name)
        .map(({ call }): Request => ({ type: "closeSession", session: call.session, reason: REASON }));
      return ask(context, found, "L2TP session", name);
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      ipsec,
      kw("ike-sa", "IKE SAs and their connections"),
      opt(arg("address", ipv4(), "Address of the peer")),
    ],
    run(context: ExecContext, { address }) {
      const found = closeConnections(
        context,
        ({ flow, virtualRouter }) =>
          virtualRouter === context.virtualRouter && (address === undefined || flow.remote.address === address),
      );
      return ask(context, found, "IPsec connection with", address);
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      ipsec,
      kw("transport", "Transport mode"),
      kw("interface", "Transport interfaces"),
      opt(arg("number", uint(1, 4_294_967_295), "Number of the interface; all when absent")),
    ],
    run(context: ExecContext, { number }) {
      const found = closeConnections(context, ({ connection }) => number === undefined || connection === number);
      return ask(context, found, "IPsec transport interface", number === undefined ? undefined : String(number));
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [clear, kw("arp", "Hardware addresses of neighbors"), opt(arg("rest", line(), "Which; all when absent"))],
    effect: unsupported("the host resolves the addresses of its neighbors"),
    run: () => ({}),
  }),
  exec({
    level: PRIVILEGED,
    form: [clear, kw("ip", "IP"), kw("routes", "Routes"), opt(arg("rest", line(), "Which; all when absent"))],
    effect: unsupported("routes follow from interfaces, users and the configuration; no protocol learns any"),
    run: () => ({}),
  }),
  // The box has both orders of the words.
  ...(
    [
      [clear, ipsec],
      [ipsec, clear],
    ] as const
  ).map((front) =>
    exec({
      level: PRIVILEGED,
      form: [
        ...front,
        kw("sa", "Security associations"),
        opt(
          oneOf(
            [kw("all", "All of them")],
            [kw("peer", "Those with one peer"), arg("address", ipv4(), "Address of the peer")],
            [kw("tunnel", "Those of a tunnel interface"), arg("tunnel", objectName, "Name of the interface")],
          ),
        ),
      ],
      run(context: ExecContext, { address, tunnel }) {
        const found = closeConnections(
          context,
          ({ flow, virtualRouter }) =>
            tunnel === undefined &&
            virtualRouter === context.virtualRouter &&
            (address === undefined || flow.remote.address === address),
        );
        return tunnel === undefined
          ? ask(context, found, "IPsec connection with", address)
          : ask(context, found, "security association of tunnel", tunnel);
      },
    }),
  ),
  exec({
    level: PRIVILEGED,
    form: [
      kw("logout", "End the session, or those of remote users"),
      kw("subscribers", "Remote users"),
      oneOf(
        [kw("all", "Every remote user")],
        [kw("username", "One user"), arg("user", userName, "Name of the user")],
        [kw("domain", "Users of one domain"), arg("domain", domainName, "Name of the domain")],
        [kw("virtual-router", "Users of one virtual router"), arg("router", routerName, "Name of the virtual router")],
        [kw("ipv4-address", "The user of an address"), arg("address", ipv4(), "Address")],
        [
          kw("interface", "The user of an interface"),
          kw("l2tp", "Interface of a remote user"),
          arg("session", word({ placeholder: "NAME" }), "Name of the session"),
        ],
      ),
    ],
    run(context: ExecContext, { user, domain, router, address, session }) {
      const names = sessionNames(context.snapshot);
      const found = context.snapshot.sessions
        .filter(
          (one) =>
            (user === undefined || one.ppp.peerName === user) &&
            (domain === undefined || domainOf(context.snapshot, one) === domain) &&
            (router === undefined || one.virtualRouter === router) &&
            (address === undefined || one.ppp.peerAddress === address) &&
            (session === undefined || names.get(one.session) === session),
        )
        .map((one): Request => ({ type: "closeSession", session: one.session, reason: REASON }));
      return ask(context, found, "remote user", user ?? domain ?? address ?? session ?? router);
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      kw("ppp", "PPP"),
      kw("interface", "PPP interfaces"),
      opt(kw("l2tp", "Interface of a remote user"), arg("name", word(), NAME)),
    ],
    run(context: ExecContext, { name }) {
      const names = sessionNames(context.snapshot);
      const found = context.snapshot.sessions
        .filter(
          (one) =>
            one.virtualRouter === context.virtualRouter && (name === undefined || names.get(one.session) === name),
        )
        .map((one): Request => ({ type: "closeSession", session: one.session, reason: REASON }));
      return ask(context, found, "PPP interface l2tp", name);
    },
  }),
  ...(["unlock", "unlock-test"] as const).map((action) =>
    exec({
      level: PRIVILEGED,
      effect: inert("this router opens no tunnels of its own: no peer is ever locked out"),
      form: [
        l2tp,
        kw(action, action === "unlock" ? "Use a locked destination again" : "Try whether a locked destination answers"),
        kw("destination", "A destination that did not answer"),
        opt(kw("virtual-router", "Of one virtual router"), arg("router", routerName, "Name of the virtual router")),
        kw("ip", "By address"),
        arg("address", ipv4(), "Address of the peer"),
      ],
      run: (_context: ExecContext, { address }) => ({
        ok: false,
        lines: [`% L2TP destination ${address} is not locked: this router opens no tunnels of its own`],
      }),
    }),
  ),
  exec({
    level: PRIVILEGED,
    form: [
      l2tp,
      kw("tunnel", "Tunnels"),
      kw("test", "Open a tunnel to try its configuration"),
      arg("name", word(), "Domain or tunnel group"),
      opt(arg("tag", uint(1, 31), "Tag of the tunnel")),
    ],
    effect: unsupported("this router opens no tunnels of its own"),
    run: () => ({}),
  }),
];
