/** A gateway from a configuration file: its dialect found, its text loaded, its oddities told. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { DialectName } from "../modes/dialect.ts";
import { dialects, recogniseDialect } from "../modes/dialects.ts";
import type { PasteReport } from "../modes/shell/paste.ts";
import { CannotStart } from "./cannot-start.ts";
import { Gateway } from "./gateway.ts";

export interface OpenedGateway {
  readonly gateway: Gateway;
  readonly report: PasteReport;
}

/** Rejects a file that cannot be read or whose dialect nobody recognises with `CannotStart`. */
export function openGateway(file: string, dialectName: DialectName | undefined): OpenedGateway {
  const text = readConfiguration(file);
  const dialect = dialectName === undefined ? recogniseDialect(text) : dialects[dialectName];
  if (dialect === undefined) {
    throw new CannotStart(`${file}: neither an IOS nor a JunosE configuration; say which with --dialect.`);
  }
  const gateway = new Gateway(dialect);
  return { gateway, report: gateway.load(text) };
}

function readConfiguration(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const words: Readonly<Record<string, string>> = {
      ENOENT: "there is no such file",
      EACCES: "it may not be read",
      EISDIR: "it is a directory",
    };
    throw new CannotStart(`${file}: ${words[reason] ?? reason}.`);
  }
}

/** What an operator must know of a load, one line each. */
export function reportLines(file: string, opened: OpenedGateway): string[] {
  const name = basename(file);
  const refused = opened.report.refused.flatMap((line) => {
    const reason =
      line.outcome.kind === "refused" ? line.outcome.lines.filter((text) => text.trim() !== "").at(-1) : "";
    return [`${name}:${line.number}: refused: ${line.text.trim()}`, `${name}:${line.number}: ${reason}`];
  });
  const warnings = opened.gateway.warnings.map((warning) => `${name}: ${warning}`);
  return [...refused, ...warnings];
}
