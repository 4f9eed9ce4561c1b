/** Reports as a picture: a bar for each figure, one scale for each unit of a report. What has no unit is no length and is left out. */

import { type Figure, type Report, valueText } from "./figures.ts";

const WIDTH = 720;
const LABEL_WIDTH = 300;
const VALUE_WIDTH = 90;
const ROW = 22;
const GROUP_GAP = 16;
/** Of what the others are compared with, and of the others. */
const BASE_COLOUR = "#8a8f98";
const COLOURS = ["#2f6f9f", "#9cc3de", "#5b9a68", "#c9a227"];

export function plotOf(title: string, reports: readonly Report[]): string {
  const rows: string[] = [];
  let y = 34;
  for (const { title: group, figures, compares } of reports) {
    const shown = figures.filter(({ unit, value }) => unit !== "" && Number.isFinite(value));
    if (shown.length === 0) continue;
    if (rows.length > 0) y += GROUP_GAP;
    rows.push(`<text x="8" y="${y + 15}" font-weight="bold">${escaped(group)}</text>`);
    y += ROW;
    for (const [index, figure] of shown.entries()) {
      const own = COLOURS[compares ? (index - 1) % COLOURS.length : 0] ?? BASE_COLOUR;
      rows.push(...bar(figure, y, longest(shown, figure.unit), compares && index === 0 ? BASE_COLOUR : own));
      y += ROW;
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 12}" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="8" y="20" font-size="14">${escaped(title)}</text>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

function bar({ name, value, unit }: Figure, y: number, most: number, colour: string): string[] {
  const width = most === 0 ? 0 : (value / most) * (WIDTH - LABEL_WIDTH - VALUE_WIDTH);
  return [
    `<text x="24" y="${y + 15}">${escaped(name)}</text>`,
    `<rect x="${LABEL_WIDTH}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 6}" fill="${colour}"/>`,
    `<text x="${(LABEL_WIDTH + width + 6).toFixed(1)}" y="${y + 15}">${valueText(value)} ${unit}</text>`,
  ];
}

function longest(figures: readonly Figure[], unit: Figure["unit"]): number {
  return Math.max(...figures.filter((figure) => figure.unit === unit).map(({ value }) => value));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
