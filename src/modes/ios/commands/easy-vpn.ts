/**
 * What the box tells remote-access clients inside IKE: mode configuration, extended authentication, aggressive mode to named
 * peers. L2TP clients get all of it in PPP, so this is kept and printed back.
 */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { secret } from "../../common/secret-argument.ts";
import { clientGroupMode, globalMode, isakmpPeerMode } from "../modes.ts";
import { crypto, isakmp, KEY_ENCODING } from "./crypto-words.ts";

const effect = inert("L2TP clients get their address and prove themselves in PPP");
const global = { mode: globalMode, section: "isakmp-client", effect } as const;
const clientWords = [
  crypto,
  isakmp,
  kw("client", "Set client configuration policy"),
  kw("configuration", "Set client configuration policy"),
] as const;

const addressPool = setting({
  ...global,
  form: [
    ...clientWords,
    kw("address-pool", "Set network address for client"),
    kw("local", "Define IP address pool"),
    arg("pool", word(), "Pool name"),
  ],
});

const clientGroup = opener({
  ...global,
  form: [...clientWords, kw("group", "Set group profile attributes"), arg("name", word(), "Group name, or default")],
  key: ["name"],
  opens: clientGroupMode,
});

const keyOf = [
  opt(pick("encoding", KEY_ENCODING)),
  arg("key", secret(word({ max: 128 })), "The pre-shared key"),
] as const;
const inGroup = { mode: clientGroupMode, effect } as const;

const groupSettings = [
  setting({ ...inGroup, form: [kw("key", "pre-shared key/IKE password"), ...keyOf] }),
  setting({
    ...inGroup,
    form: [
      pick("name", {
        dns: "DNS Servers",
        wins: "WINS Servers",
      }),
      arg("first", ipv4(), "IP address of primary server"),
      opt(arg("second", ipv4(), "IP address of secondary server")),
    ],
    key: ["name"],
  }),
  setting({
    ...inGroup,
    form: [
      pick("name", {
        "max-logins": "Set maximum simultaneous logins for users in this group",
        "max-users": "Set maximum number of users for this group",
      }),
      arg("count", uint(1, 5000), "Number"),
    ],
    key: ["name"],
  }),
  ...keptLines(
    { ...inGroup, single: true },
    {
      "access-restrict": "Restrict clients in this group to an interface",
      acl: "Specify split tunneling inclusion access-list number",
      banner: "Specify mode config banner",
      "browser-proxy": "Configure browser proxy",
      configuration: "Push configuration to the client",
      "crypto aaa": "Client group crypto aaa attribute list",
      domain: "Set default domain name to send to client",
      firewall: "Enforce group firewall feature",
      "group-lock": "Enforce group lock feature",
      "include-local-lan": "Enable Local LAN Access with no split tunnel",
      netmask: "Netmask used by the client for local connectivity",
      pfs: "The client should propose PFS",
      pool: "Set name of address pool",
      "save-password": "Allows remote client to save XAUTH password",
      "smartcard-removal-disconnect": "Disconnect when the smart card is removed",
    },
  ),
  ...keptLines(inGroup, {
    "backup-gateway": "Specify backup gateway",
    "split-dns": "DNS name to append for resolution",
  }),
];

const peer = opener({
  ...global,
  form: [
    crypto,
    isakmp,
    kw("peer", "Set Peer Policy"),
    oneOf(
      [
        kw("address", "Specify IP address of peer"),
        arg("address", ipv4(), "Peer IP address"),
        opt(kw("vrf", "VRF of the peer"), arg("vrf", word(), "VRF name")),
      ],
      [kw("hostname", "Specify hostname of peer"), arg("host", word(), "Fully qualified domain name of peer")],
    ),
  ],
  key: ["address", "vrf", "host"],
  noForm: [
    crypto,
    isakmp,
    kw("peer", "Set Peer Policy"),
    oneOf(
      [
        kw("address", "Specify IP address of peer"),
        arg("address", ipv4(), "Peer IP address"),
        opt(kw("vrf", "VRF of the peer"), arg("vrf", word(), "VRF name")),
      ],
      [kw("hostname", "Specify hostname of peer"), arg("host", word(), "Fully qualified domain name of peer")],
    ),
  ],
  opens: isakmpPeerMode,
});

const inPeer = { mode: isakmpPeerMode, effect: inert("IKE is opened by the peers, in main mode") } as const;
const aggressive = [kw("set", "Set values"), kw("aggressive-mode", "Use aggressive mode with this peer")] as const;

const peerSettings = [
  setting({
    ...inPeer,
    form: [kw("description", "Specify a description of this peer"), arg("text", line(), "Description")],
  }),
  setting({
    ...inPeer,
    form: [
      ...aggressive,
      kw("client-endpoint", "Identity to send"),
      oneOf(
        [kw("fqdn", "Fully qualified domain name"), arg("fqdn", word(), "Name")],
        [kw("user-fqdn", "Name of a user"), arg("user", word(), "Name")],
        [kw("ipv4-address", "IP address"), arg("address", ipv4(), "Address")],
      ),
    ],
  }),
  setting({ ...inPeer, form: [...aggressive, kw("password", "Tunnel password"), ...keyOf] }),
];

export const easyVpnCommands = [peer, ...peerSettings, addressPool, clientGroup, ...groupSettings];
