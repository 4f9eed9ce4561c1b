/** Interfaces of a virtual router and what is configured on them. */

import { interfaceText, ipv4, line, mask, uint } from "../../../grammar/arguments.ts";
import { type ConfigNode, type ConfigReader, inert, type Mode, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { hostDevice } from "../../common/host-device.ts";
import { ipv6Arguments } from "../../common/ipv6-arguments.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { interfaceReference, mainInterface, nameOf, subinterface, vrfName } from "../arguments.ts";
import { globalMode, interfaceMode, subinterfaceMode } from "../modes.ts";
import { linkLines, routingLines } from "./interface-protocols.ts";
import { aName, anInterface, attachment, choice, number } from "./kept-parameters.ts";
import { discoveryLines, linkProtocolLines } from "./link-protocols.ts";
import { subscriberLines } from "./subscriber-interfaces.ts";

const carriedByHost = inert("the host's interface carries the packets");

export const mainInterfaceOpener = opener({
  mode: globalMode,
  scope: "virtualRouter",
  opens: interfaceMode,
  section: "interface",
  form: [kw("interface", "Configure an interface"), arg("name", mainInterface, "Interface type and location")],
  key: ["name"],
});

export const subinterfaceOpener = opener({
  mode: globalMode,
  scope: "virtualRouter",
  opens: subinterfaceMode,
  section: "interface",
  form: [
    kw("interface", "Configure an interface"),
    arg("name", subinterface, "Interface type, location and number"),
    opt(pick("link", { "point-to-point": "One neighbor", multipoint: "Many neighbors" })),
  ],
  key: ["name"],
});

/** A device is the end of one wire; of other virtual routers the compiler tells. */
function deviceFault(device: string, config: ConfigReader, port: ConfigNode | undefined): string | undefined {
  const ports = [
    ...config.all(mainInterfaceOpener).map((line) => ({ line, command: onInterface.hostInterface })),
    ...config.all(subinterfaceOpener).map((line) => ({ line, command: onSubinterface.hostInterface })),
  ];
  const other = ports.find(
    ({ line, command }) =>
      !Object.is(line, port) && config.under(line, command).some(({ values }) => values.device === device),
  );
  return other === undefined
    ? undefined
    : `% ${device} is the device of interface ${interfaceText(other.line.values.name, " ")}`;
}

const ipv6Prefix = ipv6Arguments(false).prefix("X:X::X/nn");

/** Both modes take the same commands; each line belongs to the one it was typed in. */
function commandsOf(mode: Mode) {
  const ip = kw("ip", "Configure IP on the interface");
  return {
    address: setting({
      mode,
      form: [
        ip,
        kw("address", "Configure the IP address"),
        arg("address", ipv4(), "IP address"),
        arg("mask", mask(), "Subnet mask"),
      ],
    }),
    ipv6Address: setting({
      mode,
      form: [
        kw("ipv6", "Configure IPv6 on the interface"),
        kw("address", "Configure an address"),
        arg("prefix", ipv6Prefix, "IPv6 address and length"),
      ],
      key: ["prefix"],
    }),
    secondaryAddress: setting({
      mode,
      form: [
        ip,
        kw("address", "Configure the IP address"),
        arg("address", ipv4(), "IP address"),
        arg("mask", mask(), "Subnet mask"),
        kw("secondary", "A further address of the interface"),
      ],
      key: ["address"],
    }),
    unnumbered: setting({
      mode,
      form: [
        ip,
        kw("unnumbered", "Borrow the address of another interface"),
        arg("interface", interfaceReference, "Interface that lends its address"),
      ],
      effect: carriedByHost,
    }),
    mtu: setting({
      mode,
      form: [ip, kw("mtu", "Configure the IP MTU"), arg("octets", uint(128, 10_240), "Octets")],
    }),
    hostInterface: setting({
      mode,
      form: [
        kw("host-interface", "Plug the interface into the host that the router runs on"),
        arg("device", hostDevice, "Name of the TUN device to make there"),
      ],
      check: ({ device }, config, port): string | undefined => deviceFault(device, config, port),
    }),
    vrfForwarding: setting({
      mode,
      form: [
        ip,
        kw("vrf", "Configure the VRF of the interface"),
        kw("forwarding", "Put the interface into a VRF of this virtual router"),
        arg("vrf", vrfName, "Name of the VRF"),
      ],
    }),
    ipDescription: setting({
      mode,
      form: [ip, kw("description", "Describe the IP interface"), arg("text", line(), "Description")],
      effect: inert("a description says nothing to the router"),
    }),
    ipOption: setting({
      mode,
      form: [
        ip,
        pick("option", {
          "directed-broadcast": "Forward directed broadcasts",
          redirects: "Send ICMP redirects",
          "sa-validate": "Check source addresses",
        }),
      ],
      key: ["option"],
      negation: "stored",
      effect: carriedByHost,
    }),
    description: setting({
      mode,
      form: [kw("description", "Describe the interface"), arg("text", line(), "Description")],
      effect: inert("a description says nothing to the router"),
    }),
    encapsulation: setting({
      mode,
      form: [
        kw("encapsulation", "Configure the encapsulation"),
        oneOf(
          [
            pick("name", {
              bridge1483: "Bridged Ethernet",
              hdlc: "Cisco HDLC",
              mlppp: "Multilink PPP",
              ppp: "PPP",
              pppoe: "PPPoE",
              vlan: "VLANs",
            }),
          ],
          [
            pick("name", { "frame-relay": "Frame Relay", "mlframe-relay": "Multilink Frame Relay" }),
            flag("ietf", "ietf", "With the headers of RFC 2427"),
          ],
        ),
      ],
      effect: carriedByHost,
    }),
    vlan: setting({
      mode,
      form: [
        kw("vlan", "Configure the VLAN"),
        kw("id", "VLAN identifier"),
        arg("id", uint(0, 4095), "VLAN identifier"),
      ],
      effect: carriedByHost,
    }),
    linkMtu: setting({
      mode,
      form: [kw("mtu", "Configure the MTU"), arg("octets", uint(64, 10_240), "Octets")],
      effect: carriedByHost,
    }),
    duplex: setting({
      mode,
      form: [
        kw("duplex", "Configure the duplex mode"),
        pick("mode", { "automatically-negotiate": "Negotiate it", full: "Full duplex", half: "Half duplex" }),
      ],
      effect: carriedByHost,
    }),
    speed: setting({
      mode,
      form: [
        kw("speed", "Configure the speed"),
        pick("speed", {
          "automatically-negotiate": "Negotiate it",
          "10": "10 Mbit/s",
          "100": "100 Mbit/s",
          "1000": "1 Gbit/s",
        }),
      ],
      effect: carriedByHost,
    }),
    shutdown: setting({
      mode,
      form: [kw("shutdown", "Shut the interface down")],
      negation: "stored",
    }),
  };
}

export const onInterface = commandsOf(interfaceMode);
export const onSubinterface = commandsOf(subinterfaceMode);

/** Types whose interfaces have names. */
export const NAMED_TYPES = {
  ip: "IP interface above another one",
  lag: "Group of Ethernet links",
  mlppp: "Multilink PPP bundle",
  "mlframe-relay": "Multilink Frame Relay bundle",
} as const;

const namedInterfaceOpener = opener({
  mode: globalMode,
  scope: "virtualRouter",
  opens: interfaceMode,
  section: "interface",
  form: [
    kw("interface", "Configure an interface"),
    pick("type", NAMED_TYPES),
    arg("name", nameOf(80), "Name of the interface"),
  ],
  key: ["type", "name"],
  effect: carriedByHost,
});

/** What belongs to the link, or to something above it that is not here. */
function linkCommands(mode: Mode) {
  const ip = { ip: "Configure IP on the interface", profile: "Configure the profile of dynamic interfaces" };
  return [
    ...keptLines(
      { mode, effect: carriedByHost, negation: "stored", shared: ip },
      {
        "ip mask-reply": ["Answer mask requests", []],
        "ip proxy-arp": ["Answer ARP for others", [flag("unrestricted", "unrestricted", "For whatever address")]],
        "ip route-cache": "Keep routes in the cache",
        "ip unreachables": ["Send ICMP unreachables", []],
        keepalive: ["Configure keepalives", [opt(number("Seconds", 0, 65_535))]],
        "snmp trap ip link-status": ["Send traps when the interface changes", []],
        "snmp trap frame-relay link-status": ["Send traps when Frame Relay changes", []],
        "snmp trap link-status": ["Send traps when the link changes", []],
      },
    ),
    ...keptLines(
      { mode, effect: carriedByHost, shared: ip },
      {
        crc: ["Configure checksums of frames", [choice({ "16": "Two octets", "32": "Four octets" })]],
        "fair-queue": "Configure queues",
        "ip access-routes": ["Make a host route for each user", []],
        "ip arp": "Configure ARP",
        "ip inhibit-access-routes": ["Make no host routes", []],
        "vlan policy": ["Attach a policy", attachment, ["way", "name"]],
      },
    ),
    ...keptLines(
      { mode, effect: inert("packets are neither classified nor policed"), shared: ip },
      {
        "ip policy": ["Attach a policy", attachment, ["way", "name"]],
        "qos-mode-port": [
          "Configure the mode of the port",
          [pick("mode", { "low-cdv": "Cells at even distances", "low-latency": "Cells at once" })],
        ],
        "qos-profile": ["Attach a QoS profile", [aName]],
        "qos-shaping-mode": [
          "Configure how rates are counted",
          [pick("mode", { cell: "By cells", frame: "By frames", none: "As the box does" })],
        ],
      },
    ),
    ...linkProtocolLines(mode),
    ...linkLines(mode),
    ...discoveryLines(mode, "only IPv4 is carried"),
    ...subscriberLines(mode, "users come through L2TP; the host's interface carries the packets"),
    ...routingLines(mode),
    ...keptLines(
      { mode, effect: inert("addresses are not translated here"), shared: ip },
      { "ip nat inside": ["Translate what comes in", []], "ip nat outside": ["Translate what goes out", []] },
    ),
    ...keptLines(
      { mode, effect: inert("only IPv4 is carried"), shared: { ipv6: "Configure IPv6 on the interface" } },
      {
        "ipv6 address": [
          "Configure an address",
          [arg("prefix", ipv6Prefix, "IPv6 address and length"), kw("eui-64", "Our own part is the hardware address")],
          ["prefix"],
        ],
        "ipv6 enable": ["Have an address of the link", []],
        "ipv6 mtu": ["Configure the MTU", [number("Octets", 1280, 10_240)]],
        "ipv6 unnumbered": ["Borrow the address of another interface", [anInterface]],
      },
    ),
  ];
}

export const interfaceCommands = [
  mainInterfaceOpener,
  subinterfaceOpener,
  namedInterfaceOpener,
  ...Object.values(onInterface),
  ...Object.values(onSubinterface),
  ...linkCommands(interfaceMode),
  ...linkCommands(subinterfaceMode),
];
