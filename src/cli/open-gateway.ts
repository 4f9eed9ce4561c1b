/** A gateway from a configuration file: its dialect found, its text loaded, its oddities told. */

import { basename, join } from "node:path";
import { DeviceFileError, STARTUP_FILE } from "../modes/common/device-files.ts";
import type { DialectName } from "../modes/dialect.ts";
import { doubtText, neitherText } from "../modes/recognise.ts";
import { checkedFile } from "../modes/shell/checked-file.ts";
import type { PasteReport } from "../modes/shell/paste.ts";
import { reportText } from "../modes/shell/report-text.ts";
import { CannotStart } from "./cannot-start.ts";
import { DeviceDirectory } from "./device-directory.ts";
import { Gateway } from "./gateway.ts";
import { isDialectName, loadDialect, recogniseAndLoad } from "./load-dialect.ts";
import { readText } from "./read-text.ts";

export interface OpenedGateway {
  readonly gateway: Gateway;
  readonly report: PasteReport;
  /** What an operator is told of a dialect that was guessed; absent = nothing speaks against it. */
  readonly doubt?: string | undefined;
}

/** Rejects a file that cannot be read or whose dialect nobody recognises with `CannotStart`. */
export async function openGateway(file: string, dialectName: DialectName | undefined): Promise<OpenedGateway> {
  const text = readText(file);
  const recognition =
    dialectName === undefined ? await recogniseAndLoad(text) : { dialect: await loadDialect(dialectName) };
  if (recognition === undefined) {
    throw new CannotStart(`${file}: ${neitherText(text)}.`);
  }
  const gateway = new Gateway(recognition.dialect);
  return { gateway, report: gateway.load(text), doubt: doubtText(recognition) };
}

/** As from the factory. */
export async function blankGateway(dialectName: DialectName): Promise<OpenedGateway> {
  const gateway = new Gateway(await loadDialect(dialectName));
  return { gateway, report: gateway.load("") };
}

/**
 * The gateway of a state directory. A configuration file is the initial load and is not saved by itself; without one the
 * startup configuration is loaded. The dialect is the one given, else the one that the directory was last used with, else
 * the one of the text. Rejects with `CannotStart`.
 */
export async function openState(
  directory: string,
  options: { readonly config: string | undefined; readonly dialect: DialectName | undefined },
): Promise<OpenedGateway & { readonly source: string }> {
  try {
    return await openDirectory(new DeviceDirectory(directory), directory, options);
  } catch (error) {
    throw error instanceof DeviceFileError ? new CannotStart(`${error.message}.`) : error;
  }
}

async function openDirectory(
  files: DeviceDirectory,
  directory: string,
  options: { readonly config: string | undefined; readonly dialect: DialectName | undefined },
): Promise<OpenedGateway & { readonly source: string }> {
  const config = options.config === undefined ? undefined : readText(options.config);
  const startup = files.read("nvram", STARTUP_FILE);
  const note = files.note(DIALECT_NOTE);
  const known = options.dialect ?? (isDialectName(note) ? note : undefined);
  const text = config ?? startup;
  const isAsked = options.dialect === undefined && (config !== undefined || known === undefined);
  const guess = isAsked && text !== undefined ? await recogniseAndLoad(text) : undefined;
  const recognition = guess ?? (known === undefined ? undefined : { dialect: await loadDialect(known) });
  if (recognition === undefined) {
    const what = text === undefined ? "nothing was saved yet" : "neither an IOS nor a JunosE configuration";
    throw new CannotStart(`${options.config ?? directory}: ${what}; say which dialect with --dialect.`);
  }
  const gateway = new Gateway(recognition.dialect, files, undefined, join(directory, "keys"));
  const report = config === undefined ? gateway.loadStartup() : gateway.load(config);
  files.setNote(DIALECT_NOTE, recognition.dialect.name);
  return {
    gateway,
    report: report ?? gateway.load(""),
    source: options.config ?? STARTUP_FILE,
    doubt: doubtText(recognition),
  };
}

const DIALECT_NOTE = "dialect";

/** What an operator must know of a load: a guessed dialect, what was left out and why, and what will not do what it should. */
export function reportLines(file: string, { gateway, report, doubt }: OpenedGateway): string[] {
  const guessed = doubt === undefined ? [] : [`${file}: ${doubt}`];
  const examination = gateway.examination(report);
  if (examination === undefined) return guessed;
  const checked = checkedFile(basename(file), examination);
  if (checked.findings.length === 0 && report.refused.length === 0) return guessed;
  return [...guessed, ...reportText(checked, { inert: false })];
}

/** Every line was taken, and there is nothing to say about them. */
export function isFaultless({ gateway, report }: OpenedGateway): boolean {
  return report.refused.length === 0 && gateway.examination(report)?.findings.length === 0;
}
