import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DeviceDirectory } from "../../src/cli/device-directory.ts";
import { Gateway } from "../../src/cli/gateway.ts";
import { type OpenedGateway, openGateway, openState, reportLines } from "../../src/cli/open-gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { storesEqual } from "../../src/modes/tree/equal.ts";
import { LNSH } from "../support/lnsh.ts";

const CONFIGS = new URL("../../fixtures/configs/", import.meta.url);
const PORTS = ["--listen", "127.0.0.1", "--ike-port", "0", "--natt-port", "0", "--l2tp-port", "0"];

let state = "";
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "lnsh-state-"));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(state, { recursive: true, force: true });
});

/** A gateway as a process of its own, with a console on its pipe. */
class Daemon {
  readonly #child: ChildProcessWithoutNullStreams;
  #output = "";
  #wake: () => void = () => undefined;

  constructor(...args: readonly string[]) {
    this.#child = spawn(process.execPath, [LNSH, "run", "--state", state, ...PORTS, ...args]);
    children.push(this.#child);
    const take = (text: string): void => {
      this.#output += text;
      this.#wake();
    };
    this.#child.stdout.setEncoding("utf8").on("data", take);
    this.#child.stderr.setEncoding("utf8").on("data", take);
  }

  /** Types lines and waits for a text in what is printed. */
  async type(lines: readonly string[], until: string): Promise<string> {
    this.#output = "";
    for (const line of lines) this.#child.stdin.write(`${line}\n`);
    while (!this.#output.includes(until)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#output;
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill("SIGKILL");
    await gone;
  }
}

test("what was written to memory is there after kill -9, and the dialect with it", async () => {
  const config = fileURLToPath(new URL("ios-nat-demux.cfg", CONFIGS));
  const first = new Daemon("--config", config);
  await first.type(["configure terminal", "hostname kept", "end", "write memory"], "[OK]");
  await first.type(["configure terminal", "hostname lost", "end", "show privilege"], "privilege level is 15");
  await first.kill();
  const second = new Daemon();
  const shown = await second.type(["show running-config | include ^hostname", "show privilege"], "privilege level");
  expect(shown).toContain("hostname kept");
  await second.kill();
});

test.each(["ios-nat-demux.cfg", "junose-everything.cfg"])("%s saved and loaded again says the same", (file) => {
  const text = readFileSync(new URL(file, CONFIGS), "utf8");
  const dialect = file.startsWith("ios") ? dialects.ios : dialects.junose;
  const first = new Gateway(dialect, new DeviceDirectory(state));
  first.load(text);
  first.running.save();
  first.abandon();
  const second = new Gateway(dialect, new DeviceDirectory(state));
  expect(second.loadStartup()?.refused).toEqual([]);
  expect(storesEqual(first.store, second.store)).toBe(true);
  expect(second.running.isSaved).toBe(true);
  second.abandon();
});

test("a state directory that cannot be used, or has no dialect yet, is told in one line", async () => {
  await expect(openState(join(state, "new"), { config: undefined, dialect: undefined })).rejects.toThrow(
    /nothing was saved yet; say which dialect with --dialect\.$/,
  );
  writeFileSync(join(state, "file"), "");
  await expect(openState(join(state, "file"), { config: undefined, dialect: "ios" })).rejects.toThrow(
    /^.*file: \w.*\.$/,
  );
});

test("a reload brings the saved configuration back, ends other logins and keeps the console", () => {
  const gateway = new Gateway(dialects.ios);
  gateway.load("hostname R1\ninterface Loopback0\n ip address 1.1.1.1 255.255.255.255\n");
  const console = new Session(gateway, { line: "con 0", monitor: false, paged: false });
  const other = new Session(gateway, { line: "vty 0", monitor: false, paged: false });
  console.execute("write memory");
  for (const line of ["configure terminal", "hostname R2", "no interface Loopback0"]) console.execute(line);
  expect(console.prompt()).toBe("R2(config)#");
  const [save] = [console.execute("do reload").question];
  if (save === undefined) throw new Error("the reload did not ask");
  const proceed = console.answer(save, "no").question;
  if (proceed === undefined) throw new Error("the reload did not ask again");
  const uptime = gateway.snapshot().startedAt;
  let told = 0;
  other.onEnd(() => {
    told += 1;
  });
  console.answer(proceed, "");
  expect(console.prompt()).toBe("R1#");
  expect([console.ended, other.ended, told]).toEqual([false, true, 1]);
  expect(gateway.snapshot().startedAt).toBeGreaterThan(uptime);
  expect(
    gateway.snapshot().spec.virtualRouters.flatMap(({ interfaces }) => interfaces.map(({ name }) => name)),
  ).toEqual(["Loopback0"]);
  gateway.abandon();
});

test("a lock of one login refuses the other until its owner leaves configuration", () => {
  const gateway = new Gateway(dialects.ios);
  gateway.load("hostname R1");
  const [one, two] = ["con 0", "vty 0"].map((line) => new Session(gateway, { line, monitor: false, paged: false }));
  if (one === undefined || two === undefined) throw new Error("two logins");
  one.execute("configure terminal lock");
  expect(two.execute("configure terminal")).toMatchObject({ ok: false });
  one.execute("end");
  expect(two.execute("configure terminal lock")).toMatchObject({ ok: true });
  expect(one.execute("configure terminal")).toMatchObject({ ok: false });
  two.close();
  expect(one.execute("configure terminal")).toMatchObject({ ok: true });
  gateway.abandon();
});

test("a dialect that was only guessed is told before anything else; one that was given or remembered is not", async () => {
  const file = join(state, "short.cfg");
  writeFileSync(file, "aaa new-model\nip address-pool local\n");
  const config = { config: file, dialect: undefined };
  const guess = `${file}: taken for JunosE: its 2 lines are read as well in IOS; --dialect says it for certain`;
  const told = (opened: OpenedGateway): string[] => reportLines(file, opened).filter((line) => /taken for/.test(line));
  expect(reportLines(file, await openGateway(file, undefined))[0]).toBe(guess);
  expect(told(await openGateway(file, "junose"))).toEqual([]);
  expect(told(await openState(state, config))).toEqual([guess]);
  expect(told(await openState(state, { ...config, dialect: "junose" }))).toEqual([]);
  expect(told(await openState(state, { config: undefined, dialect: undefined }))).toEqual([]);
});
