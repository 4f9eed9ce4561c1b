/**
 * IPsec transport profiles: where transport mode is terminated, for which protocols, and with which group keys. A group key belongs to one of our addresses and serves every client that calls it.
 */

import { ipv4, named, quotedWord, uint } from "../../../grammar/arguments.ts";
import { type Opener, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { objectName, routerName } from "../arguments.ts";
import { mask, masked } from "../masking.ts";
import { globalMode, transportProfileLocalMode, transportProfileMode } from "../modes.ts";
import { transforms } from "../transforms.ts";
import { ipsec, KILOBYTES, SECONDS } from "./ipsec.ts";
import { KEY_MAX, keyOf, MASKED_KEY_MAX } from "./manual-key.ts";

const profileForm = [
  ipsec,
  kw("transport", "Configure IPsec transport mode"),
  kw("profile", "Configure an IPsec transport profile"),
  arg("name", named("transportProfile", objectName), "Name of the profile"),
  opt(
    kw("virtual-router", "Virtual router"),
    arg("virtualRouter", routerName, "Name of the virtual router"),
    kw("ip", "IP"),
    kw("address", "Address of the peer"),
    arg("address", ipv4(), "Address of the peer; 0.0.0.0 is any"),
  ),
] as const;

export const transportProfile: Opener<typeof profileForm> = opener({
  mode: globalMode,
  opens: transportProfileMode,
  section: "transportProfile",
  form: profileForm,
  key: ["name"],
  /** A profile is entered again by its name alone. */
  check({ name, address }, config) {
    const known = config.find(transportProfile, { name }) !== undefined;
    return address === undefined && !known
      ? `% IPsec transport profile ${name} needs a virtual router and an ip address`
      : undefined;
  },
});

const mode = transportProfileMode;

const applicationNames = {
  dvmrp: "DVMRP tunnels",
  gre: "GRE tunnels",
  l2tp: "L2TP tunnels",
  "l2tp-nat-passthrough": "L2TP tunnels through a NAT; UDP checksums are not checked",
};

export const application = setting({
  mode,
  form: [
    kw("application", "Configure what the connections carry"),
    many("applications", pick("application", applicationNames), 4),
  ],
  initial: { applications: ["l2tp"] },
});

export const transportSeconds = setting({
  mode,
  form: [
    kw("lifetime", "Configure how long IPsec SAs live"),
    kw("seconds", "In seconds"),
    arg("min", uint(SECONDS.min, SECONDS.max), "Shortest lifetime in seconds, or the only one"),
    opt(arg("max", uint(SECONDS.min, SECONDS.max), "Longest lifetime in seconds")),
  ],
  initial: SECONDS,
  quiet: true,
  check: ({ min, max }) => rangeError(min, max),
});

export const transportKilobytes = setting({
  mode,
  form: [
    kw("lifetime", "Configure how long IPsec SAs live"),
    kw("kilobytes", "In kilobytes"),
    arg("min", uint(KILOBYTES.min, KILOBYTES.max), "Smallest volume in kilobytes, or the only one"),
    opt(arg("max", uint(KILOBYTES.min, KILOBYTES.max), "Largest volume in kilobytes")),
  ],
  initial: KILOBYTES,
  quiet: true,
  check: ({ min, max }) => rangeError(min, max),
});

function rangeError(min: number, max: number | undefined): string | undefined {
  return max !== undefined && min > max ? "% The lower end of a lifetime must not be above the upper end" : undefined;
}

export const pfsGroup = setting({
  mode,
  form: [
    kw("pfs", "Configure perfect forward secrecy"),
    kw("group", "Configure the Diffie-Hellman group"),
    pick("group", { "1": "768-bit MODP", "2": "1024-bit MODP", "5": "1536-bit MODP" }),
  ],
});

/** The name of a set, or the transforms themselves. */
export const profileTransforms = setting({
  mode,
  form: [
    kw("transform-set", "Configure the acceptable transforms"),
    oneOf(
      [many("transforms", pick("transform", transforms), 6)],
      [arg("name", named("transformSet", objectName), "Name of a transform set")],
    ),
  ],
});

export const localAddress = opener({
  mode,
  opens: transportProfileLocalMode,
  form: [
    kw("local", "Configure our end"),
    kw("ip", "IP"),
    kw("address", "Address that clients call"),
    arg("address", ipv4(), "IP address"),
  ],
  key: ["address"],
});

/** Typed in clear or masked; always printed masked. */
export const groupKey = setting({
  mode: transportProfileLocalMode,
  form: [
    oneOf(
      [kw("pre-share", "Configure the group pre-shared key"), arg("key", secret(quotedWord({ max: KEY_MAX })), "Key")],
      [
        kw("pre-share-masked", "Configure the group pre-shared key in its masked form"),
        arg("masked", masked(MASKED_KEY_MAX), "Masked key"),
      ],
    ),
  ],
  noForm: [
    oneOf(
      [
        kw("pre-share", "Remove the group pre-shared key"),
        opt(arg("key", secret(quotedWord({ max: KEY_MAX })), "Key")),
      ],
      [
        kw("pre-share-masked", "Remove the group pre-shared key"),
        opt(arg("masked", masked(MASKED_KEY_MAX), "Masked key")),
      ],
    ),
  ],
  print(values) {
    const key = keyOf(values);
    return key === undefined ? undefined : `pre-share-masked ${mask(key)}`;
  },
});

export const transportProfileCommands = [
  transportProfile,
  application,
  transportSeconds,
  transportKilobytes,
  pfsGroup,
  profileTransforms,
  localAddress,
  groupKey,
];
