/** L2TP settings of the whole chassis. */

import { ipv4, uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { objectName, routerName } from "../arguments.ts";
import { globalMode, switchProfileMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const l2tp = kw("l2tp", "Configure L2TP");
const system = { mode: globalMode, section: "l2tp" } as const;
const lacOnly = inert("the router opens no tunnels of its own");
const transportAddress = inert("a tunnel stays with the address and port that opened it");

export const destructTimeout = setting({
  ...system,
  form: [
    l2tp,
    kw("destruct-timeout", "Configure the L2TP dynamic interface destruct timeout"),
    arg("seconds", uint(10, 3600), "Seconds"),
  ],
  initial: { seconds: 600 },
  quiet: true,
});

export const idleTimeout = setting({
  ...system,
  form: [
    l2tp,
    kw("tunnel", "Configure L2TP tunnels"),
    kw("idle-timeout", "Configure how long a tunnel without sessions stays"),
    arg("seconds", uint(0, 86_400), "Seconds; 0 is for ever"),
  ],
  initial: { seconds: 60 },
  quiet: true,
});

export const checksum = setting({
  ...system,
  form: [l2tp, kw("checksum", "Configure L2TP UDP data packet checksums")],
});

/** One state of the chassis: the later word replaces the earlier one, and either `no` form enables L2TP again. */
export const administrativeState = setting({
  ...system,
  form: [l2tp, pick("state", { drain: "Accept no new tunnels", shutdown: "Close tunnels and accept no new ones" })],
  noForm: [l2tp, oneOf([kw("drain", "Accept new tunnels")], [kw("shutdown", "Accept new tunnels")])],
});

const destinationRouter = [
  kw("virtual-router", "Virtual router"),
  arg("virtualRouter", routerName, "Name of the virtual router"),
] as const;
const destinationAddress = [kw("ip", "IP address"), arg("address", ipv4(), "Address of the peer")] as const;

/** The virtual router stands before the address or behind it. */
const destinationName = [
  kw("destination", "One destination"),
  oneOf([...destinationRouter, ...destinationAddress], [...destinationAddress, opt(...destinationRouter)]),
] as const;

const stateOf = pick("state", { drain: "Accept no new tunnels", shutdown: "Close tunnels and accept no new ones" });
const eitherState = oneOf([kw("drain", "Accept new tunnels")], [kw("shutdown", "Accept new tunnels")]);

/** The strictest of the chassis' state and the destination's holds. */
export const destinationState = setting({
  ...system,
  form: [l2tp, stateOf, ...destinationName],
  noForm: [l2tp, eitherState, ...destinationName],
  key: ["virtualRouter", "address"],
});

export const shortDrainTimeout = setting({
  ...system,
  form: [
    l2tp,
    kw("short-drain-timeout", "Configure how long a disconnected tunnel drains"),
    arg("seconds", uint(0, 31), "Seconds"),
  ],
  initial: { seconds: 2 },
  quiet: true,
  effect: inert("a farewell is repeated as any control message"),
});

export const retransmission = setting({
  ...system,
  form: [
    l2tp,
    kw("retransmission", "Configure how often a control message is repeated"),
    arg("count", uint(2, 30), "Retries"),
    opt(pick("tunnels", { established: "In established tunnels", "not-established": "In other tunnels" })),
  ],
  key: ["tunnels"],
  noForm: [
    l2tp,
    kw("retransmission", "Configure how often a control message is repeated"),
    opt(arg("count", uint(2, 30), "Retries")),
    opt(pick("tunnels", { established: "In established tunnels", "not-established": "In other tunnels" })),
  ],
  initial: { count: 5 },
  quiet: true,
  initials: [{ count: 5 }],
});

export const tunnelSwitching = setting({
  ...system,
  form: [l2tp, kw("tunnel-switching", "Pass sessions on into other tunnels")],
  effect: lacOnly,
});

export const ignoreSequencing = setting({
  ...system,
  form: [l2tp, kw("ignore-receive-data-sequencing", "Ignore sequence numbers of data packets")],
});

const endpointPart = pick("part", { "ip-address": "The address only", "udp-port": "The port only" });

export const ignoreAddressChange = setting({
  ...system,
  form: [l2tp, kw("ignore-transmit-address-change", "Ignore a changed address of the peer"), opt(endpointPart)],
  effect: transportAddress,
});

export const rejectAddressChange = setting({
  ...system,
  form: [l2tp, kw("reject-transmit-address-change", "Reject a changed address of the peer"), opt(endpointPart)],
  effect: transportAddress,
});

export const disconnectCause = setting({
  ...system,
  form: [l2tp, kw("disconnect-cause", "Tell peers why PPP disconnected")],
});

export const disableChallenge = setting({
  ...system,
  form: [l2tp, kw("disable", "Disable parts of L2TP"), kw("challenge", "Do not challenge the peer")],
});

export const disableCallingNumber = setting({
  ...system,
  form: [l2tp, kw("disable", "Disable parts of L2TP"), kw("calling-number-avp", "Do not send the calling number")],
  effect: lacOnly,
});

export const receiveWindowSize = setting({
  ...system,
  form: [l2tp, kw("receive-window-size", "Configure the receive window"), arg("size", uint(4, 4), "Control messages")],
});

export const speedWhenEqual = setting({
  ...system,
  form: [l2tp, kw("rx-connect-speed-when-equal", "Send the receive speed also when it is the transmit speed")],
  effect: lacOnly,
});

export const failOverWithinPreference = setting({
  ...system,
  form: [l2tp, kw("fail-over-within-preference", "Try the other tunnels of a preference first")],
  effect: lacOnly,
});

export const weightedLoadBalancing = setting({
  ...system,
  form: [l2tp, kw("weighted-load-balancing", "Share sessions by the tunnels' limits")],
  effect: lacOnly,
});

export const failoverResync = setting({
  ...system,
  form: [
    l2tp,
    kw("failover-resync", "Configure resynchronization with peers"),
    pick("method", {
      "failover-protocol": "Failover protocol",
      "failover-protocol-fallback-to-silent-failover": "Failover protocol where the peer has it",
      "silent-failover": "Silent failover",
      disable: "None",
    }),
  ],
  initial: { method: "failover-protocol-fallback-to-silent-failover" },
  quiet: true,
  effect: inert("there is no second route processor"),
});

export const lockoutTimeout = setting({
  ...system,
  form: [
    l2tp,
    kw("destination", "Configure an L2TP destination"),
    kw("lockout-timeout", "Configure how long an unreachable destination is left alone"),
    arg("seconds", uint(60, 3600), "Seconds"),
  ],
  initial: { seconds: 300 },
  quiet: true,
  effect: lacOnly,
});

export const lockoutTest = setting({
  ...system,
  form: [
    l2tp,
    kw("destination", "Configure an L2TP destination"),
    kw("lockout-test", "Test a destination before it is used again"),
  ],
  effect: lacOnly,
});

export const unlockDestination = setting({
  ...system,
  form: [
    l2tp,
    kw("unlock", "Use a locked destination again"),
    kw("destination", "Destination"),
    kw("ip", "IP address"),
    arg("address", ipv4(), "Address of the peer"),
  ],
  effect: unsupported("No destination is ever locked out"),
});

export const switchProfile = opener({
  ...system,
  opens: switchProfileMode,
  form: [
    l2tp,
    kw("switch-profile", "Configure an L2TP tunnel switch profile"),
    arg("name", objectName, "Name of the profile"),
  ],
  key: ["name"],
  effect: lacOnly,
});

export const switchProfileAvp = setting({
  mode: switchProfileMode,
  form: [
    kw("avp", "Configure what becomes of an AVP"),
    pick("avp", {
      "bearer-type": "Bearer type",
      "calling-number": "Calling number",
      "cisco-nas-port": "Cisco NAS port",
    }),
    kw("relay", "Pass it on"),
  ],
  key: ["avp"],
  effect: lacOnly,
});

const dialOut = usageLines(
  {
    ...system,
    effect: inert("the router makes no outgoing calls"),
    words: {
      l2tp: "Configure L2TP",
      "connecting-timer-value": "How long a call may take",
      "connecting-timer-value <>": "Seconds",
      "dormant-timer-value": "How long a call that ended is remembered",
      "dormant-timer-value <>": "Seconds",
      "max-buffered-triggers": "How many packets wait for a call",
      "max-buffered-triggers <>": "Packets",
      LINE: "Parameters",
    },
  },
  {
    "l2tp dial-out @{connecting-timer-value <30-3600> | dormant-timer-value <0-3600> | max-buffered-triggers <0-50> | LINE}":
      "Configure outgoing calls",
  },
);

export const l2tpCommands = [
  administrativeState,
  destinationState,
  destructTimeout,
  shortDrainTimeout,
  idleTimeout,
  checksum,
  retransmission,
  receiveWindowSize,
  disconnectCause,
  disableChallenge,
  disableCallingNumber,
  ignoreSequencing,
  ignoreAddressChange,
  rejectAddressChange,
  tunnelSwitching,
  speedWhenEqual,
  failOverWithinPreference,
  weightedLoadBalancing,
  failoverResync,
  lockoutTimeout,
  lockoutTest,
  unlockDestination,
  switchProfile,
  switchProfileAvp,
  ...dialOut,
];
