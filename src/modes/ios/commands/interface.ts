/** Interfaces: addresses, what a virtual template gives to sessions, and hardware settings that are kept. */

import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { hostDevice } from "../../common/host-device.ts";
import { nameOf } from "../arguments.ts";
import { interfaceMode, subinterfaceMode } from "../modes.ts";
import { addressCommands, shutdown } from "./interface-addresses.ts";
import { isEthernet, isTemplate } from "./interface-kinds.ts";
import {
  interfaceOpener,
  interfaceRangeMacro,
  interfaceRangeOpener,
  interfacesIn,
  subinterfaceOpener,
  templateOpener,
} from "./interface-openers.ts";
import { pppCommands } from "./ppp.ts";

const inside = { mode: interfaceMode } as const;
/** Of a port alone, and not of what stands below it. */
const ofPort = { ...inside, except: [subinterfaceMode] } as const;
const ip = kw("ip", "Interface Internet Protocol config commands");
const hardware = inert("there is no such hardware here");

export const description = setting({
  ...inside,
  form: [
    kw("description", "Interface specific description"),
    arg("text", line(), "Up to 200 characters describing this interface"),
  ],
  effect: inert("a description"),
});

export const ipMtu = setting({
  ...inside,
  form: [ip, kw("mtu", "Set IP Maximum Transmission Unit"), arg("octets", uint(68, 1_000_000), "MTU (bytes)")],
});

/** Not a command of the box: the cable between a port of the router and the computer that it is. */
export const hostInterface = setting({
  ...inside,
  form: [
    kw("host-interface", "Plug the interface into the host that the router runs on"),
    arg("device", hostDevice, "Name of the TUN device to make there"),
  ],
  check: ({ device }, config, port): string | undefined => {
    const other = interfacesIn(config).find(
      (each) =>
        !Object.is(each, port) && config.under(each, hostInterface).some(({ values }) => values.device === device),
    );
    return other === undefined ? undefined : `% ${device} is the device of ${nameOf(other.values.name)}`;
  },
});

export const mtu = setting({
  ...inside,
  form: [
    kw("mtu", "Set the interface Maximum Transmission Unit (MTU)"),
    arg("octets", uint(64, 18_000), "MTU size in bytes"),
  ],
  initial: { octets: 1500 },
  quiet: true,
  initialBelow: isEthernet,
});

export const ipRouteCache = setting({
  ...inside,
  form: [
    ip,
    kw("route-cache", "Enable fast-switching cache for outgoing packets"),
    opt(
      pick("kind", { cef: "Enable CEF switching", flow: "Enable Flow switching", policy: "Enable policy switching" }),
    ),
  ],
  key: ["kind"],
  effect: hardware,
  negation: "stored",
  initials: [{}, { kind: "cef" }],
  off: [{ kind: "flow" }, { kind: "policy" }],
  quiet: true,
});

export const ipSwitch = setting({
  ...inside,
  form: [
    ip,
    pick("name", {
      "mroute-cache": "Enable switching cache for incoming multicast packets",
      "proxy-arp": "Enable proxy ARP",
      redirects: "Enable sending ICMP Redirect messages",
      unreachables: "Enable sending ICMP Unreachable messages",
    }),
  ],
  key: ["name"],
  initials: [{ name: "redirects" }, { name: "unreachables" }, { name: "proxy-arp" }, { name: "mroute-cache" }],
  quiet: true,
  effect: inert("the operating system handles this"),
  negation: "stored",
});

export const ipNat = setting({
  ...inside,
  form: [
    ip,
    kw("nat", "NAT interface commands"),
    pick("side", {
      inside: "Inside interface for address translation",
      outside: "Outside interface for address translation",
    }),
  ],
  effect: inert("addresses are not translated here"),
});

export const ipAccessGroup = setting({
  ...inside,
  form: [
    ip,
    kw("access-group", "Specify access control for packets"),
    arg("list", word(), "Access list"),
    pick("direction", { in: "inbound packets", out: "outbound packets" }),
  ],
  key: ["direction"],
});

export const ipTcpMss = setting({
  ...inside,
  form: [
    ip,
    kw("tcp", "TCP interface commands"),
    kw("adjust-mss", "Adjust the mss of transit packets"),
    arg("octets", uint(500, 1460), "Maximum segment size in bytes"),
  ],
});

export const duplex = setting({
  ...ofPort,
  form: [
    kw("duplex", "Configure duplex operation."),
    pick("mode", {
      auto: "Enable AUTO duplex configuration",
      full: "Force full duplex operation",
      half: "Force half-duplex operation",
    }),
  ],
  initial: { mode: "auto" },
  initialBelow: isEthernet,
  effect: hardware,
});

export const speed = setting({
  ...ofPort,
  form: [
    kw("speed", "Configure speed operation."),
    pick("speed", {
      "10": "Force 10 Mbps operation",
      "100": "Force 100 Mbps operation",
      "1000": "Force 1000 Mbps operation",
      "2500": "Force 2500 Mbps operation",
      "5000": "Force 5000 Mbps operation",
      "10000": "Force 10000 Mbps operation",
      auto: "Enable AUTO speed configuration",
    }),
  ],
  initial: { speed: "auto" },
  initialBelow: isEthernet,
  effect: hardware,
});

const bandwidth = setting({
  ...inside,
  form: [
    kw("bandwidth", "Set bandwidth informational parameter"),
    arg("kilobits", uint(1, 10_000_000), "Bandwidth in kilobits"),
  ],
  effect: hardware,
});

const delay = setting({
  ...inside,
  form: [
    kw("delay", "Specify interface throughput delay"),
    arg("tens", uint(1, 16_777_215), "Throughput delay (tens of microseconds)"),
  ],
  effect: hardware,
});

const loadInterval = setting({
  ...inside,
  form: [
    kw("load-interval", "Specify interval for load calculation for an interface"),
    arg("seconds", uint(30, 600), "Load interval delay in seconds"),
  ],
  check: ({ seconds }) => (seconds % 30 === 0 ? undefined : "% Load interval must be a multiple of 30"),
});

export const mediaSwitch = setting({
  ...ofPort,
  form: [kw("cdp", "CDP interface subcommands"), kw("enable", "Enable CDP on interface")],
  effect: hardware,
  negation: "stored",
  initial: {},
  initialBelow: isEthernet,
  quiet: true,
});

const encapsulate = kw("encapsulation", "Set encapsulation type for an interface");

const encapsulation = setting({
  ...inside,
  form: [encapsulate, pick("kind", { ppp: "Point-to-Point protocol" })],
  initial: { kind: "ppp" },
  initialBelow: isTemplate,
  quiet: true,
  effect: inert("sessions are always PPP"),
});

const vlanEncapsulation = setting({
  ...inside,
  form: [
    encapsulate,
    kw("dot1Q", "IEEE 802.1Q Virtual LAN"),
    arg("vlan", uint(1, 4094), "IEEE 802.1Q VLAN ID"),
    oneOf(
      [flag("native", "native", "Make this the native VLAN")],
      [kw("second-dot1q", "Inner VLAN"), arg("innerVlan", uint(1, 4094), "IEEE 802.1Q VLAN ID")],
    ),
  ],
  effect: inert("the operating system tags frames"),
});

export const switches = setting({
  ...ofPort,
  form: [
    pick("name", {
      "full-duplex": "Configure full-duplex operational mode",
      "half-duplex": "Configure half-duplex and related commands",
    }),
  ],
  key: ["name"],
  effect: hardware,
});

export const negotiation = setting({
  ...ofPort,
  form: [kw("negotiation", "Select Autonegotiation mode"), pick("mode", { auto: "Perform link autonegotiation" })],
  effect: hardware,
  negation: "stored",
});

export const mediaType = setting({
  ...ofPort,
  form: [kw("media-type", "Interface media type"), arg("type", word(), "Media type")],
  effect: hardware,
});

export const mop = setting({
  ...ofPort,
  form: [kw("mop", "DEC MOP server commands"), pick("name", { enabled: "Enable MOP", sysid: "Periodic MOP SYSID" })],
  key: ["name"],
  effect: hardware,
  negation: "stored",
  initials: [{ name: "enabled" }, { name: "sysid" }],
  initialBelow: isEthernet,
  quiet: true,
});

const notTold = inert("sessions that come and go are always logged");

export const loggingEvent = setting({
  ...inside,
  form: [
    kw("logging", "Configure logging for interface"),
    kw("event", "Interface events"),
    pick("event", { "link-status": "UPDOWN and CHANGE messages" }),
  ],
  effect: notTold,
  negation: "stored",
  initial: { event: "link-status" },
  quiet: true,
});

export const snmpTrap = setting({
  ...inside,
  form: [
    kw("snmp", "Modify SNMP interface parameters"),
    kw("trap", "Allow a specific SNMP trap"),
    pick("trap", { "link-status": "Allow SNMP LINKUP and LINKDOWN traps" }),
  ],
  effect: notTold,
  negation: "stored",
  initial: { trap: "link-status" },
  quiet: true,
});

export const interfaceCommands = [
  interfaceOpener,
  templateOpener,
  subinterfaceOpener,
  interfaceRangeMacro,
  interfaceRangeOpener,
  description,
  hostInterface,
  mtu,
  bandwidth,
  delay,
  vlanEncapsulation,
  ...addressCommands,
  ipAccessGroup,
  ipSwitch,
  ipMtu,
  ipNat,
  ipTcpMss,
  ipRouteCache,
  encapsulation,
  shutdown,
  duplex,
  speed,
  loadInterval,
  mediaSwitch,
  switches,
  negotiation,
  mediaType,
  mop,
  loggingEvent,
  snmpTrap,
  ...pppCommands,
];
