import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Gateway } from "../../src/cli/gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { PasteLog } from "../../src/modes/shell/paste-log.ts";
import { lnsh } from "../support/lnsh.ts";
import { TestShell } from "../support/shell.ts";

const directory = mkdtempSync(join(tmpdir(), "lnsh-paste-"));
afterAll(() => rmSync(directory, { recursive: true }));

test.each(["ios", "junose"] as const)("%s: a paste at the console is reported line by line", (name) => {
  const gateway = new Gateway(dialects[name]);
  const login = () => new Session(gateway, { line: "con 0", paged: false, monitor: false });
  expect(login().execute("show paste report")).toMatchObject({ ok: false, lines: ["% Nothing was pasted here"] });
  const session = login();
  for (const line of ["configure terminal", "hostname box", "hostnme other", "end"]) session.execute(line);
  const report = session.execute("show paste report").lines;
  expect(report).toContainEqual(expect.stringMatching(/^paste:3:\d+: unknown: there is no such command here$/));
  expect(report).toContain("       = nearest: hostname other");
  expect(report.at(-1)).toContain("3 active, 0 inert, 0 unsupported, 1 unknown");
  gateway.abandon();
});

test("what was loaded is reported until something is pasted", () => {
  const gateway = new Gateway(dialects.ios);
  gateway.load("hostname a\nvpdn-group 1\nrubbish\n");
  const session = new Session(gateway, { line: "con 0", paged: false, monitor: false });
  const report = session.execute("show paste report").lines;
  expect(report).toContainEqual(expect.stringMatching(/^paste:3:.*unknown/));
  expect(report).toContainEqual(expect.stringMatching(/^paste:2: warning: vpdn-group 1: /));
  gateway.abandon();
});

test("lines of a listing that would do something are not run", () => {
  const gateway = new Gateway(dialects.ios);
  const report = gateway.load("Router#clear crypto sa\nRouter#show version\nRouter(config)#hostname a\n");
  expect(report.refused).toEqual([]);
  expect(gateway.store.chassis.lines).toHaveLength(1);
  gateway.abandon();
});

test("typing is no paste: a pause of a second ends one, and what is typed then does not hide it", () => {
  const { shell } = new TestShell(dialects.ios);
  const log = new PasteLog();
  const type = (line: string, now: number) => log.add(line, shell.prompt(), shell.execute(line), shell, now);
  type("show privilege", 0);
  expect(log.report).toBeUndefined();
  for (const [index, line] of ["configure terminal", "hostname b", "end"].entries()) type(line, 5000 + index);
  expect(log.report?.lines.map(({ number, text }) => `${number} ${text}`)).toEqual([
    "1 configure terminal",
    "2 hostname b",
    "3 end",
  ]);
  type("show privilege", 9000);
  expect(log.report?.lines).toHaveLength(3);
});

test("exec --strict tells of warnings by its exit code", () => {
  const path = join(directory, "exec.cfg");
  writeFileSync(path, "vpdn enable\nvpdn-group 1\n");
  const code = (...more: readonly string[]) => lnsh(["exec", "--config", path, "-c", "show privilege", ...more]).status;
  expect([code(), code("--strict"), code("--strict", "-c", "rubbish")]).toEqual([0, 3, 1]);
});

test("run --strict does not start where a line was left out or a warning stands", () => {
  const start = (name: string, text: string) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return lnsh(["run", "--strict", "--config", path]);
  };
  const refused = start("refused.cfg", "hostname a\nvpdn enable\nrubbish\n");
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/refused\.cfg:3:\d+: unknown/);
  expect(start("warned.cfg", "vpdn enable\nvpdn-group 1\n").status).toBe(3);
});

test("a paste without an end is not kept whole", () => {
  const { shell } = new TestShell(dialects.ios);
  const log = new PasteLog();
  shell.enterConfiguration();
  const result = shell.execute("hostname a");
  for (let count = 0; count < 100_010; count += 1) log.add("hostname a", "", result, shell, 0);
  expect(log.report?.lines.length).toBe(10);
});
