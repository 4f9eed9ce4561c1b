/** Limits of sessions as they are typed in both dialects: who comes too late hears it, and the log and `show` tell. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lab } from "../../src/cli/api/api.ts";
import type { LabOptions } from "../../src/cli/api/lab.ts";

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/configs/${name}`, import.meta.url), "utf8");
const IOS = fixture("ios-lab.cfg");
const JUNOSE = fixture("junose-l2tp-ipsec.cfg").replace(/^single-shot-tunnel\n/m, "");

function under(config: string, line: string, ...added: readonly string[]): string {
  return config.replace(`${line}\n`, [line, ...added, ""].join("\n"));
}

interface Typed {
  readonly typed: string;
  readonly config: string;
  readonly psk: string;
  readonly inside: string;
  readonly dialect: LabOptions["dialect"];
  /** In the log. */
  readonly reason: string;
  /** What the one too many hears. */
  readonly heard: RegExp;
  readonly show: readonly [command: string, line: RegExp];
}

const ios = { psk: "secret", inside: "12.0.0.8", dialect: "ios" } as const;
const junose = { psk: "groupSecret", inside: "10.0.0.1", dialect: "junose" } as const;
const NOW = /no facilities available for now/;
const HOST = "remote host default";
const PROFILE = "l2tp destination profile boston4 ip address 0.0.0.0";

const limits: readonly Typed[] = [
  {
    ...ios,
    typed: "vpdn session-limit",
    config: under(IOS, "vpdn enable", "vpdn session-limit 2"),
    reason: "the session limit of the chassis is reached (2)",
    heard: NOW,
    show: ["show vpdn history failure", /the session limit of the chassis is reached \(2\)/],
  },
  {
    ...ios,
    typed: "vpdn incoming-limit",
    config: under(IOS, "vpdn enable", "vpdn session-limit 9", "vpdn incoming-limit 2"),
    reason: "the session limit of the chassis is reached (2)",
    heard: NOW,
    show: ["show vpdn history failure", /the session limit of the chassis is reached \(2\)/],
  },
  {
    ...ios,
    typed: "session-limit of a vpdn-group",
    config: under(IOS, "vpdn-group 1", " session-limit 2"),
    reason: "the session limit of 1 is reached (2)",
    heard: NOW,
    show: ["show vpdn group", /^Group session limit 2 Active sessions 2 /m],
  },
  {
    ...ios,
    typed: "group session-limit of a template that the group names",
    config: under(IOS, "vpdn enable", "vpdn-template ALL", " group session-limit 2").replace(
      "vpdn-group 1\n",
      "vpdn-group 1\n source vpdn-template ALL\n",
    ),
    reason: "the session limit of vpdn-template ALL is reached (2)",
    heard: NOW,
    show: ["show vpdn group", /^Session limit of vpdn-template ALL 2 Active sessions 2$/m],
  },
  {
    ...ios,
    typed: "group session-limit of the template without a name",
    config: under(IOS, "vpdn enable", "vpdn-template", " group session-limit 2"),
    reason: "the session limit of the vpdn-template is reached (2)",
    heard: NOW,
    show: ["show vpdn group", /^Session limit of the vpdn-template 2 Active sessions 2$/m],
  },
  {
    ...ios,
    typed: "username … user-maxlinks",
    config: under(IOS, "vpdn enable", "username fred user-maxlinks 2"),
    reason: "fred has the 2 sessions already that one user may have",
    heard: /refused|fail|authenticat/i,
    show: ["show vpdn history failure", /fred has the 2 sessions/],
  },
  {
    ...junose,
    typed: "max-sessions of a destination profile",
    config: under(JUNOSE, PROFILE, "max-sessions 2"),
    reason: "the session limit of boston4 as a whole is reached (2)",
    heard: NOW,
    show: ["show l2tp destination profile boston4", /Max sessions is 2\nStatistics\n.* session count is 2/],
  },
  {
    ...junose,
    typed: "max-sessions of a host profile",
    config: under(JUNOSE, HOST, "max-sessions 2"),
    reason: "the session limit of boston4 is reached (2)",
    heard: NOW,
    show: ["show l2tp destination profile boston4", /Max sessions is 2\n {4}Statistics\n.* session count is 2/],
  },
  {
    ...junose,
    typed: "max-sessions of a sessions-limit-group",
    config: under(JUNOSE, PROFILE, "sessions-limit-group gold", "max-sessions 2", "exit").replace(
      `${HOST}\n`,
      `${HOST}\nsessions-limit-group gold\n`,
    ),
    reason: "the session limit of group gold of boston4 is reached (2)",
    heard: NOW,
    show: ["show l2tp sessions-limit-group gold", /Max sessions is 2\n.*Current session count is 2/],
  },
  {
    ...junose,
    typed: "max-sessions with session-out-of-resource-result-code-override",
    config: under(JUNOSE, HOST, "max-sessions 2", "session-out-of-resource-result-code-override"),
    reason: "the session limit of boston4 is reached (2)",
    heard: /insufficient resources|general error/,
    show: ["show ipsec failures", /the session limit of boston4 is reached \(2\)/],
  },
  {
    ...junose,
    typed: "aaa subscriber limit",
    config: under(JUNOSE, "ip address-pool local", "aaa subscriber limit 2"),
    reason: "virtual router default has its 2 subscribers already",
    heard: /refused|fail|authenticat/i,
    show: ["show ipsec failures", /raise the limit of sessions.* \(Windows says error 691\)/],
  },
  {
    ...junose,
    typed: "aaa subscriber limit per-vr",
    config: under(JUNOSE, "ip address-pool local", "aaa subscriber limit per-vr 2"),
    reason: "virtual router default has its 2 subscribers already",
    heard: /refused|fail|authenticat/i,
    show: ["show ipsec failures", /virtual router default has its 2 subscribers already/],
  },
];

test.each(limits)("$dialect, $typed", ({ config, psk, inside, dialect, reason, heard, show: [command, line] }) => {
  using net = lab({ config, ...(dialect === undefined ? {} : { dialect }) });
  expect(net.router.report?.refused).toEqual([]);
  const behind = net.nat();
  const client = () => net.client({ psk, user: "fred", password: "fredPw", behind });
  const [first, second, late] = [client(), client(), client()];
  expect([first.connect(), second.connect()], first.reason).toEqual([true, true]);
  expect(late.connect({ timeoutSeconds: 90 })).toBe(false);
  expect(late.reason).toMatch(heard);
  expect(net.router.run(dialect === "ios" ? "show logging" : "show log data").text).toContain(reason);
  expect(net.router.run(command).text).toMatch(line);
  expect([first, second].map((each) => each.ping(inside, 2))).toEqual([2, 2]);
  first.disconnect();
  net.drive(5);
  const next = client();
  expect(next.connect(), next.reason).toBe(true);
});

test("limits that are typed while sessions stand count them, and end none", () => {
  using net = lab({ config: IOS });
  const behind = net.nat();
  const clients = [1, 2].map(() => net.client({ psk: "secret", user: "fred", password: "fredPw", behind }));
  for (const client of clients) expect(client.connect()).toBe(true);
  expect(net.router.paste("configure terminal\nvpdn-template\ngroup session-limit 2\nend\n").ok).toBe(true);
  expect(clients.map((client) => client.ping("12.0.0.8", 2))).toEqual([2, 2]);
  const late = net.client({ psk: "secret", user: "fred", password: "fredPw", behind });
  expect(late.connect({ timeoutSeconds: 90 })).toBe(false);
  clients[0]?.disconnect();
  net.drive(5);
  expect(late.connect()).toBe(true);
});
