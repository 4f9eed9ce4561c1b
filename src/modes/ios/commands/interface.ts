/** Interfaces: addresses, what a virtual template gives to sessions, and hardware settings that are kept. */

import { ipv4, line, mask, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { anyInterface } from "../arguments.ts";
import { globalMode, interfaceMode } from "../modes.ts";
import { interfaceCryptoMap } from "./crypto-map.ts";

const inside = { mode: interfaceMode } as const;
const ip = kw("ip", "Interface Internet Protocol config commands");
const ppp = kw("ppp", "Point-to-Point Protocol");
const hardware = inert("there is no such hardware here");

export const interfaceOpener = opener({
  mode: globalMode,
  section: "interface",
  form: [kw("interface", "Select an interface to configure"), arg("name", anyInterface, "Interface")],
  key: ["name"],
  opens: interfaceMode,
});

export const description = setting({
  ...inside,
  form: [
    kw("description", "Interface specific description"),
    arg("text", line(), "Up to 200 characters describing this interface"),
  ],
  effect: inert("a description"),
});

export const vrfForwarding = setting({
  ...inside,
  form: [
    ip,
    kw("vrf", "VPN Routing/Forwarding parameters on the interface"),
    kw("forwarding", "Configure forwarding table"),
    arg("vrf", word(), "VRF name"),
  ],
});

export const ipAddress = setting({
  ...inside,
  form: [
    ip,
    kw("address", "Set the IP address of an interface"),
    arg("address", ipv4(), "IP address"),
    arg("mask", mask(), "IP subnet mask"),
  ],
});

export const ipAddressSecondary = setting({
  ...inside,
  form: [
    ip,
    kw("address", "Set the IP address of an interface"),
    arg("address", ipv4(), "IP address"),
    arg("mask", mask(), "IP subnet mask"),
    kw("secondary", "Make this IP address a secondary address"),
  ],
  key: ["address", "mask"],
});

export const ipAddressDhcp = setting({
  ...inside,
  form: [ip, kw("address", "Set the IP address of an interface"), kw("dhcp", "IP Address negotiated via DHCP")],
  effect: inert("use an address, or lnsh run --listen"),
});

export const ipUnnumbered = setting({
  ...inside,
  form: [
    ip,
    kw("unnumbered", "Enable IP processing without an explicit address"),
    arg("interface", anyInterface, "Interface that lends its address"),
  ],
});

export const ipMtu = setting({
  ...inside,
  form: [ip, kw("mtu", "Set IP Maximum Transmission Unit"), arg("octets", uint(68, 1_000_000), "MTU (bytes)")],
});

export const mtu = setting({
  ...inside,
  form: [
    kw("mtu", "Set the interface Maximum Transmission Unit (MTU)"),
    arg("octets", uint(64, 18_000), "MTU size in bytes"),
  ],
});

export const shutdown = setting({
  ...inside,
  form: [kw("shutdown", "Shutdown the selected interface")],
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
});

export const ipSwitch = setting({
  ...inside,
  form: [
    ip,
    pick("name", {
      "directed-broadcast": "Enable forwarding of directed broadcasts",
      "mroute-cache": "Enable switching cache for incoming multicast packets",
      "proxy-arp": "Enable proxy ARP",
      redirects: "Enable sending ICMP Redirect messages",
      unreachables: "Enable sending ICMP Unreachable messages",
      "virtual-reassembly": "Virtual reassembly",
    }),
  ],
  key: ["name"],
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
  effect: inert("access lists do not filter here"),
});

export const ipTcpMss = setting({
  ...inside,
  form: [
    ip,
    kw("tcp", "TCP interface commands"),
    kw("adjust-mss", "Adjust the mss of transit packets"),
    arg("octets", uint(500, 1460), "Maximum segment size in bytes"),
  ],
  effect: inert("segments are not changed on their way"),
});

export const duplex = setting({
  ...inside,
  form: [
    kw("duplex", "Configure duplex operation."),
    pick("mode", {
      auto: "Enable AUTO duplex configuration",
      full: "Force full duplex operation",
      half: "Force half-duplex operation",
    }),
  ],
  effect: hardware,
});

export const speed = setting({
  ...inside,
  form: [
    kw("speed", "Configure speed operation."),
    pick("speed", {
      "10": "Force 10 Mbps operation",
      "100": "Force 100 Mbps operation",
      "1000": "Force 1000 Mbps operation",
      auto: "Enable AUTO speed configuration",
    }),
  ],
  effect: hardware,
});

export const hardwareNumber = setting({
  ...inside,
  form: [
    pick("name", {
      bandwidth: "Set bandwidth informational parameter",
      delay: "Specify interface throughput delay",
      "load-interval": "Specify interval for load calculation for an interface",
    }),
    arg("value", uint(1, 4_294_967_295), "Value"),
  ],
  key: ["name"],
  effect: hardware,
});

export const mediaSwitch = setting({
  ...inside,
  form: [kw("cdp", "CDP interface subcommands"), kw("enable", "Enable CDP on interface")],
  effect: hardware,
  negation: "stored",
});

export const encapsulation = setting({
  ...inside,
  form: [
    kw("encapsulation", "Set encapsulation type for an interface"),
    oneOf(
      [pick("kind", { ppp: "Point-to-Point protocol" })],
      [kw("dot1Q", "IEEE 802.1Q Virtual LAN"), arg("vlan", uint(1, 4094), "IEEE 802.1Q VLAN ID")],
    ),
  ],
  effect: inert("sessions are always PPP"),
});

export const keepalive = setting({
  ...inside,
  form: [
    kw("keepalive", "Enable keepalive"),
    opt(arg("seconds", uint(0, 32_767), "Keepalive period"), opt(arg("retries", uint(1, 255), "Retries"))),
  ],
  negation: "stored",
  initial: { seconds: 10, retries: 5 },
});

const peerAddress = [
  kw("peer", "Peer parameters for point to point interfaces"),
  kw("default", "Default parameters"),
  kw("ip", "Peer default IP parameters"),
  kw("address", "Default IP address of the remote end of this interface"),
] as const;

export const peerPool = setting({
  ...inside,
  form: [
    ...peerAddress,
    kw("pool", "Use IP pool mechanism to allocate a peer IP address"),
    opt(many("pools", arg("pool", word(), "Pool name"), 4)),
  ],
});

export const peerFixedAddress = setting({
  ...inside,
  form: [...peerAddress, arg("address", ipv4(), "Default IP address of remote")],
  effect: unsupported("one address for all clients cannot work here; use a pool"),
});

export const pppAuthentication = setting({
  ...inside,
  form: [
    ppp,
    kw("authentication", "Set PPP link authentication method"),
    many(
      "methods",
      pick("method", {
        chap: "Challenge Handshake Authentication Protocol (CHAP)",
        eap: "Extensible Authentication Protocol (EAP)",
        "ms-chap": "Microsoft Challenge Handshake Authentication Protocol (MS-CHAP)",
        "ms-chap-v2": "Microsoft CHAP Version 2 (MS-CHAP-V2)",
        pap: "Password Authentication Protocol (PAP)",
      }),
      5,
    ),
    opt(
      pick("when", {
        callin: "Authenticate remote on incoming call only",
        optional: "Allow peer to refuse to authenticate",
      }),
    ),
    opt(arg("list", word(), "Use an authentication list with this name")),
  ],
  check: ({ methods }) =>
    methods.every((method) => method === "eap")
      ? "% EAP alone is not supported: no client could be authenticated"
      : undefined,
});

export const pppAuthorization = setting({
  ...inside,
  form: [
    ppp,
    pick("what", {
      accounting: "Set PPP network accounting method",
      authorization: "Set PPP network authorization method",
    }),
    opt(arg("list", word(), "Use a list with this name")),
  ],
  key: ["what"],
  effect: inert("sessions are neither authorized nor accounted elsewhere"),
});

const pppIpcp = [ppp, kw("ipcp", "Set IPCP negotiation options")] as const;

export const pppIpcpDns = setting({
  ...inside,
  form: [
    ...pppIpcp,
    kw("dns", "Specify DNS negotiation options"),
    arg("first", ipv4(), "Primary DNS server"),
    opt(arg("second", ipv4(), "Secondary DNS server")),
  ],
});

export const pppIpcpWins = setting({
  ...inside,
  form: [
    ...pppIpcp,
    kw("wins", "Specify WINS negotiation options"),
    arg("first", ipv4(), "Primary WINS server"),
    opt(arg("second", ipv4(), "Secondary WINS server")),
  ],
});

export const pppMtuAdaptive = setting({
  ...inside,
  form: [
    ppp,
    kw("mtu", "MTU parameters"),
    kw("adaptive", "Take the peer's MRU as the MTU"),
    flag("proxy", "proxy", "Also in what the LAC agreed to"),
  ],
});

export const pppMaxBadAuth = setting({
  ...inside,
  form: [
    ppp,
    kw("max-bad-auth", "Allow multiple authentication failures"),
    arg("failures", uint(1, 255), "Number of failures"),
  ],
});

export const pppEncrypt = setting({
  ...inside,
  form: [
    ppp,
    kw("encrypt", "Enable PPP encryption"),
    kw("mppe", "Microsoft Point to Point Encryption"),
    pick("strength", { "128": "128 bit encryption", "40": "40 bit encryption", auto: "Whatever the peer can do" }),
    opt(pick("policy", { passive: "When the peer asks for it", required: "Refuse peers without it" })),
  ],
  effect: inert("IPsec encrypts; MPPE is refused with a Protocol-Reject"),
});

export const interfaceCommands = [
  interfaceOpener,
  description,
  mtu,
  hardwareNumber,
  vrfForwarding,
  ipUnnumbered,
  ipAddress,
  ipAddressSecondary,
  ipAddressDhcp,
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
  mediaSwitch,
  peerPool,
  peerFixedAddress,
  keepalive,
  pppMaxBadAuth,
  pppMtuAdaptive,
  pppEncrypt,
  pppAuthentication,
  pppAuthorization,
  pppIpcpDns,
  pppIpcpWins,
  interfaceCryptoMap,
];
