import { expect, test } from "vitest";
import { CannotStart } from "../../src/cli/cannot-start.ts";
import { Gateway } from "../../src/cli/gateway.ts";
import { dialects } from "../../src/modes/dialects.ts";

const ports = { ike: 0, natt: 0, l2tp: 0 };

test("a blank router starts, says that it listens nowhere, and listens when an address is configured", async () => {
  const gateway = new Gateway(dialects.ios);
  expect(await gateway.listen({ address: "127.0.0.1", ports })).toEqual([]);
  expect(gateway.missing).toEqual(["no interface has an address yet: nobody is listened for"]);
  gateway.load("interface Loopback0\n ip address 203.0.113.1 255.255.255.255\n");
  await expect.poll(() => gateway.wirePorts("127.0.0.1")?.ike.port).toBeGreaterThan(0);
  expect(gateway.missing).toEqual([]);
  await gateway.stop("done");
});

test("a router whose addresses are all elsewhere does not start", async () => {
  const gateway = new Gateway(dialects.ios);
  gateway.load("interface Loopback0\n ip address 203.0.113.1 255.255.255.255\n");
  const listening = gateway.listen({ address: undefined, ports });
  await expect(listening).rejects.toThrow(CannotStart);
  await expect(listening).rejects.toThrow("203.0.113.1 (Loopback0)");
  gateway.abandon();
});
