/** Levels of commands, and of who logs in. */

import { describe, expect, test } from "vitest";
import { type AccessSpec, checkPassword } from "../../../src/modes/common/access.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { TestRouter } from "./router.ts";

function at(level: number, configuration: string) {
  const router = new TestRouter();
  expect(router.load(configuration).refused).toEqual([]);
  const shell = router.login(level);
  return { router, knows: (line: string): boolean => shell.execute(line).error === undefined };
}

describe("privilege", () => {
  test("without a line of it a login of level 10 has all but what is above it, configuration too", () => {
    const { knows } = at(10, "");
    expect([knows("clear l2tp tunnel"), knows("configure terminal"), knows("hostname other")]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test("a command that is given a lower level can be typed there, with what leads to it and no more", () => {
    const { knows } = at(5, "privilege exec level 5 clear l2tp tunnel");
    expect([knows("clear l2tp tunnel"), knows("clear l2tp session"), knows("clear log")]).toEqual([true, false, false]);
  });

  test("a command that is given a higher level is none for others, who keep the rest of configuration", () => {
    const { knows } = at(10, "privilege configure level 11 hostname");
    expect([knows("configure terminal"), knows("hostname other"), knows("l2tp checksum")]).toEqual([true, false, true]);
  });

  test("`all` is of everything that begins so and takes the place of what is said closer", () => {
    const lines = "privilege exec level 12 clear l2tp tunnel\nprivilege exec all level 5 clear l2tp";
    const { knows } = at(5, lines);
    expect([knows("clear l2tp tunnel"), knows("clear l2tp session"), knows("clear log")]).toEqual([true, true, false]);
  });

  test("`all` of `configure` is of every command of configuration", () => {
    const { knows } = at(5, "privilege configure level 11 hostname\nprivilege exec all level 5 configure");
    expect([knows("configure terminal"), knows("hostname other"), knows("interface loopback 7")]).toEqual([
      true,
      true,
      true,
    ]);
    expect(knows("ip address 10.7.7.7 255.255.255.255")).toBe(true);
  });

  test("a word that is cut short means every command that begins so", () => {
    const { knows } = at(10, "privilege exec level 12 cl");
    expect([knows("clear log"), knows("clear l2tp tunnel"), knows("copy a.cnf b.cnf")]).toEqual([false, false, true]);
  });

  test("it prints as typed, is taken back by `no` and by `reset`, and leaves some words alone", () => {
    const { router } = at(15, "privilege exec all level 5 clear\nprivilege configure level 11 snmp-server community");
    expect(router.printed().filter((line) => line.startsWith("privilege"))).toEqual([
      "privilege exec all level 5 clear",
      "privilege configure level 11 snmp-server community",
    ]);
    expect(
      router.session("show configuration category management cli command-privileges").split("\n").slice(8, -2),
    ).toEqual(["privilege exec all level 5 clear", "privilege configure level 11 snmp-server community"]);
    expect(router.shell.execute("show configuration category aaa cli").ok).toBe(false);
    router.load("no privilege exec level 5 clear\nprivilege configure reset snmp-server community");
    expect(router.printed().filter((line) => line.startsWith("privilege"))).toEqual([]);
    expect(router.load("privilege exec level 1 enable").refused).toHaveLength(1);
  });
});

describe("logging in", () => {
  const LINES = "line vty 0 4\n login authentication default\n password linePw\n";
  const accessOf = (configuration: string): AccessSpec => {
    const router = new TestRouter();
    expect(router.load(configuration).refused).toEqual([]);
    return junose.access(router.store);
  };
  const login = (configuration: string, password: string, name = "op") => {
    const access = accessOf(configuration);
    const [line] = access.lines;
    if (line === undefined) throw new Error("no line");
    const verdict = checkPassword(access, line, name, password);
    return verdict.accepted ? verdict.level : verdict.reason;
  };
  const NEW = "aaa new-model\naaa authentication login default ";
  const ENABLE = "enable password operatorPw\nenable secret level 15 ownerPw\n";

  test("who logs in by the password of a level begins there: ten where none is named", () => {
    const configuration = `${ENABLE}${NEW}enable\n${LINES}`;
    expect(login(configuration, "operatorPw")).toBe(10);
    expect(login(configuration, "ownerPw")).toBe(15);
    expect(login(configuration, "linePw")).toBe("enable password is wrong");
  });

  test("the lists of methods decide with the new model, and the passwords of lines without it", () => {
    const user = "username op password opPw\n";
    expect(login(`${user}${NEW}line\n${LINES}`, "linePw")).toBe(1);
    expect(login(`${user}${NEW}radius local\n${LINES}`, "opPw")).toBe(1);
    expect(login(`${user}${NEW}none\n${LINES}`, "")).toBe(1);
    expect(login(`${user}${NEW}radius none\n${LINES}`, "")).toBe("the line has no way to log in");
    expect(login(`${user}${NEW}tacacs+ line none\n${LINES}`, "")).toBe("line password is wrong");
    expect(login(`${user}aaa authentication login default none\n${LINES}`, "opPw")).toBe(1);
    expect(login(`aaa authentication login default none\n${LINES}`, "linePw")).toBe(1);
  });

  test("copying files needs the level of `copy`", () => {
    expect(accessOf("").fileLevel).toBe(10);
    expect(accessOf("privilege exec level 1 copy").fileLevel).toBe(1);
    expect(accessOf("privilege exec level 12 c").fileLevel).toBe(12);
    expect(accessOf("privilege exec level 12 clear").fileLevel).toBe(10);
    expect(accessOf("privilege exec all level 15 cop").fileLevel).toBe(15);
  });
});
