/** What must hold wherever somebody stands and whatever a configuration says, over the whole tables of both dialects. */

import { expect, test } from "vitest";
import type { ConfigCommand } from "../../src/grammar/declaration.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { grammarsOf } from "../../src/modes/shell/grammars.ts";
import { storesEqual } from "../../src/modes/tree/equal.ts";
import { sampleOf } from "../support/form-samples.ts";
import { generatedConfiguration, linesOf } from "../support/generated-configuration.ts";
import { saysOff } from "../support/line-listing.ts";
import { seededRandom } from "../support/random.ts";
import { TestShell } from "../support/shell.ts";

const each = Object.values(dialects).map((dialect) => [dialect.name, dialect] as const);
/** How many ways of typing each command are tried, so that each of its optional parts is there at least once. */
const WAYS = 2;
/** The second of them takes the line back. */
const MANNERS = ["", "no"];
const CONFIGURATIONS = 60;
const COMMANDS = 40;

test.each(each)(
  "%s: every start of every command gives help and completes to what goes on from it",
  (_name, dialect) => {
    const random = seededRandom(31);
    const grammars = grammarsOf(dialect);
    const faults: string[] = [];
    const commands = [...dialect.config, ...dialect.exec, ...dialect.execInConfiguration];
    const ways = commands.flatMap((command) => Array.from({ length: WAYS }, (_, way) => ({ command, way })));
    for (const { command, way } of ways) {
      const { line: said } = sampleOf(command.form, random);
      const inExec = command.kind === "exec" && dialect.exec.includes(command);
      const grammar = inExec ? grammars.exec(15) : grammars.config(command.mode ?? dialect.globalMode);
      const isTakenBack = command.kind !== "exec" && command.noForm === undefined && way > 0;
      const line = isTakenBack ? `${MANNERS[way]} ${said}` : said;
      const read = grammar.read(line);
      const words = read.ok ? read.words : [];
      const hidden = new Set(
        command.form.flatMap((each) => (each.kind === "keyword" && each.hidden ? [each.word] : [])),
      );
      for (let end = 0; end <= line.length; end += 1) {
        const before = line.slice(0, end);
        const { kind } = grammar.help(before);
        const inWord = words.some(
          ({ at, text, type, label }) =>
            type === undefined && !hidden.has(label) && at < end && end <= at + text.length,
        );
        if (inWord && kind !== "words") faults.push(`no words: ${before}`);
        if (words.some(({ at }) => at === end && at > 0) && kind !== "next") faults.push(`nothing next: ${before}`);
        const completed = grammar.complete(before);
        const typed = before.slice(0, before.search(/\S*$/));
        if (completed !== undefined && !completed.startsWith(typed)) faults.push(`Tab: ${before} -> ${completed}`);
      }
    }
    expect(faults).toEqual([]);
  },
);

/** Lines that say nothing by themselves: they take something back, or speak of what another line must have made. */
const UNTAUGHT: Readonly<Record<string, readonly RegExp[]>> = {
  ios: [
    /^privilege .* reset /,
    /^ip access-list resequence /,
    /^interface \S+( type \w+)? \/ (crypto map|ip address none)/,
    /^crypto dynamic-map .* set transform-set /,
  ],
  junose: [/^privilege .* reset /],
};
/** Lines whose values are of a form that words taken by chance hardly have. */
const SAID: readonly (readonly [start: RegExp, line: string])[] = [
  [/ \/ key-hash /, "key-hash ssh-rsa 0123456789ABCDEF0123456789ABCDEF"],
  [/ trustpoint \S+ \/ subject-name /, "subject-name cn=gw"],
];
/** Ways of typing a command until one is taken. */
const TRIES = 60;

/** A router just before the line of a command that it would take, and that line with its body. */
function beforeLine(dialect: Dialect, command: ConfigCommand, random: ReturnType<typeof seededRandom>) {
  const lines = linesOf(dialect, command, random);
  const last = lines.at(-1) ?? "";
  const said = SAID.find(([start]) => start.test(lines.join(" / ")))?.[1];
  const router = new TestShell(dialect);
  router.shell.enterConfiguration();
  const isThere = lines.slice(0, -1).every((way) => router.shell.execute(way).ok);
  return { router, lines, isThere, typed: said === undefined ? last.split("\n") : [said] };
}

test.each(each)("%s: a refused line changes nothing, a line taken back leaves what was before", (name, dialect) => {
  const random = seededRandom(37);
  const faults: string[] = [];
  const untaught: string[] = [];
  for (const command of dialect.config.filter(({ effect }) => effect?.kind !== "unsupported")) {
    for (const manner of ["no", "default"]) {
      let taught = false;
      let tried = "";
      for (let attempt = 0; attempt < TRIES && !taught; attempt += 1) {
        const { router, lines, isThere, typed } = beforeLine(dialect, command, random);
        if (!isThere) continue;
        const before = router.store.clone();
        const results = typed.map((each) => router.shell.execute(each));
        const result = results.at(-1);
        tried = lines.join(" / ");
        if (result?.ok !== true && !storesEqual(before, router.store)) faults.push(`refused: ${tried}`);
        if (result?.ok !== true || !result.changed) continue;
        taught = true;
        const [line = ""] = typed;
        router.shell.execute(`${manner} ${line}`);
        // `no` may be something to say, which `default` then takes back.
        if (manner === "no" && router.printed.split("\n").some(saysOff)) router.shell.execute(`default ${line}`);
        if (!storesEqual(before, router.store)) faults.push(`${tried} / ${manner} ${line}`);
      }
      if (!taught) untaught.push(tried);
    }
  }
  expect(faults).toEqual([]);
  const known = UNTAUGHT[name] ?? [];
  expect(untaught.filter((line) => !known.some((pattern) => pattern.test(line)))).toEqual([]);
  expect(known.filter((pattern) => !untaught.some((line) => pattern.test(line)))).toEqual([]);
});

test.each(each)("%s: what is printed of generated configurations pastes back to the same text", (_name, dialect) => {
  const random = seededRandom(41);
  for (let count = 0; count < CONFIGURATIONS; count += 1) {
    const first = new TestShell(dialect);
    first.load(generatedConfiguration(dialect, random, COMMANDS));
    const second = new TestShell(dialect);
    const { refused } = second.load(first.printed);
    const faults = refused.map(({ text, outcome }) => `${text}: ${"lines" in outcome ? outcome.lines.join(" ") : ""}`);
    expect(faults).toEqual([]);
    expect(second.printed).toBe(first.printed);
  }
});
