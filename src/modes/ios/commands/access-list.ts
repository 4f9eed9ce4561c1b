/**
 * Access lists: numbered (`access-list 101 …`) and named (`ip access-list extended NAME`). Every entry has a sequence number,
 * as on the box, which tells its place and is not printed; a numbered list may be edited as a named one.
 */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { uint, word } from "../../../grammar/arguments.ts";
import { type ConfigCommand, inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, type Element, kw, oneOf, opt, type Values } from "../../../grammar/elements.ts";
import { renderForm } from "../../../grammar/render.ts";
import { extendedListMode, globalMode, standardListMode } from "../modes.ts";
import { canonicalRule, extendedRule, remark, sequenceOf, standardRule } from "./access-list-rule.ts";

type Kind = "standard" | "extended";

/** The box has two ranges of numbers for each kind. */
const NUMBERS: Readonly<Record<Kind, readonly [ArgumentType<number>, ArgumentType<number>]>> = {
  standard: [uint(1, 99), uint(1300, 1999)],
  extended: [uint(100, 199), uint(2000, 2699)],
};

function numbersOf(kind: Kind) {
  const [first, second] = NUMBERS[kind];
  const help = kind === "standard" ? "IP standard access list" : "IP extended access list";
  return oneOf([arg("list", first, help)], [arg("list", second, `${help} (expanded range)`)]);
}

const accessListWord = kw("access-list", "Add an access list entry");

/** All that tells one entry from another. */
const SAYS = ["action", "remark", "sourceAny", "sourceHost", "sourceAddress", "sourceWildcard"] as const;
const SAYS_EXTENDED = [
  ...SAYS,
  "protocol",
  "number",
  "destinationAny",
  "destinationHost",
  "destinationAddress",
  "destinationWildcard",
  "sourceEqual",
  "sourceAbove",
  "sourceBelow",
  "sourceUnequal",
  "sourceFirst",
  "sourceLast",
  "destinationEqual",
  "destinationAbove",
  "destinationBelow",
  "destinationUnequal",
  "destinationFirst",
  "destinationLast",
  "established",
  "bits",
  "message",
  "icmpType",
  "icmpCode",
  "precedence",
  "tos",
  "dscp",
  "fragments",
  "timeRange",
] as const;

const standardHead = [accessListWord, numbersOf("standard")] as const;
const extendedHead = [accessListWord, numbersOf("extended")] as const;

export const standardList = setting({
  mode: globalMode,
  section: "access-list",
  form: [...standardHead, oneOf(standardRule, remark)],
  key: ["list", ...SAYS],
  noForm: [...standardHead, opt(oneOf(standardRule, remark))],
  normal: (values) => canonicalRule(values, "standard"),
  ordered: true,
});

export const extendedList = setting({
  mode: globalMode,
  section: "access-list",
  form: [...extendedHead, oneOf(extendedRule, remark)],
  key: ["list", ...SAYS_EXTENDED],
  noForm: [...extendedHead, opt(oneOf(extendedRule, remark))],
  normal: (values) => canonicalRule(values, "extended"),
  ordered: true,
});

const ip = kw("ip", "Global IP configuration subcommands");
const accessLists = kw("access-list", "Named access-list");
const listName = word({ max: 64 });

export const standardNamed = opener({
  mode: globalMode,
  section: "access-list",
  form: [ip, accessLists, kw("standard", "Standard Access List"), arg("name", listName, "Access-list name or number")],
  key: ["name"],
  opens: standardListMode,
});

export const extendedNamed = opener({
  mode: globalMode,
  section: "access-list",
  form: [ip, accessLists, kw("extended", "Extended Access List"), arg("name", listName, "Access-list name or number")],
  key: ["name"],
  opens: extendedListMode,
});

const place = opt(arg("sequence", uint(1, 2_147_483_647), "Sequence number"));
const standardEntryForm = [place, oneOf(standardRule, remark)] as const;
const extendedEntryForm = [place, oneOf(extendedRule, remark)] as const;

/** An entry of a named list: where it stands, and written as the box writes it. */
function entryOf(form: readonly Element[], kind: Kind) {
  const texts = new WeakMap<Values, string>();
  const text = (values: Values): string => {
    const known = texts.get(values);
    if (known !== undefined) return known;
    const { sequence: _, ...said } = values;
    const made = renderForm(form, said);
    texts.set(values, made);
    return made;
  };
  return {
    key: ["sequence"],
    print: text,
    rank: (values: Values): number => Number(values.sequence),
    ordered: true,
    normal: (typed: Values, there: readonly Values[]): Values => {
      if (typed.action === undefined && typed.remark === undefined) return typed;
      const values = canonicalRule(typed, kind);
      const said = text(values);
      return { ...values, sequence: sequenceOf(values, there, (other) => text(other) === said) };
    },
  } as const;
}

export const standardEntry = setting({
  mode: standardListMode,
  form: standardEntryForm,
  ...entryOf(standardEntryForm, "standard"),
});

export const extendedEntry = setting({
  mode: extendedListMode,
  form: extendedEntryForm,
  ...entryOf(extendedEntryForm, "extended"),
});

const resequence = setting({
  mode: globalMode,
  section: "access-list",
  form: [
    ip,
    accessLists,
    kw("resequence", "Resequence Access List"),
    arg("name", listName, "Access-list name or number"),
    arg("start", uint(1, 2_147_483_647), "Starting Sequence Number"),
    arg("step", uint(1, 2_147_483_647), "Step to increment the sequence number"),
  ],
  key: ["name"],
  effect: inert("the numbers of entries are not kept over a restart; their order is"),
  print: () => undefined,
});

export const accessListCommands: readonly ConfigCommand[] = [
  standardList,
  extendedList,
  standardNamed,
  standardEntry,
  extendedNamed,
  extendedEntry,
  resequence,
];
