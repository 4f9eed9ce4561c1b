/** Numbers that stand as words in crypto commands. */

import { isDhGroup } from "../../../engine/crypto/dh.ts";
import type { DhGroup } from "../../../engine/spec.ts";

/** `2` or `group2`. */
export function groupOf(text: string): DhGroup {
  const group = Number(text.replace("group", ""));
  return isDhGroup(group) ? group : 1;
}

export function keyBits(bits: string | undefined, isAes: boolean): 0 | 128 | 192 | 256 {
  if (!isAes) return 0;
  return bits === "192" ? 192 : bits === "256" ? 256 : 128;
}
