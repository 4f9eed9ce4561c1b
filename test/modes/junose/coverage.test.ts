/** Every configuration line that the JunosE dialect knows: understood, in the state that is told of it, printed back, and taken back. */

import { expect, test } from "vitest";
import { isExact } from "../../../src/grammar/mode-grammar.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { globalMode } from "../../../src/modes/junose/modes.ts";
import { grammarsOf } from "../../../src/modes/shell/grammars.ts";
import type { PasteReport } from "../../../src/modes/shell/paste.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { fixture, TestRouter } from "./router.ts";

interface Expected {
  readonly state: string;
  readonly text: string;
}

const listing: readonly Expected[] = fixture("coverage/junose.txt")
  .split("\n")
  .filter((line) => !/^\s*(!|$)/.test(line))
  .map((line) => ({ state: line[0] ?? "", text: line.slice(2) }));

type Outcome = PasteReport["lines"][number]["outcome"];

/** `?` = not understood at all. */
function stateOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "applied":
      return "+";
    case "inert":
      return "~";
    case "refused":
      return outcome.lines.some((line) => /^% (Invalid|Ambiguous|Incomplete)/.test(line)) ? "?" : "-";
    case "skipped":
      return "!";
  }
}

const text = listing.map((line) => line.text).join("\n");

test("each line comes to what the listing says of it", () => {
  const report = new TestRouter().load(text);
  const got = report.lines.map(({ outcome, text }) => ({ state: stateOf(outcome), text }));
  expect(got).toEqual(listing);
});

test("what is printed pastes back to the same configuration and prints the same", () => {
  const [first, second] = [new TestRouter(), new TestRouter()];
  first.load(text);
  expect(second.load(first.printed().join("\n")).refused).toEqual([]);
  expect(storesEqual(first.store, second.store)).toBe(true);
  expect(second.printed()).toEqual(first.printed());
});

test.each(["no", "default"])("`%s` before a line takes it back, in the place where it was typed", (word) => {
  const faults: string[] = [];
  const router = new TestRouter();
  router.store.router("default");
  router.shell.enterConfiguration();
  for (const line of listing) {
    if (line.state === "-") continue;
    const before = router.store.clone();
    const outside = router.shell.prompt();
    router.shell.execute(line.text);
    const stated = !/^(no|virtual-router) | reset /.test(line.text);
    const changed = !storesEqual(before, router.store);
    if (stated && changed && !wasThere(before, router)) {
      const inside = router.shell.prompt();
      // What opened a mode is taken back from outside of it.
      if (inside !== outside && !inside.includes("(config)")) router.shell.execute("exit");
      const result = router.shell.execute(`${word} ${line.text}`);
      const undone =
        storesEqual(before, router.store) || router.printed().some((each) => each.trim() === `no ${line.text}`);
      if (!result.ok || !undone) faults.push(`${word} ${line.text}`);
      router.shell.execute(line.text);
    }
  }
  expect(faults).toEqual([]);
});

/** Lines that mean one thing in a mode and another one around it, as on the box. */
const TWOFOLD = [
  "classifierGroup: traffic-class",
  "domainMapTunnel: hostname",
  "interface: ip multipath",
  "interface: mpls",
  "interface: qos-profile",
  "l2tpDestinationProfileHost: profile",
  "policyList: traffic-class",
  "profile: qos-profile",
  "subinterface: ip multipath",
  "subinterface: mpls",
  "subinterface: qos-profile",
  "trafficClassGroup: traffic-class",
  "tunnelGroupTunnel: hostname",
];

test("no mode takes a line of global configuration for its own, so that it may follow without an `exit`", () => {
  const router = new TestRouter();
  router.shell.enterConfiguration();
  const modes = [...new Set(junose.config.map((command) => command.mode))].filter((mode) => mode !== globalMode);
  const taken = new Set<string>();
  for (const { text } of listing) {
    if (!grammarsOf(junose).config(globalMode).read(text).ok) continue;
    for (const mode of modes) {
      const read = grammarsOf(junose).config(mode).read(text);
      if (read.ok && read.command.kind !== "exec" && isExact(read))
        taken.add(`${mode.id}: ${/^(?:ip )?\S+/.exec(text)?.[0]}`);
    }
  }
  expect([...taken].sort()).toEqual(TWOFOLD);
});

/** The line replaced another one, so taking it back does not bring the old one again. */
function wasThere(before: TestRouter["store"], router: TestRouter): boolean {
  const count = (store: TestRouter["store"]): number =>
    [store.chassis, ...store.routers.values()].reduce((sum, tree) => sum + linesIn(tree.lines), 0);
  return count(before) === count(router.store);
}

function linesIn(lines: TestRouter["store"]["chassis"]["lines"]): number {
  return lines.reduce((sum, line) => sum + 1 + linesIn(line.children), 0);
}
