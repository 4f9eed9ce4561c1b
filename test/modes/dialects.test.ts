/** What must hold of every command that the dialects declare, so that a table cannot promise what the grammar cannot keep. */

import { expect, test } from "vitest";
import { type ConfigCommand, isTypedIn, type Mode } from "../../src/grammar/declaration.ts";
import type { Element } from "../../src/grammar/elements.ts";
import { ModeGrammar } from "../../src/grammar/mode-grammar.ts";
import { renderForm } from "../../src/grammar/render.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { type AnyCommand, grammarsOf } from "../../src/modes/shell/grammars.ts";
import { sampleOf } from "../support/form-samples.ts";
import { roundTripFaults, shortest } from "../support/grammar-properties.ts";
import { seededRandom } from "../support/random.ts";

const each = Object.values(dialects).map((dialect) => [dialect.name, dialect] as const);

function byMode(dialect: Dialect): [Mode, ConfigCommand[]][] {
  const modes = [...new Set(dialect.config.map((command) => command.mode))];
  return modes.map((mode) => [mode, dialect.config.filter((command) => isTypedIn(command, mode))]);
}

test.each(each)("%s: what a command prints reads back to it with the same values", (_name, dialect) => {
  for (const [mode, commands] of byMode(dialect)) {
    const among: AnyCommand[] = [...commands, ...dialect.execInConfiguration];
    const faults = roundTripFaults<AnyCommand>(commands, { seed: 17, samples: 6, among });
    expect({ mode: mode.id, faults }).toEqual({ mode: mode.id, faults: [] });
  }
});

test.each(each)("%s: the shortest start of each word finds the same command", (_name, dialect) => {
  const random = seededRandom(23);
  for (const [mode, commands] of byMode(dialect)) {
    const all: AnyCommand[] = [...commands, ...dialect.execInConfiguration];
    const grammar = grammarsOf(dialect).config(mode);
    for (const command of commands) {
      const whole = sampleOf(command.form, random).line;
      const short = shortest(all, whole);
      const [read, wanted] = [grammar.read(short), grammar.read(whole)].map(
        (each) => each.ok && renderForm(each.command.form, each.values),
      );
      expect({ short, read }).toEqual({ short, read: wanted });
      expect(wanted).not.toBe(false);
    }
  }
});

test.each(each)("%s: the shortest start of each word finds the same exec command, at every level", (_name, dialect) => {
  const random = seededRandom(29);
  const faults: string[] = [];
  for (const level of [...new Set(dialect.exec.map((command) => command.level))]) {
    const allowed = dialect.exec.filter((command) => command.level <= level);
    const grammar = grammarsOf(dialect).exec(level);
    for (const command of allowed) {
      const { line } = sampleOf(command.form, random);
      // A reason that begins with a number is taken for a date, in full as well.
      const [short, whole] = [shortest<AnyCommand>(allowed, line), line].map((each) => grammar.read(each));
      if (short?.ok !== whole?.ok || (short?.ok && whole?.ok && short.command !== whole.command)) {
        faults.push(`level ${level}: ${shortest<AnyCommand>(allowed, line)}`);
      }
    }
  }
  expect(faults).toEqual([]);
});

test.each(each)("%s: exec commands read back to themselves, and the grammar is unambiguous", (_name, dialect) => {
  const random = seededRandom(29);
  const grammar = new ModeGrammar(dialect.exec, { negatable: [], validate: true });
  for (const command of dialect.exec) {
    const { line } = sampleOf(command.form, random);
    const read = grammar.read(line);
    expect({ line, same: read.ok && read.command === command }).toEqual({ line, same: true });
  }
});

test.each(each)("%s: every mode is opened by a command and leads back to global configuration", (_name, dialect) => {
  const opened = new Set(dialect.config.flatMap((command) => (command.kind === "opener" ? [command.opens] : [])));
  for (const [mode] of byMode(dialect)) {
    if (mode === dialect.globalMode) continue;
    expect({ mode: mode.id, opened: opened.has(mode) }).toEqual({ mode: mode.id, opened: true });
    let outer: Mode | undefined = mode;
    while (outer !== undefined && outer !== dialect.globalMode) outer = outer.parent;
    expect(outer).toBe(dialect.globalMode);
  }
  const ids = byMode(dialect).map(([mode]) => mode.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(each)("%s: keys name values, sections exist, and no word is lost in printing", (_name, dialect) => {
  const mute: string[] = [];
  for (const command of dialect.config) {
    const line = sampleOf(command.form, seededRandom(1)).line;
    const names = namesOf(command.form);
    for (const name of command.key ?? []) expect({ line, name, known: names.has(name) }).toMatchObject({ known: true });
    if (command.section !== undefined) expect(dialect.sections).toContain(command.section);
    mute.push(...muteParts(command.form).map((what) => `${wordsOf(command.form)}: ${what}`));
  }
  expect(mute).toEqual([]);
});

test.each(each)("%s: every word and value has a help text", (_name, dialect) => {
  const missing = [...dialect.config, ...dialect.exec].flatMap((command) => helpless(command.form));
  expect(missing).toEqual([]);
});

function inner(element: Element): readonly (readonly Element[])[] {
  if (element.kind === "optional") return [element.elements];
  return element.kind === "oneOf" ? element.branches : [];
}

function namesOf(form: readonly Element[]): Set<string> {
  const names = form.flatMap((element) => {
    if (element.kind === "keyword") return [];
    return "name" in element ? [element.name] : inner(element).flatMap((elements) => [...namesOf(elements)]);
  });
  return new Set(names);
}

function shapesOf(form: readonly Element[]): string[] {
  return form.flatMap((element) => {
    if (element.kind === "pick") return Object.keys(element.words);
    return element.kind === "argument" ? [element.type.placeholder] : inner(element).flatMap(shapesOf);
  });
}

function wordsOf(form: readonly Element[]): string {
  const words = form.flatMap((element) =>
    element.kind === "keyword" ? [element.word] : inner(element).map((elements) => wordsOf(elements)),
  );
  // `0` says that a password follows as it is; with it or without, the line is the same.
  return words.filter((word) => word !== "" && word !== "0").join(" ");
}

/** Words that leave no value behind although the line could do without them: what was typed could not be printed. */
function muteParts(form: readonly Element[]): string[] {
  return form.flatMap((element) => {
    const parts = inner(element);
    if (element.kind === "optional" && namesOf(element.elements).size === 0) {
      const words = wordsOf(element.elements);
      return words === "" ? [] : [`[${words}]`];
    }
    const said = new Map<string, string>();
    const alike = parts.flatMap((branch) => {
      // A value may be typed in two shapes, in clear and masked; then the shape tells, not the word.
      const signature = [...namesOf(branch), ...shapesOf(branch)].sort().join();
      const other = said.get(signature);
      // The same words in another order say the same.
      const words = wordsOf(branch).split(" ").sort().join(" ");
      said.set(signature, words);
      return element.kind === "oneOf" && other !== undefined && other !== words ? [`${other} | ${words}`] : [];
    });
    return [...alike, ...parts.flatMap(muteParts)];
  });
}

function helpless(form: readonly Element[]): string[] {
  return form.flatMap((element) => {
    switch (element.kind) {
      case "keyword":
      case "flag":
        return element.help === "" ? [element.word] : [];
      case "argument":
        return element.help === "" ? [element.name] : [];
      case "pick":
        return Object.entries(element.words).flatMap(([word, help]) => (help === "" ? [word] : []));
      case "many":
        return helpless([element.item]);
      default:
        return inner(element).flatMap(helpless);
    }
  });
}
