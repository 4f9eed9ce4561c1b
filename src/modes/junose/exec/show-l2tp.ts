/** `show l2tp …`: settings, destinations, tunnels, sessions and what was locked out or disconnected. */

import { ipv4, named } from "../../../grammar/arguments.ts";
import { exec, inert } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { objectName } from "../arguments.ts";
import { showL2tp } from "../show/l2tp.ts";
import { showDestinationProfiles, showLimitGroups } from "../show/l2tp-destination-profile.ts";
import { showDisconnectCauses, showLockouts } from "../show/l2tp-lac.ts";
import { showDestinations, showSessions, showTunnels } from "../show/l2tp-tunnels.ts";
import { counting, delta } from "./delta.ts";
import { inRouter, name, PRIVILEGED_SHOW, show, view } from "./show-words.ts";

const l2tp = kw("l2tp", "L2TP");
const destination = kw("destination", "Peers of tunnels");

const state = opt(
  kw("state", "In one state"),
  pick("state", {
    connecting: "Coming up",
    disconnecting: "Going down",
    established: "Up",
    idle: "Over, and kept for the destruct timeout",
    enabled: "Taking new ones",
    drain: "Taking no new ones",
    disabled: "Shut down",
  }),
);
const which = opt(oneOf([kw("ip", "By address"), arg("address", ipv4(), "Address of the peer")], [name]));
/** `delta` may also stand last. */
const filters = [view, opt(delta), state, inRouter, which, opt(delta)] as const;

export const l2tpShowCommands = [
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, l2tp, opt(delta)],
    run: (context: ExecContext, values) => showL2tp(counting(context, "l2tp", values)),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      l2tp,
      destination,
      kw("profile", "Who may open tunnels"),
      opt(arg("name", named("destinationProfile", objectName), "Name of the profile")),
    ],
    run: (context: ExecContext, values) => showDestinationProfiles(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, l2tp, kw("sessions-limit-group", "Limits that hosts of a destination profile share"), opt(name)],
    run: (context: ExecContext, values) => showLimitGroups(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    effect: inert("this router opens no tunnels of its own: no peer is ever locked out"),
    form: [show, l2tp, destination, kw("lockout", "Peers that do not answer and are left alone")],
    run: () => showLockouts(),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, l2tp, destination, ...filters],
    run: (context: ExecContext, values) =>
      showDestinations(counting(context, "l2tp", values), values.view ?? "brief", values),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, l2tp, kw("tunnel", "Tunnels"), ...filters],
    run: (context: ExecContext, values) =>
      showTunnels(counting(context, "l2tp", values), values.view ?? "brief", values),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, l2tp, kw("session", "Sessions"), ...filters],
    run: (context: ExecContext, values) =>
      showSessions(counting(context, "l2tp", values), values.view ?? "brief", values),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    effect: inert("an LNS keeps none of the causes that peers send"),
    form: [show, l2tp, kw("received-disconnect-cause-summary", "Why peers said that PPP ended")],
    run: () => showDisconnectCauses(),
  }),
];
