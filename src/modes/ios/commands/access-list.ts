/**
 * Access lists: numbered (`access-list 101 …`) and named (`ip access-list extended NAME`). Every entry has a sequence number,
 * as on the box, which tells its place and is not printed. A number is a name too: both ways of writing are one list, which
 * prints in the way that its name calls for.
 */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { uint, word } from "../../../grammar/arguments.ts";
import {
  type ConfigCommand,
  type ConfigReader,
  type Instead,
  inert,
  opener,
  type Setting,
  type Siblings,
  setting,
} from "../../../grammar/declaration.ts";
import { arg, type Element, kw, oneOf, opt, type Values } from "../../../grammar/elements.ts";
import { renderForm } from "../../../grammar/render.ts";
import { extendedListMode, globalMode, standardListMode } from "../modes.ts";
import { canonicalRule, extendedRule, remark, standardRule } from "./access-list-rule.ts";
import { EntryNumbers, renumbered } from "./entry-numbers.ts";
import { noAnswers, reflexiveEntries } from "./reflexive-entries.ts";
import { usageLines } from "./usage-lines.ts";

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

const ip = kw("ip", "Global IP configuration subcommands");
const accessLists = kw("access-list", "Named access-list");
const listName = word({ max: 64 });

const named = { mode: globalMode, section: "access-list", key: ["name"] } as const;
const nameArgument = arg("name", listName, "Access-list name or number");

/** What a list prints as where it has a number. */
function flatHead({ name }: { readonly name: string }): string | undefined {
  return /^\d+$/.test(name) ? `access-list ${name}` : undefined;
}

export const standardNamed = opener({
  ...named,
  form: [ip, accessLists, kw("standard", "Standard Access List"), nameArgument],
  opens: standardListMode,
  flat: flatHead,
  check: ({ name }, config): string | undefined => nameFault(name, "standard", config),
});

export const extendedNamed = opener({
  ...named,
  form: [ip, accessLists, kw("extended", "Extended Access List"), nameArgument],
  opens: extendedListMode,
  flat: flatHead,
  check: ({ name }, config): string | undefined => nameFault(name, "extended", config),
});

/** A number belongs to one kind, a name to the kind that was made with it, and no name begins with a digit. */
function nameFault(name: string, kind: Kind, config: ConfigReader): string | undefined {
  if (/^\d/.test(name)) {
    return NUMBERS[kind].some((type) => readsWhole(type, name)) ? undefined : "% Invalid access list name.";
  }
  const [other, word] = kind === "standard" ? [extendedNamed, "extended"] : [standardNamed, "standard"];
  const taken = config.find(other, { name }) !== undefined;
  return taken ? `%  A named ${word} IP access list with this name already exists` : undefined;
}

function readsWhole(type: ArgumentType<number>, text: string): boolean {
  const read = type.read(text, 0);
  return read.ok && read.end === text.length;
}

const place = opt(arg("sequence", uint(1, 2_147_483_647), "Sequence number"));
const standardEntryForm = [place, oneOf(standardRule, remark)] as const;
const extendedEntryForm = [place, oneOf(extendedRule, remark)] as const;

/** An entry of a named list: where it stands, and written as the box writes it. `entry`: the command that is made of it. */
function entryOf(form: readonly Element[], kind: Kind, entry: () => ConfigCommand) {
  const texts = new WeakMap<Values, string>();
  const text = (values: Values): string => {
    const known = texts.get(values);
    if (known !== undefined) return known;
    const { sequence: _, ...said } = values;
    const made = renderForm(form, said);
    texts.set(values, made);
    return made;
  };
  let numbers: EntryNumbers | undefined;
  return {
    key: ["sequence"],
    print: text,
    rank: (values: Values): number => Number(values.sequence),
    ordered: true,
    normal: (typed: Values, list: Siblings, _negated: boolean, kept: boolean): Values => {
      if (typed.action === undefined && typed.remark === undefined) return typed;
      const values = canonicalRule(typed, kind);
      // What is taken away under a number is that entry and no other.
      if (!kept && values.sequence !== undefined) return values;
      numbers ??= new EntryNumbers({ commands: [entry()] }, text);
      return { ...values, sequence: numbers.of(values, list, kept) };
    },
  } as const;
}

export const standardEntry: Setting = setting({
  mode: standardListMode,
  form: standardEntryForm,
  ...entryOf(standardEntryForm, "standard", () => standardEntry),
});

export const extendedEntry: Setting = setting({
  mode: extendedListMode,
  form: extendedEntryForm,
  ...entryOf(extendedEntryForm, "extended", () => extendedEntry),
});

/** `access-list 101 …`: an entry of that list, or the whole of it. */
function numbered(kind: Kind, values: Values): Instead {
  const { list, ...said } = values;
  const [parent, entry] = kind === "standard" ? [standardNamed, standardEntry] : [extendedNamed, extendedEntry];
  const line = said.action === undefined && said.remark === undefined ? undefined : { command: entry, values: said };
  return { kind: "below", parent: { command: parent, values: { name: String(list) } }, line };
}

const standardHead = [accessListWord, numbersOf("standard")] as const;
const extendedHead = [accessListWord, numbersOf("extended")] as const;

const standardList = setting({
  mode: globalMode,
  section: "access-list",
  form: [...standardHead, oneOf(standardRule, remark)],
  noForm: [...standardHead, opt(oneOf(standardRule, remark))],
  instead: (values) => numbered("standard", values),
});

const extendedList = setting({
  mode: globalMode,
  section: "access-list",
  form: [...extendedHead, oneOf(extendedRule, remark)],
  noForm: [...extendedHead, opt(oneOf(extendedRule, remark))],
  instead: (values) => numbered("extended", values),
});

/** Entries that packets make: without them a list is another one than it says. */
const madeByPackets = [
  ...reflexiveEntries(extendedHead, { mode: globalMode, section: "access-list" }),
  ...reflexiveEntries([place], { mode: extendedListMode }),
  ...usageLines(
    { mode: extendedListMode, effect: noAnswers, words: { evaluate: "Evaluate an access list" } },
    { "evaluate @WORD": "Evaluate an access list" },
  ),
];

const MOST = 2_147_483_647;

const resequence = setting({
  mode: globalMode,
  form: [
    ip,
    accessLists,
    kw("resequence", "Resequence Access List"),
    arg("name", listName, "Access-list name or number"),
    arg("start", uint(1, MOST), "Starting Sequence Number"),
    arg("step", uint(1, MOST), "Step to increment the sequence number"),
  ],
  check: ({ name, start, step }, config) => {
    const list = entriesOf(name, config);
    if (list === undefined) return `%Access-list ${name} does not exist`;
    const rules = list.entries.filter(({ remark: said }) => said === undefined);
    return start + step * (rules.length - 1) > MOST ? "%Exceeded maximum sequence number" : undefined;
  },
  instead: ({ name, start, step }, config) => {
    const list = entriesOf(name, config);
    if (list === undefined) return undefined;
    const { parent, command, entries } = list;
    const values = renumbered(entries, { start, step });
    return { kind: "rewrite", parent: { command: parent, values: { name } }, command, values };
  },
});

/** What the entries of a list say, in their order. */
function entriesOf(name: string, config: ConfigReader) {
  for (const [parent, command] of [
    [standardNamed, standardEntry],
    [extendedNamed, extendedEntry],
  ] as const) {
    const [list] = config.all<readonly Element[]>(parent).filter(({ values }) => values.name === name);
    if (list === undefined) continue;
    const entries = config.under<readonly Element[]>(list, command).map(({ values }) => values);
    return { parent, command, entries: entries.sort((a, b) => Number(a.sequence) - Number(b.sequence)) };
  }
  return undefined;
}

/** Lists of what is no IP, and of stations: nothing asks them. */
const otherLists = usageLines(
  {
    mode: globalMode,
    section: "access-list",
    effect: inert("only lists of IP are asked here"),
    words: {
      "access-list": "Add an access list entry",
      deny: "Specify packets to reject",
      permit: "Specify packets to forward",
      "permit H.H.H": "Hardware address, then the bits of it that do not count",
      "deny H.H.H": "Hardware address, then the bits of it that do not count",
      "permit HEX": "Type code, then the bits of it that do not count",
      "deny HEX": "Type code, then the bits of it that do not count",
      "dynamic-extended": "Extend the dynamic ACL absolute timer",
      "rate-limit": "Simple rate-limit specific access list",
      mask: "Several precedences or classes",
      "<>": "Number of the list",
    },
  },
  {
    "access-list @<200-299> @{deny | permit} @WORD [@WORD]": "Add an access list entry",
    "access-list @<300-399> @{deny | permit} @LINE": "Add an access list entry",
    "access-list @<600-699> @{deny | permit} @LINE": "Add an access list entry",
    "access-list @<700-799> @{deny | permit} @H.H.H [@H.H.H]": "Add an access list entry",
    "access-list @<800-899> @{deny | permit} @LINE": "Add an access list entry",
    "access-list @<900-999> @{deny | permit} @LINE": "Add an access list entry",
    "access-list @<1000-1099> @{deny | permit} @LINE": "Add an access list entry",
    "access-list @<1100-1199> @{deny | permit} @H.H.H @H.H.H @H.H.H @H.H.H [@LINE]": "Add an access list entry",
    "access-list @<1200-1299> @{deny | permit} @LINE": "Add an access list entry",
    "access-list compiled": "Compile lists",
    "access-list dynamic-extended": "Extend the dynamic ACL absolute timer",
    "access-list rate-limit @{<0-99> {<0-7> | mask HEX} | <100-199> H.H.H}": "Simple rate-limit specific access list",
  },
);

export const accessListCommands: readonly ConfigCommand[] = [
  ...otherLists,
  standardList,
  extendedList,
  standardNamed,
  standardEntry,
  extendedNamed,
  extendedEntry,
  ...madeByPackets,
  resequence,
];
