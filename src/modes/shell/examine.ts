/**
 * A configuration looked at and not run: every line read as a shell reads it, into a store of its own; the store compiled; and
 * what both have to say about it.
 */

import type { Rule } from "../common/semantic/finding.ts";
import { findingsOf } from "../common/semantic/findings.ts";
import type { Compiled, Dialect } from "../dialect.ts";
import { ConfigStore } from "../tree/config-store.ts";
import { listingSupport } from "./listing-support.ts";
import { OWNER_LEVEL } from "./owner-level.ts";
import { loadConfiguration, type PasteReport } from "./paste.ts";
import { severalDevices } from "./several-devices.ts";
import { Shell } from "./shell.ts";

export interface LocatedFinding {
  readonly rule: Rule;
  readonly text: string;
  /** Counted from 1; absent when it belongs to no line. */
  readonly line: number | undefined;
}

export interface Examination {
  readonly dialect: Dialect;
  readonly report: PasteReport;
  readonly findings: readonly LocatedFinding[];
}

/** `since`: the moment that the shell takes for now; nothing of the report depends on it. */
export function examine(dialect: Dialect, text: string, since: Date): Examination {
  const store = new ConfigStore();
  const report = loadConfiguration(new Shell(dialect, store, listingSupport(since), OWNER_LEVEL), text);
  const findings = locatedFindings(dialect, store, report, dialect.compile(store));
  return { dialect, report, findings: [...severalDevices(report.lines), ...findings] };
}

/** What is to be said about a store that these lines were loaded into, in the order of the lines. */
export function locatedFindings(
  dialect: Dialect,
  store: ConfigStore,
  report: PasteReport,
  compiled: Compiled,
): readonly LocatedFinding[] {
  const findings = findingsOf(dialect, store, compiled);
  if (findings.length === 0) return [];
  const numbers = new Map<unknown, number>();
  for (const { stored, number } of report.lines) numbers.set(stored, number);
  return findings
    .map(({ rule, text, node }) => ({ rule, text, line: node === undefined ? undefined : numbers.get(node) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
