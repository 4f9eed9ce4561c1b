import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCondition } from "../../../src/cli/exec/condition.ts";
import { type CommandReport, runScript, scriptOf } from "../../../src/cli/exec/script.ts";
import type { CommandListener, Outcome, ScriptLogin } from "../../../src/cli/exec/script-login.ts";
import { waitFor } from "../../../src/cli/exec/wait.ts";
import type { GatewayState } from "../../../src/cli/gateway-state.ts";

const NOTHING: GatewayState = { tunnels: [], sessions: [] };
const BOB: GatewayState = { tunnels: [], sessions: [{ name: "bob", address: "10.0.0.2", isUp: true }] };

/** Says what it is told to; `bad` is refused, `ask` asks, `exit` ends, `show bob` prints when bob is there. */
class ToyLogin implements ScriptLogin {
  readonly ran: string[] = [];
  ended = false;
  now: GatewayState = NOTHING;

  async run(command: string, { say, answer }: CommandListener): Promise<Outcome> {
    this.ran.push(command);
    if (command === "exit") this.ended = true;
    if (command === "ask") say(`got ${answer() ?? "nothing"}\n`, true);
    if (command === "show bob" && this.now === BOB) say("bob\n", true);
    if (command === "value") return { ok: true, model: { a: 1 } };
    if (command === "bad") say("% bad\n", false);
    return { ok: command !== "bad" };
  }

  async state(): Promise<GatewayState> {
    return this.now;
  }

  close(): void {
    this.ended = true;
  }
}

async function play(script: readonly string[], keepGoing = false) {
  const login = new ToyLogin();
  const reports: CommandReport[] = [];
  const said: string[] = [];
  const done = (report: CommandReport) => reports.push(report);
  const ok = await runScript(script, login, { keepGoing, say: (text) => said.push(text), done });
  return { ok, ran: login.ran, reports, said };
}

test("a refused command is the last one, unless told to go on", async () => {
  expect(await play(["a", "bad", "b"])).toMatchObject({ ok: false, ran: ["a", "bad"] });
  expect(await play(["a", "bad", "b"], true)).toMatchObject({ ok: false, ran: ["a", "bad", "b"] });
  expect(await play(["a", "exit", "b"])).toMatchObject({ ok: true, ran: ["a", "exit"] });
});

test("the line behind a command that asks is its answer, and is nobody's command", async () => {
  expect(await play(["ask", "bad", "a", "ask"])).toMatchObject({
    ok: true,
    ran: ["ask", "a", "ask"],
    said: ["got bad\n", "got nothing\n"],
  });
});

test("each command that is not blank is reported with its value, or with its text", async () => {
  const { reports } = await play(["value", "", "bad"]);
  expect(reports).toEqual([
    { command: "value", ok: true, model: { a: 1 } },
    { command: "bad", ok: false, output: "% bad\n" },
  ]);
});

test("commands and files go in the order of the command line, one command a line", () => {
  const directory = mkdtempSync(join(tmpdir(), "lnsh-script-"));
  const file = join(directory, "script");
  writeFileSync(file, "b\r\nc\n\nd\n");
  const commands = [
    { at: 1, text: "a" },
    { at: 3, text: "e\nf" },
  ];
  expect(scriptOf(commands, [{ at: 2, text: file }])).toEqual(["a", "b", "c", "", "d", "e", "f"]);
  rmSync(directory, { recursive: true });
  expect(() => scriptOf([], [{ at: 1, text: file }])).toThrow("there is no such file");
});

async function wait(text: string, comesAt: number, timeoutMillis = 1000) {
  const login = new ToyLogin();
  let now = 0;
  const sleep = async (millis: number): Promise<void> => {
    now += millis;
    if (now >= comesAt) login.now = BOB;
  };
  const waited = await waitFor(parseCondition(text), login, { timeoutMillis, now: () => now, sleep });
  return { ...waited, now };
}

test("waiting ends when the condition holds, or when the time is up, and not before a last look", async () => {
  expect(await wait("session down", 600)).toMatchObject({ kind: "met", now: 0 });
  expect(await wait("session bob up", 600)).toMatchObject({ kind: "met", now: 750 });
  expect(await wait("sessions >= 1 and show bob", 1000)).toMatchObject({ kind: "met", now: 1000 });
  expect(await wait("session bob up", 1001)).toMatchObject({ kind: "unmet", now: 1000 });
  expect(await wait("session bob up", 0, 0)).toMatchObject({ kind: "unmet", now: 0 });
  expect(await wait("show nothing", 0)).toMatchObject({ kind: "unmet", now: 1000 });
});
