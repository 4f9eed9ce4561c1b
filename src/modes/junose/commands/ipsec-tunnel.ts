/**
 * IPsec tunnels: profiles of dynamic ones, and interfaces that are one end of a tunnel. Tunnel mode is not carried here, so
 * both are kept and printed; L2TP stands on IPsec transport profiles.
 */

import { ipv4, mask, uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { nameOf, objectName, routerName } from "../arguments.ts";
import { globalMode, tunnelInterfaceMode, tunnelProfileMode } from "../modes.ts";
import { transforms } from "../transforms.ts";
import { ipsec, KILOBYTES, SECONDS } from "./ipsec.ts";
import { address, aName, anInterface, attachment, choice, netmask, number, selector } from "./kept-parameters.ts";

const effect = inert("IPsec tunnels are not carried; L2TP runs over IPsec transport profiles");
const MAX_TRANSFORMS = 6;

const tunnelProfile = opener({
  mode: globalMode,
  section: "tunnelProfile",
  opens: tunnelProfileMode,
  form: [
    ipsec,
    kw("tunnel", "Configure IPsec tunnels"),
    kw("profile", "Configure an IPsec tunnel profile"),
    arg("name", objectName, "Name of the profile"),
    opt(kw("virtual-router", "Virtual router"), arg("virtualRouter", routerName, "Name of the virtual router")),
  ],
  key: ["name"],
  effect,
});

const lifetime = kw("lifetime", "Configure how long IPsec SAs live");
const groups = { "1": "768-bit MODP", "2": "1024-bit MODP", "5": "1536-bit MODP" };

const identity = oneOf(
  [
    pick("kind", {
      "distinguished-name": "A distinguished name",
      "domain-name": "A domain",
      username: "A user, with the domain behind",
    }),
    aName,
  ],
  [pick("kind", { ip: "An address" }), kw("address", "By its digits"), address],
);

const inTunnelProfile = [
  setting({
    mode: tunnelProfileMode,
    form: [
      kw("transform", "Configure the acceptable transforms"),
      many("transforms", pick("transform", transforms), MAX_TRANSFORMS),
    ],
    effect,
  }),
  setting({
    mode: tunnelProfileMode,
    form: [
      lifetime,
      kw("seconds", "In seconds"),
      arg("min", uint(SECONDS.min, SECONDS.max), "Shortest lifetime in seconds, or the only one"),
      opt(arg("max", uint(SECONDS.min, SECONDS.max), "Longest lifetime in seconds")),
    ],
    effect,
  }),
  setting({
    mode: tunnelProfileMode,
    form: [
      lifetime,
      kw("kilobytes", "In kilobytes"),
      arg("min", uint(KILOBYTES.min, KILOBYTES.max), "Smallest volume in kilobytes, or the only one"),
      opt(arg("max", uint(KILOBYTES.min, KILOBYTES.max), "Largest volume in kilobytes")),
    ],
    effect,
  }),
  setting({
    mode: tunnelProfileMode,
    form: [
      kw("pfs", "Configure perfect forward secrecy"),
      kw("group", "Configure the Diffie-Hellman group"),
      pick("group", groups),
    ],
    effect,
  }),
  setting({
    mode: tunnelProfileMode,
    form: [
      kw("max-subscribers", "Configure how many subscribers there may be"),
      arg("count", uint(0, 1_000_000), "Subscribers"),
    ],
    effect,
  }),
  ...keptLines(
    {
      mode: tunnelProfileMode,
      effect,
      shared: {
        ike: "Configure IKE",
        ip: "Configure IP",
        local: "Configure our end",
        peer: "Configure the peer",
        "extended-authentication": "Configure extended authentication",
      },
    },
    {
      "domain-suffix": ["Configure the domain of the users", [aName]],
      "extended-authentication": [
        "Configure how users prove who they are",
        [
          choice({ chap: "By a challenge", pap: "By a password" }),
          flag("again", "re-authenticate", "Again with each new SA"),
        ],
      ],
      "ike local-identity": ["Configure what we call ourselves", [identity]],
      "ike peer-identity": ["Configure what peers may call themselves", [identity], ["kind", "name", "address"]],
      "ip profile": ["Configure the profile of the interfaces", [aName]],
      "ip network": ["Configure a network that peers may reach", [address, netmask], ["address", "mask"]],
      "local ip address": ["Configure our address", [address]],
      "local ip identity": ["Configure what our selector says", [selector]],
      "local ip network": ["Configure a network that peers may reach", [address, netmask], ["address", "mask"]],
      "peer ip identity": ["Configure what the selector of peers says", [selector]],
      "remote-network": "Configure a network behind peers",
      tunnel: "Configure the tunnels",
    },
  ),
];

/** The kind of the tunnel is the front of its name: `ipsec:ottawa`, `gre:boston`. */
const tunnelName = nameOf(80);

export const tunnelInterface = opener({
  mode: globalMode,
  scope: "virtualRouter",
  section: "interface",
  opens: tunnelInterfaceMode,
  form: [
    kw("interface", "Configure an interface"),
    kw("tunnel", "Configure one end of a tunnel"),
    arg("name", tunnelName, "Kind and name: ipsec:NAME, gre:NAME, dvmrp:NAME"),
    opt(
      kw("transport-virtual-router", "Virtual router of the outer addresses"),
      arg("virtualRouter", routerName, "Name of the virtual router"),
    ),
  ],
  key: ["name"],
  effect: inert("tunnel interfaces are not carried; L2TP runs over IPsec transport profiles"),
});

const inInterface = { mode: tunnelInterfaceMode, effect } as const;
const tunnel = kw("tunnel", "Configure the tunnel");
const end = [
  pick("end", { source: "Configure our end", destination: "Configure the other end" }),
  oneOf(
    [arg("address", ipv4(), "Address of the end")],
    [
      kw("identity", "What the end calls itself"),
      pick("identity", { "domain-name": "A domain", username: "A user, with the domain behind" }),
      arg("name", nameOf(80), "Name"),
    ],
    [
      kw("identity", "What the end calls itself"),
      kw("ip-address", "An address"),
      arg("identityAddress", ipv4(), "IP address"),
    ],
    [kw("backup", "Configure the second end"), arg("backup", ipv4(), "Address of the end")],
  ),
] as const;

const inTunnelInterface = [
  setting({
    ...inInterface,
    form: [
      kw("ip", "Configure IP on the interface"),
      kw("address", "Configure the IP address"),
      arg("address", ipv4(), "IP address"),
      arg("mask", mask(), "Subnet mask"),
    ],
  }),
  setting({ ...inInterface, form: [tunnel, ...end], key: ["end", "identity", "identityAddress", "backup"] }),
  setting({
    ...inInterface,
    form: [tunnel, lifetime, kw("seconds", "In seconds"), arg("seconds", uint(SECONDS.min, SECONDS.max), "Seconds")],
  }),
  setting({
    ...inInterface,
    form: [
      tunnel,
      lifetime,
      kw("kilobytes", "In kilobytes"),
      arg("kilobytes", uint(KILOBYTES.min, KILOBYTES.max), "Kilobytes"),
    ],
  }),
  setting({
    ...inInterface,
    form: [tunnel, kw("pfs", "Configure perfect forward secrecy"), kw("group", "Group"), pick("group", groups)],
  }),
  setting({
    ...inInterface,
    form: [
      tunnel,
      kw("transform-set", "Configure the acceptable transforms"),
      arg("name", objectName, "Name of a transform set"),
    ],
  }),
  setting({
    ...inInterface,
    form: [
      tunnel,
      kw("signaling", "Configure where keys come from"),
      pick("manner", { isakmp: "From IKE", manual: "By hand" }),
    ],
  }),
  ...keptLines(
    { ...inInterface, shared: { tunnel: "Configure the tunnel", ip: "Configure IP on the interface" } },
    {
      description: "Describe the interface",
      "ip mtu": ["Configure the IP MTU", [number("Octets", 128, 10_240)]],
      "ip unnumbered": ["Borrow the address of another interface", [anInterface]],
      "ip policy": ["Attach a policy", attachment, ["way", "name"]],
      "tunnel checksum": ["Check the packets", []],
      "tunnel local-identity": ["Configure our selector", [selector]],
      "tunnel mtu": ["Configure the MTU", [number("Octets", 160, 9000)]],
      "tunnel peer-identity": ["Configure the selector of the peer", [selector]],
      "tunnel sequence-datagrams": ["Number the packets", []],
      shutdown: ["Shut the interface down", []],
    },
  ),
];

export const ipsecTunnelCommands = [tunnelProfile, ...inTunnelProfile, tunnelInterface, ...inTunnelInterface];
