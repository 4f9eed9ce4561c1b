/** What show commands tell is held against the types that are promised: the compiler reads the values as literals. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createRouter, type DialectName, lab, type SimulatedRouter } from "../../../src/cli/api/api.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CONFIGS = join(ROOT, "fixtures/configs");
const FLAGS = ["--strict", "--exactOptionalPropertyTypes", "--allowImportingTsExtensions", "--skipLibCheck"];
const TARGET = ["--noEmit", "--module", "nodenext", "--target", "esnext", "--types", ""];

/** The commands that have a type, as the types name them. */
function commandsOf(dialect: DialectName): string[] {
  const source = readFileSync(join(ROOT, `src/cli/api/${dialect}-models.ts`), "utf8");
  return [...source.matchAll(/^ {2}readonly "(show [^"]+)":/gm)].map(([, command = ""]) => command);
}

/** Everything that a router tells, as an object literal. */
function told(router: SimulatedRouter, dialect: DialectName): string {
  const members = commandsOf(dialect).map((command) => {
    const { ok, model, text } = router.run(command);
    expect(ok, `${command}: ${text}`).toBe(true);
    return `${JSON.stringify(command)}: ${JSON.stringify(model)}`;
  });
  return `{ ${members.join(",\n")} }`;
}

function configuration(name: string): string {
  return readFileSync(join(CONFIGS, name), "utf8");
}

function* routers(dialect: DialectName): Generator<SimulatedRouter> {
  const busy = lab({ config: configuration(dialect === "ios" ? "ios-lab.cfg" : "junose-l2tp-ipsec.cfg") });
  const login = { psk: dialect === "ios" ? "secret" : "groupSecret", user: "fred", password: "fredPw" };
  const behind = busy.nat();
  const clients = [busy.client({ ...login, behind }), busy.client({ ...login, behind, persona: "macos" })];
  for (const client of clients) expect(client.connect(), client.reason).toBe(true);
  busy.client({ ...login, password: "wrong" }).connect();
  busy.client({ ...login, psk: "wrong" }).startConnecting();
  busy.drive(2);
  yield busy.router;
  clients[0]?.expireSa();
  clients[1]?.disconnect();
  busy.drive(1);
  yield busy.router;
  busy[Symbol.dispose]();
  for (const name of readdirSync(CONFIGS).filter((file) => file.startsWith(dialect))) {
    using router = createRouter({ config: configuration(name), dialect });
    yield router;
  }
}

test("what every show command with a type tells has that type, to the member, on idle and on busy routers", () => {
  const lines = [`import type { ShowModels } from ${JSON.stringify(join(ROOT, "src/cli/api/show-models.ts"))};`];
  let count = 0;
  for (const dialect of ["ios", "junose"] as const) {
    for (const router of routers(dialect)) {
      count += 1;
      lines.push(`export const value${count}: ShowModels["${dialect}"] = ${told(router, dialect)};`);
    }
  }
  lines.push(`export const more: ShowModels["ios"]["show clock"] =`);
  lines.push(`  // @ts-expect-error: a member that is not promised, so that this can fail`);
  lines.push(`  { utc: "", zone: "", offsetMinutes: 0, more: 1 };`);
  const directory = mkdtempSync(join(tmpdir(), "lnsh-models-"));
  try {
    const file = join(directory, "told.ts");
    writeFileSync(file, `${lines.join("\n")}\n`);
    const tsc = join(ROOT, "node_modules/.bin/tsc");
    const { stdout, status } = spawnSync(tsc, [...FLAGS, ...TARGET, file], { cwd: directory, encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("a model has its type where the command is written out, and none is promised elsewhere", () => {
  using router = createRouter({
    dialect: "ios",
    config: "interface Loopback0\n ip address 10.0.0.1 255.255.255.255\n",
  });
  const [loopback] = router.run("show ip interface brief").model ?? [];
  const address: string | undefined = loopback?.address?.address;
  expect(address).toBe("10.0.0.1");
  // @ts-expect-error: nobody promised what this tells
  router.run("show ip interface brief Loopback0").model?.[0];
  using either = createRouter();
  const version: string | undefined = either.run("show version").model?.version;
  expect(version).toBe(router.run("show version").model?.version);
});

test("what a model says is the caller's own", () => {
  using net = lab({ dialect: "ios", config: configuration("ios-lab.cfg") });
  const route = () => net.router.run("show ip route").model ?? [];
  (route() as unknown[]).length = 0;
  expect(route().length).toBeGreaterThan(0);
});
