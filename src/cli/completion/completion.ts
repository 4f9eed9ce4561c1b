/** `lnsh completion`: a script for bash, zsh or fish. It is written once and asks nothing while a user types. */

import type { Command } from "commander";
import { bashCompletion } from "./bash.ts";
import { commandShapes } from "./command-shape.ts";
import { fishCompletion } from "./fish.ts";
import { zshCompletion } from "./zsh.ts";

export type ShellName = keyof typeof SHELLS;

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export function completion(program: Command, shell: ShellName): string {
  return SHELLS[shell](commandShapes(program));
}
