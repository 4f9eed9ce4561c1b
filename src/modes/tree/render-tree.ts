/** Prints a tree as a configuration: sections in the dialect's order, children indented below their line. */

import type { ConfigCommand } from "../../grammar/declaration.ts";
import { renderForm, renderStart } from "../../grammar/render.ts";
import { isQuiet, placeOfDefault } from "./defaults.ts";
import type { StoredLine } from "./stored-line.ts";

/** What the printing of a tree depends on. */
export interface TreeStyle {
  /** Commands in the order in which lines of a mode print. */
  readonly commands: readonly ConfigCommand[];
  readonly sections: readonly string[];
  /** Blanks before the children of a line; one when absent. */
  indentOf?(command: ConfigCommand): number;
  /** Also what the box leaves out because it is the default. */
  readonly all?: boolean;
}

/** One top-level line with what stands below it. */
export interface RenderedBlock {
  readonly command: ConfigCommand;
  /** The section it belongs to; `""` when it declares none. */
  readonly section: string;
  /** Nothing stands indented below its first line. */
  readonly flat: boolean;
  readonly lines: readonly string[];
}

/** The blocks of a tree in printing order. */
export function renderBlocks(lines: readonly StoredLine[], style: TreeStyle): RenderedBlock[] {
  const place = new Map(style.sections.map((section, index) => [section, index]));
  const rank = (line: StoredLine): number => place.get(line.command.section ?? "") ?? style.sections.length;
  const textOf = style.all === true ? saidText : lineText;
  const order = placesOf(style.commands);
  return [...lines]
    .sort((a, b) => rank(a) - rank(b))
    .map((line) => ({
      command: line.command,
      section: line.command.section ?? "",
      flat: line.command.kind === "setting" || prefixOf(line) !== undefined,
      lines: renderLine(line, 0, { order, indentOf: style.indentOf ?? (() => 1), textOf }),
    }))
    .filter((block) => block.lines.length > 0);
}

const places = new WeakMap<readonly ConfigCommand[], ReadonlyMap<ConfigCommand, number>>();

/** Where each command of a table stands in it; found once for a table. */
export function placesOf(commands: readonly ConfigCommand[]): ReadonlyMap<ConfigCommand, number> {
  const known = places.get(commands) ?? new Map(commands.map((command, index) => [command, index]));
  places.set(commands, known);
  return known;
}

/** The text of one stored line without its children; `undefined` when it prints nothing. */
export function lineText(line: StoredLine): string | undefined {
  return isQuiet(line) ? undefined : saidText(line);
}

function saidText({ command, values, negated }: StoredLine): string | undefined {
  if (negated) return `no ${renderStart(command.noForm ?? command.form, values)}`;
  return command.print === undefined ? renderForm(command.form, values) : command.print(values);
}

interface Layout {
  readonly order: ReadonlyMap<ConfigCommand, number>;
  indentOf(command: ConfigCommand): number;
  textOf(line: StoredLine): string | undefined;
}

/** The place of a line among others of its command. */
export function rankOf(line: StoredLine): number {
  return line.command.rank?.(line.values) ?? placeOfDefault(line);
}

/** What its lines have in front, where they are no block. */
function prefixOf({ command, values, children }: StoredLine): string | undefined {
  return command.kind === "opener" && children.length > 0 ? command.flat?.(values) : undefined;
}

function renderLine(line: StoredLine, depth: number, layout: Layout): string[] {
  const text = layout.textOf(line);
  if (text === undefined) return [];
  const prefix = prefixOf(line);
  const inner = depth + layout.indentOf(line.command);
  const place = (child: StoredLine): number => layout.order.get(child.command) ?? 0;
  const children = [...line.children].sort((a, b) => place(a) - place(b) || rankOf(a) - rankOf(b));
  // Only the first line of a text over several lines is a line of the configuration: the others stand as they were typed.
  const [first = "", ...more] = text.split("\n");
  if (prefix !== undefined) return children.map((child) => `${prefix} ${layout.textOf(child) ?? ""}`);
  return [" ".repeat(depth) + first, ...more, ...children.flatMap((child) => renderLine(child, inner, layout))];
}
