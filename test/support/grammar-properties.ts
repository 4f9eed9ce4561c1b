/** What must hold of every command of a grammar, real or made up. */

import type { Element, Values } from "../../src/grammar/elements.ts";
import { ModeGrammar, type Readable } from "../../src/grammar/mode-grammar.ts";
import { renderForm } from "../../src/grammar/render.ts";
import { resolve } from "../../src/grammar/resolver.ts";
import { type TrieNode, trieOf } from "../../src/grammar/trie.ts";
import { sampleOf } from "./form-samples.ts";
import { seededRandom } from "./random.ts";

/** A line that does not come back as it was. */
export interface RoundTripFault {
  readonly line: string;
  readonly why: string;
}

/** Reads random lines of each command: each comes to that command, and what it prints comes back the same. */
export function roundTripFaults<Command extends Readable>(
  commands: readonly Command[],
  options: { readonly seed: number; readonly samples: number; readonly among?: readonly Command[] },
): RoundTripFault[] {
  const random = seededRandom(options.seed);
  const grammar = new ModeGrammar<Command>(options.among ?? commands, { negatable: commands, validate: true });
  const faults: RoundTripFault[] = [];
  for (const command of commands) {
    for (let sample = 0; sample < options.samples; sample += 1) {
      const { line, values } = sampleOf(command.form, random);
      const typed = grammar.read(line);
      if (!typed.ok) faults.push({ line, why: `${typed.error.kind} at ${typed.error.at}` });
      else if (typed.command !== command) faults.push({ line, why: "another command reads it" });
      // Two lines may say the same (`secret 0 X` and `secret X`); what is printed must be steady.
      const printed = renderForm(command.form, values);
      const again = grammar.read(printed);
      if (!again.ok || again.command !== command) faults.push({ line, why: `prints ${printed}, which does not read` });
      else if (renderForm(command.form, again.values) !== printed || namesIn(again.values) !== namesIn(values)) {
        faults.push({ line, why: `prints ${printed}, which reads as ${namesIn(again.values)}` });
      }
    }
  }
  return faults;
}

function namesIn(values: Values): string {
  return Object.keys(values).sort().join(" ");
}

/** Words before a command, which are in no trie. */
const MANNERS = ["no", "default"];

/** The same line with every word of the grammar cut to the shortest start that no other word there shares. */
export function shortest<Command extends { readonly form: readonly Element[] }>(
  commands: readonly Command[],
  line: string,
): string {
  let node: TrieNode<Command> = trieOf(commands);
  const whole = resolve(node, line, 0);
  return whole.words
    .map((word) => {
      const others = node.branches
        .filter((branch) => branch.types === undefined && branch.label !== word.label)
        .flatMap((branch) => [branch.label, ...branch.aliases])
        .concat(word.at === 0 ? MANNERS : [])
        .map((other) => other.toLowerCase());
      const branch = node.branches.find(({ label, types }) => label === word.label && !types === !word.type);
      if (branch === undefined) throw new Error(`no way on at ${word.text}`);
      node = branch.to;
      if (word.type !== undefined) return word.text;
      const label = word.label.toLowerCase();
      let length = 1;
      while (length < label.length && others.some((other) => other.startsWith(label.slice(0, length)))) length += 1;
      return label.slice(0, length);
    })
    .join(" ");
}
