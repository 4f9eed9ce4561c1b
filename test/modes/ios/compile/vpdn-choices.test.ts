/** What a vpdn-group says of sessions: limits, hidden attributes, numbered data, and what a LAC has negotiated already. */

import { describe, expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../../support/shell.ts";

function compiled(lines: readonly string[], dialin: readonly string[] = []) {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  const all = ["vpdn enable", "vpdn session-limit 500", "vpdn-group L2TP", "accept-dialin", "protocol l2tp"];
  for (const line of [...all, "virtual-template 1", ...dialin, "exit", ...lines]) {
    expect(router.shell.execute(line), line).toMatchObject({ ok: true });
  }
  const { spec } = ios.compile(router.store);
  return { system: spec.l2tp, profile: spec.lnsProfiles[0] };
}

test("without a word the LAC's LCP and proof stand, nothing is hidden and nothing is numbered", () => {
  expect(compiled([]).profile).toMatchObject({
    proxyLcp: "always",
    proxyAuthentication: true,
    hidesAttributes: false,
    numbersData: false,
    dropsLateData: false,
  });
});

test.each([
  [["lcp renegotiation on-mismatch"], [], { proxyLcp: "fitting", proxyAuthentication: true }],
  [["force-local-chap"], [], { proxyLcp: "always", proxyAuthentication: false }],
  [[], ["force-local-chap"], { proxyLcp: "always", proxyAuthentication: false }],
  [["l2tp hidden", "l2tp sequencing"], [], { hidesAttributes: true, numbersData: true }],
  [["l2tp hidden", "no l2tp hidden", "l2tp drop out-of-order"], [], { hidesAttributes: false, dropsLateData: true }],
] as const)("%j in the group and %j under accept-dialin act", (lines, dialin, expected) => {
  expect(compiled(lines, dialin).profile).toMatchObject(expected);
});

test("with lcp renegotiation always nothing of the LAC's is used", () => {
  const { profile } = compiled(["lcp renegotiation always"]);
  expect(profile).not.toHaveProperty("proxyLcp");
});

test("the limit of the box and that of the group stand beside each other", () => {
  const { system, profile } = compiled(["session-limit 20"]);
  expect(system.maxSessions).toBe(500);
  expect(profile?.maxSessions).toBe(20);
});

test("each group has the timers that it names, and the box's for the rest", () => {
  const { system, profile } = compiled([
    "l2tp tunnel timeout no-session 300",
    "l2tp tunnel timeout setup 90",
    "l2tp tunnel retransmit retries 7",
    "l2tp tunnel retransmit timeout min 2",
  ]);
  expect(profile?.timers).toEqual({
    idleTimeoutSeconds: 300,
    setupSeconds: 90,
    retransmitRetriesEstablished: 7,
    retransmitRetriesNotEstablished: 7,
    retransmitTimeoutSeconds: { min: 2, max: 8 },
  });
  expect(system).toMatchObject({ idleTimeoutSeconds: 10, retransmitRetriesEstablished: 10 });
  expect(compiled(["l2tp tunnel timeout no-session never"]).profile?.timers).toEqual({ idleTimeoutSeconds: 0 });
  // At once, as far as time goes here.
  expect(compiled(["l2tp tunnel timeout no-session 0"]).profile?.timers).toEqual({ idleTimeoutSeconds: 1 });
  expect(compiled([]).profile).not.toHaveProperty("timers");
});

describe("a template", () => {
  /** Groups ONE and TWO, each with lines of its own, and templates before them. */
  function groups(templates: readonly string[], one: readonly string[], two: readonly string[] = []) {
    const router = new TestShell(ios);
    router.shell.enterConfiguration();
    const group = (name: string, lines: readonly string[]) => [
      `vpdn-group ${name}`,
      "accept-dialin",
      "protocol l2tp",
      "virtual-template 1",
      "exit",
      `terminate-from hostname ${name}`,
      ...lines,
    ];
    for (const line of ["vpdn enable", ...templates, ...group("ONE", one), ...group("TWO", two)]) {
      expect(router.shell.execute(line), line).toMatchObject({ ok: true });
    }
    const { spec } = ios.compile(router.store);
    return spec.lnsProfiles;
  }
  const unnamed = ["vpdn-template", "group session-limit 30"];
  const offices = ["vpdn-template OFFICES", "group session-limit 10", "l2tp tunnel hello 100", "l2tp hidden"];
  const limits = (profiles: ReturnType<typeof groups>) => profiles.map(({ sharedLimits = [] }) => sharedLimits);
  const ofOffices = [{ of: "vpdn-template OFFICES", maxSessions: 10 }];
  const ofUnnamed = [{ of: "the vpdn-template", maxSessions: 30 }];

  test("that a group names limits it; the one without a name limits all others", () => {
    const profiles = groups([...unnamed, ...offices], ["source vpdn-template OFFICES"]);
    expect(limits(profiles)).toEqual([ofOffices, ofUnnamed]);
    expect(profiles.map(({ helloSeconds, hidesAttributes }) => [helloSeconds, hidesAttributes])).toEqual([
      [100, true],
      [60, false],
    ]);
  });

  test("is of no group that says no, or that names one which is not there", () => {
    const profiles = groups(unnamed, ["no source vpdn-template"], ["source vpdn-template NOBODY"]);
    expect(limits(profiles)).toEqual([[], []]);
  });

  test("gives what the group does not say itself", () => {
    const template = [
      "vpdn-template",
      "local name LNS",
      "source-ip 192.0.2.1",
      "l2tp tunnel password 0 secret",
      "l2tp tunnel receive-window 7",
      "l2tp tunnel retransmit timeout min 2",
      "l2tp tunnel retransmit timeout max 6",
      "l2tp tunnel timeout no-session 90",
    ];
    const own = ["local name OTHER", "no l2tp tunnel authentication", "l2tp tunnel retransmit timeout max 4"];
    const [one, two] = groups(template, own);
    expect(one).toMatchObject({
      localHostName: "OTHER",
      localAddress: "192.0.2.1",
      tunnelAuthentication: false,
      receiveWindow: 7,
      timers: { idleTimeoutSeconds: 90, retransmitTimeoutSeconds: { min: 2, max: 4 } },
    });
    expect(two).toMatchObject({ localHostName: "LNS", tunnelAuthentication: true });
    expect(two?.tunnelPassword?.reveal()).toBe("secret");
  });

  test("of the limits that a group itself has the lesser one counts", () => {
    const [one, two] = groups([], ["session-limit 20", "group session-limit 5"], ["session-limit 0"]);
    expect([one?.maxSessions, two?.maxSessions]).toEqual([5, 0]);
  });
});

test("a group that only brings tunnels is not told that it accepts nobody", () => {
  const warned = (line: string) => {
    const router = new TestShell(ios);
    router.shell.enterConfiguration();
    for (const each of ["vpdn enable", "vpdn-group 1", line]) router.shell.execute(each);
    return ios.compile(router.store).warnings.filter((warning) => warning.includes("accepts nobody"));
  };
  for (const line of ["request-dialin", "accept-dialout", "request-dialout"]) expect(warned(line), line).toEqual([]);
  expect(warned("local name x")).toHaveLength(1);
});

test("a group in one line, as IOS 12.0 had it, is the lines that it means", () => {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  const typed = [
    "vpdn-group 1",
    "accept dialin l2tp virtual-template 10 remote lac",
    "local name lns",
    "vpdn-group 2",
    "request dialin l2tp ip 192.0.2.1 domain example.net",
    "vpdn-group 3",
    "accept dialout l2tp dialer 2 remote lns",
    "vpdn-group 4",
    "request dialout l2tp ip 192.0.2.2 rotary-group 1",
  ];
  for (const line of typed) expect(router.shell.execute(line), line).toMatchObject({ ok: true });
  expect(ios.render(router.store).filter((line) => line !== "!")).toEqual([
    "vpdn-group 1",
    " accept-dialin",
    "  protocol l2tp",
    "  virtual-template 10",
    " terminate-from hostname lac",
    " local name lns",
    "vpdn-group 2",
    " request-dialin",
    "  protocol l2tp",
    "  domain example.net",
    " initiate-to ip 192.0.2.1",
    "vpdn-group 3",
    " accept-dialout",
    "  protocol l2tp",
    "  dialer 2",
    " terminate-from hostname lns",
    "vpdn-group 4",
    " request-dialout",
    "  protocol l2tp",
    "  rotary-group 1",
    " initiate-to ip 192.0.2.2",
  ]);
});
