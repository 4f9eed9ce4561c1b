/** Listings of configuration lines with what each comes to (`fixtures/coverage`), and what must be true of each line of one. */

import { readFileSync } from "node:fs";
import type { Dialect } from "../../src/modes/dialect.ts";
import { storesEqual } from "../../src/modes/tree/equal.ts";
import { TestShell } from "./shell.ts";

export interface Row {
  /** `+` it acts, `~` it is kept, `-` it is refused. */
  readonly state: string;
  readonly text: string;
}

/** The rows below each heading, which can be typed without the others. */
export function partsOf(name: string): readonly (readonly Row[])[] {
  const listing = readFileSync(new URL(`../../fixtures/coverage/${name}`, import.meta.url), "utf8");
  return listing.split(/^! ---.*$/m).map((part) =>
    part
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("!"))
      .map((line) => ({ state: line.slice(0, 1), text: line.slice(2) })),
  );
}

export function configuring(dialect: Dialect): TestShell {
  const router = new TestShell(dialect);
  router.shell.enterConfiguration();
  return router;
}

/** The rows with what their lines come to, typed one after the other. */
export function typed(dialect: Dialect, rows: readonly Row[]): Row[] {
  const { shell } = configuring(dialect);
  return rows.map(({ text }) => {
    const { ok, inert, unsupported, lines } = shell.execute(text);
    if (ok) return { state: inert === undefined ? "+" : "~", text };
    return { state: unsupported === undefined ? `? ${lines.join(" / ")}` : "-", text };
  });
}

/** Lines that `word` (`no`, `default`) in front does not take back. */
export function notTakenBack(dialect: Dialect, part: readonly Row[], word: string): string[] {
  const router = configuring(dialect);
  const faults: string[] = [];
  for (const { state, text } of part) {
    const before = router.store.clone();
    const outside = modeOf(router);
    router.shell.execute(text);
    const isNew = countIn(router.store.chassis.lines) > countIn(before.chassis.lines);
    if (state === "-" || text.startsWith("no ") || !isNew) continue;
    if (modeOf(router) !== outside && opensAMode(dialect, text)) router.shell.execute("exit");
    router.shell.execute(`${word} ${text}`);
    const undone = storesEqual(before, router.store) || router.printed.split("\n").some((line) => isOff(line, text));
    if (!undone) faults.push(`${word} ${text}`);
    router.shell.execute(text);
  }
  return faults;
}

/** What the box says of lines that are off without a `no`. */
const SAID_OFF: readonly string[] = ["exec-timeout 0 0", "escape-character NONE"];

export function saysOff(line: string): boolean {
  const said = line.trim();
  return said.startsWith("no ") || SAID_OFF.includes(said);
}

/** Whether a line that prints says that `text` is off: `no` with the words of it, whether its values follow or not. */
function isOff(line: string, text: string): boolean {
  const said = line.trim();
  if (SAID_OFF.includes(said)) return said.split(" ")[0] === text.split(" ")[0];
  const whole = `no ${text}`;
  return (
    said.startsWith("no ") &&
    [whole, whole.replace(/ datetime\b.*/, " uptime")].some((off) => `${off} `.startsWith(`${said} `))
  );
}

function opensAMode(dialect: Dialect, text: string): boolean {
  const fresh = configuring(dialect);
  const before = modeOf(fresh);
  return fresh.shell.execute(text).ok && modeOf(fresh) !== before;
}

/** `(config-if)`. */
function modeOf(router: TestShell): string {
  return /\(.*\)/.exec(router.shell.prompt())?.[0] ?? "";
}

type Lines = TestShell["store"]["chassis"]["lines"];

function countIn(lines: Lines): number {
  return lines.reduce((sum, line) => sum + 1 + countIn(line.children), 0);
}
