/** `show line`: the lines that the configuration has, and which of them are in use. */

import type { TerminalLine } from "./users.ts";

export interface LineView {
  readonly number: number;
  readonly kind: "CTY" | "AUX" | "VTY";
  readonly inUse: boolean;
  readonly current: boolean;
}

const LAST_VTY = 6;

export function lineViews(inUse: readonly TerminalLine[]): LineView[] {
  const highest = Math.max(LAST_VTY, ...inUse.map(({ number }) => number));
  return Array.from({ length: highest + 1 }, (_, number) => {
    const login = inUse.find((line) => line.number === number);
    const kind = number === 0 ? "CTY" : number === 1 ? "AUX" : "VTY";
    return { number, kind, inUse: login !== undefined, current: login?.current === true };
  });
}

export function showLine(views: readonly LineView[]): string[] {
  return [
    "   Tty Typ     Tx/Rx    A Modem  Roty AccO AccI   Uses   Noise  Overruns   Int",
    ...views.map(({ number, kind, inUse, current }) => {
      const mark = current ? "*" : inUse ? "+" : " ";
      const speed = kind === "VTY" ? "" : "9600/9600";
      return `${mark}${String(number).padStart(5)} ${kind}  ${speed.padStart(11)}  -    -      -    -    - ${String(inUse ? 1 : 0).padStart(6)}       0     0/0       -`;
    }),
    "",
  ];
}
