/**
 * The command line: what a mode costs before its first line, a large configuration, a Tab, and whole processes. FRR's
 * `vtysh -C -f`, a command line of the same shape in C, stands beside them where it is installed.
 */

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandParser } from "../../src/grammar/parser.ts";
import { allNodes, trieOf } from "../../src/grammar/trie.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { largeConfiguration } from "../support/large-configuration.ts";
import { TestShell } from "../support/shell.ts";
import { type Figure, type Figures, median } from "./figures.ts";

const LINES = 10_000;
const LIST = 4000;
const ROUNDS = 7;
const PROCESS_ROUNDS = 9;
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const VTYSH = "/usr/bin/vtysh";

export function benchGrammar(figures: Figures): void {
  // First, while this process is small: to start another one costs more the more memory a process has.
  processes(figures);
  for (const dialect of Object.values(dialects)) {
    const { name, config, exec } = dialect;
    figures.list(`${name}: ${config.length} configuration commands, ${exec.length} exec commands`, [
      ...building(dialect),
      ...loading(dialect),
      ...longList(dialect),
      ...typing(dialect),
    ]);
  }
}

function row(name: string, milliseconds: number, more?: string): Figure {
  return { name, value: milliseconds, unit: "ms", ...(more === undefined ? {} : { more }) };
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The median of several rounds, the first of which is thrown away. */
function warm(rounds: number, work: () => void): number {
  work();
  return median(Array.from({ length: rounds }, () => timed(work)));
}

/** No more than is read is ever built; this is what it would cost to read every command there is. */
function building(dialect: Dialect): Figure[] {
  const modes = [...new Set(dialect.config.map((command) => command.mode))].map((mode) => ({
    id: mode.id,
    commands: dialect.config.filter((command) => command.mode === mode),
  }));
  const all = [...modes, { id: "exec", commands: dialect.exec }];
  const built = all.map(({ id, commands }) => ({
    id,
    count: commands.length,
    first: timed(() => void trieOf<{ form: (typeof commands)[number]["form"] }>(commands).branches),
    graph: timed(() => void allNodes(trieOf<{ form: (typeof commands)[number]["form"] }>(commands))),
    parsers: timed(() => {
      for (const { form } of commands) new CommandParser(form, { anywhere: false, validate: false });
    }),
  }));
  const sum = (of: (mode: (typeof built)[number]) => number): number =>
    built.reduce((total, each) => total + of(each), 0);
  return [
    row(
      `ready for a first line, all ${built.length} modes`,
      sum(({ first }) => first),
    ),
    row(
      "every node of every mode",
      sum(({ graph }) => graph),
    ),
    row(
      "the parser of every command",
      sum(({ parsers }) => parsers),
    ),
    ...built
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 3)
      .map(({ id, count, first, graph, parsers }) => row(`  ${id}, ${count} commands`, first + graph + parsers)),
  ];
}

function loading(dialect: Dialect): Figure[] {
  const text = largeConfiguration(dialect.name, LINES);
  let refused = 0;
  const time = warm(ROUNDS, () => {
    const router = new TestShell(dialect);
    refused = router.load(text).refused.length;
    dialect.compile(router.store);
  });
  const more = `${Math.round((LINES / time) * 1000)} lines/s${refused > 0 ? `, ${refused} refused` : ""}`;
  return [row(`${LINES} lines read, checked, stored and compiled`, time, more)];
}

/** A list without sequence numbers: each entry is put behind the last and compared with all before it. */
function longList(dialect: Dialect): Figure[] {
  if (dialect.name !== "ios") return [];
  const entries = Array.from({ length: LIST }, (_, index) => ` permit ip host 10.0.${index >> 8}.${index & 255} any`);
  const text = ["ip access-list extended LONG", ...entries].join("\n");
  const time = warm(ROUNDS, () => void new TestShell(dialect).load(text));
  return [row(`a named access list of ${LIST} lines`, time, `${Math.round((LIST / time) * 1000)} lines/s`)];
}

function typing(dialect: Dialect): Figure[] {
  const router = new TestShell(dialect);
  const { shell } = router;
  const ask = (text: string): void => {
    shell.help(text);
    shell.complete(text);
  };
  const exec = [
    row(
      "? and Tab in exec, first time",
      timed(() => ask("sh")),
    ),
    row(
      "? and Tab in exec",
      warm(99, () => ask("show ip ")),
    ),
  ];
  router.load(largeConfiguration(dialect.name, LINES));
  shell.enterConfiguration();
  return [
    ...exec,
    row(
      "? and Tab in configuration, first time",
      timed(() => ask("ip ")),
    ),
    row(
      `? and Tab in configuration of ${LINES} lines`,
      warm(99, () => ask("ip ")),
    ),
  ];
}

function processes(figures: Figures): void {
  const folder = mkdtempSync(join(tmpdir(), "lnsh-bench-"));
  const large = join(folder, "large.cfg");
  const routes = join(folder, "routes.conf");
  writeFileSync(large, largeConfiguration("ios", LINES));
  writeFileSync(routes, frrConfiguration(LINES));
  const lnsh = [join(ROOT, "src/cli/bin.js")];
  const small = join(folder, "small.cfg");
  writeFileSync(small, "hostname r1\ninterface FastEthernet0/0\n ip address 10.0.0.1 255.255.255.0\n");
  const typical = join(ROOT, "fixtures/configs/ios-nat-demux.cfg");
  const showing = (config: string): number =>
    processTime(process.execPath, [...lnsh, "exec", "--config", config, "-c", "show version"]);
  const rows = [
    row("an empty node", processTime(process.execPath, ["-e", "0"])),
    row("lnsh exec -c 'show version', three lines of configuration", showing(small)),
    row("the same with the 130 lines of ios-nat-demux.cfg", showing(typical)),
  ];
  const check = processTime(process.execPath, [...lnsh, "check", "--format", "json", large]);
  rows.push(row(`lnsh check of ${LINES} lines`, check));
  if (existsSync(VTYSH)) {
    const frr = processTime(VTYSH, ["-C", "-f", routes]);
    rows.push(row(`vtysh -C -f of ${LINES} lines`, frr, `lnsh takes ${(check / frr).toFixed(1)} times that`));
  }
  figures.list("whole processes (as built: npm run build; else the sources)", rows);
  if (!existsSync(VTYSH)) figures.note(`no ${VTYSH} here to compare with`);
  rmSync(folder, { recursive: true });
}

function processTime(program: string, args: readonly string[]): number {
  return warm(PROCESS_ROUNDS, () => {
    try {
      execFileSync(program, args, { stdio: "ignore" });
    } catch {
      // What it thinks of the lines does not matter here.
    }
  });
}

/** FRR has no crypto maps; routes, lists and interfaces it has. */
function frrConfiguration(lines: number): string {
  const octets = (n: number): string => `${(n >> 8) & 255}.${n & 255}`;
  const text: string[] = [];
  for (let n = 0; text.length < lines; n += 1) {
    text.push(
      `ip route 10.${octets(n)}.0/24 192.0.2.1`,
      `access-list L${n % 90} seq ${n + 1} permit 10.1.${octets(n)}/32`,
    );
    text.push(`interface lo${n}`, ` ip address 10.200.${octets(n)}/32`, "exit");
  }
  return `${text.slice(0, lines).join("\n")}\n`;
}
