/**
 * What is drawn, before anything draws it: lines of pieces with a manner each. Columns are counted in characters, so whatever comes from
 * outside (names of users and hosts) is first made of characters that take one column.
 */

export type Colour = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "gray";

export interface Manner {
  readonly colour?: Colour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  /** Foreground and background swapped: what is chosen. */
  readonly inverse?: boolean;
}

export interface Piece extends Manner {
  readonly text: string;
}

export type Line = readonly Piece[];

export function piece(text: string, manner: Manner = {}): Piece {
  return { text, ...manner };
}

/** Every character that is not one printable column becomes `?`. Latin letters, box drawing and blocks stay. */
export function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e\u00a1-\u024f\u2190-\u21ff\u2500-\u259f]/gu, "?");
}

/** Exactly `width` columns: cut with `…`, or filled with blanks at the right. */
export function cell(text: string, width: number): string {
  if (text.length <= width) return text.padEnd(width);
  return width <= 1 ? text.slice(0, width) : `${text.slice(0, width - 1)}…`;
}

/** Exactly `width` columns, filled at the left. */
export function rightCell(text: string, width: number): string {
  return text.length <= width ? text.padStart(width) : cell(text, width);
}

/** The line in exactly `width` columns; what is too long loses its end. */
export function inColumns(line: Line, width: number): Line {
  const fitted: Piece[] = [];
  let room = width;
  for (const each of line) {
    if (room === 0) break;
    const text = each.text.length <= room ? each.text : cell(each.text, room);
    fitted.push({ ...each, text });
    room -= text.length;
  }
  return room === 0 ? fitted : [...fitted, piece(" ".repeat(room))];
}
