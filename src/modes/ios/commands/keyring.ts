/** Keyrings: pre-shared keys with a name of their own, for peers of one VRF or one address of ours. */

import { ipv4, line, mask, word } from "../../../grammar/arguments.ts";
import { type ConfigNode, type ConfigReader, inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { anyInterface, ipv6Prefix } from "../arguments.ts";
import { globalMode, keyringMode, keyringRsaMode } from "../modes.ts";
import { crypto, KEY_ENCODING } from "./crypto-words.ts";
import { keyDigits } from "./hexadecimal.ts";
import { keyFault, keyFault6, type PeerKey, type PeerKey6 } from "./pre-shared-key.ts";
import { withoutZero } from "./said-in-clear.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const global = { mode: globalMode } as const;

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
  mustGoFirst: true,
  normal: (values) => withoutZero(values),
  check: (values, config, ring): string | undefined => ringKeyFault(values, config, ring),
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

export const keyringKey6 = setting({
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
  mustGoFirst: true,
  normal: (values) => withoutZero(values),
  check: (values, config, ring): string | undefined => ringKeyFault6(values, config, ring),
});

function ringKeyFault(values: PeerKey, config: ConfigReader, ring: ConfigNode | undefined): string | undefined {
  return keyFault(values, (peer) => config.find(keyringKey, peer, ring)?.values);
}

function ringKeyFault6(values: PeerKey6, config: ConfigReader, ring: ConfigNode | undefined): string | undefined {
  return keyFault6(values, config.find(keyringKey6, values, ring)?.values);
}

const rsaWords = {
  address: "Key of the peer at this address",
  encryption: "Key that encrypts",
  name: "Key of a peer with this name",
  signature: "Key that signs",
} as const;
const noRsaKeys = inert("peers prove themselves by pre-shared keys or certificates here");
const keyringRsa = usageOpener(
  { ...inKeyring, effect: noRsaKeys, words: rsaWords, opens: keyringRsaMode },
  "rsa-pubkey @{address @A.B.C.D | name @WORD} @[encryption | signature]",
  "Specify a RSA public key",
);
const keyringRsaLines = [
  ...usageLines(
    { mode: keyringRsaMode, effect: noRsaKeys },
    { "address A.B.C.D": "Address of the peer", "serial-number WORD": "Serial number of the peer" },
  ),
  keyDigits(keyringRsaMode, noRsaKeys),
];

export const keyringDescription = setting({
  ...inKeyring,
  form: [kw("description", "Key ring description"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

export const keyringCommands = [
  keyring,
  keyringDescription,
  keyringLocalAddress,
  keyringLocalInterface,
  keyringKey,
  keyringKey6,
  keyringRsa,
  ...keyringRsaLines,
];
