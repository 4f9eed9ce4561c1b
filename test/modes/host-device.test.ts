/** A device of the host is the end of one wire: whoever wants it twice is told where he says so, and by whoever reads the configuration. */

import { expect, test } from "vitest";
import { ios } from "../../src/modes/ios/dialect.ts";
import { junose } from "../../src/modes/junose/dialect.ts";
import { examine } from "../../src/modes/shell/examine.ts";
import { TestShell } from "../support/shell.ts";

const cases = [
  [ios, "interface FastEthernet0/0", "interface FastEthernet0/1.5", "FastEthernet0/0"],
  [junose, "interface fastEthernet 0/0", "interface fastEthernet 0/1.5", "interface fastEthernet 0/0"],
] as const;

test.each(cases)(
  "%o: a device that another interface has is refused until that gives it up",
  (dialect, one, other, holder) => {
    const router = new TestShell(dialect);
    router.shell.enterConfiguration();
    const says = (...lines: readonly string[]) => lines.map((line) => router.shell.execute(line)).at(-1);
    expect(says(one, "host-interface lnsh0", "host-interface lnsh0")).toMatchObject({ ok: true, lines: [] });
    expect(says("exit", other, "host-interface lnsh0")).toMatchObject({
      ok: false,
      lines: [`% lnsh0 is the device of ${holder}`],
    });
    expect(
      says("host-interface lnsh1", "exit", one, "no host-interface", "exit", other, "host-interface lnsh0"),
    ).toMatchObject({
      ok: true,
      lines: [],
    });
  },
);

test("JunosE: of two virtual routers with one device the second is told of by the line it belongs to", () => {
  const text = [
    "virtual-router default",
    "interface fastEthernet 0/0",
    "host-interface lnsh0",
    "exit",
    "virtual-router RED",
    "interface fastEthernet 0/1",
    "host-interface lnsh0",
  ].join("\n");
  const { findings } = examine(junose, text, new Date(0));
  const told = findings.find(({ rule }) => rule.id === "shared-host-device");
  expect(told).toMatchObject({
    text: "interface fastEthernet 0/1: lnsh0 is a device of virtual router default, and not of RED",
    line: 6,
  });
});
