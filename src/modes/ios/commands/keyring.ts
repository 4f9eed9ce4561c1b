/** Keyrings: pre-shared keys with a name of their own, for peers of one VRF or one address of ours. */

import { ipv4, line, mask, shaped, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { secret } from "../../common/secret-argument.ts";
import { anyInterface } from "../arguments.ts";
import { globalMode, keyringMode } from "../modes.ts";
import { crypto, KEY_ENCODING } from "./crypto-words.ts";

const global = { mode: globalMode } as const;
export const noIpv6 = inert("peers are reached over IPv4");
export const ipv6Prefix = shaped("X:X:X:X::X/<0-128>", /^[0-9A-Fa-f:.]+(\/\d{1,3})?$/);

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

export const keyringCommands = [
  keyring,
  keyringDescription,
  keyringLocalAddress,
  keyringLocalInterface,
  keyringKey,
  keyring6,
  ...keyringRsa,
];
