/** Every configuration line that the IOS dialect knows: what it comes to, that it prints back, and that it can be taken back. */

import { expect, test } from "vitest";
import { isExact } from "../../../src/grammar/mode-grammar.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { grammarsOf } from "../../../src/modes/shell/grammars.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { configuring, notTakenBack, partsOf, typed } from "../../support/line-listing.ts";
import { TestShell } from "../../support/shell.ts";

const parts = partsOf("ios.txt");
const rows = parts.flat();

test("each line acts, is kept, or is refused, as the listing says", () => {
  expect(typed(ios, rows)).toEqual(rows);
});

test("the printed configuration pastes into an empty router and prints the same", () => {
  const first = configuring(ios);
  for (const { text } of rows) first.shell.execute(text);
  const second = new TestShell(ios);
  expect(second.load(first.printed).refused).toEqual([]);
  expect(second.printed).toBe(first.printed);
  expect(storesEqual(first.store, second.store)).toBe(true);
});

test.each(["no", "default"])("`%s` and the line take back what the line added", (word) => {
  expect(parts.flatMap((part) => notTakenBack(ios, part, word))).toEqual([]);
});

test("a certificate is kept with its digits up to `quit`", () => {
  const router = new TestShell(ios);
  const chain = [
    "crypto pki certificate chain OURS",
    " certificate self-signed 01",
    "  30820229 30820192 A0030201 02020101 300D0609 2A864886 F70D0101 04050030",
    "  31312F30 2D060355 04031326",
    "  quit",
    "ip classless",
  ].join("\n");
  expect(router.load(chain).refused).toEqual([]);
  expect(router.printed).toContain("  31312F30 2D060355 04031326\n  \tquit\n");
  const again = new TestShell(ios);
  expect(again.load(router.printed).refused).toEqual([]);
  expect(again.printed).toBe(router.printed);
});

/** Lines that mean one thing in a mode and another around it, as on the box. */
const TWOFOLD = [
  "clientGroup: banner exec ^CGood day^C",
  "clientGroup: banner incoming ^CFrom outside^C",
  "clientGroup: banner login ^CWho are you?^C",
  "clientGroup: banner motd ^CWelcome^C",
  "groupKeyServer: redundancy",
  "ikev2Authorization: banner exec ^CGood day^C",
  "ikev2Authorization: banner incoming ^CFrom outside^C",
  "ikev2Authorization: banner login ^CWho are you?^C",
  "ikev2Authorization: banner motd ^CWelcome^C",
  "ikev2KeyringPeer: hostname LNS-1",
  "interface: crypto ipsec df-bit clear",
  "interface: crypto ipsec fragmentation after-encryption",
  "interface: no tag-switching ip",
  "l2tpClass: hostname LNS-1",
  "radiusGroup: ip radius source-interface Loopback0",
  "radiusServer: key chain EIGRP",
  "router: version 2",
  "sshPubkey: username anna",
  "ssid: vlan 20",
  "tacacsServer: key chain EIGRP",
  "track: ip vrf CLIENTS",
];

test("no mode takes a line of global configuration for its own, so that it may follow without an `exit`", () => {
  const grammars = grammarsOf(ios);
  const modes = [...new Set(ios.config.map((command) => command.mode))].filter((mode) => mode !== ios.globalMode);
  const taken = rows
    .filter(({ text }) => isWhole(grammars.config(ios.globalMode).read(text)))
    .flatMap(({ text }) =>
      modes.flatMap((mode) => {
        return isWhole(grammars.config(mode).read(text)) ? [`${mode.id}: ${text}`] : [];
      }),
    );
  expect([...new Set(taken)].sort()).toEqual(TWOFOLD);
});

type Read = ReturnType<ReturnType<ReturnType<typeof grammarsOf>["config"]>["read"]>;

/** Understood as configuration without a word being shortened. */
function isWhole(read: Read): boolean {
  return read.ok && read.command.kind !== "exec" && isExact(read);
}
