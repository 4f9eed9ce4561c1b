/** Exec commands that end something: tunnels, sessions, connections, users. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt } from "../../../grammar/elements.ts";
import type { ExecContext, Request } from "../../common/exec-context.ts";
import { userName } from "../arguments.ts";
import { destinations, sessions, tunnels } from "../show/l2tp-names.ts";

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
    form: [
      kw("logout", "End the session, or those of remote users"),
      kw("subscribers", "Remote users"),
      oneOf([kw("all", "Every remote user")], [kw("username", "One user"), arg("user", userName, "Name of the user")]),
    ],
    run(context: ExecContext, { user }) {
      const found = context.snapshot.sessions
        .filter(({ ppp }) => user === undefined || ppp.peerName === user)
        .map(({ session }): Request => ({ type: "closeSession", session, reason: REASON }));
      return ask(context, found, "remote user", user);
    },
  }),
];
