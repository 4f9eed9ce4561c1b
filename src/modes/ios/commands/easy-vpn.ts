/**
 * What the box tells remote-access clients inside IKE: mode configuration, extended authentication, aggressive mode to named
 * peers. L2TP clients get all of it in PPP, so this is kept and printed back.
 */

import { ipv4, line, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { ipv6Address } from "../arguments.ts";
import { browserProxyMode, clientFirewallMode, clientGroupMode, globalMode, isakmpPeerMode } from "../modes.ts";
import { crypto, isakmp, KEY_ENCODING } from "./crypto-words.ts";
import { withoutZero } from "./said-in-clear.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

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
  setting({
    ...inGroup,
    form: [kw("key", "pre-shared key/IKE password"), ...keyOf],
    normal: (values) => withoutZero(values),
  }),
  ...usageLines(
    {
      ...inGroup,
      words: {
        aaa: "Attributes of AAA",
        "are-u-there": "Ask whether a firewall is there",
        attribute: "Attributes of AAA",
        "auto-update": "Software of clients",
        client: "Kind of client",
        "client WORD": "Kind of client",
        rev: "Release that it is to have",
        "rev LINE": "Releases",
        url: "Where it is fetched from",
        configuration: "Push configuration to the client",
        crypto: "Client group crypto aaa attribute list",
        dhcp: "Server of addresses",
        firewall: "Enforce group firewall feature",
        policy: "Policy of the firewall",
        "url WORD": "URL",
        version: "Version of the configuration",
      },
    },
    {
      "access-restrict @IFNAME": "Restrict clients in this group to an interface",
      "acl {<100-199> | <2000-2699> | WORD}": "Specify split tunneling inclusion access-list number",
      "auto-update client @WORD url WORD rev LINE": "Kind of client",
      "backup-gateway @WORD": "Specify backup gateway",
      "banner LINE": "Specify mode config banner",
      "browser-proxy WORD": "Configure browser proxy",
      "configuration url WORD": "Where the configuration is",
      "configuration version <1-32767>": "Version of the configuration",
      "crypto aaa attribute list WORD": "List of attributes",
      "dhcp giaddr A.B.C.D": "Gateway in requests for addresses",
      "dhcp server {A.B.C.D | WORD}": "Server of addresses",
      "dhcp timeout <4-30>": "Seconds that it is waited for",
      "dns A.B.C.D [A.B.C.D]": "DNS Servers",
      "domain WORD": "Set default domain name to send to client",
      "firewall are-u-there": "Ask whether a firewall is there",
      "firewall policy WORD": "Policy of the firewall",
      "group-lock": "Enforce group lock feature",
      "include-local-lan": "Enable Local LAN Access with no split tunnel",
      "max-logins <1-10>": "Set maximum simultaneous logins for users in this group",
      "max-users <1-5000>": "Set maximum number of users for this group",
      "netmask MASK": "Netmask used by the client for local connectivity",
      pfs: "The client should propose PFS",
      "pool WORD": "Set name of address pool",
      "save-password": "Allows remote client to save XAUTH password",
      "smartcard-removal-disconnect": "Disconnect when the smart card is removed",
      "split-dns @WORD": "DNS name to append for resolution",
      "wins A.B.C.D [A.B.C.D]": "WINS Servers",
    },
  ),
];

const firewallWords = {
  "access-list": "Access list of the policy",
  "central-policy-push": "Push the policy",
  in: "Inbound packets",
  out: "Outbound packets",
} as const;
const FIREWALLS =
  "{cisco-integrated-client-firewall | cisco-security-agent | zonelabs-zonealarm | zonelabs-zonealarmpro}";
const firewall = usageOpener(
  {
    ...global,
    words: {
      crypto: crypto.help,
      isakmp: isakmp.help,
      client: "Set client configuration policy",
      "cisco-integrated-client-firewall": "Cisco Integrated Client Firewall",
      "cisco-security-agent": "Cisco Security Agent",
      optional: "A client may be without it",
      required: "A client must have it",
      "zonelabs-zonealarm": "Zone Labs ZoneAlarm",
      "zonelabs-zonealarmpro": "Zone Labs ZoneAlarm Pro",
    },
    opens: clientFirewallMode,
  },
  `crypto isakmp client firewall @WORD {optional ${FIREWALLS} | required ${FIREWALLS}}`,
  "Firewall that clients shall have",
);
const firewallSettings = usageLines(
  { mode: clientFirewallMode, effect, words: { ...firewallWords, policy: "Policy of the firewall" } },
  {
    "policy check-presence": "Ask whether it is there",
    "policy central-policy-push access-list @{in | out} {<100-199> | WORD}": "Access list of the policy",
  },
);

const browserProxy = usageOpener(
  {
    ...global,
    words: {
      crypto: crypto.help,
      isakmp: isakmp.help,
      client: "Set client configuration policy",
      configuration: "Set client configuration policy",
    },
    opens: browserProxyMode,
  },
  "crypto isakmp client configuration browser-proxy @WORD",
  "Proxy of clients' browsers",
);
const browserProxySettings = usageLines(
  {
    mode: browserProxyMode,
    effect,
    words: {
      "auto-detect": "Let the browser find it",
      "by-pass-local": "Not for addresses of the own network",
      "exception-list": "Not for these addresses",
      none: "No proxy",
      proxy: "Proxy",
      server: "Address and port of the proxy",
    },
  },
  { "proxy @{auto-detect | by-pass-local | exception-list LINE | none | server WORD}": "Proxy" },
);

const peers = ["address @A.B.C.D", "ip-address @A.B.C.D", "address ipv6 @X:X:X:X::X", "hostname @WORD"].map((whom) =>
  usageOpener(
    {
      ...global,
      words: {
        crypto: crypto.help,
        isakmp: isakmp.help,
        address: "Specify IP address of peer",
        hostname: "Specify hostname of peer",
        "hostname WORD": "Fully qualified domain name of peer",
        "ip-address": "Specify IP address of peer",
        ipv6: "Specify IPv6 address of peer",
        peer: "Set Peer Policy",
        vrf: "VRF of the peer",
      },
      opens: isakmpPeerMode,
    },
    `crypto isakmp peer ${whom} [vrf @WORD]`,
    "Peer",
  ),
);

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
        [kw("ipv6-address", "IPv6 address"), arg("address6", ipv6Address, "Address")],
      ),
    ],
  }),
  setting({ ...inPeer, form: [...aggressive, kw("password", "Tunnel password"), ...keyOf] }),
];

export const easyVpnCommands = [
  ...peers,
  ...peerSettings,
  addressPool,
  clientGroup,
  ...groupSettings,
  firewall,
  ...firewallSettings,
  browserProxy,
  ...browserProxySettings,
];
