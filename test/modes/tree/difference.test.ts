import fc from "fast-check";
import { expect, test } from "vitest";
import { dialects } from "../../../src/modes/dialects.ts";
import { mergeConfiguration, readConfiguration } from "../../../src/modes/shell/read-configuration.ts";
import type { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { differenceBetween } from "../../../src/modes/tree/difference.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { configurationsOf, twoConfigurations } from "../../support/edited-fixtures.ts";

const NOW = new Date(0);

test("the commands of a difference, typed at the first configuration, make it the second", () => {
  fc.assert(
    fc.property(twoConfigurations, (drawn) => {
      const { dialect, before, after } = configurationsOf(drawn);
      const { commands } = differenceBetween(before, after, dialect);
      const report = mergeConfiguration(dialect, before, commands.join("\n"), NOW);
      expect(report.refused.map((line) => [line.text, line.outcome])).toEqual([]);
      expect([commands, differenceBetween(before, after, dialect).commands]).toEqual([commands, []]);
      expect(storesEqual(before, after)).toBe(true);
    }),
    { numRuns: 60, seed: 99 },
  );
});

test("a store that becomes another says the same, prints the same and keeps lines that both have", () => {
  fc.assert(
    fc.property(twoConfigurations, (drawn) => {
      const { dialect, before: store, after } = configurationsOf(drawn);
      const shared = store.chassis.lines.find((line) =>
        after.chassis.lines.some(({ command, key }) => line.command === command && line.key === key),
      );
      store.become(after);
      expect(storesEqual(store, after)).toBe(true);
      expect(dialect.render(store)).toEqual(dialect.render(after));
      if (shared !== undefined) expect(store.chassis.lines).toContain(shared);
      expect(differenceBetween(store, after, dialect)).toMatchObject({ isEmpty: true, commands: [], contextual: [] });
    }),
    { numRuns: 60, seed: 99 },
  );
});

function ios(text: string): ConfigStore {
  return readConfiguration(dialects.ios, text, NOW).store;
}

test("lines that differ stand with their sign below the lines they belong to", () => {
  const before = ios(
    "hostname a\ninterface Loopback0\n ip address 1.1.1.1 255.255.255.255\ninterface Loopback1\n shutdown\n",
  );
  const after = ios("hostname b\ninterface Loopback0\n ip address 2.2.2.2 255.255.255.255\n description new\n");
  const { contextual, commands } = differenceBetween(before, after, dialects.ios);
  expect(contextual).toEqual([
    "+hostname b",
    "-hostname a",
    "interface Loopback0",
    " +description new",
    " +ip address 2.2.2.2 255.255.255.255",
    " -ip address 1.1.1.1 255.255.255.255",
    "-interface Loopback1",
    " -shutdown",
  ]);
  expect(commands).toEqual([
    "no interface Loopback1",
    "hostname b",
    "interface Loopback0",
    " description new",
    " ip address 2.2.2.2 255.255.255.255",
  ]);
});

test("entries of an access list count in their order", () => {
  const rules = (...text: readonly string[]) => ios(text.map((rule) => `access-list 101 ${rule}`).join("\n"));
  const before = rules("permit ip host 1.1.1.1 any", "deny ip any any", "permit udp any any");
  const after = rules("permit ip host 1.1.1.1 any", "permit udp any any", "deny ip any any");
  const { commands } = differenceBetween(before, after, dialects.ios);
  expect(commands).toEqual([
    "ip access-list extended 101",
    " no 30 permit udp any any",
    " no 20 deny ip any any",
    " permit udp any any",
    " deny ip any any",
  ]);
  mergeConfiguration(dialects.ios, before, commands.join("\n"), NOW);
  expect(dialects.ios.render(before)).toEqual(dialects.ios.render(after));
});

test("a named list with other numbers and the same entries is the same; one with an entry between is not", () => {
  const named = (...entries: readonly string[]) => ios(`ip access-list extended IN\n${entries.join("\n")}`);
  const before = named("10 permit ip host 1.1.1.1 any", "20 deny ip any any");
  expect(
    differenceBetween(before, named("5 permit ip host 1.1.1.1 any", "7 deny ip any any"), dialects.ios).isEmpty,
  ).toBe(true);
  const after = named("10 permit ip host 1.1.1.1 any", "15 permit icmp any any", "20 deny ip any any");
  const { commands } = differenceBetween(before, after, dialects.ios);
  mergeConfiguration(dialects.ios, before, commands.join("\n"), NOW);
  expect(dialects.ios.render(before)).toEqual(dialects.ios.render(after));
});

test("a banner of several lines comes and goes as a whole", () => {
  const before = ios("hostname a\nbanner motd #one\ntwo#\n");
  const after = ios("hostname a\nbanner motd #three\nfour#\n");
  for (const [from, to] of [
    [before.clone(), after],
    [before.clone(), ios("hostname a")],
    [ios("hostname a"), after],
  ] as const) {
    const { commands } = differenceBetween(from, to, dialects.ios);
    mergeConfiguration(dialects.ios, from, commands.join("\n"), NOW);
    expect(dialects.ios.render(from)).toEqual(dialects.ios.render(to));
  }
});
