/** What must hold of every command of a grammar, real or made up. */

import type { Element, Values } from "../../src/grammar/elements.ts";
import { ModeGrammar, type Readable } from "../../src/grammar/mode-grammar.ts";
import { renderForm } from "../../src/grammar/render.ts";
import { resolve } from "../../src/grammar/resolver.ts";
import { type TrieNode, trieOf } from "../../src/grammar/trie.ts";
import { sampleValues } from "./form-samples.ts";
import { seededRandom } from "./random.ts";

/** Lines that cannot come back to the command that printed them: `command` describes it for the report. */
export interface RoundTripFault {
  readonly line: string;
  readonly why: string;
}

/** Prints random values of each command and reads them back: the same command, printing the same line. */
export function roundTripFaults<Command extends Readable>(
  commands: readonly Command[],
  options: { readonly seed: number; readonly samples: number; readonly among?: readonly Command[] },
): RoundTripFault[] {
  const random = seededRandom(options.seed);
  const grammar = new ModeGrammar<Command>(options.among ?? commands, { negatable: commands, validate: true });
  const faults: RoundTripFault[] = [];
  for (const command of commands) {
    for (let sample = 0; sample < options.samples; sample += 1) {
      const values = sampleValues(command.form, random);
      const line = renderForm(command.form, values);
      const read = grammar.read(line);
      if (!read.ok) faults.push({ line, why: `${read.error.kind} at ${read.error.at}` });
      else if (read.command !== command) faults.push({ line, why: "another command reads it" });
      else if (renderForm(command.form, read.values) !== line) {
        faults.push({ line, why: `prints as ${renderForm(command.form, read.values)}` });
      } else if (namesIn(read.values) !== namesIn(values)) {
        faults.push({ line, why: `has ${namesIn(values)}, reads as ${namesIn(read.values)}` });
      }
    }
  }
  return faults;
}

function namesIn(values: Values): string {
  return Object.keys(values).sort().join(" ");
}

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
