/**
 * The SSH server: its patience, and the public keys that let users in (`ip ssh pubkey-chain`). A key that is typed as base64 over several lines is kept as the box keeps
 * it: by the MD5 digest of its octets.
 */

import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { line, uint, word } from "../../../grammar/arguments.ts";
import { type BlockReader, type ConfigReader, inert, opener, setting } from "../../../grammar/declaration.ts";
import type { ValuesOf } from "../../../grammar/elements.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { anyInterface } from "../arguments.ts";
import { globalMode, sshPubkeyMode, sshPubkeyUserMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const ssh = [kw("ip", "Global IP configuration subcommands"), kw("ssh", "Configure ssh options")] as const;
const global = { mode: globalMode, section: "ssh" } as const;

export const sshTimeout = setting({
  ...global,
  form: [
    ...ssh,
    kw("time-out", "Specify SSH time-out interval"),
    arg("seconds", uint(1, 120), "SSH time-out interval (secs)"),
  ],
  initial: { seconds: 120 },
  quiet: true,
});

export const sshRetries = setting({
  ...global,
  form: [
    ...ssh,
    kw("authentication-retries", "Specify number of authentication retries"),
    arg("retries", uint(0, 5), "Number of authentication retries"),
  ],
  initial: { retries: 3 },
  quiet: true,
});

const byProcess = inert("where and with what SSH is served is said on the command line of the process");

const sshRest = [
  setting({
    ...global,
    form: [
      ...ssh,
      kw("version", "Specify protocol version to be supported"),
      arg("version", uint(1, 2), "Protocol version"),
    ],
    effect: inert("version 2 is served, whatever is asked for"),
  }),
  setting({
    ...global,
    form: [
      ...ssh,
      kw("maxstartups", "Maximum concurrent sessions allowed"),
      arg("sessions", uint(2, 128), "Number of sessions"),
    ],
    effect: inert("at most 32 connections wait to authenticate"),
  }),
  setting({
    ...global,
    form: [
      ...ssh,
      kw("source-interface", "Specify interface for source address"),
      arg("interface", anyInterface, "Interface"),
    ],
    effect: inert("no SSH connection begins here"),
  }),
  setting({
    ...global,
    form: [
      ...ssh,
      kw("port", "Starting (or only) Port number to listen on"),
      arg("port", uint(2000, 10_000), "Port number"),
      opt(
        kw("rotary", "Rotary group"),
        arg("rotary", uint(1, 127), "Rotary group"),
        opt(arg("last", uint(1, 127), "Last rotary group")),
      ),
    ],
    key: ["port"],
    effect: byProcess,
  }),
  setting({
    ...global,
    form: [
      ...ssh,
      kw("dh", "Diffie-Hellman"),
      kw("min", "Minimum DH group size"),
      kw("size", "Size of DH group"),
      pick("bits", { "1024": "1024 bits", "2048": "2048 bits", "4096": "4096 bits" }),
    ],
    effect: inert("no group of less than 2048 bits is served"),
  }),
  setting({
    ...global,
    form: [
      ...ssh,
      kw("rsa", "Configure RSA keypair name for SSH"),
      kw("keypair-name", "Specify RSA keypair name"),
      arg("keypair", word(), "RSA keypair name"),
    ],
    effect: byProcess,
  }),
  ...usageLines(
    {
      ...global,
      effect: byProcess,
      words: {
        algorithm: "Algorithms",
        authentication: "Ways to prove oneself",
        break: "Send a break",
        client: "Connections from here",
        encryption: "Encryption",
        hostkey: "Keys of the server",
        ip: ssh[0].help,
        keyboard: "By questions",
        mac: "Message authentication",
        password: "By password",
        publickey: "By public key",
        server: "Connections to here",
        ssh: ssh[1].help,
        "3des-cbc": "3DES in CBC mode",
        "aes128-cbc": "AES with 128 bits in CBC mode",
        "aes128-ctr": "AES with 128 bits in CTR mode",
        "aes192-cbc": "AES with 192 bits in CBC mode",
        "aes192-ctr": "AES with 192 bits in CTR mode",
        "aes256-cbc": "AES with 256 bits in CBC mode",
        "aes256-ctr": "AES with 256 bits in CTR mode",
        "hmac-sha1": "SHA-1",
        "hmac-sha1-96": "SHA-1, 96 bits of it",
        "hmac-sha2-256": "SHA-256",
        "hmac-sha2-512": "SHA-512",
        "ssh-rsa": "RSA",
        "x509v3-ssh-rsa": "RSA with a certificate",
      },
    },
    {
      "ip ssh break-string LINE": "String that sends a break",
      "ip ssh dscp <0-63>": "DSCP of packets",
      "ip ssh precedence <0-7>": "Precedence of packets",
      "ip ssh @{client | server} algorithm encryption {3des-cbc | aes128-cbc | aes128-ctr | aes192-cbc | aes192-ctr | aes256-cbc | aes256-ctr}*7":
        "Encryption",
      "ip ssh @{client | server} algorithm mac {hmac-sha1 | hmac-sha1-96 | hmac-sha2-256 | hmac-sha2-512}*4":
        "Message authentication",
      "ip ssh server algorithm authentication {keyboard | password | publickey}*3": "Ways to prove oneself",
      "ip ssh server algorithm hostkey {ssh-rsa | x509v3-ssh-rsa}*2": "Keys of the server",
    },
  ),
];

/** Every connection is told to the log. */
export const sshLogging = setting({
  ...global,
  form: [...ssh, kw("logging", "Configure logging for SSH"), kw("events", "Log SSH events")],
});

export const pubkeyChain = opener({
  ...global,
  form: [...ssh, kw("pubkey-chain", "Public keys that let users in")],
  opens: sshPubkeyMode,
});

export const pubkeyUser = opener({
  mode: sshPubkeyMode,
  form: [kw("username", "Specify the SSH user"), arg("name", word({ max: 64 }), "SSH username")],
  key: ["name"],
  opens: sshPubkeyUserMode,
});

export const keyHash = setting({
  mode: sshPubkeyUserMode,
  form: [
    kw("key-hash", "Specify the hash of the key"),
    arg("type", word(), "Type of the key: ssh-rsa, ssh-ed25519"),
    arg("hash", word(), "MD5 digest of the key, in hexadecimal digits"),
    opt(arg("comment", line(), "Comment")),
  ],
  key: ["hash"],
  check: ({ hash }) => (/^[0-9A-Fa-f]{32}$/.test(hash) ? undefined : "%SSH: A key's hash has 32 hexadecimal digits"),
});

const keyStringForm = [
  kw("key-string", "Specify the key as base64; end with exit on a line of its own"),
  opt(arg("text", line(), "The key, or its beginning")),
] as const;

type KeyString = ValuesOf<typeof keyStringForm>;

export const keyString = setting({
  mode: sshPubkeyUserMode,
  form: keyStringForm,
  key: ["text"],
  block: readKey,
  check: ({ text }) =>
    text === undefined || octetsOf(text) !== undefined ? undefined : "%SSH: Failed to decode the Key Value",
  print: ({ text }) => {
    const octets = octetsOf(text ?? "");
    return octets === undefined ? undefined : `key-hash ${typeOf(octets)} ${digestOf(octets)}`;
  },
});

export const sshCommands = [
  sshTimeout,
  sshRetries,
  sshLogging,
  ...sshRest,
  pubkeyChain,
  pubkeyUser,
  keyHash,
  keyString,
];

/** Lines up to `exit`, put together. */
function readKey(values: KeyString): BlockReader | undefined {
  // A key that came whole, as from a copied listing, has its type before it or reads at once.
  if (values.text !== undefined && octetsOf(values.text) !== undefined) return undefined;
  let text = values.text ?? "";
  return {
    notice: [],
    take(typed) {
      const part = typed.trim();
      if (part.toLowerCase() === "exit") return { ...values, text };
      text += part.startsWith("ssh-") || text.startsWith("ssh-") ? ` ${part}` : part;
      return undefined;
    },
  };
}

/** The octets of `[ssh-rsa] AAAA… [comment]`; `undefined` where they are no key. */
function octetsOf(text: string): Uint8Array | undefined {
  const words = text.trim().split(/\s+/);
  const base64 =
    words[0]?.startsWith("ssh-") || words[0]?.startsWith("ecdsa-") ? words.slice(1).join("") : words.join("");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return typeOf(octets) === "" ? undefined : octets;
}

/** RFC 4253 §6.6: a key begins with the name of its type. */
function typeOf(octets: Uint8Array): string {
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  const length = a * 0x100_0000 + b * 0x1_0000 + c * 0x100 + d;
  if (length > 64 || octets.length < 4 + length) return "";
  const name = String.fromCharCode(...octets.subarray(4, 4 + length));
  return /^(ssh|ecdsa)-[a-z0-9-]+$/.test(name) ? name : "";
}

function digestOf(octets: Uint8Array): string {
  return bytesToHex(md5(octets)).toUpperCase();
}

/** Digests of the keys by the name of the user they let in. */
export function sshPublicKeys(config: ConfigReader): ReadonlyMap<string, readonly string[]> {
  const users = config.all(pubkeyChain).flatMap((chain) => config.under(chain, pubkeyUser));
  return new Map(
    users.map((user) => [
      user.values.name,
      [
        ...config.under(user, keyHash).map(({ values }) => values.hash),
        ...config.under(user, keyString).flatMap(({ values }) => {
          const octets = octetsOf(values.text ?? "");
          return octets === undefined ? [] : [digestOf(octets)];
        }),
      ],
    ]),
  );
}
