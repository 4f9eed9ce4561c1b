/**
 * What stands at its default is not printed, whether it was typed or not; `show running-config all` says it, and pasted it comes
 * to the same configuration.
 */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ConfigCommand, isTypedIn } from "../../../src/grammar/declaration.ts";
import { isWhole, renderForm } from "../../../src/grammar/render.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { readConfiguration } from "../../../src/modes/shell/read-configuration.ts";
import type { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { differenceBetween } from "../../../src/modes/tree/difference.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { below, generatedConfiguration, linesOf } from "../../support/generated-configuration.ts";
import { seededRandom } from "../../support/random.ts";
import { TestShell } from "../../support/shell.ts";

const folder = new URL("../../../fixtures/configs/", import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => name.startsWith("ios"))
  .map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const);

/** What the box prints although it is the default. */
const PRINTED = [
  "no aaa new-model",
  "no service password-encryption",
  "ip cef",
  "ip source-route",
  "ip subnet-zero",
  "ip classless",
  "no ip http server",
  "no ip http secure-server",
  "duplex auto",
  "speed auto",
  "mode tunnel",
];

/** Lines that nobody types and the box would not print. */
const EVERYTHING = `
vpdn-template COMMON
vpdn-group A
crypto isakmp policy 10
crypto ipsec transform-set T esp-3des
crypto pki trustpoint CA
archive
 log config
interface FastEthernet0/0
interface Virtual-Template1
line con 0
line vty 0 4
`;

function read(text: string): ConfigStore {
  return readConfiguration(ios, text, new Date(0)).store;
}

function printed(store: ConfigStore): string {
  return ios.render(store).join("\n");
}

function whole(store: ConfigStore): string {
  return ios.renderAll(store).join("\n");
}

/** Without what is printed although it is the default, and the marks that stand where it stands. */
function bare(text: string): string[] {
  return text.split("\n").filter((line) => line !== "!" && !PRINTED.includes(line.trim()));
}

/** What the router does, whatever the order of interfaces. */
function meaning(store: ConfigStore): unknown {
  const lines = ["con 0", "aux 0", "vty 0", "vty 4"].map((name) => ios.lineSettings(store, name));
  const { spec } = ios.compile(store);
  // A group's timers beside those of the chassis, which hold where it says none.
  const timers = Object.entries(spec.l2tp).filter(([name]) => /^(idle|retransmit)/.test(name));
  const lnsProfiles = spec.lnsProfiles.map((profile) => ({
    ...profile,
    timers: { ...Object.fromEntries(timers), ...profile.timers },
  }));
  // Numbers of entries are given anew when a list is loaded; their order is what counts.
  const accessLists = (spec.accessLists ?? []).map((list) => ({
    ...list,
    entries: list.entries.map((entry, place) => ({ ...entry, sequence: place })),
  }));
  return inOneOrder({ spec: { ...spec, accessLists, lnsProfiles }, lines, keeping: ios.keeping(store) });
}

function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(inOneOrder(each))).sort();
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort().map(([name, each]) => [name, inOneOrder(each)]));
}

function expectQuiet(text: string): void {
  const typed = read(text);
  const [plain, all, does] = [printed(typed), whole(typed), meaning(typed)];
  // Saved and loaded again it is the same, and does the same.
  const saved = read(plain);
  expect(printed(saved)).toBe(plain);
  expect(whole(saved)).toBe(all);
  expect(meaning(saved)).toEqual(does);
  expect(differenceBetween(typed, saved, ios).commands).toEqual([]);
  // Everything that is said of it comes to the same.
  const { store: said, report } = readConfiguration(ios, all, new Date(0));
  expect(report.refused.map((line) => line.text)).toEqual([]);
  expect(whole(said)).toBe(all);
  expect(meaning(said)).toEqual(does);
  expect(bare(printed(said))).toEqual(bare(plain));
  const added = differenceBetween(typed, said, ios).contextual.filter((line) => /^\s*[+-]/.test(line));
  expect(added.filter((line) => !PRINTED.includes(line.trim().slice(1)))).toEqual([]);
}

test.each(fixtures)("%s", (_name, text) => {
  expectQuiet(text);
});

test("generated configurations", () => {
  const random = seededRandom(53);
  for (let count = 0; count < 8; count += 1) expectQuiet(generatedConfiguration(ios, random, 30));
});

test("configurations in which some of the defaults are typed, and some are not", () => {
  const random = seededRandom(54);
  const texts = [EVERYTHING, ...fixtures.map(([, text]) => text)].map((text) => whole(read(text)).split("\n"));
  for (let count = 0; count < 2 * texts.length; count += 1) {
    const lines = texts[count % texts.length] ?? [];
    expectQuiet(lines.filter((line) => /^\S/.test(line) || below(random, 3) > 0).join("\n"));
  }
});

test("a router to which every default was typed prints what it printed before, and what the box always prints", () => {
  const plain = read(EVERYTHING);
  const said = read(whole(plain));
  expect(bare(printed(said))).toEqual(bare(printed(plain)));
  const added = printed(said)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => PRINTED.includes(line));
  expect(new Set(added)).toEqual(new Set(PRINTED));
});

test("what a template says is taken back in a group by the default, which is printed then", () => {
  const text = ["vpdn-template T", " l2tp tunnel hello 30", "vpdn-group G", " source vpdn-template T"];
  const without = read(text.join("\n"));
  const store = read([...text, " l2tp tunnel hello 60"].join("\n"));
  expect(printed(store)).toContain("\n l2tp tunnel hello 60");
  expect(storesEqual(store, without)).toBe(false);
  expect(storesEqual(read(printed(store)), store)).toBe(true);
  expect(whole(without).match(/l2tp tunnel hello \d+/g)).toEqual(["l2tp tunnel hello 30"]);
});

test("a default that is typed over something else leaves nothing to print, and a replacement says so once", () => {
  const router = new TestShell(ios);
  router.load("crypto isakmp policy 10\n hash md5\n lifetime 3600\nline vty 0 4\n width 132\nno logging on");
  const target = read(
    "crypto isakmp policy 10\n hash sha\n lifetime 86400\nline vty 0 4\n width 80\nlogging on\nlogging trap informational",
  );
  const before = router.store.clone();
  const { commands } = differenceBetween(before, target, ios);
  expect(commands.map((line) => line.trim())).toEqual(
    expect.arrayContaining(["no hash md5", "no lifetime 3600", "no width 132", "default logging on"]),
  );
  router.load(commands.join("\n"));
  expect(storesEqual(router.store, target)).toBe(true);
  expect(differenceBetween(router.store, target, ios).isEmpty).toBe(true);
  expect(router.printed).not.toMatch(/hash|lifetime|width|logging/);
});

test("where a line is not the default of its place it is printed", () => {
  const lines = ["line con 0", " exec-timeout 10 0", "line vty 0", " exec-timeout 10 0", " width 80", " no full-help"];
  expect(printed(read(lines.join("\n")))).toMatch(/line con 0\n exec-timeout 10 0\nline vty 0\n!$/);
  expect(printed(read("crypto ipsec nat-transparency spi-matching"))).toContain("spi-matching");
});

/** Lines that open a mode below each of which other defaults hold. */
const KINDS = [
  ...["Virtual-Template1", "FastEthernet0/0", "ATM0/0"].map((name) => `interface ${name}`),
  ...["bgp 65000", "eigrp 1", "ospf 1", "rip"].map((name) => `router ${name}`),
  "line vty 0 4",
];

/** A router that stands where the command's defaults hold. */
function placeFor(command: ConfigCommand, random: ReturnType<typeof seededRandom>): TestShell | undefined {
  const ways = [...KINDS.map((kind) => [kind]), linesOf(ios, command, random).slice(0, -1)];
  for (const way of command.mode === ios.globalMode ? [[]] : ways) {
    const router = new TestShell(ios);
    router.shell.enterConfiguration();
    if (!way.every((line) => router.shell.execute(line).ok)) continue;
    if (way.length === 0) return router;
    const [top] = router.store.chassis.lines;
    const parent = way.length > 1 ? top?.children[0] : top;
    const isIn = parent?.command.kind === "opener" && isTypedIn(command, parent.command.opens);
    if (isIn && command.initialBelow?.(parent.values) !== false) return router;
  }
  return undefined;
}

test("no default that is declared is printed when it is typed, nor is `no` of what is off by itself", () => {
  const random = seededRandom(61);
  const faults: string[] = [];
  for (const command of ios.config) {
    const { kind, form, key = [], initial, initials = [], off = [], quiet } = command;
    if (kind !== "setting" || command.effect?.kind === "unsupported") continue;
    const single = key.length === 0 && initial !== undefined ? [initial] : [];
    const on = [...single, ...initials]
      .filter((values) => isWhole(form, values))
      .map((values) => [values, ""] as const);
    const said = [...on, ...off.filter((values) => isWhole(form, values)).map((values) => [values, "no "] as const)];
    if (said.length === 0) continue;
    const router = placeFor(command, random);
    if (router === undefined) faults.push(`nowhere: ${command.front ?? renderForm(form, said[0]?.[0] ?? {})}`);
    const before = router?.printed;
    for (const [values, manner] of said) {
      const line = manner + renderForm(form, values);
      const result = router?.shell.execute(line);
      if (result?.ok !== true) faults.push(`${line}: ${result?.lines.join(" ")}`);
      const isSaidAnyway = PRINTED.includes(line) || (typeof quiet === "function" && !quiet(values));
      if (router?.printed !== before && !isSaidAnyway) faults.push(`${line}: printed`);
      router?.shell.execute(manner === "" ? `no ${line}` : `default ${line.slice(manner.length)}`);
      router?.shell.execute(`default ${line.slice(manner.length)}`);
    }
  }
  expect(faults).toEqual([]);
});

test("the lifetime of a map is printed where it is not that of all maps", () => {
  const map = ["crypto map M 10 ipsec-isakmp", " set security-association lifetime seconds 3600"];
  expect(printed(read(map.join("\n")))).not.toContain("lifetime");
  const others = read(["crypto ipsec security-association lifetime seconds 7200", ...map].join("\n"));
  expect(printed(others)).toContain("\n set security-association lifetime seconds 3600\n");
  expect(storesEqual(read(printed(others)), others)).toBe(true);
});

test("that an interface is not passive is said where all others are", () => {
  const process = "router ospf 1\n no passive-interface Loopback0";
  expect(printed(read(process))).not.toContain("passive");
  const passive = "router ospf 1\n passive-interface default\n no passive-interface Loopback0";
  expect(printed(read(passive))).toContain("\n passive-interface default\n no passive-interface Loopback0\n");
  expect(printed(read(`${passive}\n no passive-interface default`))).not.toContain("passive");
});
