/**
 * The SSH server and its keys: `show ip ssh`, `show ssh`, `show crypto key mypubkey rsa`, `crypto key generate rsa` and `crypto key zeroize rsa`. A
 * key pair is the server's; it is no part of the configuration, as on the box. Keys of less than 2048 bits are not made.
 */

import { rsaBits } from "../../../engine/crypto/rsa.ts";
import { writePublicKey } from "../../../engine/pki/signed.ts";
import { line, uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, opt, pick } from "../../../grammar/elements.ts";
import { UTC } from "../../common/civil-time.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { KeyPair } from "../../common/key-store.ts";
import { after, ask, withFiles, yesOrNo } from "../../common/questions.ts";
import type { SshConnectionView, SshService } from "../../common/ssh-service.ts";
import { globalMode } from "../modes.ts";
import { certificateTime } from "../show/pki.ts";
import { domainOf } from "./show-device.ts";
import { ip, PRIVILEGED, print, show } from "./words.ts";

const VERSION = "2.0";
const NO_SERVER = "% This process serves no SSH: it was started without --ssh";
const LEAST_BITS = 2048;
const MOST_BITS = 4096;
const STATES = {
  negotiating: "Negotiating",
  authenticating: "Authenticating",
  started: "Session started",
} as const satisfies Record<SshConnectionView["state"], string>;

function showIpSsh({ ssh }: ExecContext): ExecResult {
  const enabled = ssh !== undefined && ssh.disabled === undefined;
  const keys = ssh?.keys ?? [];
  const model = {
    enabled,
    version: VERSION,
    ...(ssh === undefined ? {} : { address: ssh.address, port: ssh.port }),
    ...(ssh?.disabled === undefined ? {} : { reason: ssh.disabled }),
    timeoutSeconds: ssh?.timeoutSeconds ?? null,
    authenticationRetries: ssh?.retries ?? null,
    keys,
  };
  if (ssh === undefined) return print([`SSH Disabled - version ${VERSION}`, NO_SERVER], model);
  return print(
    [
      `SSH ${enabled ? "Enabled" : "Disabled"} - version ${VERSION}`,
      ...(ssh.disabled === undefined ? [] : [`% ${ssh.disabled}`]),
      `Authentication timeout: ${ssh.timeoutSeconds} secs; Authentication retries: ${ssh.retries}`,
      `Listening on ${ssh.address} port ${ssh.port}`,
      ...keys.map(({ type, bits, fingerprint }) => `Host key ${type} ${bits} bits ${fingerprint}`),
    ],
    model,
  );
}

const COLUMNS = "Connection Version Mode Encryption  Hmac         State                 Username";

function showSsh({ ssh }: ExecContext): ExecResult {
  const connections = ssh?.connections ?? [];
  if (connections.length === 0) return print(["%No SSHv2 server connections running."], connections);
  const rows = connections.flatMap(({ line, cipher, hmac, state, user }) =>
    (["in", "out"] as const).map((way) =>
      [
        String(line).padEnd(10),
        VERSION.padEnd(7),
        way.toUpperCase().padEnd(4),
        cipher[way].padEnd(11),
        hmac[way].padEnd(12),
        STATES[state].padEnd(21),
        user,
      ]
        .join(" ")
        .trimEnd(),
    ),
  );
  return print([COLUMNS, ...rows, "%No SSHv1 server connections running."], connections);
}

/** Said where somebody wants keys that may leave. */
export const NEVER_EXPORTED = "% Private keys do not leave this router: the keys are not exportable";

/** As the box names a pair that was given no label. */
export function labelOf(context: ExecContext): string {
  const { hostname } = context.snapshot.spec;
  const domain = domainOf(context.renderConfiguration());
  return domain === null ? hostname : `${hostname}.${domain}`;
}

function withServer(context: ExecContext, work: (ssh: SshService) => ExecResult): ExecResult {
  return context.ssh === undefined ? { ok: false, lines: [NO_SERVER] } : work(context.ssh);
}

function tooShort(): ExecResult {
  return { ok: false, lines: [`% A modulus of less than ${LEAST_BITS} bits can be broken; choose a larger one`] };
}

function generated(context: ExecContext, bits: number): ExecResult {
  if (bits < LEAST_BITS) {
    return tooShort();
  }
  return withServer(context, (ssh) => {
    const key = ssh.generateRsaKey(bits);
    return {
      lines: [`% The key modulus size is ${bits} bits`, `% Generating ${bits} bit RSA keys ...[OK]`],
      model: key,
    };
  });
}

function askForBits(context: ExecContext): ExecResult {
  return ask(`How many bits in the modulus [${LEAST_BITS}]: `, `${LEAST_BITS}`, (typed) => {
    const bits = Number(typed);
    if (/^\d+$/.test(typed) && bits >= 360 && bits <= MOST_BITS) return generated(context, bits);
    return after([`% A decimal number between 360 and ${MOST_BITS}.`], askForBits(context));
  });
}

/** A pair with a label of its own is a trustpoint's; the one without is the SSH server's. */
function named(context: ExecContext, label: string, bits = LEAST_BITS): ExecResult {
  const { keys } = context;
  if (keys === undefined) return { ok: false, lines: ["% No keys are kept here"] };
  if (bits < LEAST_BITS) return tooShort();
  return withFiles(() => {
    const { key } = keys.generate(label, bits);
    return {
      lines: [
        `% The key modulus size is ${bits} bits`,
        `% Generating ${bits} bit RSA keys, keys will be non-exportable...[OK]`,
      ],
      model: { label, bits: rsaBits(key.publicKey) },
    };
  });
}

/** `notices`: what is said before the question. */
export function askToRemove(notices: readonly string[], remove: () => ExecResult): ExecResult {
  const question = "% Do you really want to remove these keys?";
  return after(
    notices,
    yesOrNo(question, (yes) => (yes ? withFiles(remove) : {})),
  );
}

function zeroized(context: ExecContext, label: string): ExecResult {
  const pair = context.keys?.pairs.find((each) => each.label === label);
  if (pair === undefined) return { ok: false, lines: [`% There is no key pair ${label}`] };
  return askToRemove(
    [`% Keys to be removed are named '${label}'.`, "% All certificates made with them will be of no use."],
    () => ({ ok: context.keys?.remove(label) ?? false }),
  );
}

export const crypto = kw("crypto", "Encryption module");
export const key = kw("key", "Long term key operations");
const rsa = kw("rsa", "RSA keys");

/** Work in configuration too. */
export const cryptoKeyCommands = [
  exec({
    level: PRIVILEGED,
    mode: globalMode,
    form: [
      crypto,
      key,
      kw("generate", "Generate new keys"),
      rsa,
      opt(
        pick("usage", { "general-keys": "Generate a general purpose key pair", "usage-keys": "Generate usage keys" }),
      ),
      opt(kw("label", "Provide a label"), arg("label", word(), "Label of the key pair")),
      flag("exportable", "exportable", "Allow the key to be exported"),
      opt(kw("modulus", "Provide number of modulus bits"), arg("bits", uint(360, MOST_BITS), "Size of the modulus")),
    ],
    run: (context: ExecContext, { label, bits, exportable }) => {
      const said = exportable === true ? [NEVER_EXPORTED] : [];
      const name = [`The name for the keys will be: ${label ?? labelOf(context)}`, ...said];
      if (label !== undefined && label !== labelOf(context)) return after(name, named(context, label, bits));
      if (bits !== undefined) return after(name, generated(context, bits));
      const range = `Choose the size of the key modulus in the range of ${LEAST_BITS} to ${MOST_BITS} for your`;
      return withServer(context, () => after([...name, range, "  General Purpose Keys.", ""], askForBits(context)));
    },
  }),
  exec({
    level: PRIVILEGED,
    mode: globalMode,
    form: [crypto, key, kw("zeroize", "Remove keys"), rsa, opt(arg("label", line(), "Label of the key pair"))],
    run: (context: ExecContext, { label }) =>
      label !== undefined && label !== labelOf(context)
        ? zeroized(context, label)
        : withServer(context, (ssh) =>
            askToRemove(["% All keys will be removed.", "% SSH takes nobody until a key is generated again."], () => {
              ssh.removeRsaKey();
              return {};
            }),
          ),
  }),
];

/** Octets in groups of four, as the box prints a key. */
function hexadecimal(publicKey: string): string[] {
  return rowsOf(Uint8Array.from(atob(publicKey.split(" ")[1] ?? ""), (character) => character.charCodeAt(0)));
}

function rowsOf(octets: Uint8Array): string[] {
  const words =
    [...octets]
      .map((octet) => octet.toString(16).toUpperCase().padStart(2, "0"))
      .join("")
      .match(/.{1,8}/g) ?? [];
  const rows: string[] = [];
  for (let at = 0; at < words.length; at += 8) rows.push(`  ${words.slice(at, at + 8).join(" ")}`);
  return rows;
}

function keyPairLines(
  kind: "RSA" | "EC",
  usage: string,
  { label, since }: KeyPair<unknown>,
  data: Uint8Array,
): string[] {
  return [
    ...(since === undefined ? [] : [`% Key pair was generated at: ${certificateTime(since.getTime(), UTC)}`]),
    `Key name: ${label}`,
    `Key type: ${kind} KEYS`,
    " Storage Device: private-config",
    ` Usage: ${usage}`,
    " Key is not exportable.",
    " Key Data:",
    ...rowsOf(data),
  ];
}

export const sshShowCommands = [
  exec({ form: [show, ip, kw("ssh", "Information on SSH")], run: showIpSsh }),
  exec({ form: [show, kw("ssh", "Status of SSH server connections")], run: showSsh }),
  exec({
    level: PRIVILEGED,
    form: [
      show,
      crypto,
      kw("key", "Show long term public keys"),
      kw("mypubkey", "Show public keys associated with this router"),
      pick("kind", { all: "All public keys", ec: "EC public keys", rsa: "RSA public keys" }),
      opt(arg("label", word(), "Label of a key pair")),
    ],
    run: (context: ExecContext, { kind, label }) => {
      const asked = label === undefined || label === labelOf(context);
      const keys = (context.ssh?.keys ?? []).filter(({ type }) => asked && (kind === "all" || type === "rsa"));
      const lines = keys.flatMap(({ type, publicKey, fingerprint }) => [
        `Key name: ${labelOf(context)}`,
        " Storage Device: private-config",
        ` Usage: ${type === "rsa" ? "General Purpose Key" : "Signature Key (Ed25519)"}`,
        ` Fingerprint: ${fingerprint}`,
        " Key is not exportable.",
        " Key Data:",
        ...hexadecimal(publicKey),
      ]);
      const isMeant = (pair: KeyPair<unknown>): boolean => label === undefined || label === pair.label;
      const rsaPairs = kind === "ec" ? [] : (context.keys?.pairs ?? []).filter(isMeant);
      const ecPairs = kind === "rsa" ? [] : (context.keys?.ecPairs ?? []).filter(isMeant);
      const model = ({ label: name, since }: KeyPair<unknown>, type: string, bits: number) => ({
        name,
        type,
        bits,
        since: since?.toISOString() ?? null,
      });
      return print(
        [
          ...lines,
          ...rsaPairs.flatMap((pair) =>
            keyPairLines("RSA", "General Purpose Key", pair, writePublicKey(pair.key.publicKey)),
          ),
          ...ecPairs.flatMap((pair) => keyPairLines("EC", "Signature Key", pair, pair.key.publicKey)),
        ],
        [
          ...keys,
          ...rsaPairs.map((pair) => model(pair, "rsa", rsaBits(pair.key.publicKey))),
          ...ecPairs.map((pair) => model(pair, "ec", pair.key.bits)),
        ],
      );
    },
  }),
];
