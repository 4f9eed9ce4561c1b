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

/** Decides for one of `items` wherever a form leaves a choice; `of` is what leaves it. */
type Choice = <Item>(of: object, items: readonly Item[]) => Item;

function atRandom(random: Random): Choice {
  return (_of, items) => {
    const item = items[(random.bytes(1)[0] ?? 0) % items.length];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  };
}

function valueOfType(type: ArgumentType<unknown>, choose: Choice): unknown {
  const texts = textsFor(type);
  if (texts.length === 0) throw new Error(`no sample word is a ${type.placeholder}`);
  const read = type.read(choose(type, texts), 0);
  return read.ok ? read.value : undefined;
}

/** A line that a form reads, word for word, and the values that it says. */
export interface Sample {
  readonly line: string;
  readonly values: Values;
}

/** A line of a form with its optional parts there or not, as the dice fall. */
export function sampleOf(form: readonly Element[], random: Random): Sample {
  return sampleBy(form, atRandom(random));
}

/**
 * Lines of a form, so many that each of its optional parts is there and is not, each of its branches and words to choose from
 * is taken once, and numbers are at both ends; at most `most`.
 */
export function variantsOf(form: readonly Element[], random: Random, most: number): readonly Sample[] {
  const seen = new Map<object, Set<unknown>>();
  const guess = atRandom(random);
  const samples: Sample[] = [];
  let news = true;
  const choose: Choice = (of, items) => {
    const known = seen.get(of) ?? new Set();
    seen.set(of, known);
    const unknown = items.filter((item) => !known.has(item));
    const item = "placeholder" in of && unknown.length > 0 ? unknown[0] : undefined;
    const taken = item ?? guess(of, unknown.length > 0 ? unknown : items);
    if (!known.has(taken) && known.size < enough(of, items.length)) news = true;
    known.add(taken);
    return taken;
  };
  while (news && samples.length < most) {
    news = false;
    samples.push(sampleBy(form, choose));
  }
  return samples;
}

/** How many of the choices matter: of a name one is as good as another, of a number both ends are of interest. */
function enough(of: object, all: number): number {
  if (!("placeholder" in of)) return all;
  return /^<.*>$/.test(String(of.placeholder)) ? 2 : 1;
}

function sampleBy(form: readonly Element[], choose: Choice): Sample {
  const parts = form.map((element) => partOf(element, choose));
  return {
    line: parts
      .map((part) => part.line)
      .filter((line) => line !== "")
      .join(" "),
    values: Object.assign({}, ...parts.map((part) => part.values)),
  };
}

function partOf(element: Element, choose: Choice): Sample {
  const heads = () => choose(element, [true, false]);
  const nothing: Sample = { line: "", values: {} };
  const itemOf = (item: Argument | Pick): { readonly text: string; readonly value: unknown } => {
    if (item.kind === "argument") {
      const value = valueOfType(item.type, choose);
      return { text: item.type.print(value), value };
    }
    const word = choose(item, Object.keys(item.words));
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
      return heads() ? sampleBy(element.elements, choose) : nothing;
    case "oneOf":
      return sampleBy(choose(element, element.branches), choose);
    case "many": {
      const items = heads() || element.max < 2 ? [itemOf(element.item)] : [itemOf(element.item), itemOf(element.item)];
      return {
        line: items.map((item) => item.text).join(" "),
        values: { [element.name]: items.map((item) => item.value) },
      };
    }
  }
}
