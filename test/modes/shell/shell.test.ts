import { expect, test } from "vitest";
import { ConfigStore } from "../../../src/modes/tree/config-store.ts";
import { acme, bedrock, interfaceLine, shellOf, user } from "../../support/small-dialects.ts";

/** Types lines and gives the prompt after each. */
function prompts(shell: ReturnType<typeof shellOf>, lines: readonly string[]): string[] {
  return lines.map((line) => {
    shell.execute(line);
    return shell.prompt();
  });
}

test("a command of an outer mode leaves the modes inside it, one or many", () => {
  const shell = shellOf(acme);
  expect(
    prompts(shell, [
      "configure terminal",
      "vpdn-group L2TP",
      "accept-dialin",
      "protocol l2tp",
      "no l2tp tunnel authentication",
      "accept-dialin",
      "hostname lns",
      "interface fa0/0",
      "crypto map M",
      "crypto map M 10 dynamic D",
    ]),
  ).toEqual([
    "Router(config)#",
    "Router(config-vpdn)#",
    "Router(config-vpdn-acc-in)#",
    "Router(config-vpdn-acc-in)#",
    "Router(config-vpdn)#",
    "Router(config-vpdn-acc-in)#",
    "lns(config)#",
    "lns(config-if)#",
    "lns(config-if)#",
    "lns(config)#",
  ]);
});

test("a refused line changes neither the mode nor the configuration", () => {
  const shell = shellOf(acme);
  prompts(shell, ["configure terminal", "interface Loopback0"]);
  const before = acme.render(new ConfigStore());
  expect(shell.execute("duplex fuzzy")).toMatchObject({ ok: false, changed: false });
  expect(shell.execute("hostname taken")).toMatchObject({ ok: false, changed: false, lines: ["% Name is taken."] });
  expect(shell.prompt()).toBe("Router(config-if)#");
  expect(before).toEqual([]);
});

test("exit climbs one mode, end leaves configuration, and exec ends as the dialect says", () => {
  const shell = shellOf(acme);
  expect(prompts(shell, ["conf t", "vpdn-group A", "accept-dialin", "exit", "exit", "exit"])).toEqual([
    "Router(config)#",
    "Router(config-vpdn)#",
    "Router(config-vpdn-acc-in)#",
    "Router(config-vpdn)#",
    "Router(config)#",
    "Router#",
  ]);
  expect(prompts(shell, ["conf t", "vpdn-group A", "end"]).at(-1)).toBe("Router#");
  expect(shell.execute("exit").loggedOut).toBe(true);
  const other = shellOf(bedrock);
  expect(other.execute("exit").loggedOut).toBe(false);
  expect(other.prompt()).toBe("host1>");
  expect(other.execute("exit").loggedOut).toBe(true);
});

test("commands above the session's level do not exist for it", () => {
  const shell = shellOf(acme, new ConfigStore(), 1);
  expect(shell.execute("configure terminal").lines).toEqual([
    "       ^",
    "% Invalid input detected at '^' marker.",
    "",
  ]);
  expect(shell.execute("show r").ok).toBe(false);
  expect(prompts(shell, ["enable", "disable"])).toEqual(["Router#", "Router>"]);
});

test.each([
  ["show foo", "            ^", "% Invalid input detected at '^' marker."],
  ["show vex", "              ^", "% Invalid input detected at '^' marker."],
  ["show version now", "                    ^", "% Invalid input detected at '^' marker."],
])("the caret of %j stands under what nothing can be made of", (line, caret, text) => {
  expect(shellOf(acme).execute(line).lines).toEqual([caret, text, ""]);
});

test("the caret stands where the best reading ended, whichever mode that was in", () => {
  const shell = shellOf(acme);
  prompts(shell, ["conf t", "int lo0"]);
  expect(shell.execute("crypto map M 70000 dynamic D").lines[0]).toBe(`${" ".repeat(18 + 13)}^`);
  expect(shell.execute("ip address 10.0.0.x").lines[0]).toBe(`${" ".repeat(18 + 18)}^`);
});

test("incomplete and ambiguous lines are told apart", () => {
  const shell = shellOf(acme);
  expect(shell.execute("show").lines).toEqual(["% Incomplete command.", ""]);
  expect(shell.execute("e").lines).toEqual(['% Ambiguous command:  "e"', ""]);
  shell.execute("conf t");
  expect(shell.execute("do").lines).toEqual(["% Incomplete command.", ""]);
});

test("comments and empty lines do nothing in any mode", () => {
  const shell = shellOf(acme);
  prompts(shell, ["conf t", "int lo0"]);
  for (const line of ["", "   ", "!", "!Enable it", "  ! hostname x"]) {
    expect(shell.execute(line)).toMatchObject({ ok: true, changed: false, lines: [] });
  }
  expect(shell.prompt()).toBe("Router(config-if)#");
});

test("do and run reach exec from configuration; what the dialect allows works by its own name", () => {
  const shell = shellOf(acme);
  shell.execute("conf t");
  expect(shell.execute("do show version").lines).toEqual(["version 1"]);
  expect(shell.execute("show version").ok).toBe(false);
  expect(shell.prompt()).toBe("Router(config)#");
  const other = shellOf(bedrock);
  other.execute("conf t");
  expect(other.execute("show version").lines).toEqual(["version 1"]);
  expect(other.execute("run sh ver | count 1").lines).toEqual(["Number of lines which match regexp = 1"]);
  expect(other.execute("show version | exclude version").lines).toEqual([]);
});

test("a line says whether it changed the configuration", () => {
  const shell = shellOf(acme);
  shell.execute("conf t");
  expect(shell.execute("interface Loopback0").changed).toBe(true);
  expect(shell.execute("interface loopback 0").changed).toBe(false);
  expect(shell.execute("ip address 10.0.0.1 255.0.0.0").changed).toBe(true);
  expect(shell.execute("ip address 10.0.0.1 255.0.0.0").changed).toBe(false);
  expect(shell.execute("no duplex").changed).toBe(false);
  expect(shell.execute("no ip address").changed).toBe(true);
  expect(shell.execute("duplex full")).toMatchObject({ changed: true, inert: "there is no Ethernet here" });
});

test("warnings are printed and the line is kept", () => {
  const shell = shellOf(acme);
  shell.execute("conf t");
  expect(shell.execute("hostname 72_LNS").lines).toEqual(["% Hostname contains one or more illegal characters."]);
  expect(shell.prompt()).toBe("72_LNS(config)#");
});

test("no with a stored negation is a line of its own, and default takes it away", () => {
  const store = new ConfigStore();
  const shell = shellOf(acme, store);
  prompts(shell, ["conf t", "vpdn-group A", "no l2tp tunnel authentication"]);
  expect(acme.render(store)).toEqual(["vpdn-group A", " no l2tp tunnel authentication"]);
  shell.execute("default l2tp tunnel authentication");
  expect(acme.render(store)).toEqual(["vpdn-group A"]);
  shell.execute("no vpdn-group A");
  expect(acme.render(store)).toEqual([]);
  expect(shell.prompt()).toBe("Router(config)#");
});

test("a negation names its line by key; other values need not be typed, but must agree when they are", () => {
  const store = new ConfigStore();
  const shell = shellOf(acme, store);
  prompts(shell, [
    "conf t",
    "username a password one",
    "username b password two",
    "crypto isakmp key k address 10.0.0.1",
    "crypto isakmp key k hostname w",
    "no username a",
    "no crypto isakmp key k hostname w",
  ]);
  expect(acme.render(store)).toEqual(["username b password two", "!", "crypto isakmp key k address 10.0.0.1"]);
  expect(shell.execute("no username").ok).toBe(false);
  expect(shell.execute("no username b password three").changed).toBe(false);
});

test("a mark glued to the last word is a slip, but not at the end of a password or a text", () => {
  const store = new ConfigStore();
  const shell = shellOf(acme, store);
  const results = [
    "conf t",
    "username u password secret!",
    "crypto dynamic-map D 10",
    "set transform-set TS1!",
    "interface lo0",
    "description hurry!",
    "exit!",
  ].map((line) => shell.execute(line).ok);
  expect(results.every((ok) => ok)).toBe(true);
  expect(acme.render(store)).toEqual([
    "username u password secret!",
    "!",
    "crypto dynamic-map D 10",
    " set transform-set TS1",
    "!",
    "interface Loopback0",
    " description hurry!",
  ]);
  expect(shell.prompt()).toBe("Router(config)#");
});

test("a mode whose line another session removed is left", () => {
  const store = new ConfigStore();
  const [mine, other] = [shellOf(acme, store), shellOf(acme, store)];
  prompts(mine, ["conf t", "vpdn-group A", "accept-dialin"]);
  prompts(other, ["conf t", "no vpdn-group A"]);
  expect(mine.prompt()).toBe("Router(config)#");
  expect(mine.execute("protocol l2tp").ok).toBe(false);
  expect(acme.render(store)).toEqual([]);
});

test("each virtual router has its own lines, and the prompt says where one stands", () => {
  const store = new ConfigStore();
  const shell = shellOf(bedrock, store);
  expect(
    prompts(shell, [
      "configure terminal",
      "virtual-router westford",
      "no ipsec option nat-t",
      "l2tp destination profile p ip address 0.0.0.0",
      "remote host default",
      "enable ipsec-transport",
      "virtual-router default",
      "hostname h",
    ]),
  ).toEqual([
    "host1(config)#",
    "host1:westford(config)#",
    "host1:westford(config)#",
    "host1:westford(config-l2tp-dest-profile)#",
    "host1:westford(config-l2tp-dest-profile-host)#",
    "host1:westford(config-l2tp-dest-profile-host)#",
    "host1(config)#",
    "h(config)#",
  ]);
  expect(bedrock.render(store)).toEqual([
    "hostname h",
    "virtual-router westford",
    "!",
    "no ipsec option nat-t",
    "l2tp destination profile p ip address 0.0.0.0",
    " remote host default",
    "  enable ipsec-transport",
  ]);
  prompts(shell, ["virtual-router westford", "no virtual-router westford"]);
  expect(shell.prompt()).toBe("h(config)#");
  expect([...store.routers.keys()]).toEqual([]);
});

test("a mode is entered again by its name alone, without losing what was said when it was made", () => {
  const store = new ConfigStore();
  const shell = shellOf(bedrock, store);
  prompts(shell, ["conf t", "l2tp destination profile p ip address 10.1.1.1", "exit", "l2tp destination profile p"]);
  expect(shell.prompt()).toBe("host1(config-l2tp-dest-profile)#");
  expect(bedrock.render(store)).toContain("l2tp destination profile p ip address 10.1.1.1");
});

test("secrets stay hidden but where the configuration is printed", () => {
  const store = new ConfigStore();
  const shell = shellOf(acme, store);
  prompts(shell, ["conf t", "username u password hush"]);
  expect(JSON.stringify(store.chassis.all(user).map((line) => line.values))).not.toContain("hush");
  expect(shell.execute("do show running-config").lines).toEqual(["username u password hush"]);
  expect(store.chassis.all(interfaceLine)).toEqual([]);
});

test("help lists what may follow, under a heading at the start of a line", () => {
  const shell = shellOf(acme, new ConfigStore(), 1);
  expect(shell.help("")).toEqual([
    "Exec commands:",
    "  disable  Turn off privileged commands",
    "  enable   Turn on privileged commands",
    "  exit     Exit",
    "  show     Show running system information",
    "",
  ]);
  expect(shell.help("show version ")).toEqual(["  |     Output modifiers", "  <cr>", ""]);
  expect(shell.help("show version | i")).toEqual(["include", ""]);
  expect(shell.help("e")).toEqual(["enable  exit", ""]);
  expect(shell.help("zz")).toEqual(["% Unrecognized command"]);
  expect(shell.help("e ")).toEqual(['% Ambiguous command:  "e"']);
});

test("help in configuration knows do, no and the outer modes' commands", () => {
  const shell = shellOf(acme);
  prompts(shell, ["conf t", "int lo0"]);
  expect(shell.help("d")).toEqual(["default      description  do           duplex", ""]);
  expect(shell.help("")[0]).toBe("Interface configuration commands:");
  expect(shell.help("do show ")).toEqual(["  running-config  Configuration", "  version         Version", ""]);
  expect(shell.help("no du")).toEqual(["duplex", ""]);
  expect(shell.help("duplex ")).toEqual(["  auto  Automatic", "  full  Full", "  half  Half", ""]);
  expect(shell.help("hostname ")).toEqual(["  WORD  This system's network name", ""]);
});

test("Tab completes in the current mode first, then in the modes around it", () => {
  const shell = shellOf(acme);
  prompts(shell, ["conf t", "int lo0"]);
  expect(shell.complete("du")).toBe("duplex ");
  expect(shell.complete("host")).toBe("hostname ");
  expect(shell.complete("do sh")).toBe("do show ");
  expect(shell.complete("no desc")).toBe("no description ");
  expect(shell.complete("zz")).toBeUndefined();
});
