/**
 * What the box does with a password that is typed in the clear: a secret is kept as a hash, and with `service
 * password-encryption` a password is kept as type 7, with `password encryption aes` a key as type 6, those that were there before too. It cannot be undone: `no` only ends it
 * for what is typed afterwards.
 */

import { hideKey } from "../../engine/crypto/hidden-key.ts";
import { type Random, randomBetween } from "../../engine/kernel/random.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import type { ConfigCommand } from "../../grammar/declaration.ts";
import type { Values } from "../../grammar/elements.ts";
import { makeSecret } from "../common/passwords.ts";
import { encodeType7, TYPE7_STARTS } from "../common/type7.ts";
import type { ConfigTree } from "../tree/config-tree.ts";
import type { StoredLine } from "../tree/stored-line.ts";
import { hidingKeyOf } from "./commands/master-key.ts";
import { secretsIn } from "./commands/said-in-clear.ts";
import { enablePassword, serviceSwitch, username } from "./commands/system.ts";

/** Lines that may say a secret, of which a hash is kept. */
const WITH_SECRETS: readonly ConfigCommand[] = [enablePassword, username];

export function hidePasswords(tree: ConfigTree, random: Random): void {
  const encrypting = tree.all(serviceSwitch).some(({ values, negated }) => isEncryption(values) && !negated);
  // What was typed for several terminal lines at once stays the same text in each of them.
  const hidden = new Map<string, Secret>();
  const type7 = (clear: Secret): Secret => {
    const known = hidden.get(clear.reveal()) ?? new Secret(encodeType7(clear.reveal(), randomStart(random)));
    hidden.set(clear.reveal(), known);
    return known;
  };
  const masterKey = hidingKeyOf(tree);
  const hiding: Hiding = {
    ...(encrypting ? { "7": type7 } : {}),
    ...(masterKey === undefined
      ? {}
      : { "6": (clear) => new Secret(hideKey(clear.reveal(), masterKey, random.bytes(8))) }),
  };
  for (const line of everyLine(tree.lines)) hide(tree, line, hiding, random);
}

function isEncryption(values: Values): boolean {
  return values.name === "password-encryption";
}

function everyLine(lines: readonly StoredLine[]): StoredLine[] {
  return lines.flatMap((line) => [line, ...everyLine(line.children)]);
}

function hide(tree: ConfigTree, line: StoredLine, hiding: Hiding, random: Random): void {
  const { values, command } = line;
  if (line.negated || !Object.values(values).some((value) => value instanceof Secret)) return;
  if (!WITH_SECRETS.includes(command)) {
    hideKeys(tree, line, hiding);
    return;
  }
  const { secret, password, encoding = "0", hashing = "0", algorithm, ...rest } = values;
  if (secret instanceof Secret && hashing === "0") {
    const type = typeOf(algorithm);
    tree.revalue(line, { ...rest, hashing: type, secret: oneWay(secret, type, random) });
  } else if (password instanceof Secret && encoding === "0") {
    const type = typeOf(algorithm);
    if (values.kind === "secret") {
      tree.revalue(line, { ...rest, encoding: type, password: oneWay(password, type, random) });
    } else hideKeys(tree, line, hiding);
  }
}

/** How what is typed in the clear is hidden, by type: under the master key before all others. */
type Hiding = Partial<Readonly<Record<"6" | "7", (clear: Secret) => Secret>>>;

function hideKeys(tree: ConfigTree, line: StoredLine, hiding: Hiding): void {
  for (const digit of ["6", "7"] as const) {
    const hidden = hiding[digit];
    if (hidden === undefined) continue;
    for (const { type, secret } of secretsIn(line.command.form, digit)) {
      const clear = line.values[secret];
      if (!(clear instanceof Secret) || (line.values[type] ?? "0") !== "0") continue;
      tree.revalue(line, { ...line.values, [type]: digit, [secret]: hidden(clear) });
    }
  }
}

type OneWay = Parameters<typeof makeSecret>[0];

/** What `algorithm-type` says; MD5 where nothing was said. */
const TYPES: Readonly<Record<string, OneWay>> = { md5: "5", scrypt: "9", sha256: "8" };

function typeOf(algorithm: unknown): OneWay {
  return TYPES[String(algorithm)] ?? "5";
}

function oneWay(clear: Secret, type: OneWay, random: Random): Secret {
  return new Secret(makeSecret(type, clear.reveal(), random));
}

function randomStart(random: Random): number {
  return randomBetween(random, 0, TYPE7_STARTS - 1);
}
