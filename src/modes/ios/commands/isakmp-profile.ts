/** ISAKMP profiles, which are kept and printed back. */

import { ipv4, line, mask, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { anyInterface, isakmpProfileName, keyringName } from "../arguments.ts";
import { globalMode, isakmpProfileMode } from "../modes.ts";
import { crypto, isakmp } from "./crypto-words.ts";

const noProfile = inert("every peer is negotiated with by policy, key and crypto map alone");

export const isakmpProfile = opener({
  mode: globalMode,
  section: "isakmp-profile",
  form: [crypto, isakmp, kw("profile", "Define ISAKMP Profiles"), arg("name", isakmpProfileName, "Profile name")],
  key: ["name"],
  opens: isakmpProfileMode,
  effect: noProfile,
});

const inProfile = { mode: isakmpProfileMode, effect: noProfile } as const;

const isakmpProfileSettings = [
  setting({
    ...inProfile,
    form: [kw("description", "Specify a description of this profile"), arg("text", line(), "Description")],
  }),
  setting({ ...inProfile, form: [kw("vrf", "Specify the VRF it is related to"), arg("vrf", word(), "VRF name")] }),
  setting({
    ...inProfile,
    form: [kw("keyring", "Specify keyring to use"), arg("name", keyringName, "Keyring name")],
    key: ["name"],
  }),
  setting({
    ...inProfile,
    form: [
      kw("self-identity", "Specify Identity to use"),
      oneOf(
        [pick("identity", { address: "Use the IP address" })],
        [pick("full", { fqdn: "Use the fully qualified host name" }), opt(arg("fqdn", word(), "Name"))],
        [kw("user-fqdn", "Use a user's name"), arg("user", word(), "Name")],
      ),
    ],
  }),
  setting({
    ...inProfile,
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
        [kw("host", "Match by host name"), arg("host", word(), "Host name")],
        [kw("host", "Match by host name"), kw("domain", "Match by domain"), arg("hostDomain", word(), "Domain name")],
        [kw("user", "Match by user name"), arg("user", word(), "User name")],
        [kw("user", "Match by user name"), kw("domain", "Match by domain"), arg("userDomain", word(), "Domain name")],
      ),
    ],
    key: ["address", "mask", "vrf", "group", "host", "hostDomain", "user", "userDomain"],
  }),
  setting({
    ...inProfile,
    form: [
      kw("client", "Specify client configuration settings"),
      kw("authentication", "Use Extended Authentication"),
      kw("list", "Authentication list"),
      arg("list", word(), "List name"),
    ],
  }),
  setting({
    ...inProfile,
    form: [
      kw("isakmp", "Specify isakmp configuration settings"),
      kw("authorization", "Authorization parameters"),
      kw("list", "Authorization list"),
      arg("list", word(), "List name"),
    ],
  }),
  setting({
    ...inProfile,
    form: [
      kw("keepalive", "Set a keepalive interval for use with IOS peers"),
      arg("seconds", uint(10, 3600), "Number of seconds between keep alives"),
      kw("retry", "Time between retries"),
      arg("retry", uint(2, 60), "Number of seconds between retries"),
    ],
  }),
  setting({
    ...inProfile,
    form: [
      kw("virtual-template", "Specify the virtual-template for dynamic interface creation"),
      arg("number", uint(1, 4095), "Virtual-Template interface number"),
    ],
  }),
  setting({
    ...inProfile,
    form: [
      kw("local-address", "Interface or address to use"),
      oneOf(
        [arg("address", ipv4(), "Local IP address"), opt(arg("vrf", word(), "VRF of the address"))],
        [arg("interface", anyInterface, "Interface")],
      ),
    ],
  }),
];

const moreSettings = [
  setting({
    ...inProfile,
    form: [
      kw("client", "Specify client configuration settings"),
      kw("configuration", "Specify client configuration settings"),
      oneOf(
        [
          kw("address", "Enable address assignment"),
          pick("address", { initiate: "Push addresses", respond: "Answer requests for addresses" }),
        ],
        [kw("group", "Specify the client group"), arg("group", word(), "Group name")],
      ),
    ],
    key: ["address", "group"],
  }),
  setting({ ...inProfile, form: [kw("qos-group", "Set Qos Group"), arg("group", uint(1, 1023), "Qos Group")] }),
  ...keptLines(
    { ...inProfile, single: true },
    {
      accounting: "Enable AAA Accounting for IPSec Sessions",
      "ca trust-point": "Specify trustpoint",
      "initiate mode": "Initiate with this mode",
      "match certificate": "Peer certificate attributes to match",
    },
  ),
];

export const isakmpProfileCommands = [isakmpProfile, ...isakmpProfileSettings, ...moreSettings];
