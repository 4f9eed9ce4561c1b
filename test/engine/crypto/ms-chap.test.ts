import { expect, test } from "vitest";
import { md4 } from "../../../src/engine/crypto/md4.ts";
import {
  authenticatorResponse,
  challengeHash,
  challengeResponse,
  ntPasswordHash,
  ntResponse,
} from "../../../src/engine/crypto/ms-chap.ts";

function hex(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(/\s/g, ""), "hex");
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** RFC 1320 §A.5. */
test.each([
  ["", "31d6cfe0d16ae931b73c59d7e0c089c0"],
  ["a", "bde52cb31de33e46245e05fbdbd6fb24"],
  ["abc", "a448017aaf21d8525fc10ae87aa6729d"],
  ["message digest", "d9130a8164549fe818874806e1c7014b"],
  ["abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"],
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4"],
  [
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
    "e33b4ddc9c38f2199c3e7b164fcc0536",
  ],
])("MD4 of %j", (text, digest) => {
  expect(toHex(md4(new TextEncoder().encode(text)))).toBe(digest);
});

/** RFC 2759 §9.2: user "User", password "clientPass". */
const CHALLENGE = hex("5B5D7C7D7B3F2F3E3C2C602132262628");
const PEER_CHALLENGE = hex("21402324255E262A28295F2B3A337C7E");
const NT_RESPONSE = "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF";

test("MS-CHAP v2 computes the values of RFC 2759 §9.2", () => {
  const passwordHash = ntPasswordHash("clientPass");
  expect(toHex(passwordHash)).toBe("44ebba8d5312b8d611474411f56989ae");
  expect(toHex(challengeHash(PEER_CHALLENGE, CHALLENGE, "User"))).toBe("d02e4386bce91226");
  expect(toHex(ntResponse(CHALLENGE, PEER_CHALLENGE, "User", passwordHash)).toUpperCase()).toBe(NT_RESPONSE);
  expect(authenticatorResponse(passwordHash, hex(NT_RESPONSE), PEER_CHALLENGE, CHALLENGE, "User")).toBe(
    "S=407A5589115FD0D6209F510FE9C04566932CDA56",
  );
});

/** RFC 2433 appendix B.2: password "MyPw", challenge 102DB5DF085D3041. */
test("MS-CHAP v1 computes the NT response of RFC 2433 §B.2", () => {
  const passwordHash = ntPasswordHash("MyPw");
  expect(toHex(passwordHash)).toBe("fc156af7edcd6c0edde3337d427f4eac");
  expect(toHex(challengeResponse(hex("102DB5DF085D3041"), passwordHash))).toBe(
    "4e9d3c8f9cfd385d5bf4d3246791956ca4c351ab409a3d61",
  );
});
