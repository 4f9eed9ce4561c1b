/** Numbers that stand as words in crypto commands. */

import type { DhGroup } from "../../../engine/spec.ts";

const GROUPS: Readonly<Record<string, DhGroup>> = { "1": 1, "2": 2, "5": 5, "14": 14, "15": 15, "16": 16 };

/** `2` or `group2`. */
export function groupOf(text: string): DhGroup {
  return GROUPS[text.replace("group", "")] ?? 1;
}

export function keyBits(bits: string | undefined, isAes: boolean): 0 | 128 | 192 | 256 {
  if (!isAes) return 0;
  return bits === "192" ? 192 : bits === "256" ? 256 : 128;
}
