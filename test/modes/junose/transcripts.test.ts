/** The manual's transcripts and the minimal configuration: what is pasted is taken, at the prompts it was typed at. */

import { expect, test } from "vitest";
import { toldDialect } from "../../../src/modes/telling.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { fixture, TestRouter } from "./router.ts";

const PROMPT = /^(?:- )?(host1[^#>]*[#>])(.*)$/;

/** The prompt and text of each line that has a prompt; what follows without one is the rest of it. */
function typed(transcript: string): { readonly prompt: string; readonly text: string }[] {
  const lines: { prompt: string; text: string }[] = [];
  for (const line of transcript.trimEnd().split("\n")) {
    const match = PROMPT.exec(line);
    const last = lines.at(-1);
    if (match !== null) lines.push({ prompt: match[1] ?? "", text: match[2] ?? "" });
    else if (last !== undefined) last.text += ` ${line}`;
  }
  return lines;
}

test("every line of the manual's transcripts is taken", () => {
  const router = new TestRouter();
  const report = router.load(fixture("transcripts/e-series-seed.txt"));
  expect(report.refused).toEqual([]);
  expect(report.inert).toEqual([]);
  expect(router.printed()).toEqual([
    "virtual-router default",
    "!",
    "l2tp destination profile boston4 ip address 0.0.0.0",
    " remote host default",
    "  enable ipsec-transport",
    "  profile georgeProfile1",
    "  local ip address 10.0.0.1",
    "  single-shot-tunnel",
    "!",
    "virtual-router boston",
    "!",
    "l2tp destination profile boston ip address 10.10.76.12",
    "!",
    "virtual-router westford",
    "!",
    "virtual-router sunnyvale",
    "!",
  ]);
});

test("at every line of the manual's transcripts the shell shows the manual's prompt", () => {
  const router = new TestRouter();
  router.session("configure terminal");
  let jumps = 0;
  for (const { prompt, text } of typed(fixture("transcripts/e-series-seed.txt"))) {
    if (router.shell.prompt() !== prompt && prompt.endsWith("(config)#")) {
      // The manual begins another example in another virtual router.
      jumps += 1;
      router.session(`virtual-router ${/^host1:?([^(]*)/.exec(prompt)?.[1] || "default"}`);
    }
    expect(router.shell.prompt()).toBe(prompt);
    expect({ text, ...router.shell.execute(text) }).toMatchObject({ text, ok: true, lines: [] });
  }
  expect(jumps).toBe(4);
});

test("the minimal configuration runs from its first line to the end of the session, prompt by prompt", () => {
  const router = new TestRouter();
  router.session("configure terminal");
  const lines = typed(fixture("transcripts/junose-minimal.txt"));
  expect(lines).toHaveLength(41);
  lines.forEach(({ prompt, text }, index) => {
    expect(router.shell.prompt()).toBe(prompt);
    const result = router.shell.execute(text);
    expect({ text, ...result }).toMatchObject({ text, ok: true, lines: [], loggedOut: index === lines.length - 1 });
  });
});

test("the configuration and its transcript say the same, and both are recognised", () => {
  const configuration = new TestRouter();
  const transcript = new TestRouter();
  expect(configuration.load(fixture("configs/junose-l2tp-ipsec.cfg")).refused).toEqual([]);
  transcript.load(`hostname "host1"\n${fixture("transcripts/junose-minimal.txt")}`);
  expect(storesEqual(configuration.store, transcript.store)).toBe(true);
  for (const name of [
    "configs/junose-l2tp-ipsec.cfg",
    "transcripts/junose-minimal.txt",
    "transcripts/e-series-seed.txt",
  ]) {
    expect(toldDialect(fixture(name))).toBe("junose");
  }
});

test("what is printed pastes back to the same, and prints the same", () => {
  const router = new TestRouter();
  router.load(fixture("configs/junose-l2tp-ipsec.cfg"));
  const again = new TestRouter();
  expect(again.load(router.session("show configuration")).refused).toEqual([]);
  expect(storesEqual(router.store, again.store)).toBe(true);
  expect(again.printed()).toEqual(router.printed());
});

test("the minimal configuration prints in the box's order, with its secrets masked", () => {
  const router = new TestRouter();
  router.load(fixture("configs/junose-l2tp-ipsec.cfg"));
  const printed = router.printed();
  expect(printed.join("\n")).not.toMatch(/groupSecret|fredPw/);
  expect(printed.filter((line) => !/masked|password 8/.test(line))).toEqual([
    'hostname "host1"',
    "license b-ras XXXXXXXXXXXX",
    "license ipsec-tunnels XXXXXXXXXXXX",
    "!",
    "aaa local database default",
    "!",
    "profile georgeProfile1",
    " ip unnumbered loopback 0",
    " ppp authentication chap",
    "!",
    "ipsec ike-policy-rule 5",
    "!",
    "ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0",
    " application l2tp",
    " local ip address 10.0.0.1",
    "!",
    "virtual-router default",
    "!",
    "aaa authentication ppp default local none",
    "!",
    "ip local pool vpnpool 10.20.0.10 10.20.0.250",
    "ip address-pool local",
    "!",
    "interface loopback 0",
    " ip address 10.0.0.1 255.255.255.255",
    "!",
    "ip router-id 10.0.0.1",
    "!",
    "l2tp destination profile boston4 ip address 0.0.0.0",
    " remote host default",
    "  enable ipsec-transport",
    "  profile georgeProfile1",
    "  local ip address 10.0.0.1",
    "  single-shot-tunnel",
    "!",
  ]);
});

test("every declared line survives printing and pasting, whatever its place", () => {
  const router = new TestRouter();
  const report = router.load(fixture("configs/junose-everything.cfg"));
  expect(report.refused).toEqual([]);
  const again = new TestRouter();
  expect(again.load(router.printed().join("\n")).refused).toEqual([]);
  expect(storesEqual(router.store, again.store)).toBe(true);
  expect(again.printed()).toEqual(router.printed());
});

test("groups of traffic classes print behind the classes, so that each line is read where it stood", () => {
  const [first, second] = [new TestRouter(), new TestRouter()];
  first.load("traffic-class-group web\ntraffic-class voice\nexit\nexit\ntraffic-class voice\nfabric-weight 1");
  expect(first.printed().slice(0, 5)).toEqual([
    "traffic-class voice",
    " fabric-weight 1",
    "!",
    "traffic-class-group web",
    " traffic-class voice",
  ]);
  expect(second.load(first.printed().join("\n")).refused).toEqual([]);
  expect(second.printed()).toEqual(first.printed());
});

test("lines print in the box's order, whatever the order in which they were typed", () => {
  const lines = [
    "l2tp tunnel idle-timeout 20",
    "hostname lns",
    "l2tp checksum",
    "aaa timeout session 60",
    "aaa dns primary 10.0.0.1",
  ];
  const [first, second] = [lines, lines.toReversed()].map((typed) => {
    const router = new TestRouter();
    router.load(typed.join("\n"));
    return router.printed();
  });
  expect(second).toEqual(first);
});

test("what stands at its default is left out of a listing, unless defaults are asked for", () => {
  const router = new TestRouter();
  const text = `ipsec lifetime seconds 28800
    ipsec crl optional
    ipsec transport profile p virtual-router default ip address 0.0.0.0
    lifetime seconds 1800 864000
    lifetime kilobytes 102400 4294967295
    exit
    aaa local select database default
    aaa delimiter domainName @
    radius algorithm direct
    profile x
    ip access-routes
    no ip directed-broadcast
    no ip redirects
    no ip sa-validate
    l2tp destination profile y ip address 0.0.0.0
    remote host default
    default-upper-type ppp
    exit`;
  router.load(text);
  const said = text.split("\n").map((line) => line.trim());
  const listed = new Set(router.printed().map((line) => line.trim()));
  const isOpener = (line: string): boolean =>
    /^(?:exit|profile x|l2tp destination profile .*|remote host .*|ipsec transport profile .*)$/.test(line);
  expect(said.filter((line) => listed.has(line) && !isOpener(line))).toEqual([]);
  const { lines } = router.shell.execute("show configuration include-defaults");
  const all = new Set(lines.map((line) => line.trim()));
  expect(said.filter((line) => !all.has(line) && !isOpener(line))).toEqual([]);
});
