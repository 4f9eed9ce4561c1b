/** The figures of the bench over real sockets as a picture: a bar for each contender, direction and length. */

import type { WireFigure } from "../wire.ts";

const WIDTH = 720;
const LABEL_WIDTH = 190;
const ROW = 22;
const GROUP_GAP = 16;
const COLOURS: Readonly<Record<string, string>> = { C: "#8a8f98" };
const OWN_COLOURS = ["#2f6f9f", "#9cc3de"];

export function plotOf(figures: readonly WireFigure[]): string {
  const most = Math.max(...figures.map(({ cpuMicrosPerPacket }) => cpuMicrosPerPacket));
  const scale = (WIDTH - LABEL_WIDTH - 60) / most;
  const own = [...new Set(figures.map(({ contender }) => contender))].filter((name) => COLOURS[name] === undefined);
  const rows: string[] = [];
  let y = 34;
  let group = "";
  for (const { contender, direction, ipLength, cpuMicrosPerPacket } of figures) {
    const title = `${direction}, ${ipLength} octets`;
    if (title !== group) {
      y += group === "" ? 0 : GROUP_GAP;
      rows.push(`<text x="8" y="${y + 15}" font-weight="bold">${title}</text>`);
      y += ROW;
      group = title;
    }
    const width = (cpuMicrosPerPacket * scale).toFixed(1);
    const colour = COLOURS[contender] ?? OWN_COLOURS[own.indexOf(contender)] ?? "#000";
    rows.push(
      `<text x="24" y="${y + 15}">${contender}</text>`,
      `<rect x="${LABEL_WIDTH}" y="${y + 3}" width="${width}" height="${ROW - 6}" fill="${colour}"/>`,
      `<text x="${(LABEL_WIDTH + Number(width) + 6).toFixed(1)}" y="${y + 15}">${cpuMicrosPerPacket.toFixed(1)}</text>`,
    );
    y += ROW;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 12}" font-family="sans-serif" font-size="13">`,
    "<title>CPU per packet: the gateway beside a program in C</title>",
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="8" y="20" font-size="14">CPU microseconds per packet, kernel included (AES-128 SHA-1, UDP to TUN and back)</text>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}
