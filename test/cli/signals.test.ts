/** However a process ends, those who are connected to it are told. */

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { SocketClient } from "../../src/cli/client/socket-client.ts";
import { Gateway } from "../../src/cli/gateway.ts";
import { ios } from "../../src/modes/ios/dialect.ts";
import { LNSH } from "../support/lnsh.ts";
import { SocketClients } from "../support/socket-clients.ts";

const CONFIG = fileURLToPath(new URL("../../fixtures/configs/ios-lab.cfg", import.meta.url));
const ADDRESS = "127.0.0.1";
const SERVING = ["--config", CONFIG, "--listen", ADDRESS, "--ike-port", "0", "--natt-port", "0", "--l2tp-port", "0"];
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function lnsh(...args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [LNSH, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, LNSH_PSK: "secret", LNSH_PASSWORD: "fredPw" },
  });
  closers.push(() => child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve(signal ?? code)));
  return { child, ended, said: () => said };
}

async function until(done: () => boolean, what: () => string): Promise<void> {
  const deadline = performance.now() + 250_000;
  while (!done()) {
    if (performance.now() > deadline) throw new Error(what());
    await pause(10);
  }
}

async function connectedTo(gateway: ReturnType<typeof lnsh>): Promise<SocketClient> {
  const bound = () => /UDP (\d+), (\d+)/.exec(gateway.said());
  await until(() => bound() !== null, gateway.said);
  const [ike = 0, natt = 0] = (bound() ?? []).slice(1).map(Number);
  const clients = new SocketClients(ADDRESS);
  closers.push(() => void clients.close());
  const client = clients.add({ ike: { address: ADDRESS, port: ike }, natt: { address: ADDRESS, port: natt } });
  client.connect();
  await until(
    () => client.view.state === "up",
    () => JSON.stringify(client.view),
  );
  return client;
}

/** Not that nobody answers: the other end has said so. */
async function untilTold(client: SocketClient): Promise<void> {
  await until(
    () => client.view.state !== "up",
    () => "nobody told the client",
  );
  expect(client.view.reason).toContain("the peer closed the tunnel");
}

test.each(SIGNALS)("a script that serves clients tells them when %s ends it, and dies of that", async (signal) => {
  const script = lnsh("exec", ...SERVING, "--wait", "sessions >= 2", "--timeout", "600");
  const client = await connectedTo(script);
  script.child.kill(signal);
  expect(await script.ended).toBe(signal);
  await untilTold(client);
});

test("a script that is over tells the clients it served", async () => {
  const script = lnsh("exec", ...SERVING, "--wait", "session fred up", "-c", "show privilege");
  const client = await connectedTo(script);
  expect(await script.ended).toBe(0);
  await untilTold(client);
});

test.each(SIGNALS)("a gateway tells its clients when %s ends it, and ends well", async (signal) => {
  const gateway = lnsh("run", ...SERVING);
  const client = await connectedTo(gateway);
  gateway.child.kill(signal);
  expect(await gateway.ended).toBe(0);
  await untilTold(client);
});

test.each(SIGNALS)("clients hang up when %s ends them", async (signal) => {
  const gateway = new Gateway(ios);
  gateway.load(readFileSync(CONFIG, "utf8"));
  await gateway.listen({ address: ADDRESS, ports: { ike: 0, natt: 0, l2tp: 0 } });
  closers.push(() => void gateway.stop("the test is over"));
  const wire = gateway.wirePorts(ADDRESS);
  const ports = ["--ike-port", `${wire?.ike.port}`, "--natt-port", `${wire?.natt.port}`];
  const clients = lnsh(
    "client",
    "--connect",
    ADDRESS,
    ...ports,
    "--persona",
    "windows-2000",
    "--user",
    "fred",
    "--hold",
    "600",
  );
  await until(() => /is up after/.test(clients.said()), clients.said);
  expect(gateway.snapshot().sessions).toHaveLength(1);
  clients.child.kill(signal);
  expect(await clients.ended).toBe(signal);
  await until(
    () => gateway.snapshot().sessions.length === 0,
    () => "nobody told the gateway",
  );
  expect(gateway.snapshot().connections).toEqual([]);
});

test("a gateway that listens for nobody yet outlives the end of its input, until a signal ends it well", async () => {
  const gateway = lnsh("run", "--dialect", "ios");
  gateway.child.stdin?.end("show version\n");
  await until(() => gateway.said().includes("uptime"), gateway.said);
  // A process that nothing keeps ends within this time; one that is kept is not asked for anything.
  expect(await Promise.race([gateway.ended, pause(500, "alive")])).toBe("alive");
  gateway.child.kill("SIGTERM");
  expect(await gateway.ended).toBe(0);
});
