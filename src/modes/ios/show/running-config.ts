/** `show running-config`: the configuration between its header and `end`. */

import { sizeOf } from "../../common/device-files.ts";

/** The byte count runs from the first `!` to the end, and one more. */
export function framed(document: readonly string[], title: "Current" | "Derived" = "Current"): string[] {
  const octets = document.reduce((sum, line) => sum + sizeOf(line) + 1, 1);
  return ["Building configuration...", "", `${title} configuration : ${octets} bytes`, ...document, ""];
}

/** The same with numbers before the lines of the document. */
export function numbered(lines: readonly string[], document: readonly string[]): string[] {
  const start = lines.length - document.length - 1;
  return lines.map((line, index) =>
    index < start || line === "" ? line : `${String(index - start + 1).padStart(6)} : ${line}`,
  );
}

/** Top-level lines, each with what stands below it. */
export function blocksOf(body: readonly string[]): string[][] {
  const blocks: string[][] = [];
  for (const line of body) {
    if (line === "!") continue;
    if (line.startsWith(" ")) blocks.at(-1)?.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

/** The block that starts with a line; one that is not there has no lines. */
export function blockOf(body: readonly string[], first: string): readonly string[] {
  return blocksOf(body).find((block) => block[0] === first) ?? [];
}
