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
import { linePassword } from "./commands/line.ts";
import { enablePassword, serviceSwitch, username } from "./commands/system.ts";
import { tunnelPassword } from "./commands/vpdn-template.ts";

const WITH_PASSWORDS: ReadonlySet<ConfigCommand> = new Set<ConfigCommand>([
  enablePassword,
  linePassword,
  tunnelPassword,
  username,
]);

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
  if (!WITH_PASSWORDS.has(line.command) || line.negated) return;
  const { values } = line;
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
