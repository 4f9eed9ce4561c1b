/** Makes values that a form could have read, whatever its argument types are: each type is offered words until it takes one. */

import { Secret } from "../../src/engine/kernel/secret.ts";
import type { ArgumentType } from "../../src/grammar/argument.ts";
import type { Element, Values } from "../../src/grammar/elements.ts";
import { mask } from "../../src/modes/junose/masking.ts";
import type { seededRandom } from "./random.ts";

type Random = ReturnType<typeof seededRandom>;

/** Words of many shapes; a type takes those it can read whole. */
const WORDS = [
  "zebra7",
  "Q-name_9",
  "10.20.30.40",
  "172.16.0.0",
  "255.255.255.0",
  "255.255.255.255",
  "Loopback0",
  "loopback 0",
  "FastEthernet0/1",
  "fastEthernet 0/0",
  "Virtual-Template1",
  "atm 2/0.1",
  "64512:7",
  "12:30:05",
  "0.0.0.0",
  "0102ABCD",
  "two words here",
  mask(new Secret("quiet")),
];

function numbersIn(placeholder: string): string[] {
  const range = /<\s*(\d+)\s*-\s*(\d+)\s*>/.exec(placeholder);
  if (range === null) return ["1", "2", "15", "100", "700", "1500", "4000"];
  const [low, high] = [Number(range[1]), Number(range[2])];
  return [low, high, Math.floor((low + high) / 2)].map(String);
}

/** Texts that the type reads from end to end. */
export function textsFor(type: ArgumentType<unknown>): string[] {
  const examples = (type.examples ?? []).flatMap((example) => [
    example,
    `${example}0`,
    `${example} 0/0`,
    `${example}1`,
  ]);
  return [...numbersIn(type.placeholder), ...WORDS, ...examples].filter((text) => {
    const read = type.read(text, 0);
    return read.ok && read.end === text.length;
  });
}

function chosen<Item>(items: readonly Item[], random: Random): Item {
  const item = items[(random.bytes(1)[0] ?? 0) % items.length];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

function valueOfType(type: ArgumentType<unknown>, random: Random): unknown {
  const texts = textsFor(type);
  if (texts.length === 0) throw new Error(`no sample word is a ${type.placeholder}`);
  const read = type.read(chosen(texts, random), 0);
  return read.ok ? read.value : undefined;
}

/** Values of a form with its optional parts there or not, as the dice fall. */
export function sampleValues(form: readonly Element[], random: Random): Values {
  const values: Record<string, unknown> = {};
  for (const element of form) Object.assign(values, sampleOf(element, random));
  return values;
}

function sampleOf(element: Element, random: Random): Values {
  const heads = () => chosen([true, false], random);
  switch (element.kind) {
    case "keyword":
      return {};
    case "argument":
      return { [element.name]: valueOfType(element.type, random) };
    case "pick":
      return { [element.name]: chosen(Object.keys(element.words), random) };
    case "flag":
      return heads() ? { [element.name]: true } : {};
    case "optional":
      return heads() ? sampleValues(element.elements, random) : {};
    case "oneOf":
      return sampleValues(chosen(element.branches, random), random);
    case "many": {
      const item = element.item;
      const one = () =>
        item.kind === "pick" ? chosen(Object.keys(item.words), random) : valueOfType(item.type, random);
      const first = one();
      return { [element.name]: heads() || element.max < 2 ? [first] : [first, one()] };
    }
  }
}
