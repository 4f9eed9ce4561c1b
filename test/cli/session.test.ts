import { expect, test } from "vitest";
import { Gateway } from "../../src/cli/gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { ShownTerminal } from "../support/shown-terminal.ts";

const { ios, junose } = dialects;

function gatewayWith(configuration: string, dialect = ios): Gateway {
  const gateway = new Gateway(dialect);
  gateway.load(configuration);
  return gateway;
}

function login(gateway: Gateway, line: string, name = ""): Session & { readonly heard: string[] } {
  const session = new Session(gateway, {
    line,
    paged: true,
    monitor: false,
    user: { name, level: 15 },
    location: "10.0.0.9",
  });
  const heard: string[] = [];
  session.onMessage((lines) => heard.push(...lines));
  return Object.assign(session, { heard });
}

const LINES = `hostname R1
banner motd #Day#
banner exec #Hello#
line con 0
 exec-timeout 0 0
 length 0
line vty 0 4
 exec-timeout 5 30
 length 40
 width 132
 history size 3
 no motd-banner
line vty 5 15
 no exec-timeout
`;

test("a login begins with what its line says", () => {
  const gateway = gatewayWith(LINES);
  const [con, vty, last] = [login(gateway, "con 0"), login(gateway, "vty 4"), login(gateway, "vty 15")];
  expect([con.terminal.length, con.terminal.width, con.idleMillis]).toEqual([0, 80, undefined]);
  expect([vty.terminal.length, vty.terminal.width, vty.idleMillis]).toEqual([40, 132, 330_000]);
  expect([last.terminal.length, last.idleMillis]).toEqual([24, undefined]);
  expect([con.greeting(), vty.greeting()]).toEqual([["Day", "Hello"], ["Hello"]]);
  for (const line of ["show clock", "show version", "show privilege", "show history"]) vty.execute(line);
  expect(vty.execute("show history").lines).toEqual(["  show version", "  show privilege", "  show history"]);
  vty.resize(100, 50);
  expect([vty.terminal.length, vty.terminal.width]).toEqual([40, 132]);
  gateway.abandon();
});

test("the clock is set in both dialects: it is shown, dates the log and moves no deadline", () => {
  const gateway = gatewayWith(
    "hostname R1\nclock timezone CET 1\nservice timestamps log datetime localtime show-timezone\n",
  );
  const con = login(gateway, "con 0");
  const before = gateway.host.now();
  expect(con.execute("show clock detail").lines).toEqual([expect.stringMatching(/^\*/), "No time source"]);
  expect(con.execute("clock set 10:00:00 31 June 2027").lines).toEqual(["% There is no such day"]);
  expect(con.execute("clock set 25:00:00 1 June 2027").ok).toBe(false);
  expect(con.execute("clock set 10:00:00 January 5 2027").lines).toEqual([]);
  const [time, source] = con.execute("show clock detail").lines;
  expect(time).toMatch(/^10:00:0\d\.\d{3} CET Tue Jan 5 2027$/);
  expect(source).toBe("Time source is user configuration");
  const last = con.execute("show logging").lines.at(-1);
  expect(last).toMatch(
    /^Jan {2}5 10:00:0\d CET: %SYS-6-CLOCKUPDATE: System clock has been updated from .* to 10:00:00 CET Tue Jan 5 2027, configured from console by console\.$/,
  );
  expect(gateway.host.now() - before).toBeLessThan(60_000);
  expect(con.execute("show users").lines.join()).toMatch(/con 0 +idle +00:00:0\d/);
  gateway.abandon();
  const other = gatewayWith("hostname x", junose);
  const console = login(other, "console");
  expect(console.execute("clock set 10:00:00 january 5 2027").ok).toBe(true);
  expect(console.execute("show clock").lines.join()).toMatch(/JAN 05 2027 10:00:0\d/);
  other.abandon();
});

test("what a user sends to the log is in it at the level that was said", () => {
  const gateway = gatewayWith("hostname R1");
  const vty = login(gateway, "vty 1", "ann");
  for (const line of ["send log all is well", "send log 3 line 4 is down", "send log 9"])
    expect(vty.execute(line).ok).toBe(true);
  expect(vty.execute("send log").ok).toBe(false);
  const said = vty.execute("show logging | include USERLOG").lines.map((line) => line.replace(/^.*?%/, "%"));
  expect(said).toEqual([
    expect.stringMatching(/^%SYS-7-USERLOG_DEBUG: Message from tty\d+\(user id: ann\): all is well$/),
    expect.stringMatching(/^%SYS-3-USERLOG_ERR: .*: line 4 is down$/),
    expect.stringMatching(/^%SYS-7-USERLOG_DEBUG: .*: 9$/),
  ]);
  gateway.abandon();
});

test("the editor is taken away from one login, or from those of a line", () => {
  const gateway = gatewayWith("line vty 0 4\n no editing");
  const [con, vty] = [login(gateway, "con 0"), login(gateway, "vty 1")];
  expect([con.terminal.editing, vty.terminal.editing]).toEqual([true, false]);
  con.execute("terminal no editing");
  vty.execute("terminal editing");
  expect([con.terminal.editing, vty.terminal.editing]).toEqual([false, true]);
  expect(con.execute("show terminal").lines).toContain("Editing is disabled.");
  gateway.abandon();
});

test("a terminal line without a word about it ends after ten minutes, the console never does", () => {
  for (const dialect of [ios, junose]) {
    const gateway = gatewayWith("hostname x", dialect);
    expect(login(gateway, "vty 0").idleMillis).toBe(600_000);
    expect(login(gateway, "con 0").idleMillis).toBeUndefined();
    gateway.abandon();
  }
  const timed = gatewayWith("line console 0\nexec-timeout 1 5\nline vty 0 4\nexec-timeout 2\n", junose);
  expect([login(timed, "con 0").idleMillis, login(timed, "vty 3").idleMillis]).toEqual([65_000, 120_000]);
  timed.abandon();
});

test("show users lists the logins, clear line ends one, and send reaches the others", () => {
  const gateway = gatewayWith("hostname R1");
  const con = login(gateway, "con 0");
  const ann = login(gateway, "vty 0", "ann");
  expect(con.execute("show users").lines.slice(0, 3)).toEqual([
    "    Line       User       Host(s)              Idle       Location",
    "*  0 con 0                idle                 00:00:00   10.0.0.9",
    "   2 vty 0      ann        idle                 00:00:00   10.0.0.9".replace("vty 0      ann ", "vty 0     ann "),
  ]);
  const asked: string[] = [];
  let question = con.execute("send *").question;
  for (const text of ["reload at noon,", "", "bring tea\x1a", ""]) {
    asked.push(question?.prompt ?? "nothing");
    question = question === undefined ? undefined : con.answer(question, text).question;
  }
  expect(asked).toEqual(["", "", "", "Send message? [confirm]"]);
  const head = ["", "", "***", "***", "*** Message from tty0 to all terminals:", "***"];
  expect(ann.heard).toEqual([...head, "reload at noon,", "", "bring tea", ""]);
  const clear = con.execute("clear line 2").question;
  expect(clear === undefined ? [] : con.answer(clear, "").lines).toEqual([" [OK]"]);
  expect([ann.ended, gateway.logins.all.map(({ line }) => line)]).toEqual([true, ["con 0"]]);
  const again = con.execute("clear line vty 3").question;
  expect(again === undefined ? true : con.answer(again, "").ok).toBe(false);
  gateway.abandon();
});

test("exec and configuration have histories of their own; what is text or an answer is in neither", () => {
  const gateway = gatewayWith("hostname R1");
  const con = login(gateway, "con 0");
  for (const line of [
    "conf t",
    "hostname R2",
    "banner motd #",
    "secret text",
    "#",
    "end",
    "show clock",
    "show clock",
  ]) {
    con.execute(line);
  }
  expect(con.terminal.history).toEqual(["conf t", "show clock"]);
  con.execute("terminal history size 1");
  con.execute("conf t");
  expect(con.terminal.history).toEqual(["end"]);
  gateway.abandon();
});

test("debugging of an IOS box is the same for every login, and is shown where the log is", () => {
  const gateway = gatewayWith("hostname x");
  const [first, second] = [login(gateway, "vty 0"), login(gateway, "vty 1")];
  first.execute("debug aaa authentication");
  expect(second.execute("show debugging").lines).toContain("  AAA Authentication debugging is on");
  const said = { category: "aaa", severity: "info", text: "a user was looked up", fields: {} } as const;
  const timed = { event: said, at: new Date(0), sequence: 0, uptimeMillis: 0 };
  expect(first.logLines(timed)).toEqual([]);
  second.execute("terminal monitor");
  expect(second.logLines(timed)).toHaveLength(1);
  gateway.abandon();
});

test("debugging of a JunosE login is its own", () => {
  const gateway = gatewayWith("hostname x", junose);
  const [first, second] = [login(gateway, "vty 0"), login(gateway, "vty 1")];
  first.execute("log severity debug aaa");
  const said = { category: "aaa", severity: "info", text: "a user was looked up", fields: {} } as const;
  const timed = { event: said, at: new Date(0), sequence: 0, uptimeMillis: 0 };
  expect(second.logLines(timed)).toEqual([]);
  gateway.abandon();
});

test("what a configuration lacks is told when nobody is typing it any more, and once", () => {
  const gateway = gatewayWith("hostname x\n");
  const session = login(gateway, "con 0");
  const warned = () => session.execute("show logging").lines.filter((line) => line.includes("vpdn-group 5:"));
  for (const line of ["configure terminal", "vpdn-group 5", "accept-dialin"]) session.execute(line);
  gateway.reconcile();
  expect(session.execute("do show logging").lines.join("\n")).not.toContain("vpdn-group 5:");
  session.execute("end");
  gateway.reconcile();
  expect(warned()).toHaveLength(1);
  session.execute("configure terminal");
  session.execute("no vpdn-group 5");
  session.execute("end");
  expect(warned()).toHaveLength(1);
  gateway.abandon();
});

test("whoever sits at a terminal is asked before a virtual router is made or lost; scripts are not", () => {
  const typed = (keys: string, paged = true): { readonly screen: string; readonly routers: readonly string[] } => {
    const gateway = gatewayWith("hostname e\n", junose);
    const session = new Session(gateway, { line: "con 0", paged, monitor: false });
    const terminal = new ShownTerminal(session);
    terminal.vty.start();
    terminal.vty.feed(`configure terminal\r${keys}`);
    const routers = [...gateway.store.routers.keys()];
    gateway.abandon();
    return { screen: terminal.screen, routers };
  };
  const asked = "Proceed with new virtual-router creation? [confirm]";
  expect(typed("virtual-router west\r").screen.endsWith(asked)).toBe(true);
  expect(typed("virtual-router west\r").routers).not.toContain("west");
  for (const keys of ["\r", "y", "ipsec option dpd\r", "no ipsec option nat-t\r"]) {
    const { screen, routers } = typed(`virtual-router west\r${keys}`);
    expect(routers).toContain("west");
    expect(screen.endsWith("e:west(config)#")).toBe(true);
  }
  for (const keys of ["n\r", "no\r", "\x03"]) {
    const { screen, routers } = typed(`virtual-router west\r${keys}`);
    expect(routers).not.toContain("west");
    expect(screen.endsWith("e(config)#")).toBe(true);
  }
  expect(typed("virtual-router west\r\rno virtual-router west\rn\r").routers).toContain("west");
  expect(typed("virtual-router west\r\rno virtual-router west\ry").routers).not.toContain("west");
  expect(typed("virtual-router west\r", false)).toMatchObject({ routers: expect.arrayContaining(["west"]) });
  expect(typed("virtual-router west\r", false).screen).not.toContain("confirm");
});

test("lines that come at once are acted on once, and whoever looks sees what they say", () => {
  let compiled = 0;
  const counting: typeof ios = {
    ...ios,
    compile: (store) => {
      compiled += 1;
      return ios.compile(store);
    },
  };
  const gateway = gatewayWith("hostname R1\n", counting);
  const session = login(gateway, "vty 0");
  const before = compiled;
  session.execute("configure terminal");
  for (let number = 0; number < 500; number += 1) {
    session.execute(`interface Loopback${number}`);
    session.execute(` ip address 10.0.${number >> 8}.${number & 255} 255.255.255.255`);
  }
  expect(compiled - before).toBeLessThan(3);
  const { lines } = session.execute("do show ip route summary");
  expect(lines.join("\n")).toMatch(/connected +\d+ +500/);
  session.execute("no interface Loopback7");
  expect(gateway.spec.virtualRouters[0]?.interfaces).toHaveLength(499);
  expect(compiled - before).toBeLessThan(6);
});

test("what was typed is acted on without anybody looking", async () => {
  const gateway = gatewayWith("hostname R1\n");
  const heard: string[] = [];
  gateway.logs.listen(({ event }) => heard.push(event.text));
  const session = login(gateway, "vty 0");
  const crypto =
    "crypto map MAP 1 ipsec-isakmp dynamic DYN\ninterface FastEthernet0/0\nip address 192.0.2.1 255.255.255.0\ncrypto map MAP";
  for (const line of `configure terminal\ncrypto dynamic-map DYN 1\n${crypto}`.split("\n")) session.execute(line);
  await expect.poll(() => heard).toContain("IPsec is terminated here");
  gateway.abandon();
});

test("a JunosE message has a mark of its own in its first line, or goes on to Ctrl-Z", () => {
  const gateway = gatewayWith("hostname E1", junose);
  const con = login(gateway, "con 0");
  const ann = login(gateway, "vty 0", "ann");
  const play = (line: string, answers: readonly string[]): string[] => {
    let result = con.execute(line);
    const printed = [...result.lines, ...(result.question === undefined ? [] : [result.question.prompt])];
    for (const text of answers) {
      if (result.question === undefined) break;
      result = con.answer(result.question, text);
      printed.push(...result.lines, ...(result.question === undefined ? [] : [result.question.prompt]));
    }
    return printed;
  };
  const confirmed = "Proceed with send? [confirm]";
  expect(play("send 1 Xnoon", ["and laterX no more", ""])).toEqual([
    " Enter remainder of text message.  End with the character 'X'.",
    "",
    confirmed,
  ]);
  expect(play("send *", ["one", "two\x1a", ""])).toEqual([
    " Enter remainder of text message.  End with ^Z.",
    "",
    " Enter remainder of text message.  End with ^Z.",
    "",
    confirmed,
  ]);
  expect(play('send vty 0 "at once"', [""])).toEqual([confirmed]);
  expect(ann.heard.filter((line) => line.startsWith("  "))).toEqual([
    "  noon",
    "  and later",
    "  one",
    "  two",
    "  at once",
  ]);
  gateway.abandon();
});

test("debugging goes where the log goes at its level: into the buffer, and to the console unless that takes less", () => {
  const gateway = gatewayWith("logging buffered 8192 debugging\nlogging console informational");
  const con = login(gateway, "con 0");
  const sa = { peer: "192.0.2.7:500", local: "192.0.2.1:500", sa: 1001, initiator: false, reason: "cleared" };
  const say = () => gateway.logs.log("ike", "debug", "Phase 1 SA was deleted", sa);
  const kept = () => con.execute("show logging | include ISAKMP:").lines.map((line) => line.replace(/^.*?: /, ""));
  const shown: string[] = [];
  gateway.logs.listen((timed) => shown.push(...con.logLines(timed)));
  con.terminal.monitor = true;
  say();
  expect([kept(), shown]).toEqual([[], []]);
  con.execute("debug crypto isakmp");
  say();
  const deleted = 'ISAKMP:(1001):deleting SA reason "cleared" state (R) QM_IDLE (peer 192.0.2.7)';
  expect(kept().at(-1)).toBe(deleted);
  expect(shown).toEqual([]);
  for (const line of ["configure terminal", "logging console", "logging buffered informational", "end"])
    con.execute(line);
  const before = kept().length;
  say();
  expect(kept()).toHaveLength(before);
  expect(shown.at(-1)).toContain(deleted);
  gateway.abandon();
});
