/** A gateway from a configuration file: its dialect found, its text loaded, its oddities told. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { DeviceFileError, STARTUP_FILE } from "../modes/common/device-files.ts";
import type { DialectName } from "../modes/dialect.ts";
import { dialects, recogniseDialect } from "../modes/dialects.ts";
import type { PasteReport } from "../modes/shell/paste.ts";
import { CannotStart } from "./cannot-start.ts";
import { DeviceDirectory } from "./device-directory.ts";
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

/**
 * The gateway of a state directory. A configuration file is the initial load and is not saved by itself; without one the
 * startup configuration is loaded. The dialect is the one given, else the one that the directory was last used with, else
 * the one of the text. Rejects with `CannotStart`.
 */
export function openState(
  directory: string,
  options: { readonly config: string | undefined; readonly dialect: DialectName | undefined },
): OpenedGateway & { readonly source: string } {
  const files = openDirectory(directory);
  const config = options.config === undefined ? undefined : readConfiguration(options.config);
  const startup = files.read("nvram", STARTUP_FILE);
  const known = Object.values(dialects).find(({ name }) => name === files.note(DIALECT_NOTE));
  const text = config ?? startup;
  const dialect =
    options.dialect === undefined
      ? ((config === undefined ? known : undefined) ??
        (text === undefined ? undefined : recogniseDialect(text)) ??
        known)
      : dialects[options.dialect];
  if (dialect === undefined) {
    const what = text === undefined ? "nothing was saved yet" : "neither an IOS nor a JunosE configuration";
    throw new CannotStart(`${options.config ?? directory}: ${what}; say which dialect with --dialect.`);
  }
  const gateway = new Gateway(dialect, files);
  const report = config === undefined ? gateway.loadStartup() : gateway.load(config);
  files.setNote(DIALECT_NOTE, dialect.name);
  return { gateway, report: report ?? gateway.load(""), source: options.config ?? STARTUP_FILE };
}

const DIALECT_NOTE = "dialect";

function openDirectory(directory: string): DeviceDirectory {
  try {
    return new DeviceDirectory(directory);
  } catch (error) {
    throw error instanceof DeviceFileError ? new CannotStart(`${error.message}.`) : error;
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
