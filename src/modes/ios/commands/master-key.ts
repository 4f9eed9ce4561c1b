/**
 * The key that hides keys of type 6, and whether keys are hidden by it. It is never printed: who loads such keys from a file gives
 * it in the file or types it.
 */

import { word } from "../../../grammar/arguments.ts";
import { type ConfigReader, setting } from "../../../grammar/declaration.ts";
import { arg, kw } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { globalMode } from "../modes.ts";

const global = { mode: globalMode, section: "key-chain" } as const;
const SHORTEST = 8;

const passwordEncryption = setting({
  ...global,
  form: [
    kw("password", "Configure encryption password (key)"),
    kw("encryption", "Encrypt system passwords"),
    kw("aes", "Encrypt stored passwords with AES"),
  ],
});

const masterKey = setting({
  ...global,
  form: [
    kw("key", "Key management"),
    kw("config-key", "Set a private configuration key"),
    kw("password-encrypt", "Set the key that hides passwords"),
    arg("key", secret(word({ max: 127 })), "The config-key, of 8 to 127 characters"),
  ],
  print: () => undefined,
  check: ({ key }) =>
    key.reveal().length < SHORTEST ? `% The config-key has fewer than ${SHORTEST} characters` : undefined,
});

export function masterKeyOf(config: ConfigReader): string | undefined {
  return config.all(masterKey)[0]?.values.key.reveal();
}

/** What keys that are typed in the clear are hidden under; `undefined` = they stay. */
export function hidingKeyOf(config: ConfigReader): string | undefined {
  return config.all(passwordEncryption).length > 0 ? masterKeyOf(config) : undefined;
}

export const masterKeyCommands = [passwordEncryption, masterKey];
