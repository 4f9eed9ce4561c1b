/** `show vpdn …` and `show l2tp …`, which are two names of most of the same. */

import { uint, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf, peerAddress, vpdnGroupName } from "../arguments.ts";
import { showL2tpSession, showL2tpSessionAll, showL2tpTunnel, showL2tpTunnelAll, showVpdn } from "../show/vpdn.ts";
import {
  l2tpCounters,
  selectedGroup,
  showAuthenticationCounters,
  showGroupSelect,
  showHistoryFailure,
  showL2tpCounters,
  showVpdnGroups,
  vpdnFailures,
  vpdnGroups,
} from "../show/vpdn-groups.ts";
import { callModel, tunnelModel } from "../show/vpdn-models.ts";
import { showSessionColumns, showTunnelColumns } from "../show/vpdn-tables.ts";
import { FAILURE_MARK, L2TP_MARKS } from "./counter-marks.ts";
import { print, show } from "./words.ts";

/** Three names of the same. */
const protocol = pick("protocol", {
  l2tp: "Layer 2 Tunnel Protocol",
  l2tun: "Layer 2 tunnels",
  vpdn: "VPDN information",
});
const vpdn = kw("vpdn", "VPDN information");
const id = uint(1, 65_535);

const authentication = flag("authentication", "authentication", "Of peers that prove themselves");

/** Counters as they moved since they were cleared, and how long ago that was. */
function countedFrom(context: ExecContext) {
  const snapshot = context.baselines.since(L2TP_MARKS, context.snapshot);
  const at = context.baselines.setAt(L2TP_MARKS);
  return { snapshot, cleared: at === undefined ? undefined : { snapshot, ago: context.snapshot.now - at } };
}

function both({ snapshot }: ExecContext) {
  return print(showVpdn(snapshot), { tunnels: tunnelModel(snapshot), sessions: callModel(snapshot) });
}

export const showVpdnCommands = [
  exec({ form: [show, protocol], run: both }),
  exec({
    form: [
      show,
      protocol,
      kw("tunnel", "L2TP control channel information"),
      flag("l2tp", "l2tp", "L2TP tunnels"),
      opt(
        pick("columns", {
          all: "Everything of every tunnel",
          packets: "Packets and bytes of each tunnel",
          state: "States of tunnels",
          summary: "Number of tunnels and sessions",
          transport: "Addresses and ports of tunnels",
        }),
      ),
      opt(
        oneOf(
          [kw("id", "By local tunnel identifier"), arg("id", id, "Local tunnel identifier")],
          [
            kw("remote-name", "By the peer's name"),
            arg("remoteName", word(), "Remote tunnel name"),
            opt(arg("localName", word(), "Local tunnel name")),
          ],
          [
            kw("local-name", "By the name we give"),
            arg("localName", word(), "Local tunnel name"),
            opt(arg("remoteName", word(), "Remote tunnel name")),
          ],
          [kw("address", "By the peer's address"), arg("address", peerAddress, "Remote address")],
        ),
      ),
    ],
    run: (context: ExecContext, { columns, id: number, remoteName, localName, address }) => {
      const { snapshot, cleared } = countedFrom(context);
      const filter = { id: number, remoteName, localName, address };
      const model = tunnelModel(snapshot, filter);
      if (columns === undefined) return print(showL2tpTunnel(snapshot, filter), model);
      if (columns === "all") return print(showL2tpTunnelAll(context.snapshot, filter, cleared), model);
      return print(showTunnelColumns(snapshot, columns, filter), model);
    },
  }),
  exec({
    form: [
      show,
      protocol,
      kw("session", "L2TP session information"),
      flag("l2tp", "l2tp", "L2TP sessions"),
      opt(
        pick("columns", {
          all: "Everything of every session",
          brief: "A line for each session",
          packets: "Packets and bytes of each session",
          sequence: "Whether data messages are numbered",
          state: "States of sessions",
          timers: "Timers of sessions",
          window: "Windows of sessions",
        }),
      ),
      opt(
        oneOf(
          [
            kw("id", "By local identifiers"),
            arg("tunnel", id, "Local tunnel identifier"),
            arg("id", id, "Local session identifier"),
          ],
          [kw("tunnel", "Sessions of a tunnel"), arg("tunnel", id, "Local tunnel identifier")],
          [
            kw("tunnel", "Sessions of a tunnel"),
            kw("id", "By local tunnel identifier"),
            arg("tunnel", id, "Local tunnel identifier"),
          ],
          [
            kw("tunnel", "Sessions of a tunnel"),
            kw("remote-name", "By the peer's name"),
            arg("remoteName", word(), "Remote tunnel name"),
          ],
          [kw("interface", "By interface"), arg("interface", anyInterface, "Interface")],
          [kw("username", "By user"), arg("user", word(), "User name")],
        ),
      ),
    ],
    run: (context: ExecContext, { columns, tunnel, remoteName, id: number, user, interface: name }) => {
      const { snapshot, cleared } = countedFrom(context);
      const filter = {
        tunnel,
        remoteName,
        id: number,
        user,
        interfaceName: name === undefined ? undefined : nameOf(name),
      };
      const model = callModel(snapshot, filter);
      if (columns === undefined || columns === "brief") return print(showL2tpSession(snapshot, filter), model);
      if (columns === "all") return print(showL2tpSessionAll(snapshot, filter, cleared?.ago), model);
      return print(showSessionColumns(snapshot, columns, filter), model);
    },
  }),
  exec({
    form: [show, vpdn, kw("group", "VPDN groups"), opt(arg("name", vpdnGroupName, "VPDN group name"))],
    run: ({ snapshot }: ExecContext, { name }) => {
      const groups = vpdnGroups(snapshot, name);
      if (name !== undefined && groups.length === 0)
        return { lines: [`% VPDN group ${name} does not exist`], ok: false };
      return print(showVpdnGroups(groups), groups);
    },
  }),
  exec({
    form: [
      show,
      vpdn,
      kw("group-select", "How a group is selected"),
      kw("keys", "Which group takes a tunnel"),
      opt(kw("vrf", "VRF that the tunnel comes in by"), arg("vrf", word(), "VRF name")),
      kw("hostname", "By the peer's name"),
      arg("hostname", word(), "Name that the peer gives"),
      kw("source-ip", "By our address"),
      arg("local", peerAddress, "Address that the tunnel comes to"),
    ],
    run: ({ snapshot }: ExecContext, { hostname, local }) => {
      const name = selectedGroup(snapshot, hostname, local);
      const groups = vpdnGroups(snapshot, name).filter(() => name !== undefined);
      return print(name === undefined ? ["No VPDN group takes such a tunnel"] : showGroupSelect(groups), groups);
    },
  }),
  exec({
    form: [
      show,
      vpdn,
      kw("group-select", "How a group is selected"),
      pick("which", { default: "The default group", summary: "Every group" }),
    ],
    run: ({ snapshot }: ExecContext, { which }) => {
      const groups = vpdnGroups(snapshot).filter(({ remoteName }) => which !== "default" || remoteName === null);
      if (which !== "default") return print(showGroupSelect(groups), groups);
      const [first] = groups;
      const lines =
        first === undefined ? ["No default VPDN group"] : [`Default VPDN Group: ${first.name}`, "Protocol: l2tp"];
      return print(lines, first ?? null);
    },
  }),
  exec({
    form: [
      show,
      vpdn,
      kw("history", "VPDN history"),
      kw("failure", "Failures of users"),
      opt(arg("user", word(), "User name")),
    ],
    run: ({ snapshot, logBuffer, baselines, clock }: ExecContext, { user }) => {
      const clearedAt = baselines.setAt(FAILURE_MARK);
      const since = clearedAt === undefined ? 0 : clock.toDate(clearedAt).getTime();
      const failures = vpdnFailures(logBuffer).filter(
        (failure) => failure.user === (user ?? failure.user) && failure.at.getTime() >= since,
      );
      return print(showHistoryFailure(snapshot, failures), failures);
    },
  }),
  exec({
    form: [
      show,
      kw("l2tp", "Layer 2 Tunnel Protocol"),
      kw("counters", "L2TP counters"),
      opt(oneOf([kw("tunnel", "Of tunnels"), authentication], [pick("what", { session: "Of sessions" })])),
    ],
    run: (context: ExecContext, { what, authentication: proofs }) => {
      const { snapshot } = countedFrom(context);
      if (what === "session") return print(showSessionColumns(snapshot, "packets", {}), callModel(snapshot));
      const counters = l2tpCounters(snapshot.l2tp);
      if (proofs === true) return print(showAuthenticationCounters(counters), counters);
      return print(showL2tpCounters(counters), counters);
    },
  }),
  exec({
    form: [show, kw("l2tp", "Layer 2 Tunnel Protocol"), kw("class", "L2TP classes")],
    run: () => print([], []),
  }),
];
