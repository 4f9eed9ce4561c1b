import { expect, test } from "vitest";
import { planFor } from "../../src/cli/connect-console.ts";
import { remoteSoftware } from "../../src/cli/ssh/remote-software.ts";
import { SshBench } from "../support/ssh.ts";

test("a gateway of ours says what it is, and is asked to draw where there is a terminal to draw on", async () => {
  await using bench = await new SshBench().start();
  const software = remoteSoftware(await bench.connect());
  expect(software).toBe("lnsh");
  expect(planFor("console", true, software)).toEqual({ plan: { command: "console" } });
  expect(planFor("dashboard", true, software)).toEqual({ plan: { command: "console dashboard" } });
  expect(planFor("console", false, software)).toEqual({ plan: {} });
  expect(planFor("dashboard", false, undefined)).toEqual({ plan: { first: "dashboard" } });
});

test("another router is asked for its plain line, which is said, and for no dashboard", () => {
  for (const draws of [true, false]) {
    const { plan, told } = planFor("console", draws, "Cisco-1.25");
    expect(plan).toEqual({});
    expect(told).toContain("Cisco-1.25 and no lnsh");
    expect(() => planFor("dashboard", draws, "Cisco-1.25")).toThrow("it has no dashboard");
  }
});
