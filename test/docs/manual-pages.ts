/**
 * The manual pages, written from the commander program: one for `lnsh` and one for each of its commands, in the macros of man(7). What
 * stands behind a command's options in `--help` becomes its notes.
 */

import type { EventEmitter } from "node:events";
import type { Command, Option } from "commander";
import { VERSION } from "../../src/cli/version.ts";

export interface ManualPage {
  /** `lnsh-run.1`. */
  readonly file: string;
  readonly text: string;
}

export function manualPages(program: Command): readonly ManualPage[] {
  const commands = program.commands;
  const others = commands.map((command) => pageName(command));
  return [
    page(program, [
      ".SH COMMANDS",
      ...commands.flatMap((command) => [".TP", `.BR ${pageName(command)} (1)`, escaped(command.description())]),
      ...seeAlso(others),
    ]),
    ...commands.map((command) =>
      page(command, seeAlso(["lnsh", ...others.filter((name) => name !== pageName(command))])),
    ),
  ];
}

function pageName(command: Command): string {
  return command.parent === null ? command.name() : `${command.parent.name()}-${command.name()}`;
}

function page(command: Command, rest: readonly string[]): ManualPage {
  const name = pageName(command);
  const lines = [
    `.TH ${name.toUpperCase()} 1 "" "lnsh ${VERSION}" "lnsh manual"`,
    ".SH NAME",
    `${escaped(name)} \\- ${escaped(command.description())}`,
    ".SH SYNOPSIS",
    `.B ${name.replace("-", " ")}`,
    escaped(command.usage()),
    ...(command.options.length > 0 ? [".SH OPTIONS", ...command.options.flatMap(optionLines)] : []),
    ...notes(command),
    ...rest,
  ];
  return { file: `${name}.1`, text: `${lines.join("\n")}\n` };
}

function optionLines(option: Option): string[] {
  const standing = option.defaultValue === undefined ? "" : ` (default: ${option.defaultValue})`;
  const choices = option.argChoices === undefined ? "" : ` (one of ${option.argChoices.join(", ")})`;
  return [".TP", `.B ${escaped(option.flags)}`, escaped(`${option.description}${choices}${standing}`)];
}

/** Paragraphs are filled; what is set in columns stays as it is. */
function notes(command: Command): string[] {
  let text = "";
  const write = (part: string): void => {
    text += part;
  };
  // A command is an emitter, and what was added to its help listens; the types do not say so.
  (command as unknown as EventEmitter).emit("afterHelp", { error: false, command, write });
  const blocks =
    text.trim() === ""
      ? []
      : text
          .trimEnd()
          .replace(/^\n+/, "")
          .split(/\n\s*\n/);
  const set = blocks.flatMap((block) => {
    const lines = block.split("\n").map(escaped);
    return /^ {2}|\S {2,}\S|·/m.test(block) ? [".PP", ".nf", ...lines, ".fi"] : [".PP", ...lines];
  });
  return set.length === 0 ? [] : [".SH NOTES", ...set];
}

function seeAlso(names: readonly string[]): string[] {
  const last = names.length - 1;
  return [".SH SEE ALSO", ...names.map((name, index) => `.BR ${escaped(name)} (1)${index === last ? "" : ","}`)];
}

/** groff_char(7): hyphens that are to be typed, backslashes, and what would be a request at the start of a line. */
function escaped(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^[.']/, "\\&$&");
}
