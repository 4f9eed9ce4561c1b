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
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The last line of a listing. Never `not found`: clients take that for an error. */
export function found(number: number, noun: string): string {
  return number === 0 ? `No ${noun}s found` : `${count(number, noun)} found`;
}

export function onOff(on: boolean): "enabled" | "disabled" {
  return on ? "enabled" : "disabled";
}

export interface Standing {
  readonly administrative: "enabled" | "drain" | "disabled";
  readonly operational: "up" | "down";
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
  const up = entries.filter((entry) => entry.operational === "up").length;
  return [
    placed(COLUMNS, ["Operational status", "up", "down", "lower-down", "not-present"]),
    placed(COLUMNS, ["", up, entries.length - up, 0, 0]),
  ];
}
