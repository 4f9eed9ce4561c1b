import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { chapResponse } from "../../../src/engine/crypto/chap.ts";

const CHALLENGE = Uint8Array.from({ length: 16 }, (_, index) => 0x10 + index);

/** RFC 1994 §4.1 gives no numbers: the digest of identifier, secret and challenge is put together here by hand. */
test("a CHAP response is MD5 over identifier, secret and challenge", () => {
  const byHand = createHash("md5")
    .update(Buffer.concat([Buffer.of(0x2a), Buffer.from("s3cret"), CHALLENGE]))
    .digest("hex");
  expect(Buffer.from(chapResponse(0x2a, "s3cret", CHALLENGE)).toString("hex")).toBe(byHand);
});

test("identifier, secret and challenge each make a difference", () => {
  const base = chapResponse(1, "a", CHALLENGE);
  for (const other of [chapResponse(2, "a", CHALLENGE), chapResponse(1, "b", CHALLENGE), chapResponse(1, "a", base)]) {
    expect(other).not.toEqual(base);
  }
});
