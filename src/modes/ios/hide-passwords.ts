/**
 * What the box does with a password that is typed in the clear: a secret is kept as a hash, and with `service
 * password-encryption` a password is kept as type 7, those that were there before too. It cannot be undone: `no` only ends it
 * for what is typed afterwards.
 */

import { type Random, randomBetween } from "../../engine/kernel/random.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import type { ConfigCommand } from "../../grammar/declaration.ts";
import type { Values } from "../../grammar/elements.ts";
import { makeSecret } from "../common/passwords.ts";
import { encodeType7, TYPE7_STARTS } from "../common/type7.ts";
import type { ConfigTree } from "../tree/config-tree.ts";
import type { StoredLine } from "../tree/stored-line.ts";
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
  for (const line of everyLine(tree.lines)) hide(tree, line, encrypting ? type7 : undefined, random);
}

function isEncryption(values: Values): boolean {
  return values.name === "password-encryption";
}

function everyLine(lines: readonly StoredLine[]): StoredLine[] {
  return lines.flatMap((line) => [line, ...everyLine(line.children)]);
}

function hide(
  tree: ConfigTree,
  line: StoredLine,
  type7: ((clear: Secret) => Secret) | undefined,
  random: Random,
): void {
  const { values, command } = line;
  if (line.negated || !Object.values(values).some((value) => value instanceof Secret)) return;
  if (!WITH_SECRETS.includes(command)) {
    if (type7 !== undefined) hideKeys(tree, line, type7);
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
    } else if (type7 !== undefined) tree.revalue(line, { ...values, encoding: "7", password: type7(password) });
  }
}

/** Passwords and keys that the box would take as type 7: each with what says of which type it is. */
function hideKeys(tree: ConfigTree, line: StoredLine, type7: (clear: Secret) => Secret): void {
  const { values, command } = line;
  const hidden = secretsIn(command.form).flatMap(({ type, secret }): [string, unknown][] => {
    const clear = values[secret];
    const isClear = clear instanceof Secret && (values[type] ?? "0") === "0";
    return isClear
      ? [
          [type, "7"],
          [secret, type7(clear)],
        ]
      : [];
  });
  if (hidden.length > 0) tree.revalue(line, { ...values, ...Object.fromEntries(hidden) });
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
