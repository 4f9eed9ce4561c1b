/**
 * The running configuration of a device as one thing: who changed it when, whether it is saved, who alone may change it, and
 * what shall happen to it by itself later: saving, archiving, going back when nobody confirms, starting over.
 *
 * It keeps time by the clock it is given and owns no timer: whoever runs it asks `pollTimeout` when to call `handleTimeout`.
 */

import type { Log } from "../../engine/kernel/log.ts";
import { type Deadline, earlier, type Millis } from "../../engine/kernel/machine.ts";
import { DeviceFileError, type DeviceFiles, STARTUP_FILE } from "../common/device-files.ts";
import type { ConfigurationRecord, Dialect } from "../dialect.ts";
import type { PasteReport } from "../shell/paste.ts";
import { mergeConfiguration, readConfiguration } from "../shell/read-configuration.ts";
import type { ConfigStore } from "../tree/config-store.ts";
import { type Difference, differenceBetween } from "../tree/difference.ts";
import { Archive } from "./archive.ts";
import { ConfigurationLog } from "./configuration-log.ts";
import { Configurators } from "./configurators.ts";

const MINUTE: Millis = 60_000;
/** A paste is many changes; it is saved once. */
const COMMIT_DELAY: Millis = 1000;

export interface RunningClock {
  /** Monotonic. */
  now(): Millis;
  /** The wall clock at a monotonic time; now when none is given. */
  date(at?: Millis): Date;
}

export interface RunningContext {
  readonly dialect: Dialect;
  readonly store: ConfigStore;
  readonly files: DeviceFiles;
  readonly clock: RunningClock;
  readonly log: Log;
  readonly version: string;
  /** The store is not what it was: the gateway is to act on it. */
  changed(): void;
  /** A deadline came or went. */
  rescheduled(): void;
  /** The device starts over from its startup configuration: every session and every client is told and dropped. */
  restart(reason: string): void;
  /** Nobody stands in configuration any more. */
  configured(): void;
}

/** A change that goes back by itself unless it is confirmed. */
export interface Rollback {
  readonly trigger: "timer" | "idle";
  readonly minutes: number;
  readonly by: string;
  readonly at: Millis;
}

interface Reload {
  readonly at: Millis;
  readonly reason: string;
  readonly by: string;
}

/** What a replacement came to: refused lines, and then nothing was changed; or what was changed. */
export interface Replacement {
  readonly report: PasteReport;
  readonly difference: Difference;
}

type Later = "times" | "commit" | "archive" | "rollback" | "rollback warning" | "reload";

export class RunningConfiguration {
  readonly #context: RunningContext;
  readonly #later = new Map<Later, Deadline>();
  readonly archive: Archive;
  readonly commandLog: ConfigurationLog;
  #lastChange: ConfigurationRecord["lastChange"];
  #savedAt: Date | undefined;
  #isSaved = true;
  #rollback: (Rollback & { readonly before: ConfigStore }) | undefined;
  #reload: Reload | undefined;
  #archiveEvery: number | undefined;
  /** What the configuration says for some times only, as it was when it was last acted on. */
  #times: string | undefined;
  readonly configurators = new Configurators();

  constructor(context: RunningContext) {
    this.#context = context;
    this.archive = new Archive(context.files, () => context.dialect.keeping(context.store).archive);
    this.commandLog = new ConfigurationLog(() => context.dialect.keeping(context.store).commandLog, context.log);
  }

  get clock(): RunningClock {
    return this.#context.clock;
  }

  get dialect(): Dialect {
    return this.#context.dialect;
  }

  get record(): ConfigurationRecord {
    const { clock, version, store } = this.#context;
    const { chassis } = store;
    return { now: clock.date(), lastChange: this.#lastChange, savedAt: this.#savedAt, version, chassis };
  }

  /** The startup configuration says the same. */
  get isSaved(): boolean {
    return this.#isSaved;
  }

  /** As a file: pastes back to the same configuration. */
  get text(): string {
    const { dialect, store } = this.#context;
    return `${dialect.document(dialect.render(store), this.record).join("\n")}\n`;
  }

  get startup(): string | undefined {
    return this.#context.files.read("nvram", STARTUP_FILE);
  }

  /** What the device starts from; `undefined` = nothing was ever saved. */
  get start(): { readonly name: string; readonly text: string } | undefined {
    const { dialect, files } = this.#context;
    const text = this.startup;
    if (text === undefined) return undefined;
    const { startFile } = dialect.keeping(this.read(text).store);
    const other = startFile === undefined ? undefined : files.read("flash", startFile.name);
    if (startFile === undefined || other === undefined) return { name: STARTUP_FILE, text };
    return { name: startFile.name, text: [other, startFile.line ?? ""].join("\n") };
  }

  // --- changes ---

  /** The store was changed by a line that somebody typed. */
  edited(by: string): void {
    this.#lastChange = { at: this.#context.clock.date(), by };
    this.#isSaved = false;
    this.#plan();
    this.#context.changed();
  }

  /** The store was filled from a file at the start: nobody changed anything. */
  loaded(from: { readonly startup: boolean }): void {
    this.#lastChange = undefined;
    this.#isSaved = from.startup;
    this.#plan();
    this.#context.changed();
  }

  /** Adds the lines of a file to what is there. */
  merge(text: string, by: string): PasteReport {
    const { dialect, store, clock } = this.#context;
    const report = mergeConfiguration(dialect, store, text, clock.date());
    if (report.changed) this.edited(by);
    return report;
  }

  /** What a file says by itself. */
  read(text: string): { readonly store: ConfigStore; readonly report: PasteReport } {
    return readConfiguration(this.#context.dialect, text, this.#context.clock.date());
  }

  /** Makes the configuration what a file says, changing only what differs; a refused line leaves all as it was. */
  replace(text: string, by: string): Replacement {
    const { store, report } = this.read(text);
    store.takeUnprinted(this.#context.store);
    const difference = this.differenceTo(store);
    if (report.refused.length === 0 && !difference.isEmpty) this.#become(store, by);
    return { report, difference };
  }

  differenceTo(other: ConfigStore): Difference {
    return this.differenceBetween(this.#context.store, other);
  }

  differenceBetween(before: ConfigStore, after: ConfigStore): Difference {
    return differenceBetween(before, after, this.#context.dialect);
  }

  get store(): ConfigStore {
    return this.#context.store;
  }

  #become(store: ConfigStore, by: string): void {
    this.#context.store.become(store);
    this.edited(by);
  }

  // --- saving ---

  /** Writes the startup configuration; throws `DeviceFileError`. */
  save(): void {
    const { files, dialect, store, clock } = this.#context;
    const before = this.#savedAt;
    this.#savedAt = clock.date();
    try {
      files.write("nvram", STARTUP_FILE, this.text);
    } catch (error) {
      this.#savedAt = before;
      throw error;
    }
    this.#isSaved = true;
    this.#set("commit", undefined);
    if (dialect.keeping(store).archive?.onSave === true) this.archive.add(this.text);
  }

  /** Replaces the startup configuration by another text, or removes it (`undefined`); throws `DeviceFileError`. */
  setStartup(text: string | undefined): void {
    if (text === undefined) this.#context.files.remove("nvram", STARTUP_FILE);
    else this.#context.files.write("nvram", STARTUP_FILE, text);
    this.#isSaved = false;
  }

  /** Saves what waits to be saved by itself: the process is about to end. */
  close(): void {
    if (!this.#isSaved && this.#context.dialect.keeping(this.#context.store).automatic) this.#saveByItself();
  }

  #saveByItself(): void {
    try {
      this.save();
    } catch (error) {
      if (!(error instanceof DeviceFileError)) throw error;
      this.#context.log("config", "error", "the configuration could not be saved", { reason: error.message });
    }
  }

  // --- who configures ---

  /** Somebody ran a line and stands in configuration, or does not. */
  stands(line: string, configuring: boolean, by: string, from = ""): void {
    this.#touched();
    if (configuring) {
      if (this.configurators.enter(line)) this.commandLog.begin(line);
      return;
    }
    if (!this.configurators.leave(line)) return;
    this.#context.log("config", "notice", "configured", { by, line, ...(from === "" ? {} : { from }) });
    if (this.configurators.isEmpty) this.#context.configured();
  }

  // --- going back ---

  get rollback(): Rollback | undefined {
    return this.#rollback;
  }

  /** What is changed from now on goes back after so many minutes (of idleness), unless it is confirmed. */
  revertAfter(trigger: Rollback["trigger"], minutes: number, by: string): void {
    const before = this.#rollback?.before ?? this.#context.store.clone();
    this.#armRollback({ trigger, minutes, by, before });
  }

  /** Keeps the changes; false when there is nothing to confirm. */
  confirm(): boolean {
    if (this.#rollback === undefined) return false;
    this.#dropRollback();
    this.#context.log("config", "notice", "a change of the configuration was confirmed", {});
    return true;
  }

  /** Goes back at once; `undefined` when nothing waits for a confirmation. */
  revertNow(): Difference | undefined {
    if (this.#rollback === undefined) return undefined;
    const { before, by } = this.#rollback;
    this.#dropRollback();
    const difference = this.differenceTo(before);
    if (!difference.isEmpty) this.#become(before, by);
    this.#context.log("config", "notice", "the configuration went back", { lines: difference.commands.length });
    return difference;
  }

  #armRollback(rollback: Omit<Rollback, "at"> & { readonly before: ConfigStore }): void {
    const at = this.#context.clock.now() + rollback.minutes * MINUTE;
    this.#rollback = { ...rollback, at };
    this.#set("rollback", { at, why: "an unconfirmed change goes back" });
    const warning = rollback.minutes > 1 ? { at: at - MINUTE, why: "a change is about to go back" } : undefined;
    this.#set("rollback warning", warning);
  }

  #dropRollback(): void {
    this.#rollback = undefined;
    this.#set("rollback", undefined);
    this.#set("rollback warning", undefined);
  }

  #touched(): void {
    if (this.#rollback?.trigger === "idle") this.#armRollback(this.#rollback);
  }

  // --- starting over ---

  get reload(): Reload | undefined {
    return this.#reload;
  }

  reloadIn(minutes: number, reason: string, by: string): void {
    const at = this.#context.clock.now() + minutes * MINUTE;
    this.#reload = { at, reason, by };
    this.#set("reload", { at, why: "a reload was asked for" });
  }

  /** False when none was planned. */
  cancelReload(): boolean {
    if (this.#reload === undefined) return false;
    this.#reload = undefined;
    this.#set("reload", undefined);
    return true;
  }

  reloadNow(reason: string, by: string): void {
    this.cancelReload();
    this.#dropRollback();
    this.configurators.forget();
    this.#context.log("system", "notice", "reload was requested", { by, reason: reason || undefined });
    this.#context.restart(reason);
  }

  // --- time ---

  pollTimeout(): Deadline | undefined {
    return [...this.#later.values()].reduce<Deadline | undefined>(earlier, undefined);
  }

  handleTimeout(): void {
    const now = this.#context.clock.now();
    for (const [what, { at }] of [...this.#later]) {
      if (at > now || this.#later.get(what)?.at !== at) continue;
      this.#later.delete(what);
      this.#isDue(what);
    }
    this.#context.rescheduled();
  }

  #isDue(due: Later): void {
    switch (due) {
      case "times":
        if (this.#followTimes()) this.#context.changed();
        return;
      case "commit":
        this.#saveByItself();
        return;
      case "archive":
        this.#archiveByItself();
        return;
      case "rollback":
        this.revertNow();
        return;
      case "rollback warning":
        this.#context.log("config", "warning", "the configuration goes back in one minute unless it is confirmed", {});
        return;
      case "reload":
        this.reloadNow(this.#reload?.reason ?? "", this.#reload?.by ?? "");
        return;
    }
  }

  #archiveByItself(): void {
    try {
      this.archive.add(this.text);
    } catch (error) {
      if (!(error instanceof DeviceFileError)) throw error;
      this.#context.log("config", "error", "the configuration could not be archived", { reason: error.message });
    }
    this.#plan();
  }

  /** Looks at the time of day, and again when the next minute begins; true when something holds now that did not, or no more. */
  #followTimes(): boolean {
    const { dialect, store, clock } = this.#context;
    const before = this.#times;
    const date = clock.date();
    this.#times = dialect.timeState?.(store, date);
    const rest = MINUTE - (date.getTime() % MINUTE);
    const next =
      this.#times === undefined ? undefined : { at: clock.now() + rest, why: "a time range may begin or end" };
    this.#set("times", next);
    return this.#times !== before;
  }

  /** What the configuration itself wants to happen later. */
  #plan(): void {
    this.#followTimes();
    const { dialect, store, clock } = this.#context;
    const { automatic, archive } = dialect.keeping(store);
    if (automatic && !this.#isSaved && !this.#later.has("commit")) {
      this.#set("commit", { at: clock.now() + COMMIT_DELAY, why: "the configuration is saved by itself" });
    }
    const minutes = archive?.everyMinutes;
    if (minutes === this.#archiveEvery && (minutes === undefined || this.#later.has("archive"))) return;
    this.#archiveEvery = minutes;
    const next = minutes === undefined ? undefined : clock.now() + minutes * MINUTE;
    this.#set("archive", next === undefined ? undefined : { at: next, why: "the configuration is archived" });
  }

  #set(what: Later, deadline: Deadline | undefined): void {
    if (deadline === undefined) this.#later.delete(what);
    else this.#later.set(what, deadline);
    this.#context.rescheduled();
  }
}
