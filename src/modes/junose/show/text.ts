/** Placing text in columns, and counting in words. */

/** Cells that start at the given columns; one that is too long pushes the next ones on by a blank. */
export function placed(columns: readonly number[], cells: readonly (string | number)[]): string {
  let line = "";
  cells.forEach((cell, index) => {
    const column = columns[index] ?? 0;
    const gap = line !== "" && line.length >= column ? " " : "";
    line = line.padEnd(column) + gap + cell;
  });
  return line.trimEnd();
}

/** `1 active tunnel`, `2 active tunnels`. */
export function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : plural(noun)}`;
}

function plural(noun: string): string {
  return noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}${/(?:s|x)$/.test(noun) ? "es" : "s"}`;
}

/** The last line of a listing. Never `not found`: clients take that for an error. */
export function found(number: number, noun: string): string {
  return number === 0 ? `No ${plural(noun)} found` : `${count(number, noun)} found`;
}

export function onOff(on: boolean): "enabled" | "disabled" {
  return on ? "enabled" : "disabled";
}

export interface Standing {
  readonly administrative: "enabled" | "drain" | "disabled";
  readonly operational: "up" | "down" | "notPresent";
}

const COLUMNS = [0, 25, 38, 51, 64];

export function administrativeSummary(entries: readonly Standing[]): string[] {
  const values = ["enabled", "drain", "disabled"] as const;
  return [
    placed(COLUMNS, ["Administrative status", ...values]),
    placed(COLUMNS, ["", ...values.map((value) => entries.filter((entry) => entry.administrative === value).length)]),
  ];
}

export function operationalSummary(entries: readonly Pick<Standing, "operational">[]): string[] {
  const counted = (state: Standing["operational"]): number =>
    entries.filter((entry) => entry.operational === state).length;
  return [
    placed(COLUMNS, ["Operational status", "up", "down", "lower-down", "not-present"]),
    placed(COLUMNS, ["", counted("up"), counted("down"), 0, counted("notPresent")]),
  ];
}
