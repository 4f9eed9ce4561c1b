/** The text of a file as configuration: into a store, by the same shell that a user types at, without anything else happening. */

import type { Dialect } from "../dialect.ts";
import { ConfigStore } from "../tree/config-store.ts";
import { listingSupport } from "./listing-support.ts";
import { OWNER_LEVEL } from "./owner-level.ts";
import { loadConfiguration, type PasteReport } from "./paste.ts";
import { Shell } from "./shell.ts";

/** Adds the lines to the store. Refused lines are in the report and change nothing. */
export function mergeConfiguration(dialect: Dialect, store: ConfigStore, text: string, now: Date): PasteReport {
  const support = { ...listingSupport(now), configurationOnly: true } as const;
  return loadConfiguration(new Shell(dialect, store, support, OWNER_LEVEL), text);
}

/** What the text says by itself. */
export function readConfiguration(
  dialect: Dialect,
  text: string,
  now: Date,
): { readonly store: ConfigStore; readonly report: PasteReport } {
  const store = new ConfigStore();
  return { store, report: mergeConfiguration(dialect, store, text, now) };
}
