/** What is printed in global configuration directly behind a block is not read as a line of that block. */

import { expect, test } from "vitest";
import { isExact } from "../../../src/grammar/mode-grammar.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { grammarsOf } from "../../../src/modes/shell/grammars.ts";
import { sampleOf } from "../../support/form-samples.ts";
import { seededRandom } from "../../support/random.ts";
import { TestShell } from "../../support/shell.ts";

function printedOf(text: string): string {
  const router = new TestShell(ios);
  router.load(text);
  return router.printed;
}

test("a server group's own source interface is the group's, and that of all groups stays outside", () => {
  const inside = printedOf("aaa new-model\naaa group server radius G\nip radius source-interface Loopback0");
  expect(inside).toContain("\naaa group server radius G\n ip radius source-interface Loopback0\n");
  expect(printedOf(inside)).toBe(inside);
  const outside = printedOf("aaa new-model\naaa group server radius G\nexit\nip radius source-interface Loopback0");
  expect(outside).toContain("\nip radius source-interface Loopback0\n");
  expect(printedOf(outside)).toBe(outside);
});

test("wherever a block would take a line of global configuration, the two print so that they are read again", () => {
  const random = seededRandom(71);
  const grammars = grammarsOf(ios);
  const settings = ios.config.filter(
    ({ kind, mode, effect }) => kind === "setting" && mode === ios.globalMode && effect?.kind !== "unsupported",
  );
  const lines = [...settings, ...settings].map((command) => sampleOf(command.form, random).line);
  const faults: string[] = [];
  let pairs = 0;
  for (const opener of ios.config) {
    if (opener.kind !== "opener" || opener.mode !== ios.globalMode || opener.effect?.kind === "unsupported") continue;
    const grammar = grammars.config(opener.opens);
    for (const line of lines) {
      const read = grammar.read(line);
      if (!read.ok || !isExact(read) || read.command.kind === "exec" || /^banner /.test(line)) continue;
      pairs += 1;
      const block = sampleOf(opener.form, random).line;
      // Some interfaces come by themselves alone, and are refused where they are typed.
      if (printedOf(printedOf(block)) !== printedOf(block)) continue;
      const printed = printedOf(`${block}\nexit\n${line}`);
      if (printedOf(printed) !== printed) faults.push(`${block} / ${line}`);
    }
  }
  expect(pairs).toBeGreaterThan(5);
  expect(faults).toEqual([]);
});
