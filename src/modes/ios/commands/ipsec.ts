/** IPsec: lifetimes, replay, NAT transparency, transform sets. */

import { line, uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { ipsecProfileName, isakmpProfileName, transformSetName } from "../arguments.ts";
import { globalMode, ipsecProfileMode, transformSetMode } from "../modes.ts";
import {
  crypto,
  inKilobytes,
  inSeconds,
  ipsec,
  KEY_BITS,
  lifetime,
  PFS_GROUPS,
  replay,
  securityAssociation,
  withBlank,
} from "./crypto-words.ts";

const global = { mode: globalMode } as const;

export const saLifetimeSeconds = setting({
  ...global,
  section: "ipsec",
  form: [crypto, ipsec, securityAssociation, lifetime, ...inSeconds],
  initial: { seconds: 3600 },
});

export const saLifetimeKilobytes = setting({
  ...global,
  section: "ipsec",
  form: [crypto, ipsec, securityAssociation, lifetime, ...inKilobytes],
  initial: { kilobytes: 4_608_000 },
});

export const saReplay = setting({
  ...global,
  section: "ipsec",
  form: [crypto, ipsec, securityAssociation, ...replay],
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

const CIPHERS = {
  "esp-3des": "ESP transform using 3DES(EDE) cipher (168 bits)",
  "esp-aes": "ESP transform using AES cipher",
  "esp-des": "ESP transform using DES cipher (56 bits)",
  "esp-gcm": "ESP transform using GCM cipher",
  "esp-gmac": "ESP transform using GMAC cipher",
  "esp-null": "ESP transform w/o cipher",
} as const;
const INTEGRITY = {
  "esp-md5-hmac": "ESP transform using HMAC-MD5 auth",
  "esp-sha-hmac": "ESP transform using HMAC-SHA auth",
  "esp-sha256-hmac": "ESP transform using HMAC-SHA256 auth",
  "esp-sha384-hmac": "ESP transform using HMAC-SHA384 auth",
  "esp-sha512-hmac": "ESP transform using HMAC-SHA512 auth",
} as const;

const transformSetForm = [
  crypto,
  ipsec,
  kw("transform-set", "Define transform and settings"),
  arg("name", transformSetName, "Transform set tag"),
  opt(
    pick("ah", {
      "ah-md5-hmac": "AH-HMAC-MD5 transform",
      "ah-sha-hmac": "AH-HMAC-SHA transform",
      "ah-sha256-hmac": "AH-HMAC-SHA256 transform",
    }),
  ),
  oneOf(
    [pick("cipher", CIPHERS), opt(pick("bits", KEY_BITS)), opt(pick("integrity", INTEGRITY))],
    [pick("integrity", INTEGRITY), opt(pick("cipher", CIPHERS), opt(pick("bits", KEY_BITS)))],
  ),
  flag("compression", "comp-lzs", "IP Compression using the LZS compression algorithm"),
] as const;

export const transformSet = opener({
  ...global,
  section: "transform-set",
  form: transformSetForm,
  print: withBlank(transformSetForm),
  key: ["name"],
  noForm: [
    crypto,
    ipsec,
    kw("transform-set", "Remove a transform set"),
    arg("name", transformSetName, "Transform set tag"),
  ],
  opens: transformSetMode,
  check: ({ bits, cipher }) =>
    bits !== undefined && cipher !== "esp-aes" && cipher !== "esp-gcm" && cipher !== "esp-gmac"
      ? "% Only esp-aes, esp-gcm and esp-gmac have a choice of key lengths"
      : undefined,
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
        [kw("pfs", "Specify pfs settings"), pick("group", PFS_GROUPS)],
      ),
    ],
    key: ["names", "profile", "group"],
    effect: profileReason,
  }),
  setting({
    mode: ipsecProfileMode,
    form: [kw("description", "Description of the profile"), arg("text", line(), "Description")],
    effect: profileReason,
  }),
];

export const ipsecCommands = [
  saLifetimeSeconds,
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
];
