import { expect, test } from "vitest";
import { ipv4, line, uint, word } from "../../src/grammar/arguments.ts";
import { arg, type Element, flag, kw, many, oneOf, opt, pick } from "../../src/grammar/elements.ts";
import { ModeGrammar, type Readable } from "../../src/grammar/mode-grammar.ts";
import { renderForm } from "../../src/grammar/render.ts";
import { sampleOf } from "../support/form-samples.ts";
import { roundTripFaults, shortest } from "../support/grammar-properties.ts";
import { seededRandom } from "../support/random.ts";

const SYLLABLES = ["ab", "cor", "de", "ip", "lo", "mar", "net", "po", "ra", "sec", "tun", "vi", "xe", "zu"];

/** A made-up command table: distinct leading words, tails of every kind of element. */
function table(size: number, seed: number): Readable[] {
  const random = seededRandom(seed);
  const dice = (sides: number) => ((random.bytes(2)[0] ?? 0) * 256 + (random.bytes(2)[1] ?? 0)) % sides;
  const name = () => `${SYLLABLES[dice(14)]}${SYLLABLES[dice(14)]}${SYLLABLES[dice(14)]}`;
  const tails: readonly ((n: number) => readonly Element[])[] = [
    () => [],
    () => [arg("name", word(), "Name")],
    () => [arg("count", uint(1, 10_000), "Count"), opt(arg("retry", uint(2, 60), "Retry"))],
    () => [oneOf([kw("address", "A"), arg("address", ipv4(), "A")], [kw("hostname", "H"), arg("host", word(), "H")])],
    () => [pick("mode", { auto: "A", full: "F", half: "H" }), flag("on", "stateful", "S")],
    () => [many("methods", pick("method", { chap: "C", "ms-chap": "M", pap: "P" }), 3), opt(arg("list", word(), "L"))],
    () => [kw("description", "D"), arg("text", line(), "T")],
    () => [flag("a", "first", "1"), opt(kw("second", "2"), arg("b", uint(1, 9), "B"))],
  ];
  const seen = new Set<string>();
  const commands: Readable[] = [];
  while (commands.length < size) {
    const [group, leaf] = [name(), name()];
    if (seen.has(`${group} ${leaf}`)) continue;
    seen.add(`${group} ${leaf}`);
    commands.push({ form: [kw(group, "G"), kw(leaf, "L"), ...(tails[dice(tails.length)]?.(dice(9)) ?? [])] });
  }
  return commands;
}

test("every command of a large table prints lines that read back to it", () => {
  expect(roundTripFaults(table(120, 7), { seed: 11, samples: 6 })).toEqual([]);
});

test("the shortest start of every word that is its own finds the same command and values", () => {
  const commands = table(120, 8);
  const grammar = new ModeGrammar(commands, { negatable: [] });
  const random = seededRandom(3);
  for (const command of commands) {
    const whole = sampleOf(command.form, random).line;
    const short = grammar.read(shortest(commands, whole));
    expect({ whole, ok: short.ok && short.command === command }).toEqual({ whole, ok: true });
    expect(short.ok && renderForm(command.form, short.values)).toBe(whole);
  }
});

test("no typed line makes a grammar throw, and a caret never leaves the line", () => {
  const commands = table(40, 9);
  const grammar = new ModeGrammar(commands, { negatable: commands });
  const random = seededRandom(5);
  const alphabet = [...'abcdeilmnoprstuvxz 0123456789.:/-|!"\t', "no ", "default ", "é", "\u0000"];
  for (let round = 0; round < 3000; round += 1) {
    const length = (random.bytes(1)[0] ?? 0) % 40;
    const text = Array.from(random.bytes(length), (octet) => alphabet[octet % alphabet.length]).join("");
    const read = grammar.read(text);
    if (!read.ok) expect(read.error.at).toBeGreaterThanOrEqual(0);
    if (!read.ok) expect(read.error.at).toBeLessThanOrEqual(text.length);
    grammar.help(text);
    grammar.complete(text);
  }
});
