/**
 * The key that hides keys of type 6. There is none here: keys are kept as they are typed, and those that a device has hidden
 * cannot be read.
 */

import { inert, unsupported } from "../../../grammar/declaration.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const masterKey = {
  mode: globalMode,
  section: "key-chain",
  words: {
    key: "Key management",
    "config-key": "Set a private configuration key",
    "password-encrypt": "Set the key that hides passwords",
    password: "Configure encryption password (key)",
    encryption: "Encrypt system passwords",
    aes: "Encrypt stored passwords with AES",
  },
} as const;

export const masterKeyCommands = [
  ...usageLines(
    { ...masterKey, effect: inert("keys are kept as they are typed: there is no master key here") },
    { "password encryption aes": "Encrypt stored passwords with AES" },
  ),
  ...usageLines(
    { ...masterKey, effect: unsupported("No master key is kept here; give the keys that it hides in the clear") },
    { "key config-key password-encrypt [KEY]": "Set the key that hides passwords" },
  ),
];
