/** Hand-overs as one message: their octets side by side in a buffer that changes hands instead of being copied, and once what several in a row have in common. */

import type { HandedPacket, HandOver } from "../path/far.ts";

type Head = Omit<HandedPacket, "bytes"> | Omit<Extract<HandOver, { type: "esp" }>, "bytes">;

/** `lengths[i]` octets of `octets` are the i-th; `counts[i]` in a row have `heads[i]`. */
export interface HandOverBatch {
  readonly heads: readonly Head[];
  readonly counts: readonly number[];
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly octets: Uint8Array<ArrayBuffer>;
}

export function packHandOvers(handOvers: readonly HandOver[]): HandOverBatch {
  const lengths = new Uint32Array(handOvers.length);
  const octets = new Uint8Array(handOvers.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const heads: Head[] = [];
  const counts: number[] = [];
  let at = 0;
  let before: HandOver | undefined;
  for (const [index, handOver] of handOvers.entries()) {
    const { bytes, ...head } = handOver;
    lengths[index] = bytes.length;
    octets.set(bytes, at);
    at += bytes.length;
    if (before !== undefined && isAlike(before, handOver)) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    else {
      heads.push(head);
      counts.push(1);
    }
    before = handOver;
  }
  return { heads, counts, lengths, octets };
}

/** In their order; the octets are views of the batch's own. */
export function* unpackHandOvers({ heads, counts, lengths, octets }: HandOverBatch): Generator<HandOver> {
  let at = 0;
  let index = 0;
  for (const [run, head] of heads.entries()) {
    for (let i = 0; i < (counts[run] ?? 0); i += 1) {
      const end = at + (lengths[index] ?? 0);
      const bytes = octets.subarray(at, end);
      yield head.type === "esp" ? { ...head, bytes } : { ...head, bytes };
      at = end;
      index += 1;
    }
  }
}

function isAlike(a: HandOver, b: HandOver): boolean {
  if (a.type === "esp" || b.type === "esp") {
    return a.type === "esp" && b.type === "esp" && a.flow === b.flow && a.encapsulation === b.encapsulation;
  }
  return a.virtualRouter === b.virtualRouter && a.localAddress === b.localAddress && a.forwarded === b.forwarded;
}
