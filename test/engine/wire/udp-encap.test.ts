import { expect, test } from "vitest";
import { classifyUdpEncapsulated, withNonEspMarker } from "../../../src/engine/wire/udp-encap.ts";
import { hex, toHex } from "../../support/hex.ts";

test.each([
  ["ff", "keepalive"],
  ["fe", "malformed"],
  ["", "malformed"],
  ["ffff", "malformed"],
  ["000000", "malformed"],
  ["00000000", "malformed"],
  ["0000000001", "ike"],
  ["ffffffff00", "esp"],
  ["0000000100", "esp"],
] as const)("%s on the NAT-T port is %s", (octets, kind) => {
  expect(classifyUdpEncapsulated(hex(octets))).toBe(kind);
});

test("a marked message is IKE to the other end", () => {
  const marked = withNonEspMarker(hex("aabb"));
  expect(toHex(marked)).toBe("00000000aabb");
  expect(classifyUdpEncapsulated(marked)).toBe("ike");
});
