/**
 * A check as GitHub workflow commands, which the runner turns into notes beside the lines of a change: refused lines are
 * errors, findings are warnings, inert lines are notices.
 */

import type { CheckedFile, CheckedLine } from "../../modes/shell/checked-file.ts";

export function asGithub(files: readonly CheckedFile[]): string[] {
  return files.flatMap(({ file, lines, findings }) => [
    ...lines.flatMap((line) => (line.state === "active" ? [] : [lineCommand(file, line)])),
    ...findings.map(({ rule, text, line }) =>
      command("warning", { file, line, title: rule.id }, `${text}. ${rule.advice}`),
    ),
  ]);
}

function lineCommand(file: string, { line, column, state, reason, expected, nearest }: CheckedLine): string {
  const text = [
    reason ?? "",
    ...(expected.length > 0 ? [`Expected: ${expected.join(" ")}`] : []),
    ...(nearest === null ? [] : [`Nearest: ${nearest}`]),
  ].join("\n");
  return command(state === "inert" ? "notice" : "error", { file, line, col: column, title: state }, text);
}

function command(
  name: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string | number | undefined>>,
  text: string,
): string {
  const told = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeData(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`],
  );
  return `::${name} ${told.join(",")}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
