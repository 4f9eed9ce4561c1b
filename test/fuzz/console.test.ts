/** Whatever is typed or pasted: nothing throws, nothing takes long, and nothing is kept of what was refused. */

import { expect, test } from "vitest";
import type { Dialect } from "../../src/modes/dialect.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { sampleOf } from "../support/form-samples.ts";
import { fuzz } from "../support/fuzzing.ts";
import { below } from "../support/generated-configuration.ts";
import { seededRandom } from "../support/random.ts";
import { TestShell } from "../support/shell.ts";

const each = Object.values(dialects).map((dialect) => [dialect.name, dialect] as const);
const LINES = 1500;
/** Generous: a line takes some microseconds; what grows with the square of its length takes minutes. */
const LONG_MILLIS = 4000;
const CONTROLS = [
  "\0",
  "\x03",
  "\x1b[A",
  "\x1b",
  "\x7f",
  "\r",
  "\n",
  "\t",
  "\u2028",
  "\ud800",
  "?",
  "|",
  '"',
  "^",
  "!",
];

for (const dialect of Object.values(dialects)) {
  fuzz(`${dialect.name}: random words, cuts and control characters`, 43, (seed) => randomLines(dialect, seed));
}

function randomLines(dialect: Dialect, seed: number): void {
  const random = seededRandom(seed);
  const commands = [...dialect.config, ...dialect.exec.filter((command) => command.form[0]?.kind === "keyword")];
  const router = new TestShell(dialect);
  const line = (): string => {
    const command = commands[below(random, commands.length)];
    let text = command === undefined ? "" : sampleOf(command.form, random).line;
    switch (below(random, 6)) {
      case 0:
        return text.slice(0, below(random, text.length + 1));
      case 1: {
        const at = below(random, text.length + 1);
        return `${text.slice(0, at)}${CONTROLS[below(random, CONTROLS.length)]}${text.slice(at)}`;
      }
      case 2:
        return text.split(" ").reverse().join(" ");
      case 3:
        text = `no ${text}`;
        return text;
      case 4:
        return Buffer.from(random.bytes(40)).toString("latin1");
      default:
        return text;
    }
  };
  for (let count = 0; count < LINES; count += 1) {
    if (!router.shell.configuring && below(random, 3) > 0) router.shell.enterConfiguration();
    const typed = line();
    router.shell.help(typed);
    router.shell.complete(typed);
    router.shell.explain(typed);
    if (router.shell.configuring) router.shell.execute(typed);
    if (router.shell.collecting) router.shell.end();
  }
  expect(() => dialect.compile(router.store)).not.toThrow();
  expect(new TestShell(dialect).load(router.printed).lines.length).toBeGreaterThan(0);
}

test.each(each)("%s: lines of a million characters", (_name, dialect) => {
  const router = new TestShell(dialect);
  const million = 1_000_000;
  const lines = ["x".repeat(million), "a ".repeat(million / 2), " ".repeat(million), '"'.repeat(million)].concat(
    `hostname ${"h".repeat(million)}`,
    `no ${"1.".repeat(million / 2)}`,
  );
  router.shell.enterConfiguration();
  for (const line of lines) {
    const start = process.cpuUsage();
    router.shell.execute(line);
    router.shell.help(line);
    router.shell.complete(line);
    router.shell.explain(line);
    router.load(line);
    router.shell.enterConfiguration();
    const { user, system } = process.cpuUsage(start);
    const time = (user + system) / 1000;
    expect({ line: line.slice(0, 20), long: time > LONG_MILLIS }).toEqual({ line: line.slice(0, 20), long: false });
  }
});
