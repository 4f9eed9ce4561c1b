/** What `line console 0` and `line vty 0 4` set for a login at one of them. */

import type { ConfigReader } from "../../grammar/declaration.ts";
import type { LineSettings } from "../common/logins.ts";
import { execBanner, execTimeout, lineOpener } from "./commands/line.ts";

/** As the box names a line: `console 0`. */
export function lineName(line: string): string {
  return line.replace(/^con /, "console ");
}

const VTY_IDLE_MILLIS = 600_000;

const USUAL_VTYS = 5;

/** The lines that sessions may come through, by their names: the console, and those that the configuration has. */
export function linesOf(config: ConfigReader): string[] {
  const numbers = config
    .all(lineOpener)
    .flatMap(({ values: { first, last = first } }) => (first === undefined ? [] : range(first, last ?? first)));
  const vtys = numbers.length === 0 ? range(0, USUAL_VTYS - 1) : [...new Set(numbers)].toSorted((a, b) => a - b);
  return ["console 0", ...vtys.map((number) => `vty ${number}`)];
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** A console is left alone unless it is told a time: whoever owns the process may look away from it. */
export function lineSettings(config: ConfigReader, line: string): LineSettings {
  const [kind, number] = line.split(" ");
  const at = Number(number);
  const defaultIdle = kind === "vty" ? VTY_IDLE_MILLIS : undefined;
  const node = config.all(lineOpener).find(({ values }) => {
    if (kind !== "vty") return values.console !== undefined;
    return values.first !== undefined && values.first <= at && at <= (values.last ?? values.first);
  });
  if (node === undefined) return { idleMillis: defaultIdle };
  const timeout = config.under(node, execTimeout)[0]?.values;
  const banner = config.under(node, execBanner)[0];
  return {
    idleMillis: timeout === undefined ? defaultIdle : (timeout.minutes * 60 + (timeout.seconds ?? 0)) * 1000,
    execBanner: banner?.negated !== true,
  };
}
