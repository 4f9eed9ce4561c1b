/** The command line as a shell's completion and a manual page see it: taken from the commander program, so that both are what it is. */

import type { Argument, Command, Option } from "commander";

export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionShape[];
  readonly operands: readonly (ValueShape & { readonly isRepeated: boolean })[];
}

export interface OptionShape {
  /** `-c`; absent = it has none. */
  readonly short: string | undefined;
  readonly long: string;
  readonly description: string;
  readonly isRepeated: boolean;
  /** Absent = it takes none. */
  readonly value: ValueShape | undefined;
}

export interface ValueShape {
  /** What the help calls it. */
  readonly name: string;
  readonly kind: "file" | "directory" | "word";
  /** All that it may be; empty = anything. */
  readonly choices: readonly string[];
}

export function commandShapes(program: Command): readonly CommandShape[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.map(optionShape), HELP],
    operands: command.registeredArguments.map((operand: Argument) => ({
      ...valueShape(operand.name(), operand.argChoices),
      isRepeated: operand.variadic,
    })),
  }));
}

/** Every command has it, and commander keeps it apart. */
const HELP: OptionShape = {
  short: "-h",
  long: "--help",
  description: "display help for command",
  isRepeated: false,
  value: undefined,
};

function optionShape(option: Option): OptionShape {
  const value = /<(.+)>/.exec(option.flags)?.[1];
  return {
    short: option.short,
    long: option.long ?? "",
    description: option.description,
    isRepeated: /may be repeated/.test(option.description),
    value: value === undefined ? undefined : valueShape(value, option.argChoices),
  };
}

function valueShape(name: string, choices: readonly string[] = []): ValueShape {
  return { name, kind: name === "file" || name === "directory" ? name : "word", choices };
}
