import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createRouter, lab } from "../../../src/cli/api/api.ts";
import type { LabOptions } from "../../../src/cli/api/lab.ts";

const CONFIG = readFileSync(new URL("../../../fixtures/configs/ios-lab.cfg", import.meta.url), "utf8");
const FRED = { psk: "secret", user: "fred", password: "fredPw" };

function twoBehindOneNat(options: Partial<LabOptions> = {}) {
  const net = lab({ config: CONFIG, ...options });
  const behind = net.nat();
  return { net, behind, clients: [net.client({ ...FRED, behind }), net.client({ ...FRED, behind })] as const };
}

test("a router answers show commands with text and values, and tells what of a paste it refused", () => {
  using router = createRouter({ config: CONFIG });
  expect(router.report).toMatchObject({ ok: true, refused: [] });
  expect(router.prompt).toBe("lns#");
  const shown = router.run("show ip interface brief");
  expect(shown.ok).toBe(true);
  expect(shown.text).toContain("203.0.113.1");
  expect(JSON.stringify(shown.model)).toContain("203.0.113.1");
  const pasted = router.paste("hostname other\nhostnam\n");
  expect(pasted.ok).toBe(false);
  expect(pasted.refused.map(({ number, text }) => [number, text])).toEqual([[2, "hostnam"]]);
  expect(router.prompt).toBe("other#");
  expect(router.run("show nonsense").ok).toBe(false);
});

test("what asks for more than there are answers is dropped, and nothing is changed", () => {
  using router = createRouter({ config: "crypto pki trustpoint EXAMPLE\n enrollment terminal pem\n" });
  const before = router.run("show running-config").text;
  const { ok, text } = router.run("crypto pki import EXAMPLE pem terminal secret", "-----BEGIN CERTIFICATE-----");
  expect(ok, text).toBe(false);
  expect(router.run("show running-config").text).toBe(before);
});

test("the clock of a router moves with simulated time only", () => {
  using router = createRouter({ startDate: new Date("2026-03-01T12:00:00Z") });
  const before = router.date.getTime();
  router.drive(86_400);
  expect(router.date.getTime() - before).toBe(86_400_000);
  expect(router.run("show clock").text).toContain("Mar 2 2026");
});

test("two clients behind one NAT connect and both are answered, and the router pings them back", () => {
  const { net, clients } = twoBehindOneNat();
  using _ = net;
  for (const client of clients) expect(client.connect(), client.reason).toBe(true);
  for (const client of clients) expect(client.ping("12.0.0.8", 5)).toBe(5);
  const [{ address = "" }] = clients;
  const before = net.seconds;
  const { ok, text } = net.router.run(`ping ${address}`);
  expect(text).toContain("!!!!!");
  expect(ok).toBe(true);
  expect(net.seconds).toBeGreaterThan(before);
  for (const client of clients) client.disconnect();
  expect(net.router.snapshot.sessions).toEqual([]);
});

test("a client that vanishes is found dead, and the other one stays", () => {
  const { net, clients } = twoBehindOneNat();
  using _ = net;
  const [gone, stays] = clients;
  for (const client of clients) client.connect();
  gone.vanish();
  expect(net.driveUntil(() => net.router.snapshot.sessions.length === 1, { timeoutSeconds: 600 })).toBe(true);
  expect(stays.ping("12.0.0.8", 3)).toBe(3);
});

test("faults of the network are survived: loss, doubles, overtaking, a NAT that forgets, keys that are used up", () => {
  const { net, behind, clients } = twoBehindOneNat({ network: { loss: 0.1, duplication: 0.1, jitterMillis: 30 } });
  using _ = net;
  const [client] = clients;
  expect(client.connect()).toBe(true);
  Object.assign(net.network, { loss: 0, duplication: 0, jitterMillis: 0 });
  const outbound = () => net.router.snapshot.connections.flatMap(({ sas }) => sas.map(({ inboundSpi }) => inboundSpi));
  const first = outbound();
  client.expireSa();
  net.drive(5);
  expect(outbound().some((spi) => !first.includes(spi))).toBe(true);
  expect(client.ping("12.0.0.8")).toBe(1);
  behind.rebind();
  expect(client.ping("12.0.0.8", 10)).toBeGreaterThan(0);
  net.network.loss = 1;
  expect(client.ping("12.0.0.8", 3)).toBe(0);
});

test("a wrong key and a wrong password fail, each with a reason", () => {
  using net = lab({ config: CONFIG });
  const stranger = net.client({ ...FRED, psk: "wrong" });
  expect(stranger.connect({ timeoutSeconds: 300 })).toBe(false);
  const forgetful = net.client({ ...FRED, password: "wrong" });
  expect(forgetful.connect({ timeoutSeconds: 300 })).toBe(false);
  expect(forgetful.reason).toBeTruthy();
});

test("a seed repeats a run to the octet, another one does not", () => {
  const run = (seed: number) => {
    const { net, clients } = twoBehindOneNat({ seed, network: { loss: 0.2 } });
    using _ = net;
    for (const client of clients) client.connect();
    return Buffer.from(net.capture()).toString("base64");
  };
  const first = run(1);
  expect(run(1)).toBe(first);
  expect(run(2)).not.toBe(first);
});
