/** Lines with their manner as terminal sequences (ECMA-48 SGR). The drawing library asks the process whether there is colour; here the session knows. */

import type { Colour, Line, Piece } from "./cells.ts";

const colours: Readonly<Record<Colour, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  gray: 90,
};

/** Without `colour` (NO_COLOR, a terminal that has none) bold, dim and inverse remain. */
export function sgrText(line: Line, colour: boolean): string {
  return line.map((each) => sgrPiece(each, colour)).join("");
}

function sgrPiece(each: Piece, colour: boolean): string {
  const codes = [
    ...(each.bold === true ? [1] : []),
    ...(each.dim === true ? [2] : []),
    ...(each.inverse === true ? [7] : []),
    ...(colour && each.colour !== undefined ? [colours[each.colour]] : []),
  ];
  return codes.length === 0 || each.text === "" ? each.text : `\x1b[${codes.join(";")}m${each.text}\x1b[0m`;
}
