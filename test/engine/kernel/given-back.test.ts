import { describe, expect, it } from "vitest";
import { giveBack } from "../../../src/engine/kernel/given-back.ts";

describe("memory that is given back", () => {
  it("is gone from every view of it", () => {
    const octets = new Uint8Array(2000).fill(7);
    const part = octets.subarray(10, 20);
    giveBack(octets);
    expect([octets.length, part.length, octets.buffer.byteLength]).toEqual([0, 0, 0]);
  });

  it("is not what others have a part of", () => {
    const octets = new Uint8Array(2000).fill(7);
    giveBack(octets.subarray(0, 1999));
    giveBack(octets.subarray(1));
    expect(octets.every((octet) => octet === 7)).toBe(true);
  });

  it("may be empty, given back before, or shared with threads", () => {
    const octets = new Uint8Array(8);
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    for (const one of [new Uint8Array(0), octets, octets, shared]) giveBack(one);
    expect(shared.length).toBe(8);
  });
});
