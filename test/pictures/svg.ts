/** A terminal's cells as a picture. */

import type { StyledCell, TerminalScreen } from "../support/terminal-screen.ts";

const WIDTH = 8.43;
const HEIGHT = 18;
const EDGE = 16;
const BACKGROUND = "#0d1117";
const FOREGROUND = "#c9d1d9";
const DIM = "#8b949e";
/** The sixteen colours, as far as anything here is drawn in them. */
const COLOURS: Readonly<Record<number, string>> = {
  1: "#ff7b72",
  2: "#7ee787",
  3: "#e3b341",
  4: "#79c0ff",
  5: "#d2a8ff",
  6: "#76e3ea",
  8: DIM,
};

interface Run {
  readonly column: number;
  readonly style: Omit<StyledCell, "text">;
  readonly text: string;
}

/** Once everything that was written has been taken in. */
export function svgOf(
  screen: TerminalScreen,
  size: { readonly columns: number; readonly rows: number },
  title: string,
): string {
  const width = Math.ceil(size.columns * WIDTH + 2 * EDGE);
  const height = size.rows * HEIGHT + 2 * EDGE;
  const rows = Array.from({ length: size.rows }, (_, row) => runsOf(screen.cells(row)).map((run) => drawn(run, row)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14">`,
    ...rows.flat(2),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function runsOf(cells: readonly StyledCell[]): Run[] {
  const runs: Run[] = [];
  for (const [column, { text, ...style }] of cells.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && JSON.stringify(last.style) === JSON.stringify(style)) {
      runs[runs.length - 1] = { ...last, text: last.text + text };
    } else runs.push({ column, style, text });
  }
  return runs.filter(({ text, style }) => style.inverse || text.trim() !== "");
}

function drawn({ column, style, text }: Run, row: number): string[] {
  const { colour, bold, dim, inverse } = style;
  const ink = colour === undefined ? (dim ? DIM : FOREGROUND) : (COLOURS[colour] ?? FOREGROUND);
  const left = (EDGE + column * WIDTH).toFixed(1);
  const top = EDGE + row * HEIGHT;
  const length = (text.length * WIDTH).toFixed(1);
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [
    ...(inverse ? [`<rect x="${left}" y="${top}" width="${length}" height="${HEIGHT}" fill="${ink}"/>`] : []),
    `<text x="${left}" y="${top + 14}" textLength="${length}" fill="${inverse ? BACKGROUND : ink}"${bold ? ' font-weight="bold"' : ""} xml:space="preserve">${escaped}</text>`,
  ];
}
