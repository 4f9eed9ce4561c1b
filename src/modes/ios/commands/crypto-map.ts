/** Crypto maps, dynamic and static, and where they are applied. */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { ipv4, line, shaped, uint, word } from "../../../grammar/arguments.ts";
import { type ConfigReader, inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import {
  anyInterface,
  cryptoMapName,
  dynamicMapName,
  ipv6Address,
  isakmpProfileName,
  shortInterface,
  transformSetName,
} from "../arguments.ts";
import { cryptoMapMode, globalMode, interfaceMode } from "../modes.ts";
import { keptCryptoMapCommands } from "./crypto-map-kept.ts";
import {
  crypto,
  inDays,
  inKilobytes,
  inSeconds,
  lifetime,
  mapEntry,
  mapLine,
  OTHER_PFS_GROUPS,
  PFS_GROUPS,
  replay,
  securityAssociation,
  set,
  withBlank,
} from "./crypto-words.ts";
import { interfacesIn } from "./interface-openers.ts";
import { saLifetime, saLifetimeKilobytes, transformSet } from "./ipsec.ts";

const global = { mode: globalMode } as const;

export const dynamicMap = opener({
  ...global,
  section: "dynamic-map",
  form: [
    crypto,
    kw("dynamic-map", "Specify a dynamic crypto map template"),
    arg("name", dynamicMapName, "Dynamic crypto map template tag"),
    arg("sequence", uint(1, 65_535), "Sequence to insert into dynamic-map entry"),
  ],
  key: ["name", "sequence"],
  group: ["name"],
  opens: cryptoMapMode,
  keeps: ({ name, sequence }, config) => {
    const users = config.all(dynamicMapEntry).filter(({ values }) => values.dynamicMap === name);
    if (sequence !== undefined || users.length === 0) return undefined;
    const maps = [...new Set(users.map(({ values }) => values.name))].join(", ");
    return `% Crypto-map template ${name} is in use by crypto map(s): ${maps}. Please remove it from there first`;
  },
});

/** All that belongs to a map goes with its name, unless an interface has it. */
const wholeMap = {
  group: ["name"] as const,
  keeps: (values: Readonly<Partial<Record<string, unknown>>>, config: ConfigReader): string | undefined => {
    if (Object.keys(values).length > 1) return undefined;
    const ports = interfacesIn(config)
      .filter((port) => config.under(port, interfaceCryptoMap).some((line) => line.values.name === values.name))
      .map((port) => shortInterface(port.values.name));
    if (ports.length === 0) return undefined;
    return [
      `% Crypto-map ${values.name} is in use by interface(s): ${ports.join(", ")}.`,
      " Please remove the crypto map from the above interface(s) first",
    ].join("");
  },
};

const staticForm = [...mapEntry, opt(pick("kind", { "ipsec-isakmp": "IPSEC w/ISAKMP" }))] as const;

export const staticMap = opener({
  ...global,
  section: "crypto-map",
  form: staticForm,
  print: withBlank(staticForm),
  ...wholeMap,
  key: ["name", "sequence"],
  opens: cryptoMapMode,
  check: ({ name, sequence }, config): string | undefined => {
    const other = config.find(dynamicMapEntry, { name, sequence });
    return other === undefined ? undefined : entryOfAnotherKind(name, sequence);
  },
  warn: incompleteEntry,
});

function incompleteEntry(
  { name, sequence }: { readonly name: string; readonly sequence: number },
  config: ConfigReader,
): string | undefined {
  const entry = config.find(staticMap, { name, sequence });
  return entry === undefined || config.under(entry, setPeer).length + config.under(entry, setPeer6).length > 0
    ? undefined
    : NEW_ENTRY;
}

const NEW_ENTRY =
  "% NOTE: This new crypto map will remain disabled until a peer\n        and a valid access list have been configured.";

const dynamicForm = [
  ...mapEntry,
  kw("ipsec-isakmp", "IPSEC w/ISAKMP"),
  kw("dynamic", "Enable dynamic crypto map support"),
  arg("dynamicMap", word(), "Name of dynamic-map template"),
  flag("discover", "discover", "Tunnel endpoint discovery"),
] as const;

export const dynamicMapEntry = setting({
  ...global,
  section: "crypto-map",
  form: dynamicForm,
  print: withBlank(dynamicForm),
  ...wholeMap,
  key: ["name", "sequence"],
  check: ({ name, sequence, dynamicMap: template }, config): string | undefined => {
    const other = config.find(dynamicMapEntry, { name, sequence });
    if (other !== undefined && other.values.dynamicMap !== template) {
      return "% Attempt to change dynamic map tag for existing crypto map is not permitted.";
    }
    return config.find(staticMap, { name, sequence }) === undefined ? undefined : entryOfAnotherKind(name, sequence);
  },
});

/** An entry has peers of its own or those of a template. */
function entryOfAnotherKind(name: string, sequence: number): string {
  return `% Crypto map ${name} ${sequence} is an entry of another kind: remove it first`;
}

export const mapOption = setting({
  ...global,
  section: "crypto-map",
  form: [
    ...mapLine,
    kw("local-address", "Interface to use for local address for this crypto map"),
    arg("interface", anyInterface, "Interface"),
  ],
  ...wholeMap,
  key: ["name"],
});

/** The profile whose peers a map serves, where its entry names none. */
export const mapProfile = setting({
  ...global,
  section: "crypto-map",
  form: [
    ...mapLine,
    kw("isakmp-profile", "Specify isakmp profile to use"),
    arg("profile", isakmpProfileName, "Profile name"),
  ],
  ...wholeMap,
  key: ["name"],
});

/** Extended authentication of a whole map. */
export const mapAddition = setting({
  ...global,
  section: "crypto-map",
  form: [
    ...mapLine,
    oneOf(
      [
        kw("client", "Specify client configuration settings"),
        kw("authentication", "Use Extended Authentication"),
        kw("list", "Authentication list"),
        arg("authentication", word(), "List name"),
      ],
      [
        kw("client", "Specify client configuration settings"),
        kw("configuration", "IKE mode configuration"),
        kw("address", "Addresses of clients"),
        pick("address", { initiate: "Push addresses", respond: "Answer requests for addresses" }),
      ],
      [
        kw("isakmp", "Specify isakmp configuration settings"),
        kw("authorization", "Authorization parameters"),
        kw("list", "Authorization list"),
        arg("authorization", word(), "List name"),
      ],
    ),
  ],
  ...wholeMap,
  key: ["name", "authentication", "address", "authorization"],
  effect: inert("L2TP clients get their address and prove themselves in PPP"),
});

const inMap = { mode: cryptoMapMode } as const;

export const setNatDemux = setting({
  ...inMap,
  form: [set, kw("nat", "Set NAT translation"), kw("demux", "Set NAT demultiplexing")],
});

const transformSetForm = [
  set,
  kw("transform-set", "Specify list of transform sets in priority order"),
  many("names", arg("name", transformSetName, "Proposal tag"), 6),
] as const;

export const setTransformSet = setting({
  ...inMap,
  form: transformSetForm,
  print: withBlank(transformSetForm),
  check: ({ names }, config): string | undefined => {
    const unknown = names.find((name) => config.find(transformSet, { name }) === undefined);
    return unknown === undefined ? undefined : `ERROR: transform set with tag ${unknown} does not exist.`;
  },
});

export const setPeer = setting({
  ...inMap,
  form: [
    set,
    kw("peer", "Allowed Encryption/Decryption peer."),
    arg("address", ipv4(), "IP address of peer"),
    flag("default", "default", "Default peer"),
  ],
  key: ["address"],
});

export const setPeer6 = setting({
  ...inMap,
  form: [set, kw("peer", "Allowed Encryption/Decryption peer."), arg("address6", ipv6Address, "IPv6 address of peer")],
  key: ["address6"],
});

const pfs = kw("pfs", "Specify pfs settings");

export const setPfs = setting({ ...inMap, form: [set, pfs, opt(pick("group", PFS_GROUPS))] });

export const setOtherPfs = setting({
  ...inMap,
  form: [set, pfs, pick("group", OTHER_PFS_GROUPS)],
  effect: unsupported("This Diffie-Hellman group is not spoken here; take group14, group15 or group16"),
});

export const setLifetime = setting({
  ...inMap,
  form: [set, securityAssociation, lifetime, oneOf([...inSeconds], [...inDays])],
  initial: { seconds: 3600 },
  initialUnlessAbove: saLifetime,
  quiet: true,
});

export const setLifetimeKilobytes = setting({
  ...inMap,
  form: [set, securityAssociation, lifetime, ...inKilobytes],
  initial: { kilobytes: 4_608_000 },
  initialUnlessAbove: saLifetimeKilobytes,
  quiet: true,
});

export const setReplay = setting({ ...inMap, form: [set, securityAssociation, ...replay] });

export const setIsakmpProfile = setting({
  ...inMap,
  form: [set, kw("isakmp-profile", "Specify isakmp Profile"), arg("profile", isakmpProfileName, "Profile name")],
});

/** Of lists by number those that tell both ends. */
const extendedListName: ArgumentType<string> = {
  ...shaped("WORD", /^(1\d\d|2[0-6]\d\d|[^\d\s]\S*)$/),
  guide: (typed) => [
    ...(/^\d*$/.test(typed)
      ? [
          { word: "<100-199>", help: "IP access-list number" },
          { word: "<2000-2699>", help: "IP access-list number (expanded range)" },
        ]
      : []),
    ...(/^\d/.test(typed) ? [] : [{ word: "WORD", help: "Access-list name" }]),
  ],
};

export const matchAddress = setting({
  ...inMap,
  form: [
    kw("match", "Match values."),
    kw("address", "Match address of packets to encrypt."),
    arg("list", extendedListName, "Access-list name or number"),
  ],
});

export const mapDescription = setting({
  ...inMap,
  form: [kw("description", "Description of the crypto map statement policy"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

/** On an interface: which map protects it. */
export const interfaceCryptoMap = setting({
  mode: interfaceMode,
  form: [
    crypto,
    kw("map", "Assign a Crypto Map"),
    arg("name", cryptoMapName, "Crypto Map tag"),
    opt(
      kw("redundancy", "Redundancy group of this interface"),
      arg("standby", word(), "Name of the group"),
      flag("stateful", "stateful", "Keep connections through a switchover"),
    ),
  ],
  check: ({ name }, config) =>
    mapExists(config, name) ? undefined : `ERROR: Crypto Map with tag '${name}' does not exist.`,
});

function mapExists(config: ConfigReader, name: string): boolean {
  return [...config.all(staticMap), ...config.all(dynamicMapEntry)].some((node) => node.values.name === name);
}

export const cryptoMapCommands = [
  dynamicMap,
  staticMap,
  dynamicMapEntry,
  mapOption,
  mapProfile,
  mapAddition,
  mapDescription,
  setPeer,
  setPeer6,
  setNatDemux,
  setLifetime,
  setLifetimeKilobytes,
  setReplay,
  setTransformSet,
  setPfs,
  setOtherPfs,
  setIsakmpProfile,
  matchAddress,
  ...keptCryptoMapCommands,
];
