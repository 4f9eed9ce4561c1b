import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeConfiguration } from "../../../src/modes/shell/read-configuration.ts";
import { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { configurationsOf, twoConfigurations } from "../../support/edited-fixtures.ts";
import { TestRunning } from "../../support/running.ts";

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
      expect(dialect.compile(before).spec).toEqual(dialect.compile(after).spec);
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
