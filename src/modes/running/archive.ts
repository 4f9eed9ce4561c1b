/** Numbered copies of the running configuration in the files of the device, the oldest removed when there are too many. */

import { DeviceFileError, type DeviceFiles } from "../common/device-files.ts";
import type { ArchivePlan } from "../dialect.ts";

export interface ArchivedCopy {
  readonly number: number;
  readonly name: string;
}

export class Archive {
  readonly #files: DeviceFiles;
  readonly #plan: () => ArchivePlan | undefined;

  constructor(files: DeviceFiles, plan: () => ArchivePlan | undefined) {
    this.#files = files;
    this.#plan = plan;
  }

  /** `undefined` = the configuration names no place for copies. */
  get plan(): ArchivePlan | undefined {
    return this.#plan();
  }

  /** Oldest first. */
  get copies(): readonly ArchivedCopy[] {
    const plan = this.plan;
    if (plan === undefined) return [];
    const start = `${plan.prefix}-`;
    return this.#files
      .list(plan.device)
      .filter(({ name }) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
      .map(({ name }) => ({ name, number: Number(name.slice(start.length)) }))
      .sort((a, b) => a.number - b.number);
  }

  /** The number of the next copy. */
  get next(): number {
    return (this.copies.at(-1)?.number ?? 0) + 1;
  }

  /** Writes a copy and gives its name; throws `DeviceFileError`. */
  add(text: string): string {
    const plan = this.plan;
    if (plan === undefined) throw new DeviceFileError("no archive path is configured");
    const name = `${plan.prefix}-${this.next}`;
    this.#files.write(plan.device, name, text);
    const { copies } = this;
    for (const { name: old } of copies.slice(0, Math.max(0, copies.length - plan.maximum))) {
      this.#files.remove(plan.device, old);
    }
    return name;
  }
}
