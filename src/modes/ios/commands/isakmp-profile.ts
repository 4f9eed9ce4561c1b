/** ISAKMP profiles: peers told apart by who they prove to be, with keys, authorities, liveness and a table of their own. */

import { ipv4, line, mask, uint, word } from "../../../grammar/arguments.ts";
import { type ConfigReader, inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { anyInterface, ipv6Prefix, isakmpProfileName, keyringName } from "../arguments.ts";
import { globalMode, isakmpProfileMode } from "../modes.ts";
import { crypto, isakmp } from "./crypto-words.ts";
import { usageLines } from "./usage-lines.ts";

const noProfile = inert("clients get their address and prove themselves in PPP; connections begin with the client");

export const isakmpProfile = opener({
  mode: globalMode,
  section: "isakmp-profile",
  form: [crypto, isakmp, kw("profile", "Define ISAKMP Profiles"), arg("name", isakmpProfileName, "Profile name")],
  key: ["name"],
  opens: isakmpProfileMode,
  warn: ({ name }, config): string | undefined => incompleteProfile(name, config),
});

function incompleteProfile(name: string, config: ConfigReader): string | undefined {
  const profile = config.find(isakmpProfile, { name });
  const matches =
    profile === undefined
      ? 0
      : config.under(profile, profileIdentity).length +
        config.under(profile, profileIdentity6).length +
        config.under(profile, profileCertificate).length;
  return matches > 0 ? undefined : "% A profile is deemed incomplete until it has match identity statements";
}

const inProfile = { mode: isakmpProfileMode, effect: noProfile } as const;

const isakmpProfileSettings = [
  setting({
    ...inProfile,
    form: [kw("description", "Specify a description of this profile"), arg("text", line(), "Description")],
  }),
];

/** The table in which the L2TP of its peers arrives. */
export const profileVrf = setting({
  mode: isakmpProfileMode,
  form: [kw("vrf", "Specify the VRF it is related to"), arg("vrf", word(), "VRF name")],
});

/** Keys that its peers must hold; `default` is those of `crypto isakmp key`. */
export const profileKeyring = setting({
  mode: isakmpProfileMode,
  form: [kw("keyring", "Specify keyring to use"), arg("name", keyringName, "Keyring name")],
  key: ["name"],
});

/** What we call ourselves to its peers. */
export const profileSelfIdentity = setting({
  mode: isakmpProfileMode,
  form: [
    kw("self-identity", "Specify Identity to use"),
    oneOf(
      [pick("kind", { address: "Use the IP address" }), flag("ipv6", "ipv6", "Of IPv6")],
      [pick("host", { fqdn: "Use the fully qualified host name" }), opt(arg("name", word(), "Host name"))],
      [kw("user-fqdn", "Use a user's name"), arg("user", word(), "User name")],
    ),
  ],
});

const moreSettings = usageLines(
  {
    ...inProfile,
    words: {
      address: "Match by address",
      "client configuration address": "Enable address assignment",
      "configuration address": "Enable address assignment",
      authentication: "Use Extended Authentication",
      authorization: "Authorization parameters",
      ca: "Specify certificate authorities to trust",
      client: "Specify client configuration settings",
      configuration: "Specify client configuration settings",
      default: "Keys that stand in no keyring",
      domain: "Match by domain",
      "domain WORD": "Domain name",
      fqdn: "Use the fully qualified host name",
      group: "Match by group name",
      "group WORD": "Group name",
      host: "Match by host name",
      "host WORD": "Host name",
      identity: "Match identity of peer",
      initiate: "Initiate with this mode",
      "address initiate": "Push addresses",
      ipv6: "Of IPv6",
      isakmp: "Specify isakmp configuration settings",
      keepalive: "Set a keepalive interval for use with IOS peers",
      list: "List of AAA",
      match: "Match values of peer",
      pki: "Certificates of clients",
      respond: "Answer requests for addresses",
      retry: "Number of seconds between retries",
      user: "Match by user name",
      "user WORD": "User name",
      "user-fqdn": "Match by user name",
      aggressive: "Aggressive mode",
    },
  },
  {
    "accounting WORD": "Enable AAA Accounting for IPSec Sessions",
    "client authentication list WORD": "List of AAA",
    "client configuration address @{initiate | respond}": "Enable address assignment",
    "client configuration group WORD": "Specify the client group",
    "client pki authorization list WORD": "List of AAA",
    "initiate mode [aggressive]": "Initiate with this mode",
    "isakmp authorization list WORD": "List of AAA",
    "qos-group <1-1023>": "Set Qos Group",
    "virtual-template <1-4095>": "Specify the virtual-template for dynamic interface creation",
  },
);

export const profileIdentity6 = setting({
  mode: isakmpProfileMode,
  form: [
    kw("match", "Match values of peer"),
    kw("identity", "Match identity of peer"),
    kw("address", "Match by address"),
    kw("ipv6", "Match by address of IPv6"),
    arg("prefix", ipv6Prefix, "IPv6 prefix"),
    opt(arg("vrf", word(), "VRF name")),
  ],
  key: ["prefix", "vrf"],
});

/** Who is of the profile, by the identity that a peer sends. */
export const profileIdentity = setting({
  mode: isakmpProfileMode,
  form: [
    kw("match", "Match values of peer"),
    kw("identity", "Match identity of peer"),
    oneOf(
      [
        kw("address", "Match by address"),
        arg("address", ipv4(), "IP address"),
        opt(arg("mask", mask(), "Mask")),
        opt(arg("vrf", word(), "VRF name")),
      ],
      [kw("group", "Match by group name"), arg("group", word(), "Group name")],
      [kw("host", "Match by host name"), arg("host", word(), "Host name"), opt(arg("vrf", word(), "VRF name"))],
      [
        kw("host", "Match by host name"),
        kw("domain", "Match by domain"),
        arg("hostDomain", word(), "Domain name"),
        opt(arg("vrf", word(), "VRF name")),
      ],
      [
        pick("user", { user: "Match by user name", "user-fqdn": "Match by user name" }),
        arg("name", word(), "User name"),
        opt(arg("vrf", word(), "VRF name")),
      ],
      [
        pick("userOf", { user: "Match by user name", "user-fqdn": "Match by user name" }),
        kw("domain", "Match by domain"),
        arg("userDomain", word(), "Domain name"),
        opt(arg("vrf", word(), "VRF name")),
      ],
    ),
  ],
  key: ["address", "mask", "vrf", "group", "host", "hostDomain", "user", "name", "userOf", "userDomain"],
});

/** Our address that peers of the profile target. */
export const profileLocalAddress = setting({
  mode: isakmpProfileMode,
  form: [
    kw("local-address", "Interface or address to use"),
    oneOf(
      [arg("address", ipv4(), "Local IP address"), opt(arg("vrf", word(), "VRF of the address"))],
      [arg("interface", anyInterface, "Interface")],
    ),
  ],
});

/** Dead peer detection of its peers. */
export const profileKeepalive = setting({
  mode: isakmpProfileMode,
  form: [
    kw("keepalive", "Set a keepalive interval for use with IOS peers"),
    arg("seconds", uint(10, 3600), "Number of seconds between keep alives"),
    kw("retry", "Time between retries"),
    arg("retry", uint(2, 60), "Number of seconds between retries"),
  ],
});

/** Authorities that a peer of this profile must come from. */
export const profileTrustpoint = setting({
  mode: isakmpProfileMode,
  form: [
    kw("ca", "Specify certificate authorities to trust"),
    kw("trust-point", "Specify trustpoint"),
    arg("name", word(), "Trustpoint name"),
  ],
  key: ["name"],
});

/** Peers of this profile, by what their certificates say. */
export const profileCertificate = setting({
  mode: isakmpProfileMode,
  form: [
    kw("match", "Match values of peer"),
    kw("certificate", "Peer certificate attributes to match"),
    arg("map", word(), "Certificate map tag"),
  ],
  key: ["map"],
});

export const isakmpProfileCommands = [
  isakmpProfile,
  ...isakmpProfileSettings,
  profileVrf,
  profileKeyring,
  profileSelfIdentity,
  profileIdentity,
  profileIdentity6,
  profileCertificate,
  profileTrustpoint,
  profileLocalAddress,
  profileKeepalive,
  ...moreSettings,
];
