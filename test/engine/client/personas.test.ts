import { expect, test } from "vitest";
import { personas } from "../../../src/engine/client/personas.ts";

test("each proposal of a persona bears a name of its own, made of its algorithms", () => {
  for (const { proposals } of Object.values(personas)) {
    const labels = proposals.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
    for (const { label, cipher, integrity } of proposals) {
      expect(label).toMatch(new RegExp(`^${cipher}.*${integrity ?? ""}$`));
    }
  }
  expect(personas.linux.proposals.map(({ label }) => label)).toEqual(["aes-128-sha1", "aes-256-sha256", "3des-sha1"]);
});
