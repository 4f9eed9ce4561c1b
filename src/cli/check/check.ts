/**
 * `lnsh check`: configurations looked at line by line, without a gateway. Every file is read and reported, also behind one
 * that cannot be.
 */

import type { DialectName } from "../../modes/dialect.ts";
import { doubtText, neitherText } from "../../modes/recognise.ts";
import { type CheckedFile, checkedFile, isTaken } from "../../modes/shell/checked-file.ts";
import { examine } from "../../modes/shell/examine.ts";
import { otherSystemText } from "../../modes/shell/other-systems.ts";
import { reportText } from "../../modes/shell/report-text.ts";
import { EXIT } from "../exit-codes.ts";
import { loadDialect, recogniseAndLoad } from "../load-dialect.ts";
import { readText, Unreadable } from "../read-text.ts";
import { asGithub } from "./as-github.ts";
import { asJson } from "./as-json.ts";
import { asSarif } from "./as-sarif.ts";

export type CheckFormat = "text" | "json" | "sarif" | "github";

export interface CheckOptions {
  readonly dialect: DialectName | "auto";
  readonly format: CheckFormat;
  readonly strict?: boolean;
}

const FORMATS: Readonly<Record<CheckFormat, (files: readonly CheckedFile[]) => string>> = {
  text: (files) => files.flatMap((file) => reportText(file, { inert: true })).join("\n"),
  json: asJson,
  sarif: asSarif,
  github: (files) => asGithub(files).join("\n"),
};

/** Prints the report; the exit code. */
export async function check(files: readonly string[], options: CheckOptions): Promise<number> {
  const checked: CheckedFile[] = [];
  const notes: string[] = [];
  let readable = true;
  for (const file of files) {
    try {
      checked.push(await checkOne(file, options.dialect, notes));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      readable = false;
      process.stderr.write(`lnsh: ${error.message}\n`);
    }
  }
  const report = FORMATS[options.format](checked);
  if (report !== "") process.stdout.write(`${report}\n`);
  for (const note of notes) process.stderr.write(`lnsh: ${note}\n`);
  if (!readable) return EXIT.usage;
  if (!checked.every(isTaken)) return EXIT.refused;
  return options.strict === true && checked.some(({ findings }) => findings.length > 0) ? EXIT.warnings : EXIT.ok;
}

/** `notes`: gets what is said behind all reports. */
async function checkOne(file: string, dialectName: CheckOptions["dialect"], notes: string[]): Promise<CheckedFile> {
  const text = readText(file);
  const recognition =
    dialectName === "auto" ? await recogniseAndLoad(text) : { dialect: await loadDialect(dialectName) };
  if (recognition === undefined) {
    throw new Unreadable(file, neitherText(text));
  }
  const doubt = doubtText(recognition);
  if (doubt !== undefined) process.stderr.write(`lnsh: ${file}: ${doubt}\n`);
  const checked = checkedFile(file, examine(recognition.dialect, text, new Date()));
  const other = isTaken(checked) ? undefined : otherSystemText(text);
  if (other !== undefined) notes.push(`${file}: ${other}`);
  return checked;
}
