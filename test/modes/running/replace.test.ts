import fc from "fast-check";
import { expect, test } from "vitest";
import type { Compiled } from "../../../src/modes/dialect.ts";
import { mergeConfiguration } from "../../../src/modes/shell/read-configuration.ts";
import { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { configurationsOf, twoConfigurations } from "../../support/edited-fixtures.ts";
import { TestRunning } from "../../support/running.ts";

/** A specification without the order of its interfaces, which means nothing. */
function meaning({ spec }: Compiled) {
  const virtualRouters = spec.virtualRouters.map((router) => ({
    ...router,
    interfaces: router.interfaces.map((port) => JSON.stringify(port)).sort(),
  }));
  return { ...spec, virtualRouters };
}

test("a configuration replaced by another one is the other one, and saved and loaded again it still is", () => {
  fc.assert(
    fc.property(twoConfigurations, (drawn) => {
      const { dialect, before, after } = configurationsOf(drawn);
      const { running, files } = new TestRunning(dialect, before);
      const { text } = new TestRunning(dialect, after.clone()).running;
      const { report } = running.replace(text, "somebody");
      expect(report.refused.map((line) => [line.text, line.outcome])).toEqual([]);
      expect(running.differenceTo(after).isEmpty).toBe(true);
      expect(storesEqual(before, after)).toBe(true);
      expect(meaning(dialect.compile(before))).toEqual(meaning(dialect.compile(after)));
      running.save();
      const loaded = new ConfigStore();
      mergeConfiguration(dialect, loaded, files.read("nvram", "startup-config") ?? "", new Date(0));
      expect(storesEqual(loaded, after)).toBe(true);
    }),
    { numRuns: 40, seed: 11 },
  );
});

test("a file with one line that is refused changes nothing, whatever else it says", () => {
  fc.assert(
    fc.property(twoConfigurations, fc.nat(), (drawn, place) => {
      const { dialect, before, after } = configurationsOf(drawn);
      const kept = new TestRunning(dialect, before);
      const was = before.clone();
      const lines = dialect.render(after);
      const text = lines.toSpliced(place % (lines.length + 1), 0, "this is no line of configuration").join("\n");
      expect(kept.running.replace(text, "somebody").report.refused).not.toEqual([]);
      expect(storesEqual(before, was)).toBe(true);
      expect(kept.changes).toBe(0);
    }),
    { numRuns: 20, seed: 12 },
  );
});
