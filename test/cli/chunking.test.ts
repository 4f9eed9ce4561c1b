/** Networks and terminals cut input where they like: what comes of it must not depend on where. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Gateway } from "../../src/cli/gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { seededRandom } from "../support/random.ts";
import { ShownTerminal } from "../support/shown-terminal.ts";

type DialectName = keyof typeof dialects;

// Time stands still, so that what is shown tells nothing of when.
beforeAll(() => void vi.useFakeTimers({ now: 0, toFake: ["Date", "performance"] }));
afterAll(() => void vi.useRealTimers());

function played(
  dialect: DialectName,
  pieces: Iterable<Uint8Array>,
): { readonly screen: string; readonly kept: string } {
  const gateway = new Gateway(dialects[dialect]);
  gateway.load("hostname R1\n");
  const session = new Session(gateway, {
    line: "vty 0",
    paged: true,
    monitor: false,
    user: { name: "ann", level: 15 },
  });
  const terminal = new ShownTerminal(session);
  const { vty } = terminal;
  vty.resize(80, 10);
  vty.start();
  for (const piece of pieces) if (!session.ended) vty.feed(piece);
  const kept = gateway.dialect.render(gateway.store).join("\n");
  vty.close();
  session.close();
  gateway.abandon();
  return { screen: terminal.screen, kept };
}

const DIALOGUES: Readonly<Record<DialectName, string>> = {
  ios: [
    "sh priv\t\x01\x05\x02\x06\r",
    "terminal length 4\rshow version\r q",
    "conf t\r\ninterface Loopback1\r\0",
    "description käse\x1b[D\x1b[Dx\x17\r",
    "ip ?q\x15",
    "ip address 10.0.0.1 255.255.255.255\n",
    "\x10\x1b[A\x0e\x1bb\x1bd\x15\x1a",
    "banner\x03write erase\ry\r",
    "config t\rbanner motd ^C\rone ? two\ttabs\r^C\rend\r",
  ].join(""),
  junose: [
    "enable\rsh ver\t\x15",
    "terminal length 4\rshow version\r q",
    "configure terminal\rvirtual-router west\rvirtual-router east\r\rvirtual-router default\r",
    "virtual-router asked\rinterface loopback 1\r\0",
    "ip description käse\x1b[D\x1b[Dx\x17\r",
    "ip ?q\x15",
    "ip address 10.0.0.1 255.255.255.255\n",
    "\x10\x1b[A\x0e\x1bb\x1bd\x15exit\rexit\r",
  ].join(""),
};

test.each(Object.entries(DIALOGUES) as [DialectName, string][])(
  "%s: editing keys, pages, questions, `?` and configuration are the same wherever they are cut",
  (dialect, dialogue) => {
    const octets = Buffer.from(dialogue);
    const whole = played(dialect, [octets]);
    expect(whole.kept).toContain("10.0.0.1 255.255.255.255");
    for (let cut = 1; cut < octets.length; cut += 1) {
      const halves = played(dialect, [octets.subarray(0, cut), octets.subarray(cut)]);
      expect({ cut, ...halves }).toEqual({ cut, ...whole });
    }
    expect(
      played(
        dialect,
        [...octets].map((octet) => Uint8Array.of(octet)),
      ),
    ).toEqual(whole);
  },
);

test.each([
  ["ios", "ios-nat-demux.cfg"],
  ["junose", "junose-l2tp-ipsec.cfg"],
] as const)("%s: a pasted configuration is the same in pieces of any size", (dialect, name) => {
  const text = readFileSync(new URL(`../../fixtures/configs/${name}`, import.meta.url), "utf8");
  const octets = Buffer.from(`terminal length 0\rconfigure terminal\r${text}\rend\rshow running-config\r`);
  const whole = played(dialect, [octets]);
  const random = seededRandom(17);
  for (const most of [1, 2, 7, 64, 1000]) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < octets.length; ) {
      const size = 1 + ((random.bytes(2)[0] ?? 0) % most);
      pieces.push(octets.subarray(at, at + size));
      at += size;
    }
    expect(played(dialect, pieces)).toEqual(whole);
  }
});
