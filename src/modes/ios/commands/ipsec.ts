/** IPsec: lifetimes, replay, NAT transparency, transform sets. */

import { line, uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { ipsecProfileName, isakmpProfileName, transformSetName } from "../arguments.ts";
import { globalMode, ipsecProfileMode, transformSetMode } from "../modes.ts";
import {
  crypto,
  inDays,
  inKilobytes,
  inSeconds,
  ipsec,
  KEY_BITS,
  lifetime,
  PFS_GROUPS,
  replay,
  securityAssociation,
  set,
  WINDOW_SIZES,
  withBlank,
  withoutUsualLength,
} from "./crypto-words.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;

export const saLifetime = setting({
  ...global,
  section: "ipsec",
  form: [crypto, ipsec, securityAssociation, lifetime, oneOf([...inSeconds], [...inDays])],
  initial: { seconds: 3600 },
  quiet: true,
});

export const saLifetimeKilobytes = setting({
  ...global,
  section: "ipsec",
  form: [crypto, ipsec, securityAssociation, lifetime, ...inKilobytes],
  initial: { kilobytes: 4_608_000 },
  quiet: true,
});

export const saReplay = setting({
  ...global,
  section: "ipsec",
  form: [crypto, ipsec, securityAssociation, ...replay],
  initial: { size: "64" },
  quiet: true,
});

export const natTransparency = setting({
  ...global,
  section: "ipsec",
  form: [
    crypto,
    ipsec,
    kw("nat-transparency", "IPsec NAT transparency model"),
    pick("kind", {
      "spi-matching": "Match inbound SPI to outbound SPI",
      "udp-encapsulation": "UDP encapsulation of IPsec protocols",
    }),
  ],
  key: ["kind"],
  negation: "stored",
  initials: [{ kind: "udp-encapsulation" }],
  off: [{ kind: "spi-matching" }],
  quiet: true,
});

const operatingSystem = inert("the operating system fragments");

export const dfBit = setting({
  ...global,
  section: "ipsec",
  form: [
    crypto,
    ipsec,
    kw("df-bit", "Handling of encapsulated DF bit."),
    pick("mode", { clear: "Clear DF bit", copy: "Copy DF bit from inner header", set: "Set DF bit" }),
  ],
  effect: operatingSystem,
  initial: { mode: "copy" },
  quiet: true,
});

export const ipsecFragmentation = setting({
  ...global,
  section: "ipsec",
  form: [
    crypto,
    ipsec,
    kw("fragmentation", "Handling of fragmentation of near-MTU sized packets"),
    pick("mode", {
      "after-encryption": "Fragment after encryption",
      "before-encryption": "Fragment before encryption",
    }),
  ],
  effect: operatingSystem,
  initial: { mode: "before-encryption" },
  quiet: true,
});

export const saIdleTime = setting({
  ...global,
  section: "ipsec",
  form: [
    crypto,
    ipsec,
    securityAssociation,
    kw("idle-time", "Automatically delete IPSec SAs after a given idle period"),
    arg("seconds", uint(60, 86_400), "Time in seconds"),
  ],
  effect: inert("L2TP ends connections that are idle"),
});

const SIZED_CIPHERS = {
  "esp-aes": "ESP transform using AES cipher",
  "esp-gcm": "ESP transform using GCM cipher",
  "esp-gmac": "ESP transform using GMAC cipher",
} as const;
const OTHER_CIPHERS = {
  "esp-3des": "ESP transform using 3DES(EDE) cipher (168 bits)",
  "esp-des": "ESP transform using DES cipher (56 bits)",
  "esp-null": "ESP transform w/o cipher",
  "esp-seal": "ESP transform using SEAL cipher (160 bits)",
} as const;
const INTEGRITY = {
  "esp-md5-hmac": "ESP transform using HMAC-MD5 auth",
  "esp-sha-hmac": "ESP transform using HMAC-SHA auth",
  "esp-sha256-hmac": "ESP transform using HMAC-SHA256 auth",
  "esp-sha384-hmac": "ESP transform using HMAC-SHA384 auth",
  "esp-sha512-hmac": "ESP transform using HMAC-SHA512 auth",
} as const;

const authenticationHeader = pick("ah", {
  "ah-md5-hmac": "AH-HMAC-MD5 transform",
  "ah-sha-hmac": "AH-HMAC-SHA transform",
  "ah-sha256-hmac": "AH-HMAC-SHA256 transform",
  "ah-sha384-hmac": "AH-HMAC-SHA384 transform",
  "ah-sha512-hmac": "AH-HMAC-SHA512 transform",
});
const cipher = oneOf([pick("sized", SIZED_CIPHERS), opt(pick("bits", KEY_BITS))], [pick("cipher", OTHER_CIPHERS)]);
const integrity = pick("integrity", INTEGRITY);
const payload = oneOf([cipher, opt(integrity)], [integrity, opt(cipher)]);

const transformSetWords = [
  crypto,
  ipsec,
  kw("transform-set", "Define transform and settings"),
  arg("name", transformSetName, "Transform set tag"),
] as const;
const compression = pick("compression", { "comp-lzs": "IP Compression using the LZS compression algorithm" });
const protection = oneOf([authenticationHeader, opt(payload)], [payload, opt(authenticationHeader)]);
/** They may come in any order, of each kind one. */
const transforms = oneOf([protection, opt(compression)], [compression, opt(protection)]);
const transformSetPrint = [...transformSetWords, opt(authenticationHeader), opt(payload), opt(compression)] as const;

export const transformSet = opener({
  ...global,
  section: "transform-set",
  form: [...transformSetWords, transforms],
  print: withBlank(transformSetPrint),
  key: ["name"],
  noForm: [...transformSetWords, opt(transforms)],
  opens: transformSetMode,
  normal: withoutUsualLength,
});

export const transformMode = setting({
  mode: transformSetMode,
  form: [
    kw("mode", "encapsulation mode (transport/tunnel)"),
    pick("mode", {
      transport: "transport (payload encapsulation) mode",
      tunnel: "tunnel (datagram encapsulation) mode",
    }),
    flag("require", "require", "Insist on this mode"),
  ],
  initial: { mode: "tunnel" },
});

const profileReason = inert("IPsec profiles protect tunnel interfaces, which this box does not have");

export const ipsecProfile = opener({
  ...global,
  section: "ipsec-profile",
  form: [
    crypto,
    ipsec,
    kw("profile", "Configure an ipsec policy profile"),
    arg("name", ipsecProfileName, "Profile name"),
  ],
  key: ["name"],
  opens: ipsecProfileMode,
  effect: profileReason,
});

const ipsecProfileSettings = [
  setting({
    mode: ipsecProfileMode,
    form: [
      kw("set", "Set values for encryption/decryption"),
      oneOf(
        [
          kw("transform-set", "Specify list of transform sets in priority order"),
          many("names", arg("name", transformSetName, "Proposal tag"), 6),
        ],
        [kw("isakmp-profile", "Specify isakmp Profile"), arg("profile", isakmpProfileName, "Profile name")],
      ),
    ],
    key: ["profile"],
    effect: profileReason,
  }),
  setting({
    mode: ipsecProfileMode,
    form: [kw("description", "Description of the profile"), arg("text", line(), "Description")],
    effect: profileReason,
  }),
];

const optional = setting({
  ...global,
  section: "ipsec",
  form: [
    crypto,
    ipsec,
    kw("optional", "Enable optional encryption for IPSec"),
    opt(kw("retry", "How often to try IPsec again"), arg("seconds", uint(60, 86_400), "Seconds")),
  ],
  effect: inert("what a crypto map protects is never sent in the clear"),
});

const profileWords = {
  clear: "Clear DF bit",
  copy: "Copy DF bit from inner header",
  default: "Route traffic to the default peer when idle",
  dialer: "Dialer related commands",
  disable: "Disable replay checking",
  discard: "Do not pass the bits on",
  distance: "Distance of the routes",
  group24: "D-H Group24 (2048-bit modp, 256 bit subgroup)",
  ...PFS_GROUPS,
  ...WINDOW_SIZES,
  level: "Specify a security association level",
  "per-host": "An SA for each pair of hosts",
  pps: "Packets per second",
  propagate: "Pass the bits on",
  "reverse-route": "Reverse Route Injection.",
  seconds: "Time-based key duration",
  "dummy seconds": "Seconds between packets",
  "security-association": securityAssociation.help,
  "security-policy": "Security policy",
  set: set.help,
  "dfbit set": "Set DF bit",
  stateful: "enable stateful failover",
  tag: "Tag of the routes",
  "window-size": "Set replay window size",
} as const;

const inProfile = { mode: ipsecProfileMode, effect: profileReason, quiet: true } as const;
const profileLifetimes = [
  setting({
    ...inProfile,
    form: [set, securityAssociation, lifetime, oneOf([...inSeconds], [...inDays])],
    initial: { seconds: 3600 },
    initialUnlessAbove: saLifetime,
  }),
  setting({
    ...inProfile,
    form: [set, securityAssociation, lifetime, ...inKilobytes],
    initial: { kilobytes: 4_608_000 },
    initialUnlessAbove: saLifetimeKilobytes,
  }),
];

const ipsecProfileMore = usageLines(
  { mode: ipsecProfileMode, effect: profileReason, words: profileWords },
  {
    "dialer pre-classify": "Classify before encryption",
    "redundancy WORD [stateful]": "Configure HA for this ipsec profile",
    "responder-only": "Do not initiate SAs from this device",
    "set group WORD": "Group of shared keys",
    "set identity WORD": "Identity restriction",
    "set ikev2-profile WORD": "Specify ikev2 Profile",
    "set mixed-mode": "Allow both families in one tunnel",
    [`set pfs [${[...Object.keys(PFS_GROUPS), "group24"].join(" | ")}]`]: "Specify pfs settings",
    "set reverse-route {distance <1-255> | tag <1-4294967295>}": "Reverse Route Injection.",
    "set security-association dfbit {clear | copy | set}": "Handling of encapsulated DF bit",
    "set security-association dummy {pps <0-25> | seconds <1-3600>}": "Enable transmitting dummy packets",
    "set security-association ecn {discard | propagate}": "Handling of ECN",
    "set security-association idle-time <60-86400> [default]":
      "Automatically delete IPSec SAs after a given idle period",
    "set security-association level per-host": "Specify a security association level",
    [`set security-association replay {disable | window-size {${Object.keys(WINDOW_SIZES).join(" | ")}}}`]:
      "Set replay checking",
    "set security-policy limit <0-50000>": "How many flows there may be",
  },
);

const ipsecMore = usageLines(
  {
    ...global,
    section: "ipsec",
    effect: inert("packets are protected as was negotiated, and nothing is sent besides"),
    words: {
      ...profileWords,
      crypto: crypto.help,
      ipsec: ipsec.help,
      clear: "Send it in the clear",
      drop: "Drop it",
      jump: "Ask the next entry",
    },
  },
  {
    "crypto ipsec ipv4-deny {clear | drop | jump}": "What is done with a packet that a list denies",
    "crypto ipsec security-association dummy {pps <0-25> | seconds <1-3600>}": "Generate and transmit dummy packets",
    "crypto ipsec security-association ecn {discard | propagate}": "Handling of ECN bit",
    "crypto ipsec security-association multi-sn": "A sequence number for each class of traffic",
  },
);

export const ipsecCommands = [
  ...ipsecMore,
  saLifetime,
  saLifetimeKilobytes,
  saReplay,
  natTransparency,
  saIdleTime,
  dfBit,
  ipsecFragmentation,
  transformSet,
  transformMode,
  ipsecProfile,
  ...ipsecProfileSettings,
  ...profileLifetimes,
  ...ipsecProfileMore,
  optional,
];
