/** What a single peer may cause to be logged. */

import { expect, test } from "vitest";
import { fieldsOf, type LogFields } from "../../../src/engine/kernel/log.ts";
import { PeerLogs } from "../../../src/engine/router/peer-logs.ts";

function listening() {
  const lines: { readonly text: string; readonly fields: LogFields }[] = [];
  const logs = new PeerLogs(
    (_category, _severity, text, fields) => void lines.push({ text, fields: fieldsOf(fields) }),
  );
  return { logs, lines };
}

const NAT = { address: "198.51.100.7", port: 1701 };

test("a client that flaps is heard a hundred times and then once a second; its neighbour behind the same NAT is heard", () => {
  const { logs, lines } = listening();
  const flapping = logs.ofTunnel(() => ({ connection: 1, remote: NAT }));
  for (let second = 0; second < 100; second += 1) {
    logs.at(second * 1000);
    for (let time = 0; time < 50; time += 1) flapping("ppp", "info", "link is up", { session: "7" });
  }
  const told = lines.filter(({ text }) => text === "link is up").length;
  expect(told).toBe(199);
  const leftOut = lines.flatMap(({ text, fields }) => (text.endsWith("left out") ? [Number(fields.count)] : []));
  expect(told + leftOut.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5000 - 50);
  logs.ofTunnel(() => ({ connection: 2, remote: NAT }))("l2tp", "info", "tunnel", {});
  expect(lines.at(-1)?.text).toBe("tunnel");
});

test("an access concentrator brings thousands of sessions, and each is told", () => {
  const { logs, lines } = listening();
  for (let second = 0; second < 60; second += 1) {
    logs.at(second * 1000);
    for (let time = 0; time < 50; time += 1) logs.ofTunnel(() => ({ remote: NAT }))("l2tp", "info", "session", {});
  }
  expect(lines).toHaveLength(3000);
});

test("of IKE each endpoint has its own allowance, and what names no peer passes", () => {
  const { logs, lines } = listening();
  const log = logs.ofEndpoints();
  for (let port = 1; port <= 300; port += 1) log("ike", "info", "SA", { peer: `198.51.100.7:${port}` });
  for (let time = 0; time < 300; time += 1) log("ike", "info", "SA", { peer: "198.51.100.7:500" });
  for (let time = 0; time < 300; time += 1) log("ike", "warning", "own", {});
  expect(lines).toHaveLength(300 + 100 + 300);
});

test("lines for debugging pass, and what is remembered of peers is bounded", () => {
  const { logs, lines } = listening();
  const log = logs.ofEndpoints();
  for (let time = 0; time < 1000; time += 1) log("ike", "debug", "packet", { peer: "198.51.100.7:500" });
  expect(lines).toHaveLength(1000);
  for (let peer = 0; peer < 20_000; peer += 1)
    log("ike", "info", "SA", { peer: `198.51.${peer >> 8}.7:${peer & 255}` });
  // The first has been forgotten: it begins anew.
  for (let time = 0; time < 100; time += 1) log("ike", "info", "again", { peer: "198.51.0.7:0" });
  expect(lines.filter(({ text }) => text === "again")).toHaveLength(100);
});
