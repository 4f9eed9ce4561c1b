/** IKE: policies, keys, keyrings and what else `crypto isakmp` says. */

import { ipv4, line, mask, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { secret } from "../../common/secret-argument.ts";
import { anyInterface } from "../arguments.ts";
import { globalMode, isakmpPolicyMode, keyringMode } from "../modes.ts";
import { crypto, isakmp, KEY_BITS, KEY_ENCODING, OTHER_GROUPS } from "./crypto-words.ts";

const global = { mode: globalMode } as const;
const DH_GROUPS = {
  "1": "Diffie-Hellman group 1 (768 bit)",
  "2": "Diffie-Hellman group 2 (1024 bit)",
  "5": "Diffie-Hellman group 5 (1536 bit)",
  "14": "Diffie-Hellman group 14 (2048 bit)",
  "15": "Diffie-Hellman group 15 (3072 bit)",
  "16": "Diffie-Hellman group 16 (4096 bit)",
  "19": "Diffie-Hellman group 19 (256 bit ecp)",
  "20": "Diffie-Hellman group 20 (384 bit ecp)",
  "21": "Diffie-Hellman group 21 (521 bit ecp)",
} as const;

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

const policyOtherAuthentication = setting({
  ...inPolicy,
  form: [
    kw("authentication", "Set authentication method for protection suite"),
    pick("other", { "ecdsa-sig": "Elliptic Curve Digital Signature" }),
  ],
  effect: unsupported("Peers prove themselves by pre-shared keys here; take pre-share"),
});

export const policyGroup = setting({
  ...inPolicy,
  form: [kw("group", "Set the Diffie-Hellman group"), pick("group", DH_GROUPS)],
  initial: { group: "1" },
});

export const policyOtherGroup = setting({
  ...inPolicy,
  form: [kw("group", "Set the Diffie-Hellman group"), pick("other", OTHER_GROUPS)],
  effect: unsupported("This Diffie-Hellman group is not spoken here; take 14 to 16 or 19 to 21"),
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

const noIpv6 = inert("peers are reached over IPv4");
const ipv6Prefix = shaped("X:X:X:X::X/<0-128>", /^[0-9A-Fa-f:.]+(\/\d{1,3})?$/);

const isakmpKey6 = setting({
  ...global,
  section: "isakmp-key",
  form: [
    crypto,
    isakmp,
    kw("key", "Set pre-shared key for remote peer"),
    opt(pick("encoding", KEY_ENCODING)),
    arg("key", secret(word({ max: 128 })), "The pre-shared key"),
    kw("address", "define shared key with IP address"),
    kw("ipv6", "define shared key with IPv6 address"),
    arg("prefix", ipv6Prefix, "Peer IPv6 address"),
    flag("noXauth", "no-xauth", "Bypasses XAuth for this peer"),
  ],
  key: ["prefix"],
  effect: noIpv6,
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
  initial: { kind: "address" },
});

export const isakmpAggressiveMode = setting({
  ...global,
  section: "isakmp",
  form: [crypto, isakmp, kw("aggressive-mode", "Aggressive mode"), kw("disable", "Disable ISAKMP aggressive mode")],
});

export const isakmpFragmentation = setting({
  ...global,
  section: "isakmp",
  form: [crypto, isakmp, kw("fragmentation", "IKE fragmentation")],
});

export const isakmpSwitch = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    oneOf(
      [
        pick("name", {
          "disconnect-revoked-peers": "Disconnect peers whose certificate was revoked",
          "invalid-spi-recovery": "Initiate IKE and send Invalid SPI Notify",
        }),
      ],
      [kw("default", "ISAKMP default policies"), pick("default", { policy: "Default policies" })],
    ),
  ],
  key: ["name", "default"],
  effect: inert("peers whose SPI is not known are told nothing, and certificates are looked at when IKE is opened"),
  negation: "stored",
});

const isakmpXauth = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    kw("xauth", "Set Extended Authentication values"),
    kw("timeout", "Set timeout for xauth"),
    arg("seconds", uint(5, 90), "Timeout in seconds"),
  ],
  effect: inert("L2TP clients prove themselves in PPP"),
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
  noForm: [
    crypto,
    kw("keyring", "Key ring commands"),
    arg("name", word(), "Name of key ring"),
    opt(kw("vrf", "Front door VRF"), arg("vrf", word(), "VRF name")),
  ],
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
    opt(
      kw("key", "Specify the key"),
      opt(pick("encoding", KEY_ENCODING)),
      arg("key", secret(word({ max: 128 })), "The pre-shared key"),
    ),
  ],
});

export const keyringLocalAddress = setting({
  ...inKeyring,
  form: [
    kw("local-address", "Limit the key ring to a local address"),
    arg("address", ipv4(), "Local IP address"),
    opt(arg("vrf", word(), "VRF of the address")),
  ],
});

const keyringLocalInterface = setting({
  ...inKeyring,
  form: [
    kw("local-address", "Limit the key ring to a local address"),
    arg("interface", anyInterface, "Interface with the address"),
  ],
  effect: inert("name the address itself to limit the key ring to it"),
});

const keyring6 = setting({
  ...inKeyring,
  form: [
    kw("pre-shared-key", "Specify a pre-shared key"),
    kw("address", "Specify the peer's address"),
    kw("ipv6", "The peer's address is of IPv6"),
    arg("prefix", ipv6Prefix, "Peer IPv6 address"),
    kw("key", "Specify the key"),
    opt(pick("encoding", KEY_ENCODING)),
    arg("key", secret(word({ max: 128 })), "The pre-shared key"),
  ],
  key: ["prefix"],
  effect: noIpv6,
});

const keyringRsa = keptLines(
  { ...inKeyring, effect: inert("peers prove themselves by pre-shared keys here") },
  { "rsa-pubkey": "Specify a RSA public key" },
);

export const keyringDescription = setting({
  ...inKeyring,
  form: [kw("description", "Key ring description"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

export const cryptoLogging = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    kw("logging", "logging messages"),
    pick("what", {
      ezvpn: "Logging of EzVPN",
      ikev2: "Logging of IKEv2",
      session: "Logging of up and down of sessions",
    }),
    opt(kw("group", "Group of clients"), arg("group", word(), "Group name")),
  ],
  key: ["what"],
  effect: inert("the coming and going of connections is always logged"),
});

const callAdmission = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    kw("call", "Configure Crypto Call Admission Control"),
    kw("admission", "Configure Crypto Call Admission Control"),
    kw("limit", "Configure Crypto Call Admission Control limit"),
    oneOf(
      [
        kw("ike", "Limits of IKE"),
        oneOf(
          [kw("sa", "Number of IKE SAs"), arg("sas", uint(0, 99_999), "Number of SAs")],
          [kw("in-negotiation-sa", "Number of IKE SAs in negotiation"), arg("negotiating", uint(10, 99_999), "Number")],
        ),
      ],
      [kw("ipsec", "Limits of IPsec"), kw("sa", "Number of IPsec SAs"), arg("ipsecSas", uint(1, 99_999), "Number")],
      [
        kw("all", "Limits of both"),
        kw("in-negotiation-sa", "Number of SAs in negotiation"),
        arg("all", uint(10, 99_999), "Number"),
      ],
    ),
  ],
  key: ["sas", "negotiating", "ipsecSas", "all"],
  effect: inert("half-open negotiations are limited by the process itself"),
});

export const isakmpCommands = [
  keyring,
  keyringDescription,
  keyringLocalAddress,
  keyringLocalInterface,
  keyringKey,
  keyring6,
  ...keyringRsa,
  isakmpPolicy,
  policyEncryption,
  policyHash,
  policyAuthentication,
  policyOtherAuthentication,
  policyGroup,
  policyOtherGroup,
  policyLifetime,
  isakmpKey,
  isakmpKey6,
  isakmpIdentity,
  isakmpKeepalive,
  isakmpNatKeepalive,
  isakmpEnable,
  isakmpAggressiveMode,
  isakmpFragmentation,
  isakmpSwitch,
  isakmpXauth,
  cryptoLogging,
  callAdmission,
];
