/** `docs/commands.md`, written from the declarations: every command of both dialects, mode by mode, and what it does here. */

import { existsSync, readFileSync } from "node:fs";
import type { ConfigCommand, Effect, ExecCommand, Mode } from "../../src/grammar/declaration.ts";
import type { Argument, Element, Pick } from "../../src/grammar/elements.ts";
import { renderForm } from "../../src/grammar/render.ts";
import type { ExecContext } from "../../src/modes/common/exec-context.ts";
import type { Dialect, DialectName } from "../../src/modes/dialect.ts";
import { dialects } from "../../src/modes/dialects.ts";

const TITLES: Readonly<Record<DialectName, string>> = { ios: "Cisco IOS", junose: "JunosE" };

const HEAD = [
  "# Commands",
  "",
  "Written by `npm run docs:commands` from the declarations that the command line itself is made of; do not edit it by hand.",
  "",
  "`[ ]` may be left out, `{ | }` is a choice, `…` may be repeated, capitals and `< >` are values. **active** commands do what they",
  "say; *inert* ones are kept and printed back, or answer that there is nothing of the kind, and do nothing here; *unsupported* ones are refused. *no*: *removes* takes the",
  "line out, *kept* is a line of its own that prints as `no …`.",
];

/** The whole page. */
export function commandReference(): string {
  return [...HEAD, "", ...totals(), ...Object.values(dialects).flatMap(ofDialect), ""].join("\n");
}

function totals(): string[] {
  const rows = Object.values(dialects).map((dialect) => {
    const count = (commands: readonly { readonly effect?: Effect }[], kind: Effect["kind"]): number =>
      commands.filter(({ effect }) => (effect?.kind ?? "active") === kind).length;
    const figures = [dialect.config, execOf(dialect)].flatMap((commands) =>
      (["active", "inert", "unsupported"] as const).map((kind) => count(commands, kind)),
    );
    return `| ${TITLES[dialect.name]} | ${modesOf(dialect).length} | ${figures.join(" | ")} |`;
  });
  return [
    "| | modes | configuration: active | inert | unsupported | exec: active | inert | unsupported |",
    "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ...rows,
    "",
  ];
}

function modesOf(dialect: Dialect): readonly Mode[] {
  return [...new Set(dialect.config.map((command) => command.mode))];
}

function ofDialect(dialect: Dialect): string[] {
  const modes = modesOf(dialect).flatMap((mode) => [
    `### ${TITLES[dialect.name]}: \`${mode.prompt}\``,
    "",
    "| command | what it says | no | here |",
    "| --- | --- | --- | --- |",
    ...dialect.config.filter((command) => command.mode === mode).map(configRow),
    "",
  ]);
  return [
    `## ${TITLES[dialect.name]}`,
    "",
    ...covered(`${dialect.name}.txt`, ["act", "kept", "refused"]),
    ...modes,
    `### ${TITLES[dialect.name]}: exec`,
    "",
    ...covered(`${dialect.name}-exec.txt`, ["act", "nothing here to act on", "refused"]),
    "| command | what it does | level | here |",
    "| --- | --- | --: | --- |",
    ...execOf(dialect).map(execRow),
    "",
  ];
}

/** What does something at once, also what does so in configuration only. */
function execOf({ exec, execInConfiguration }: Dialect): readonly ExecCommand<ExecContext>[] {
  return [...new Set([...exec, ...execInConfiguration])];
}

/** How many lines of a listing that the tests hold the dialect to come to what. */
function covered(name: string, states: readonly [string, string, string]): string[] {
  const file = new URL(`../../fixtures/coverage/${name}`, import.meta.url);
  if (!existsSync(file)) return [];
  const listing = readFileSync(file, "utf8").split("\n");
  const sections: { readonly title: string; readonly lines: string[] }[] = [];
  for (const line of listing) {
    const title = /^! --- (.*)/.exec(line)?.[1];
    if (title !== undefined) sections.push({ title, lines: [] });
    else if (/^[+~-] /.test(line)) sections.at(-1)?.lines.push(line);
  }
  const rows = sections.map(({ title, lines }) => {
    const figures = ["+", "~", "-"].map((mark) => lines.filter((line) => line.startsWith(mark)).length);
    return `| ${escaped(title)} | ${figures.join(" | ")} |`;
  });
  return [`| lines that tests hold it to | ${states.join(" | ")} |`, "| --- | --: | --: | --: |", ...rows, ""];
}

function configRow(command: ConfigCommand): string {
  const opens = command.kind === "opener" ? ` → \`${command.opens.prompt}\`` : "";
  const initial = command.initial === undefined ? "" : initialOf(command);
  const no = command.negation === "stored" ? "kept" : "removes";
  return `| ${code(syntax(command.form))}${opens} | ${prose(command.form)}${initial} | ${no} | ${state(command.effect)} |`;
}

function execRow(command: ExecCommand<ExecContext>): string {
  return `| ${code(syntax(command.form))} | ${prose(command.form)} | ${command.level} | ${state(command.effect)} |`;
}

function initialOf({ form, initial }: ConfigCommand): string {
  const said = form.map((element) => {
    if (!("name" in element)) return "";
    const value = initial?.[element.name];
    return value === undefined || typeof value === "object" ? "" : renderForm([element], { [element.name]: value });
  });
  const text = said.filter((part) => part !== "").join(" ");
  return text === "" ? "" : `; default ${code(text)}`;
}

function state(effect: Effect | undefined): string {
  if (effect === undefined || effect.kind === "active") return "**active**";
  return `*${effect.kind}*: ${escaped(effect.reason)}`;
}

/** A form as manuals write it. */
export function syntax(form: readonly Element[]): string {
  return form.map(partOf).join(" ");
}

function partOf(element: Element): string {
  switch (element.kind) {
    case "keyword":
      return element.word;
    case "argument":
    case "pick":
      return itemOf(element);
    case "flag":
      return `[${element.word}]`;
    case "optional":
      return `[${syntax(element.elements)}]`;
    case "oneOf": {
      const said = element.branches.map(syntax).filter((branch) => branch !== "");
      return said.length < element.branches.length ? `[${said.join(" | ")}]` : `{${said.join(" | ")}}`;
    }
    case "many":
      return `${itemOf(element.item)}…`;
  }
}

function itemOf(item: Argument | Pick): string {
  if (item.kind === "argument")
    return /^[A-Z]+$/.test(item.type.placeholder) ? item.name.toUpperCase() : item.type.placeholder;
  const words = Object.keys(item.words);
  return words.length === 1 ? words.join("") : `{${words.join(" | ")}}`;
}

/** The help of the last word or value that must be there: what the command is about. */
function prose(form: readonly Element[]): string {
  const texts = form.flatMap((element) => {
    if (element.kind === "keyword" || element.kind === "argument") return [element.help];
    if (element.kind !== "pick") return [];
    const helps = Object.values(element.words);
    return helps.length === 1 ? helps : [];
  });
  return escaped(texts.at(-1) ?? "");
}

function code(text: string): string {
  return `\`${escaped(text)}\``;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
