/** Crypto maps, dynamic and static, and where they are applied (ios.md 2.2). */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { type ConfigReader, inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, opt, pick } from "../../../grammar/elements.ts";
import { anyInterface } from "../arguments.ts";
import { cryptoMapMode, globalMode, interfaceMode } from "../modes.ts";
import { crypto, inKilobytes, inSeconds, lifetime, securityAssociation } from "./crypto-words.ts";

const global = { mode: globalMode } as const;

export const dynamicMap = opener({
  ...global,
  section: "dynamic-map",
  form: [
    crypto,
    kw("dynamic-map", "Specify a dynamic crypto map template"),
    arg("name", word(), "Dynamic crypto map template tag"),
    arg("sequence", uint(1, 65_535), "Sequence to insert into dynamic-map entry"),
  ],
  key: ["name", "sequence"],
  opens: cryptoMapMode,
});

const mapName = [crypto, kw("map", "Enter a crypto map"), arg("name", word(), "Crypto map tag")] as const;
const mapEntry = [...mapName, arg("sequence", uint(1, 65_535), "Sequence to insert into crypto map entry")] as const;

export const staticMap = opener({
  ...global,
  section: "crypto-map",
  form: [...mapEntry, opt(pick("kind", { "ipsec-isakmp": "IPSEC w/ISAKMP", "ipsec-manual": "IPSEC w/manual keying" }))],
  key: ["name", "sequence"],
  opens: cryptoMapMode,
});

export const dynamicMapEntry = setting({
  ...global,
  section: "crypto-map",
  form: [
    ...mapEntry,
    kw("ipsec-isakmp", "IPSEC w/ISAKMP"),
    kw("dynamic", "Enable dynamic crypto map support"),
    arg("dynamicMap", word(), "Name of dynamic-map template"),
    flag("discover", "discover", "Tunnel endpoint discovery"),
  ],
  key: ["name", "sequence"],
});

export const mapOption = setting({
  ...global,
  section: "crypto-map",
  form: [
    ...mapName,
    kw("local-address", "Interface to use for local address for this crypto map"),
    arg("interface", anyInterface, "Interface"),
  ],
  key: ["name"],
  effect: inert("the address of the interface that carries the map is used"),
});

const inMap = { mode: cryptoMapMode } as const;
const set = kw("set", "Set values for encryption/decryption");

export const setNatDemux = setting({
  ...inMap,
  form: [set, kw("nat", "Set NAT translation"), kw("demux", "Set NAT demultiplexing")],
});

export const setTransformSet = setting({
  ...inMap,
  form: [
    set,
    kw("transform-set", "Specify list of transform sets in priority order"),
    many("names", arg("name", word(), "Proposal tag"), 6),
  ],
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

export const setPfs = setting({
  ...inMap,
  form: [
    set,
    kw("pfs", "Specify pfs settings"),
    opt(
      pick("group", {
        group1: "D-H Group1 (768-bit modp)",
        group2: "D-H Group2 (1024-bit modp)",
        group5: "D-H Group5 (1536-bit modp)",
        group14: "D-H Group14 (2048-bit modp)",
        group15: "D-H Group15 (3072-bit modp)",
        group16: "D-H Group16 (4096-bit modp)",
      }),
    ),
  ],
});

export const setLifetimeSeconds = setting({
  ...inMap,
  form: [set, securityAssociation, lifetime, ...inSeconds],
});

export const setLifetimeKilobytes = setting({
  ...inMap,
  form: [set, securityAssociation, lifetime, ...inKilobytes],
});

export const setIsakmpProfile = setting({
  ...inMap,
  form: [set, kw("isakmp-profile", "Specify isakmp Profile"), arg("profile", word(), "Profile name")],
  effect: unsupported("ISAKMP profiles are not supported: keys are found by the peer's address"),
});

export const matchAddress = setting({
  ...inMap,
  form: [
    kw("match", "Match values."),
    kw("address", "Match address of packets to encrypt."),
    arg("list", word(), "Access-list name or number"),
  ],
  effect: inert("only L2TP is accepted under a map here, whatever the list says"),
});

export const reverseRoute = setting({
  ...inMap,
  form: [kw("reverse-route", "Reverse Route Injection."), flag("static", "static", "Create the routes at once")],
  effect: inert("a transport-mode peer needs no route"),
});

export const mapDescription = setting({
  ...inMap,
  form: [kw("description", "Description of the crypto map statement policy"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

/** On an interface: which map protects it. */
export const interfaceCryptoMap = setting({
  mode: interfaceMode,
  form: [crypto, kw("map", "Assign a Crypto Map"), arg("name", word(), "Crypto Map tag")],
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
  mapDescription,
  setPeer,
  setNatDemux,
  setLifetimeSeconds,
  setLifetimeKilobytes,
  setTransformSet,
  setPfs,
  setIsakmpProfile,
  matchAddress,
  reverseRoute,
];
