/** How a JunosE session behaves: levels, leaving, virtual routers, abbreviation, errors, `no`, clear. */

import { expect, test } from "vitest";
import { TestRouter, text } from "./router.ts";
import { call, connection, session, tunnel } from "./snapshots.ts";

test("exit leads from the mode to the one around it, to privileged exec, to user exec, and out", () => {
  const router = new TestRouter();
  const lines = ["configure terminal", "l2tp destination profile p ip address 0.0.0.0", "remote host default"];
  expect(router.session(...lines, "exit", "exit", "exit", "exit")).toBe(text`
    host1#configure terminal
    Enter configuration commands, one per line.  End with ^Z.
    host1(config)#l2tp destination profile p ip address 0.0.0.0
    host1(config-l2tp-dest-profile)#remote host default
    host1(config-l2tp-dest-profile-host)#exit
    host1(config-l2tp-dest-profile)#exit
    host1(config)#exit
    host1#exit
  `);
  expect(router.shell.prompt()).toBe("host1>");
  expect(router.shell.execute("exit").loggedOut).toBe(true);
});

test("a login of the automation tools: enable, terminal length and width, exit twice", () => {
  const router = new TestRouter(1);
  expect(
    router.session("enable 15", "terminal length 0", "terminal width 132", "terminal width 512", "disable", "enable"),
  ).toBe(text`
    host1>enable 15
    host1#terminal length 0
    host1#terminal width 132
    host1#terminal width 512
    host1#disable
    host1>enable
  `);
  expect(router.session("show privilege")).toContain("Privilege level is 10");
  expect(router.shell.execute("show configuration").ok).toBe(true);
  router.session("exit");
  expect(router.shell.prompt()).toBe("host1>");
  expect(router.shell.execute("show configuration").ok).toBe(false);
  expect(router.shell.execute("terminal length 0")).toMatchObject({ ok: true, lines: [] });
});

test("a virtual router is made in configuration, and only entered in exec", () => {
  const router = new TestRouter();
  expect(
    router.session(
      "virtual-router westford",
      "configure terminal",
      "virtual-router westford",
      "end",
      "virtual-router default",
    ),
  ).toBe(text`
    host1#virtual-router westford
    % Virtual router westford does not exist
    host1#configure terminal
    Enter configuration commands, one per line.  End with ^Z.
    host1(config)#virtual-router westford
    host1:westford(config)#end
    host1:westford#virtual-router default
  `);
  expect(router.shell.prompt()).toBe("host1#");
});

test("what belongs to the chassis stays where it is, whichever virtual router it was typed in", () => {
  const router = new TestRouter();
  router.load(
    "virtual-router westford\nl2tp destruct-timeout 1200\nip router-id 1.1.1.1\nprofile p\nip unnumbered loopback 0",
  );
  expect(router.printed()).toEqual([
    "l2tp destruct-timeout 1200",
    "!",
    "profile p",
    " ip unnumbered loopback 0",
    "!",
    "virtual-router westford",
    "!",
    "ip router-id 1.1.1.1",
    "!",
  ]);
});

test("words may be as short as they are unique, and names keep their case", () => {
  const router = new TestRouter();
  router.session(
    "conf t",
    "l2t desti pro Boston4 ip ad 0.0.0.0",
    "rem ho default",
    "ena ips",
    "PROFILE GeorgeProfile1",
  );
  expect(router.printed()).toContain("l2tp destination profile Boston4 ip address 0.0.0.0");
  expect(router.printed()).toContain("  enable ipsec-transport");
  expect(router.printed()).toContain("  profile GeorgeProfile1");
});

test("`run` and `do` take exec commands into configuration, and `run` may be as short as it is unique", () => {
  const router = new TestRouter();
  router.session("configure terminal", "virtual-router west", "interface loopback 0");
  const clock = router.session("do show clock").split("\n")[1];
  for (const line of ["run show clock", "ru show clock", "RU sh clo"]) expect(router.session(line)).toContain(clock);
  expect(router.shell.complete("ru")).toBe("run ");
  expect(router.shell.help("ru show clo")).toEqual(router.shell.help("run show clo"));
  expect(router.session("r show clock")).toContain("%");
  expect(router.session("run virtual-router default", "interface loopback 1", "end")).toBe(text`
    host1:west(config-if)#run virtual-router default
    host1(config)#interface loopback 1
    host1(config-if)#end
  `);
});

test("errors point at the first word that nothing can be made of", () => {
  const router = new TestRouter();
  router.session("configure terminal");
  expect(router.session("l2tp destruct-timeout 9", "l2tp d", "l2tp destruct-timeout", "ipsec option banana")).toBe(
    text`
    host1(config)#l2tp destruct-timeout 9
                                        ^
    % Invalid input detected at '^' marker.

    host1(config)#l2tp d
    % Ambiguous command:  "l2tp d"

    host1(config)#l2tp destruct-timeout
    % Incomplete command.

    host1(config)#ipsec option banana
                               ^
    % Invalid input detected at '^' marker.

  `.concat("\n"),
  );
  expect(router.printed()).toEqual([]);
});

test.each([
  ["l2tp destruct-timeout", [10, 3600]],
  ["l2tp tunnel idle-timeout", [0, 86_400]],
  ["l2tp short-drain-timeout", [0, 31]],
  ["l2tp retransmission", [2, 30]],
  ["l2tp destination lockout-timeout", [60, 3600]],
  ["ipsec lifetime seconds", [1800, 864_000]],
  ["ipsec lifetime kilobytes", [102_400, 4_294_967_295]],
  ["ipsec ike-policy-rule", [1, 10_000]],
  ["aaa timeout session", [60, 31_622_400]],
  ["profile p / ppp keepalive", [30, 64_800]],
  ["profile p / ppp max-authentication-retry", [0, 7]],
  ["profile p / ip mtu", [512, 10_240]],
  ["ipsec ike-policy-rule 1 / lifetime", [60, 86_400]],
] as const)("%s takes %j and nothing beyond", (command, [least, most]) => {
  const [line = "", ...openers] = command.split(" / ").reverse();
  const router = new TestRouter();
  const takes = (value: number) => {
    router.shell.enterConfiguration();
    router.session(...openers);
    return router.shell.execute(`${line} ${value}`).ok;
  };
  expect([least, most].map(takes)).toEqual([true, true]);
  expect([least - 1, most + 1].map(takes)).toEqual([false, false]);
});

test.each([
  ["l2tp destination profile ghost", "% L2TP destination profile ghost needs an ip address"],
  ["ipsec transport profile ghost", "% IPsec transport profile ghost needs a virtual router and an ip address"],
  ["ip local pool p 10.0.0.9 10.0.0.1", "% The first address of a pool must not be above its last"],
  ["ip local pool p warning 70 80", "% The high threshold must be above the abated threshold"],
  [
    "ipsec ca authenticate trusted",
    "% Nothing is fetched over the network; copy the files and say ipsec certificate-database refresh",
  ],
])("%s is refused with a reason", (line, reason) => {
  const router = new TestRouter();
  router.shell.enterConfiguration();
  expect(router.shell.execute(line)).toMatchObject({ ok: false, changed: false, lines: [reason] });
});

test("there are at most ten IKE policy rules, and a rule that exists may be entered again", () => {
  const router = new TestRouter();
  const rules = Array.from({ length: 10 }, (_, index) => `ipsec ike-policy-rule ${index + 1}`);
  expect(router.load(rules.join("\n")).refused).toEqual([]);
  router.shell.enterConfiguration();
  expect(router.shell.execute("ipsec ike-policy-rule 11")).toMatchObject({
    ok: false,
    lines: ["% There are 10 IKE policy rules already"],
  });
  expect(router.shell.execute("ipsec ike-policy-rule 10").ok).toBe(true);
});

test("a profile is entered again by its name alone and keeps what it was made with", () => {
  const router = new TestRouter();
  router.load("l2tp destination profile p ip address 10.10.76.12\nl2tp destination profile p\nremote host LAC");
  expect(router.printed()).toContain("l2tp destination profile p ip address 10.10.76.12");
  expect(router.printed()).toContain(" remote host LAC");
});

test.each([
  ["no l2tp destination profile p", "l2tp destination profile p ip address 0.0.0.0\nremote host LAC"],
  [
    "no ipsec transport profile t",
    "ipsec transport profile t virtual-router default ip address 0.0.0.0\nlocal ip address 10.0.0.1",
  ],
  ["no ip local pool vpnpool", "ip local pool vpnpool 10.0.0.1 10.0.0.2\nip local pool vpnpool 10.0.1.1 10.0.1.2"],
  ["no ip route 10.0.0.0 255.0.0.0", "ip route 10.0.0.0 255.0.0.0 1.1.1.1\nip route 10.0.0.0 255.0.0.0 2.2.2.2"],
  ["no username fred", "username fred password x"],
  ["no license b-ras", "license b-ras K"],
  ["no aaa dns primary", "aaa dns primary 1.1.1.1"],
  ["no hostname", "hostname east"],
  ["no interface loopback 0", "interface loopback 0\nip address 10.0.0.1 255.255.255.255"],
  ["no ipsec key manual pre-share 1.2.3.4", "ipsec key manual pre-share 1.2.3.4\nkey k"],
  ["no ipsec transform-set s", "ipsec transform-set s esp-3des-hmac-sha"],
  ["no l2tp tunnel idle-timeout", "l2tp tunnel idle-timeout 5"],
  ["no l2tp retransmission", "l2tp retransmission 5 established\nl2tp retransmission 6"],
])("%s takes it all back", (undo, made) => {
  const router = new TestRouter();
  router.load(made);
  expect(router.printed().length).toBeGreaterThan(0);
  router.shell.enterConfiguration();
  expect(router.shell.execute(undo)).toMatchObject({ ok: true, changed: true });
  expect(router.printed().filter((line) => line !== "!" && line !== "virtual-router default")).toEqual([]);
});

test("`no` in a mode takes back one line of it", () => {
  const router = new TestRouter();
  router.load(`ipsec transport profile t virtual-router default ip address 0.0.0.0
    local ip address 10.0.0.1
    pre-share secret
    no pre-share
    l2tp destination profile p ip address 0.0.0.0
    remote host default
    single-shot-tunnel
    enable ipsec-transport
    no single-shot-tunnel`);
  expect(router.printed().join("\n")).not.toMatch(/pre-share|single-shot/);
  expect(router.printed()).toContain("  enable ipsec-transport");
});

test("`?` tells what comes next, in two columns", () => {
  const router = new TestRouter();
  router.session("configure terminal", "l2tp destination profile p ip address 0.0.0.0", "remote host default");
  expect(router.shell.help("local ").join("\n")).toBe(
    text`
      host  Host name that we send
      ip    IP
    `
      .replace(/^/gm, "  ")
      .concat("\n"),
  );
  expect(router.shell.help("sing")).toEqual(["single-shot-tunnel", ""]);
  expect(router.shell.help("enable ipsec-transport ")).toEqual(["  <cr>", ""]);
  expect(router.shell.complete("sing")).toBe("single-shot-tunnel ");
  expect(router.shell.help("").some((line) => line.startsWith("  single-shot-tunnel "))).toBe(true);
});

test("exec commands run in configuration behind `run` and `do`, and show by itself", () => {
  const router = new TestRouter();
  router.session("configure terminal");
  for (const line of ["run show clock", "do show clock", "show clock"]) {
    expect(router.session(line)).toBe(`host1(config)#${line}\nMON DEC 01 2008 10:12:33 UTC`);
  }
});

test("clear ends what it names and nothing else", () => {
  const router = new TestRouter();
  router.load("virtual-router westford");
  router.doing = {
    connections: [connection(), connection({ connection: 2, virtualRouter: "westford" })],
    l2tp: {
      ...router.snapshot().l2tp,
      tunnels: [
        tunnel(),
        tunnel({ tunnel: 2, path: { ...tunnel().path, connection: 2 }, sessions: [call({ session: 5 })] }),
      ],
    },
    sessions: [session({ user: "fred" }), session({ user: "ann", session: 5 })],
  };
  const reason = "cleared by the operator";
  const asked = (line: string) => {
    router.requests.length = 0;
    expect(router.shell.execute(line)).toMatchObject({ ok: true });
    return [...router.requests];
  };
  expect(asked("clear l2tp tunnel 2/1")).toEqual([{ type: "closeTunnel", tunnel: 2, reason }]);
  expect(asked("clear l2tp destination 1")).toEqual([{ type: "closeTunnel", tunnel: 1, reason }]);
  expect(asked("clear l2tp tunnel")).toHaveLength(2);
  expect(asked("clear l2tp session 2/1/5")).toEqual([{ type: "closeSession", session: 5, reason }]);
  expect(asked("clear ipsec ike-sa 172.31.1.98")).toEqual([{ type: "closeConnection", connection: 1, reason }]);
  expect(asked("clear ipsec transport interface 2")).toEqual([{ type: "closeConnection", connection: 2, reason }]);
  expect(asked("logout subscribers username ann")).toEqual([{ type: "closeSession", session: 5, reason }]);
  expect(asked("logout subscribers all")).toHaveLength(2);
  router.requests.length = 0;
  expect(router.shell.execute("clear l2tp tunnel 9/9")).toMatchObject({
    ok: false,
    lines: ["% There is no L2TP tunnel 9/9"],
  });
  expect(router.requests).toEqual([]);
});

test("`?` lists commands without a heading, and ranges with blanks around the dash", () => {
  const router = new TestRouter();
  router.session("configure terminal");
  expect(router.shell.help("l2tp destruct-timeout ")).toEqual(["  <10 - 3600>  Seconds", ""]);
  const [first = ""] = router.shell.help("");
  expect(first).toMatch(/^ {2}aaa +Configure authentication/);
});

test("what is known of the parameters of kept lines is checked, and the line before is replaced", () => {
  const router = new TestRouter();
  router.session("configure terminal");
  for (const line of ["ip ttl 256", "ip ttl", "radius tunnel-accounting maybe", "snmp-server packetsize 100"]) {
    expect(router.shell.execute(line).ok).toBe(false);
  }
  router.load(
    "ip ttl 10\nip ttl 20\nradius trap auth-server-responding enable\nradius trap acct-server-responding enable",
  );
  expect(router.printed().filter((line) => /^(ip ttl|radius trap)/.test(line))).toEqual([
    "radius trap auth-server-responding enable",
    "radius trap acct-server-responding enable",
    "ip ttl 20",
  ]);
});
