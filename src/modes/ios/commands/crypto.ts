/** IKE and IPsec: policies, keys, transform sets, crypto maps (ios.md 2.1, 2.2). */

import { ipv4, line, mask, uint, word } from "../../../grammar/arguments.ts";
import { type ConfigReader, inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { anyInterface } from "../arguments.ts";
import { cryptoMapMode, globalMode, interfaceMode, isakmpPolicyMode, keyringMode, transformSetMode } from "../modes.ts";

const crypto = kw("crypto", "Encryption module");
const isakmp = kw("isakmp", "Configure ISAKMP policy");
const ipsec = kw("ipsec", "Configure IPSEC policy");
const global = { mode: globalMode } as const;
const KEY_ENCODING = { "0": "An unencrypted key follows", "6": "An encrypted key follows" } as const;
const DH_GROUPS = {
  "1": "Diffie-Hellman group 1 (768 bit)",
  "2": "Diffie-Hellman group 2 (1024 bit)",
  "5": "Diffie-Hellman group 5 (1536 bit)",
  "14": "Diffie-Hellman group 14 (2048 bit)",
  "15": "Diffie-Hellman group 15 (3072 bit)",
  "16": "Diffie-Hellman group 16 (4096 bit)",
} as const;
const KEY_BITS = { "128": "128 bit keys.", "192": "192 bit keys.", "256": "256 bit keys." } as const;

export const isakmpPolicy = opener({
  ...global,
  section: "isakmp-policy",
  form: [
    crypto,
    isakmp,
    kw("policy", "Set policy for an ISAKMP protection suite"),
    arg("priority", uint(1, 10_000), "Priority of protection suite"),
  ],
  key: ["priority"],
  opens: isakmpPolicyMode,
});

const inPolicy = { mode: isakmpPolicyMode } as const;

export const policyEncryption = setting({
  ...inPolicy,
  form: [
    kw("encr", "Set encryption algorithm for protection suite", { aliases: ["encryption"] }),
    pick("algorithm", {
      "3des": "Three key triple DES",
      aes: "AES - Advanced Encryption Standard.",
      des: "DES - Data Encryption Standard (56 bit keys).",
    }),
    opt(pick("bits", KEY_BITS)),
  ],
  check: ({ algorithm, bits }) =>
    bits !== undefined && algorithm !== "aes" ? "% Only aes has a choice of key lengths" : undefined,
  initial: { algorithm: "des" },
});

export const policyHash = setting({
  ...inPolicy,
  form: [
    kw("hash", "Set hash algorithm for protection suite"),
    pick("algorithm", {
      md5: "Message Digest 5",
      sha: "Secure Hash Standard",
      sha256: "Secure Hash Standard 2 (256 bit)",
      sha384: "Secure Hash Standard 2 (384 bit)",
      sha512: "Secure Hash Standard 2 (512 bit)",
    }),
  ],
  initial: { algorithm: "sha" },
});

export const policyAuthentication = setting({
  ...inPolicy,
  form: [
    kw("authentication", "Set authentication method for protection suite"),
    pick("method", {
      "pre-share": "Pre-Shared Key",
      "rsa-encr": "Rivest-Shamir-Adleman Encryption",
      "rsa-sig": "Rivest-Shamir-Adleman Signature",
    }),
  ],
  initial: { method: "rsa-sig" },
});

export const policyGroup = setting({
  ...inPolicy,
  form: [kw("group", "Set the Diffie-Hellman group"), pick("group", DH_GROUPS)],
  initial: { group: "1" },
});

export const policyLifetime = setting({
  ...inPolicy,
  form: [
    kw("lifetime", "Set lifetime for ISAKMP security association"),
    arg("seconds", uint(60, 86_400), "lifetime in seconds"),
  ],
  initial: { seconds: 86_400 },
});

export const isakmpKey = setting({
  ...global,
  section: "isakmp-key",
  form: [
    crypto,
    isakmp,
    kw("key", "Set pre-shared key for remote peer"),
    opt(pick("encoding", KEY_ENCODING)),
    arg("key", secret(word({ max: 128 })), "The pre-shared key"),
    oneOf(
      [
        kw("address", "define shared key with IP address"),
        arg("address", ipv4(), "Peer IP address"),
        opt(arg("mask", mask(), "Peer IP subnet mask")),
      ],
      [kw("hostname", "define shared key with hostname"), arg("host", word(), "Peer hostname")],
    ),
    flag("noXauth", "no-xauth", "Bypasses XAuth for this peer"),
  ],
  key: ["address", "mask", "host"],
});

export const isakmpKeepalive = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    kw("keepalive", "Set a keepalive interval for use with IOS peers"),
    arg("seconds", uint(10, 3600), "Number of seconds between keep alives"),
    opt(arg("retry", uint(2, 60), "Number of seconds between retries if keepalive fails")),
    opt(pick("mode", { "on-demand": "on-demand keepalives", periodic: "periodic keepalives" })),
  ],
});

export const isakmpNatKeepalive = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    kw("nat", "Set a nat keepalive interval for use with IOS peers"),
    kw("keepalive", "Set a nat keepalive interval"),
    arg("seconds", uint(5, 3600), "Number of seconds between keep alives"),
  ],
  effect: inert("clients keep their NAT's mapping alive themselves"),
});

export const isakmpEnable = setting({
  ...global,
  section: "isakmp",
  form: [crypto, isakmp, kw("enable", "Enable ISAKMP")],
  negation: "stored",
});

export const isakmpIdentity = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    kw("identity", "Set the identity which ISAKMP will use"),
    pick("kind", { address: "Use the IP address", dn: "Use the distinguished name", hostname: "Use the hostname" }),
  ],
  effect: inert("the identity sent is the address"),
});

export const isakmpSwitch = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    oneOf(
      [kw("aggressive-mode", "Aggressive mode"), pick("aggressive", { disable: "Disable ISAKMP aggressive mode" })],
      [pick("name", { fragmentation: "IKE fragmentation", "invalid-spi-recovery": "Recover from an invalid SPI" })],
    ),
  ],
  key: ["aggressive", "name"],
  effect: inert("aggressive mode and fragments are not spoken"),
});

export const keyring = opener({
  ...global,
  section: "keyring",
  form: [
    crypto,
    kw("keyring", "Key ring commands"),
    arg("name", word(), "Name of key ring"),
    opt(kw("vrf", "Front door VRF"), arg("vrf", word(), "VRF name")),
  ],
  key: ["name"],
  opens: keyringMode,
});

const inKeyring = { mode: keyringMode } as const;

export const keyringKey = setting({
  ...inKeyring,
  form: [
    kw("pre-shared-key", "Specify a pre-shared key"),
    oneOf(
      [
        kw("address", "Specify the peer's address"),
        arg("address", ipv4(), "Peer IP address"),
        opt(arg("mask", mask(), "Peer IP subnet mask")),
      ],
      [kw("hostname", "Specify the peer's hostname"), arg("host", word(), "Peer hostname")],
    ),
    kw("key", "Specify the key"),
    opt(pick("encoding", KEY_ENCODING)),
    arg("key", secret(word({ max: 128 })), "The pre-shared key"),
  ],
  key: ["address", "mask", "host"],
  noForm: [
    kw("pre-shared-key", "Remove a pre-shared key"),
    oneOf(
      [
        kw("address", "Specify the peer's address"),
        arg("address", ipv4(), "Peer IP address"),
        opt(arg("mask", mask(), "Peer IP subnet mask")),
      ],
      [kw("hostname", "Specify the peer's hostname"), arg("host", word(), "Peer hostname")],
    ),
    opt(kw("key", "Specify the key"), arg("key", secret(word({ max: 128 })), "The pre-shared key")),
  ],
});

export const keyringLocalAddress = setting({
  ...inKeyring,
  form: [kw("local-address", "Limit the key ring to a local address"), arg("address", ipv4(), "Local IP address")],
});

export const keyringDescription = setting({
  ...inKeyring,
  form: [kw("description", "Key ring description"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

const securityAssociation = kw("security-association", "Security association parameters");
const lifetime = kw("lifetime", "security association lifetime");
const inSeconds = [
  kw("seconds", "Time-based key duration"),
  arg("seconds", uint(120, 86_400), "Security association duration in seconds"),
] as const;
const inKilobytes = [
  kw("kilobytes", "Volume-based key duration"),
  oneOf(
    [arg("kilobytes", uint(2560, 4_294_967_295), "Security association duration in kilobytes encrypted")],
    [flag("unlimited", "disable", "Disable volume-based rekey")],
  ),
] as const;

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
  form: [
    crypto,
    ipsec,
    securityAssociation,
    kw("replay", "Set replay checking"),
    oneOf(
      [flag("off", "disable", "Disable replay checking")],
      [
        kw("window-size", "Set replay window size"),
        pick("size", {
          "64": "Window size of 64 (default)",
          "128": "Window size of 128",
          "256": "Window size of 256",
          "512": "Window size of 512",
          "1024": "Window size of 1024",
        }),
      ],
    ),
  ],
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
  "esp-null": "ESP transform w/o cipher",
} as const;
const INTEGRITY = {
  "esp-md5-hmac": "ESP transform using HMAC-MD5 auth",
  "esp-sha-hmac": "ESP transform using HMAC-SHA auth",
  "esp-sha256-hmac": "ESP transform using HMAC-SHA256 auth",
} as const;

export const transformSet = opener({
  ...global,
  section: "transform-set",
  form: [
    crypto,
    ipsec,
    kw("transform-set", "Define transform and settings"),
    arg("name", word(), "Transform set tag"),
    opt(pick("ah", { "ah-md5-hmac": "AH-HMAC-MD5 transform", "ah-sha-hmac": "AH-HMAC-SHA transform" })),
    oneOf(
      [pick("cipher", CIPHERS), opt(pick("bits", KEY_BITS)), opt(pick("integrity", INTEGRITY))],
      [pick("integrity", INTEGRITY), opt(pick("cipher", CIPHERS), opt(pick("bits", KEY_BITS)))],
    ),
    flag("compression", "comp-lzs", "IP Compression using the LZS compression algorithm"),
  ],
  key: ["name"],
  noForm: [crypto, ipsec, kw("transform-set", "Remove a transform set"), arg("name", word(), "Transform set tag")],
  opens: transformSetMode,
  check: ({ bits, cipher }) =>
    bits !== undefined && cipher !== "esp-aes" && cipher !== "esp-gcm"
      ? "% Only esp-aes has a choice of key lengths"
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

export const cryptoCommands = [
  keyring,
  keyringDescription,
  keyringLocalAddress,
  keyringKey,
  isakmpPolicy,
  policyEncryption,
  policyHash,
  policyAuthentication,
  policyGroup,
  policyLifetime,
  isakmpKey,
  isakmpIdentity,
  isakmpKeepalive,
  isakmpNatKeepalive,
  isakmpEnable,
  isakmpSwitch,
  saLifetimeSeconds,
  saLifetimeKilobytes,
  saReplay,
  natTransparency,
  saIdleTime,
  dfBit,
  ipsecFragmentation,
  transformSet,
  transformMode,
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
