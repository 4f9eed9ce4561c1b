/** A check for programs; `docs/check.schema.json` describes it. */

import type { CheckedFile } from "../../modes/shell/checked-file.ts";

export function asJson(files: readonly CheckedFile[]): string {
  const shown = files.map(({ file, dialect, lines, findings, summary }) => ({
    file,
    dialect,
    lines: lines.map(({ line, column, text, state, reason, expected, nearest }) => ({
      line,
      column,
      text,
      state,
      reason,
      expected,
      nearest,
    })),
    warnings: findings.map(({ rule, text, line }) => ({
      line: line ?? null,
      rule: rule.id,
      text,
      advice: rule.advice,
    })),
    summary,
  }));
  return JSON.stringify({ files: shown }, undefined, 2);
}
