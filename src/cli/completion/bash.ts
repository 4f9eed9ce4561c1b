/** Completion for bash 4 and newer (bash(1), Programmable Completion). */

import type { CommandShape, OptionShape, ValueShape } from "./command-shape.ts";

export function bashCompletion(commands: readonly CommandShape[]): string {
  return `# bash completion for lnsh
_lnsh() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "${commands.map(({ name }) => name).join(" ")} help --help --version" -- "$current")
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${commands.flatMap((command) => command.options.flatMap((option) => valueCase(command, option))).join("\n")}
  esac
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join("\n")}
  help) mapfile -t COMPREPLY < <(compgen -W "${commands.map(({ name }) => name).join(" ")}" -- "$current") ;;
  esac
}
complete -F _lnsh lnsh
`;
}

function valueCase({ name }: CommandShape, { short, long, value }: OptionShape): string[] {
  if (value === undefined) return [];
  const flags = [short, long].filter((flag) => flag !== undefined).map((flag) => `"${name} ${flag}"`);
  return [`  ${flags.join(" | ")}) ${values(value)}; return ;;`];
}

function commandCase({ name, options, operands }: CommandShape): string {
  const flags = options.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]));
  const [operand] = operands;
  const otherwise = operand === undefined ? ":" : values(operand);
  return `  ${name})
    if [[ $current == -* ]]; then mapfile -t COMPREPLY < <(compgen -W "${flags.join(" ")}" -- "$current")
    else ${otherwise}; fi ;;`;
}

function values({ kind, choices }: ValueShape): string {
  if (choices.length > 0) return `mapfile -t COMPREPLY < <(compgen -W "${choices.join(" ")}" -- "$current")`;
  if (kind === "word") return ":";
  return `compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen -${kind === "file" ? "f" : "d"} -- "$current")`;
}
