/** Completion for fish 3 and newer (complete(1)). */

import type { CommandShape, OptionShape, ValueShape } from "./command-shape.ts";

export function fishCompletion(commands: readonly CommandShape[]): string {
  const lines = commands.flatMap(({ name, description, options, operands }) => {
    const inCommand = `complete -c lnsh -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
    return [
      `complete -c lnsh -n __fish_use_subcommand -a ${name} -d ${quote(description)}`,
      ...options.map((option) => `${inCommand}${optionWords(option)}`),
      ...operands.map((operand) => `${inCommand}${valueWords(operand)}`),
    ];
  });
  return ["# fish completion for lnsh", "complete -c lnsh -f", ...lines, ""].join("\n");
}

function optionWords({ short, long, description, value }: OptionShape): string {
  const letter = short === undefined ? "" : ` -s ${short.replace(/^-/, "")}`;
  const rest = value === undefined ? "" : `${value.kind === "file" ? " -r" : " -x"}${valueWords(value)}`;
  return `${letter} -l ${long.replace(/^--/, "")}${rest} -d ${quote(description)}`;
}

function valueWords({ kind, choices }: ValueShape): string {
  if (choices.length > 0) return ` -a ${quote(choices.join(" "))}`;
  if (kind === "word") return "";
  return kind === "file" ? " -F" : " -a '(__fish_complete_directories)'";
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
