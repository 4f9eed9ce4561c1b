/** A report for people: what was refused with a caret, what does nothing, what to look at, and how much was taken. */

import type { CheckedFile, CheckedLine } from "./checked-file.ts";

/** `inert`: lines that do nothing are told as well. */
export function reportText(file: CheckedFile, { inert }: { readonly inert: boolean }): string[] {
  const told = file.lines.filter(({ state }) => state !== "active" && (inert || state !== "inert"));
  return [...told.flatMap((line) => lineText(file, line)), ...findings(file), total(file)];
}

function lineText({ file }: CheckedFile, line: CheckedLine): string[] {
  const head = `${file}:${line.line}:${line.column}: ${line.state}: ${line.reason ?? ""}`;
  if (line.state === "inert") return [`${head}: ${line.text.trim()}`];
  const number = String(line.line).padStart(6);
  const text = line.text.trimEnd();
  const caret = " ".repeat(Math.max(0, line.column - 1 - line.offset));
  return [
    head,
    `${number} | ${text}`,
    `       | ${caret}^${line.expected.length > 0 ? ` expected ${line.expected.join(" ")}` : ""}`,
    ...(line.nearest === null ? [] : [`       = nearest: ${line.nearest}`]),
  ];
}

function findings({ file, findings: found }: CheckedFile): string[] {
  return found.flatMap(({ rule, text, line }) => [
    `${file}:${line === undefined ? "" : `${line}:`} warning: ${text} [${rule.id}]`,
    `       = ${rule.advice}`,
  ]);
}

function total({ file, dialect, summary }: CheckedFile): string {
  const { lines, active, inert, unsupported, unknown, wrong, skipped, warnings, coverage } = summary;
  const refused = `${unsupported} unsupported, ${unknown} unknown, ${wrong} wrong`;
  return `${file}: ${dialect}, ${lines} lines: ${active} active, ${inert} inert, ${refused}, ${skipped} skipped; ${coverage}% taken; ${warnings} warnings`;
}
