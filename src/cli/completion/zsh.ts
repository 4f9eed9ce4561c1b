/** Completion for zsh (zshcompsys(1), `_arguments`). */

import type { CommandShape, OptionShape, ValueShape } from "./command-shape.ts";

export function zshCompletion(commands: readonly CommandShape[]): string {
  return `#compdef lnsh
# zsh completion for lnsh
_lnsh() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quote(`${name}:${description}`)}`).join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(commandCase).join("\n")}
    (help) _describe command commands ;;
  esac
}
if [[ $funcstack[1] == _lnsh ]]; then _lnsh "$@"; else compdef _lnsh lnsh; fi
`;
}

function commandCase({ name, options, operands }: CommandShape): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...operands.map((operand, index) => `${operand.isRepeated ? "*" : index + 1}${valueSpec(operand)}`),
  ];
  return `    (${name}) _arguments ${specs.map((spec) => `\\\n      ${quote(spec)}`).join(" ")} ;;`;
}

function optionSpecs({ short, long, description, isRepeated, value }: OptionShape): string[] {
  const flags = [short, long].filter((flag) => flag !== undefined);
  // What excludes an option from being offered again stands in parentheses before it.
  const before = isRepeated ? "*" : flags.length > 1 ? `(${flags.join(" ")})` : "";
  const about = `[${description.replace(/[[\]\\]/g, "\\$&")}]`;
  return flags.map((flag) => `${before}${flag}${about}${value === undefined ? "" : valueSpec(value)}`);
}

function valueSpec({ name, kind, choices }: ValueShape): string {
  const actions = { file: "_files", directory: "_files -/", word: " " } as const;
  const action = choices.length > 0 ? `(${choices.join(" ")})` : actions[kind];
  return `:${name.replaceAll(":", "\\:")}:${action}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
