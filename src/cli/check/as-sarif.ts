/** A check as SARIF 2.1.0 (OASIS), which code scanning services read: one result a line or finding. */

import { digest } from "../../engine/crypto/prf.ts";
import type { CheckedFile, CheckedLine } from "../../modes/shell/checked-file.ts";
import type { LineState } from "../../modes/shell/report.ts";
import { VERSION } from "../version.ts";

interface SarifRule {
  readonly id: string;
  readonly text: string;
  readonly advice: string;
  readonly level: "error" | "warning" | "note";
}

const LINE_RULES: Readonly<Record<Exclude<LineState, "active">, SarifRule>> = {
  inert: {
    id: "line-inert",
    text: "The line is kept and does nothing here.",
    advice: "Nothing need be done where the gateway can do without it.",
    level: "note",
  },
  unsupported: {
    id: "line-unsupported",
    text: "The command is known and cannot be had here.",
    advice: "Take the line away, or do without what it asks for.",
    level: "error",
  },
  unknown: {
    id: "line-unknown",
    text: "No command is written so.",
    advice: "Look at the nearest command and at what was expected.",
    level: "error",
  },
  wrong: {
    id: "line-wrong",
    text: "The command is known, but not so.",
    advice: "Look at what was expected at the column.",
    level: "error",
  },
};

interface Result {
  readonly rule: SarifRule;
  readonly text: string;
  /** What of it stays when lines around it come and go. */
  readonly lasting: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export function asSarif(files: readonly CheckedFile[]): string {
  const results = files.flatMap(resultsOf);
  const rules = [...new Map(results.map(({ rule }) => [rule.id, rule])).values()];
  const prints = fingerprints(results);
  const driver = {
    name: "lnsh",
    version: VERSION,
    rules: rules.map(({ id, text, advice, level }) => ({
      id,
      shortDescription: { text },
      fullDescription: { text: `${text} ${advice}` },
      help: { text: advice },
      defaultConfiguration: { level },
    })),
  };
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver },
          columnKind: "utf16CodeUnits",
          results: results.map((result, index) => ({
            ruleId: result.rule.id,
            ruleIndex: rules.indexOf(result.rule),
            level: result.rule.level,
            message: { text: result.text },
            locations: [{ physicalLocation: location(result) }],
            partialFingerprints: { primaryLocationLineHash: prints[index] },
          })),
        },
      ],
    },
    undefined,
    2,
  );
}

/** By which a service knows a result again when the lines around it have moved: what it says, and which of those that say so. */
function fingerprints(results: readonly Result[]): string[] {
  const seen = new Map<string, number>();
  return results.map(({ rule, lasting, file }) => {
    const said = Buffer.from(digest("sha256", new TextEncoder().encode(JSON.stringify([rule.id, file, lasting]))));
    const print = said.toString("hex", 0, 8);
    const count = (seen.get(print) ?? 0) + 1;
    seen.set(print, count);
    return `${print}:${count}`;
  });
}

function resultsOf({ file, lines, findings }: CheckedFile): Result[] {
  const found = findings.map(({ rule, text, line }): Result => {
    const { id, advice } = rule;
    return { rule: warningRule(id, rule.text, advice), text, lasting: text, file, line, column: undefined };
  });
  return [...lines.flatMap((line) => lineResult(file, line)), ...found];
}

/** One object for each rule, so that a result can point at its place in the list. */
const warningRules = new Map<string, SarifRule>();

function warningRule(id: string, text: string, advice: string): SarifRule {
  const known = warningRules.get(id) ?? { id, text, advice, level: "warning" as const };
  warningRules.set(id, known);
  return known;
}

function lineResult(file: string, { state, line, column, reason, nearest, text }: CheckedLine): Result[] {
  if (state === "active") return [];
  const near = nearest === null ? "" : ` Nearest: ${nearest}`;
  const lasting = text.trim();
  return [{ rule: LINE_RULES[state], text: `${lasting}: ${reason ?? state}.${near}`, lasting, file, line, column }];
}

function location({ file, line, column }: Result): object {
  // A service that shows results in the file wants a line: what belongs to none stands at the head.
  const region = { startLine: line ?? 1, ...(column === undefined ? {} : { startColumn: column }) };
  return { artifactLocation: { uri: uriOf(file) }, region };
}

/** A relative reference where the file was named so; the standard input has no better name than its own. */
function uriOf(file: string): string {
  if (file === "-") return "stdin";
  const path = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${path}` : path;
}
