/** A configuration that comes as a whole: from a file when the gateway starts, or from the device's own memory; and what there is to say about its lines. */

import type { RouterSpec } from "../engine/spec.ts";
import type { Dialect } from "../modes/dialect.ts";
import type { RunningConfiguration } from "../modes/running/running-configuration.ts";
import { type Examination, locatedFindings } from "../modes/shell/examine.ts";
import { listingSupport } from "../modes/shell/listing-support.ts";
import { OWNER_LEVEL } from "../modes/shell/owner-level.ts";
import { loadConfiguration, type PasteReport } from "../modes/shell/paste.ts";
import { mergeConfiguration } from "../modes/shell/read-configuration.ts";
import { Shell } from "../modes/shell/shell.ts";
import type { ConfigStore } from "../modes/tree/config-store.ts";

export interface ConfigurationLoaderContext {
  readonly dialect: Dialect;
  readonly store: ConfigStore;
  readonly running: RunningConfiguration;
  readonly date: () => Date;
}

export class ConfigurationLoader {
  readonly #context: ConfigurationLoaderContext;
  /** What the store was filled with last; absent = nothing. */
  #loaded: PasteReport | undefined;

  constructor(context: ConfigurationLoaderContext) {
    this.#context = context;
  }

  load(text: string): PasteReport {
    const { dialect, store, running, date } = this.#context;
    const report = loadConfiguration(new Shell(dialect, store, listingSupport(date()), OWNER_LEVEL), text);
    running.loaded({ startup: false });
    this.#loaded = report;
    return report;
  }

  /** `undefined` = the device has nothing to start from. */
  loadStartup(): PasteReport | undefined {
    const { dialect, store, running, date } = this.#context;
    const { start } = running;
    const report = start === undefined ? undefined : mergeConfiguration(dialect, store, start.text, date());
    running.loaded({ startup: true });
    this.#loaded = report;
    return report;
  }

  /** Of `report`, else of what was loaded last; `compiled` is the store as it stands now. */
  examination(
    report: PasteReport | undefined,
    compiled: () => { readonly spec: RouterSpec; readonly warnings: readonly string[] },
  ): Examination | undefined {
    const { dialect, store } = this.#context;
    const lines = report ?? this.#loaded;
    if (lines === undefined) return undefined;
    return { dialect, report: lines, findings: locatedFindings(dialect, store, lines, compiled()) };
  }
}
