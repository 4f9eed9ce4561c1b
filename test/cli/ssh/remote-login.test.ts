import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client, ClientChannel } from "ssh2";
import { expect, test } from "vitest";
import { type CommandReport, runScript } from "../../../src/cli/exec/script.ts";
import { openScript } from "../../../src/cli/ssh/remote-login.ts";
import { MessageReader, requestOf, SCRIPT_SUBSYSTEM } from "../../../src/cli/ssh/script-protocol.ts";
import { connectSsh } from "../../../src/cli/ssh/ssh-client.ts";
import { seededRandom } from "../../support/random.ts";
import { access, SshBench, vtyLines } from "../../support/ssh.ts";

async function connected(bench: SshBench, user = "admin", password = "secret"): Promise<Client> {
  const directory = mkdtempSync(join(tmpdir(), "lnsh-remote-"));
  const options = { knownHosts: join(directory, "known"), acceptNewHostKey: true, password };
  const client = await connectSsh({ user, host: "127.0.0.1", port: bench.port }, options);
  rmSync(directory, { recursive: true });
  return client;
}

test("commands keep their mode, have an outcome each, and values where there are some", async () => {
  await using bench = await new SshBench().start();
  const client = await connected(bench);
  const login = await openScript(client);
  const reports: CommandReport[] = [];
  const script = ["show privilege", "configure terminal", "hostname käse", "hostname other", "nonsense", "end"];
  const ok = await runScript([...script, "show running-config | include ^hostname"], login, {
    keepGoing: true,
    say: () => undefined,
    done: (report) => reports.push(report),
  });
  expect(ok).toBe(false);
  expect(reports[0]).toEqual({ command: "show privilege", ok: true, model: 15 });
  expect(reports.filter((report) => !report.ok).map(({ command }) => command)).toContain("nonsense");
  expect(reports.at(-1)).toMatchObject({ ok: true, output: "hostname other\n" });
  expect(await login.state()).toEqual({ tunnels: [], sessions: [] });
  client.end();
});

test("a question goes to the script, a logout ends it, and the line is free again", async () => {
  await using bench = await new SshBench(access({ lines: vtyLines(1) })).start();
  const client = await connected(bench);
  const login = await openScript(client);
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  expect(await login.run("write erase", { say, answer: () => "y" })).toEqual({ ok: true });
  expect(said.join("")).toMatch(/Continue\? \[confirm\]\n\[OK\]/);
  expect(login.ended).toBe(false);
  expect(await login.run("exit", { say, answer: () => undefined })).toEqual({ ok: true });
  expect(login.ended).toBe(true);
  expect((await bench.run("show privilege")).status).toBe(0);
  client.end();
});

test("a script has the rights of its user", async () => {
  await using bench = await new SshBench().start();
  const client = await connected(bench, "guest", "guest");
  const login = await openScript(client);
  const listener = { say: () => undefined, answer: () => undefined };
  expect(await login.run("show privilege", listener)).toEqual({ ok: true, model: 1 });
  expect(await login.run("configure terminal", listener)).toMatchObject({ ok: false });
  client.end();
});

test("a connection that goes is told, also to those who ask later", async () => {
  await using bench = await new SshBench().start();
  const client = await connected(bench);
  const login = await openScript(client);
  const asked = login.run("ping 192.0.2.99", { say: () => client.end(), answer: () => undefined });
  await expect(asked).rejects.toThrow("the connection was lost");
  await expect(login.state()).rejects.toThrow("the connection was lost");
});

test("what is no message ends the script and hurts nobody", async () => {
  await using bench = await new SshBench().start();
  for (const nonsense of ["hello\n", "[]\n", '{"command":1}\n', `${"x".repeat(1024 * 1024 + 1)}`]) {
    const client = await connected(bench);
    const status = await new Promise((resolve, reject) => {
      client.subsys(SCRIPT_SUBSYSTEM, (error: Error | undefined, channel: ClientChannel) => {
        if (error !== undefined) return void reject(error);
        channel.on("exit", resolve).resume();
        channel.write(nonsense);
      });
    });
    expect(status).toBe(1);
    client.end();
  }
  expect((await bench.run("show privilege")).status).toBe(0);
});

test("who does not wait for what was asked, or does not read it, ends the script", async () => {
  await using bench = await new SshBench().start();
  const show = '{"command":"show running-config"}\n';
  for (const requests of ['{"command":"ping 192.0.2.99"}\n{"state":true}\n', show.repeat(5000)]) {
    const client = await connected(bench);
    const status = await new Promise((resolve, reject) => {
      client.subsys(SCRIPT_SUBSYSTEM, (error: Error | undefined, channel: ClientChannel) => {
        if (error !== undefined) return void reject(error);
        channel.on("exit", resolve).pause();
        channel.write(requests);
      });
    });
    expect(status).toBe(1);
    client.end();
  }
});

test("messages are the same however they are cut", () => {
  const random = seededRandom(4);
  const octets = Buffer.from('{"command":"käse ☃"}\n{"answer":""}\n{"state":true}\n');
  for (let turn = 0; turn < 200; turn += 1) {
    const reader = new MessageReader();
    const read: unknown[] = [];
    for (let at = 0; at < octets.length; ) {
      const size = 1 + ((random.bytes(1)[0] ?? 0) % 9);
      read.push(...(reader.feed(octets.subarray(at, at + size)) ?? [undefined]).map((one) => requestOf(one ?? {})));
      at += size;
    }
    expect(read).toEqual([{ command: "käse ☃" }, { answer: "" }, { state: true }]);
  }
});
