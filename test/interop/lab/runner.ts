/** Runs groups of cases and says how each one went, as it goes. */

import { join } from "node:path";
import type { Case, Group } from "./case.ts";
import { Failure } from "./command.ts";
import { Stage } from "./stage.ts";

export interface Tally {
  passed: number;
  failed: number;
}

export class Runner {
  readonly tally: Tally = { passed: 0, failed: 0 };
  readonly #directory: string;
  readonly #report: (line: string) => void;
  #stages = 0;

  constructor(directory: string, report: (line: string) => void) {
    this.#directory = directory;
    this.#report = report;
  }

  async run(group: Group): Promise<void> {
    if (group.atOnce === 1) await this.#oneAfterTheOther(group, [...group.cases, ...(group.last ? [group.last] : [])]);
    else await this.#sideBySide(group);
  }

  /** Cases share a stage as long as they hold; after one that did not, the next begins on a fresh one. */
  async #oneAfterTheOther(group: Group, cases: readonly Case[]): Promise<void> {
    let stage: Stage | undefined;
    for (const item of cases) {
      const held = await this.#timed(item.name, async () => {
        stage ??= this.#stageFor(group);
        await this.#play(item, stage);
      });
      if (held) continue;
      await stage?.close();
      stage = undefined;
    }
    await stage?.close();
  }

  async #sideBySide(group: Group): Promise<void> {
    const stage = this.#stageFor(group);
    const waiting = [...group.cases];
    const worker = async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
        const { name } = item;
        const current = item;
        await this.#timed(name, () => this.#play(current, stage));
      }
    };
    await Promise.all(Array.from({ length: group.atOnce }, worker));
    const { last } = group;
    if (last !== undefined) await this.#timed(last.name, () => this.#play(last, stage));
    await stage.close();
  }

  #stageFor(group: Group): Stage {
    this.#stages += 1;
    const name = `${this.#stages}-${group.config.replace(/\.cfg$/, "")}`;
    return new Stage(group.config, join(this.#directory, name));
  }

  async #play(item: Case, stage: Stage): Promise<void> {
    try {
      await stage.ready();
      await item.run(stage);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(error.message, [error.evidence, stage.tails()].filter(Boolean).join("\n"));
    }
  }

  async #timed(name: string, body: () => Promise<void>): Promise<boolean> {
    const start = performance.now();
    const seconds = () => `(${((performance.now() - start) / 1000).toFixed(1)} s)`;
    try {
      await body();
      this.tally.passed += 1;
      this.#report(`ok ${name} ${seconds()}`);
      return true;
    } catch (error) {
      this.tally.failed += 1;
      const reason = error instanceof Failure ? error.message : String(error);
      const evidence = error instanceof Failure ? error.evidence : ((error as Error).stack ?? "");
      this.#report(`not ok ${name}: ${reason} ${seconds()}\n${indented(evidence)}`);
      return false;
    }
  }
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
