/** What a changed configuration does to interfaces is told as the box tells it. */

import { expect, test } from "vitest";
import { tellInterfaces } from "../../src/cli/interface-news.ts";
import { fieldsOf, type Log } from "../../src/engine/kernel/log.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { ios } from "../../src/modes/ios/dialect.ts";
import { loadConfiguration } from "../../src/modes/shell/paste.ts";
import { BusyRouter } from "../modes/ios/exec/busy-router.ts";

const PORTS = "interface FastEthernet0/0\n ip address 192.0.2.1 255.255.255.0\n";

function specOf(configuration: string): RouterSpec {
  const { store, shell } = new BusyRouter();
  loadConfiguration(shell, configuration);
  return ios.compile(store).spec;
}

function told(before: string | undefined, after: string): string[] {
  const lines: string[] = [];
  const log: Log = (category, severity, text, said) => {
    const line = ios.logLine({ category, severity, text, fields: fieldsOf(said) }, new Date(0));
    lines.push(line?.replace(/^.*?: /, "") ?? `not told: ${text}`);
  };
  tellInterfaces(log, before === undefined ? undefined : specOf(before), specOf(after));
  return lines;
}

test("a port that is shut down loses its link, and one that is brought up gets it back", () => {
  expect(told(PORTS, `${PORTS} shutdown\n`)).toEqual([
    "%LINK-5-CHANGED: Interface FastEthernet0/0, changed state to administratively down",
    "%LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0/0, changed state to down",
  ]);
  expect(told(`${PORTS} shutdown\n`, PORTS)).toEqual([
    "%LINK-3-UPDOWN: Interface FastEthernet0/0, changed state to up",
    "%LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0/0, changed state to up",
  ]);
});

test("a loopback is up from when it is made until it is removed", () => {
  const loopback = `${PORTS}interface Loopback7\n`;
  expect(told(PORTS, loopback)).toEqual([
    "%LINEPROTO-5-UPDOWN: Line protocol on Interface Loopback7, changed state to up",
  ]);
  expect(told(loopback, PORTS)).toEqual([
    "%LINK-5-CHANGED: Interface Loopback7, changed state to administratively down",
    "%LINEPROTO-5-UPDOWN: Line protocol on Interface Loopback7, changed state to down",
  ]);
});

test("nothing is told of the first configuration, of other changes, and of ports that are new", () => {
  expect(told(undefined, `${PORTS} shutdown\n`)).toEqual([]);
  expect(told(PORTS, `${PORTS} ip address 192.0.2.9 255.255.255.0 secondary\n`)).toEqual([]);
  expect(told(PORTS, `${PORTS}interface FastEthernet0/1\n shutdown\n`)).toEqual([]);
});
