import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { mask, masked, oneWay, unmask } from "../../../src/modes/junose/masking.ts";
import { TestShell } from "../../support/shell.ts";

test("a masked secret unmasks to itself, and is not the secret", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200, unit: "grapheme" }), (text) => {
      const hidden = mask(new Secret(text));
      expect(unmask(hidden)?.reveal()).toBe(text);
      expect(hidden).not.toContain(text.length > 3 ? text : "\0");
      expect(hidden).toMatch(/^[A-Za-z0-9+/]+=*$/);
    }),
  );
});

test("the same secret is always masked the same, so that a configuration does not change by being shown", () => {
  expect(mask(new Secret("groupSecret"))).toBe(mask(new Secret("groupSecret")));
  expect(oneWay(new Secret("a"))).not.toBe(oneWay(new Secret("b")));
});

test("no password or key is shown in the clear by a configuration, and what is shown reads back to the same configuration", () => {
  const places: readonly (readonly string[])[] = [
    ["radius authentication server 10.0.0.1", "key SECRET"],
    ["radius dynamic-request server 10.0.0.2", "key SECRET"],
    ["aaa domain-map example.net", "override-user name fred password SECRET"],
    ["aaa domain-map example.net", "tunnel 1", "password SECRET"],
    ["aaa tunnel-group tg", "tunnel 1", "password SECRET"],
    ["aaa tunnel password SECRET"],
    ["l2tp destination profile p ip address 0.0.0.0", "remote host default", "tunnel password SECRET"],
    [
      "ipsec transport profile t virtual-router default ip address 10.1.1.1",
      "local ip address 10.1.1.1",
      "pre-share SECRET",
    ],
    ["ipsec key manual pre-share 10.9.9.9", "key SECRET"],
    ["username anna password SECRET"],
    ["username anna secret SECRET"],
    ["line vty 0 4", "password SECRET"],
    ["enable password SECRET"],
    ["enable secret SECRET"],
  ];
  for (const clear of ["0 ", ""]) {
    for (const place of places) {
      const lines = place.map((line) =>
        line.replace("SECRET", `${/key|pre-share/.test(line) ? "" : clear}gr0upSecret`),
      );
      const shell = new TestShell(junose);
      shell.transcript("configure terminal", ...lines, "end");
      const shown = shell.shell.execute("show configuration").lines;
      expect(shown.filter((line) => line.includes("gr0upSecret"))).toEqual([]);
      expect(shown.filter((line) => /^ *.*( (8|5) |masked)/.test(line))).toHaveLength(1);
      expect(JSON.stringify(shell.shell.execute("show configuration | json").lines)).not.toContain("gr0upSecret");
      const again = new TestShell(junose);
      again.load(shown.join("\n"));
      expect(again.shell.execute("show configuration").lines.filter((line) => !line.startsWith("!"))).toEqual(
        shown.filter((line) => !line.startsWith("!")),
      );
    }
  }
});

test("the longest key fits the longest masked text", () => {
  expect(mask(new Secret("k".repeat(200))).length).toBeLessThanOrEqual(300);
});

test("a masked text that was copied wrong is refused, whichever character is wrong", () => {
  const hidden = mask(new Secret("groupSecret"));
  const type = masked(300);
  expect(type.read(`masked-key ${hidden}`, 11)).toMatchObject({ ok: true, end: 11 + hidden.length });
  for (let at = 0; at < hidden.length; at += 1) {
    const wrong = `${hidden.slice(0, at)}${hidden[at] === "A" ? "B" : "A"}${hidden.slice(at + 1)}`;
    expect({ wrong, read: type.read(wrong, 0) }).toEqual({ wrong, read: { ok: false, at: 0 } });
  }
  for (const text of ["", "AAAA", "not base64!", hidden.slice(0, -4)]) expect(unmask(text)).toBeUndefined();
});

test("what another router masked is refused, and the report says why", () => {
  const foreign = "AAAAGAAAAAcAAAACfd+SAsaVQ6Qeopt2rJOP6LDg0hX5cMO";
  const { refused } = new TestShell(junose).load(`ipsec key manual pre-share 10.1.1.1
 masked-key ${foreign}
ipsec transport profile t virtual-router default ip address 0.0.0.0
 local ip address 10.0.0.1
  pre-share-masked ${foreign}
username fred password 8 ${foreign}`);
  const reasons = refused.map(({ outcome }) => (outcome.kind === "refused" ? outcome.fault.reason : ""));
  expect(reasons).toEqual(Array(3).fill("it was masked by another router; type it in the clear"));
});
