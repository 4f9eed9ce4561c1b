/** Makes lines that a form reads, whatever its argument types are: each type is offered words until it takes one. */

import { Secret } from "../../src/engine/kernel/secret.ts";
import type { ArgumentType } from "../../src/grammar/argument.ts";
import type { Argument, Element, Pick, Values } from "../../src/grammar/elements.ts";
import { mask } from "../../src/modes/junose/masking.ts";
import type { seededRandom } from "./random.ts";

type Random = ReturnType<typeof seededRandom>;

/** Words of many shapes; a type takes those it can read whole. */
const WORDS = [
  "zebra7",
  "Q-name_9",
  "10.20.30.40",
  "10.20.0.0/16",
  "172.16.0.0",
  "255.255.255.0",
  "255.255.255.255",
  "Loopback0",
  "loopback 0",
  "FastEthernet0/1",
  "fastEthernet 0/0",
  "Virtual-Template1",
  "atm 2/0.1",
  "10.20.0.0/16",
  "64512:7",
  "12:30",
  "12:30:05",
  "0011.2233.4455",
  "July",
  "sunday",
  "2/0",
  "Friday",
  "/24",
  "0.0.0.0",
  "0102ABCD",
  "two words here",
  "10.0.0.0/8",
  "2001:db8::7",
  "2001:db8::/32",
  "group radius",
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

/** A line that a form reads, word for word, and the values that it says. */
export interface Sample {
  readonly line: string;
  readonly values: Values;
}

/** A line of a form with its optional parts there or not, as the dice fall. */
export function sampleOf(form: readonly Element[], random: Random): Sample {
  const parts = form.map((element) => partOf(element, random));
  return {
    line: parts
      .map((part) => part.line)
      .filter((line) => line !== "")
      .join(" "),
    values: Object.assign({}, ...parts.map((part) => part.values)),
  };
}

function partOf(element: Element, random: Random): Sample {
  const heads = () => chosen([true, false], random);
  const nothing: Sample = { line: "", values: {} };
  const itemOf = (item: Argument | Pick): { readonly text: string; readonly value: unknown } => {
    if (item.kind === "argument") {
      const value = valueOfType(item.type, random);
      return { text: item.type.print(value), value };
    }
    const word = chosen(Object.keys(item.words), random);
    return { text: word, value: word };
  };
  switch (element.kind) {
    case "keyword":
      return { line: element.word, values: {} };
    case "argument":
    case "pick": {
      const { text, value } = itemOf(element);
      return { line: text, values: { [element.name]: value } };
    }
    case "flag":
      return heads() ? { line: element.word, values: { [element.name]: true } } : nothing;
    case "optional":
      return heads() ? sampleOf(element.elements, random) : nothing;
    case "oneOf":
      return sampleOf(chosen(element.branches, random), random);
    case "many": {
      const items = heads() || element.max < 2 ? [itemOf(element.item)] : [itemOf(element.item), itemOf(element.item)];
      return {
        line: items.map((item) => item.text).join(" "),
        values: { [element.name]: items.map((item) => item.value) },
      };
    }
  }
}
