import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { mask, masked, oneWay, unmask } from "../../../src/modes/junose/masking.ts";

test("a masked secret unmasks to itself, and is not the secret", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200, unit: "grapheme" }), (text) => {
      const hidden = mask(new Secret(text));
      expect(unmask(hidden)?.reveal()).toBe(text);
      expect(hidden).not.toContain(text.length > 3 ? text : "\0");
      expect(hidden).toMatch(/^[A-Za-z0-9+/]+=*$/);
    }),
  );
});

test("the same secret is always masked the same, so that a configuration does not change by being shown", () => {
  expect(mask(new Secret("groupSecret"))).toBe(mask(new Secret("groupSecret")));
  expect(oneWay(new Secret("a"))).not.toBe(oneWay(new Secret("b")));
});

test("the longest key fits the longest masked text", () => {
  expect(mask(new Secret("k".repeat(200))).length).toBeLessThanOrEqual(300);
});

test("a masked text that was copied wrong is refused, whichever character is wrong", () => {
  const hidden = mask(new Secret("groupSecret"));
  const type = masked(300);
  expect(type.read(`masked-key ${hidden}`, 11)).toMatchObject({ ok: true, end: 11 + hidden.length });
  for (let at = 0; at < hidden.length; at += 1) {
    const wrong = `${hidden.slice(0, at)}${hidden[at] === "A" ? "B" : "A"}${hidden.slice(at + 1)}`;
    expect({ wrong, read: type.read(wrong, 0) }).toEqual({ wrong, read: { ok: false, at: 0 } });
  }
  for (const text of ["", "AAAA", "not base64!", hidden.slice(0, -4)]) expect(unmask(text)).toBeUndefined();
});
