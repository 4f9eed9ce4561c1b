import { expect, test } from "vitest";
import type { Dialect } from "../../../src/modes/dialect.ts";
import { dialects } from "../../../src/modes/dialects.ts";
import { TestShell } from "../../support/shell.ts";

const { ios, junose } = dialects;

function loginWith(dialect: Dialect, configuration: string, origin: "console" | "vty" = "vty"): TestShell {
  const made = new TestShell(dialect, 1, origin);
  const owner = new TestShell(dialect);
  owner.load(configuration);
  made.store.become(owner.store);
  return made;
}

/** What a command said, with the answers to its questions. */
function ask(made: TestShell, line: string, ...answers: readonly string[]): string[] {
  let result = made.shell.execute(line);
  const said = [...result.lines];
  for (const answer of answers) {
    if (result.question === undefined) return [...said, "nothing was asked"];
    said.push(`${result.question.echo} ${result.question.prompt}`);
    result = made.shell.answer(result.question, answer);
    said.push(...result.lines);
  }
  return [...said, made.shell.prompt()];
}

test.each([
  ["enable secret cisco", "cisco"],
  ["enable password cisco", "cisco"],
  ["enable password 7 094F4107180B", "conan"],
  ["enable secret 5 $1$28772684$iEwNOgGugqO9.bIz5sk8k/", "hashcat"],
  ["enable secret 9 $9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6", "hashcat"],
  ["service password-encryption\nenable password cisco", "cisco"],
])("IOS: %j lets %j in and nothing else", (configuration, password) => {
  const made = loginWith(ios, configuration);
  expect(ask(made, "enable", "wrong", password)).toEqual(["hidden Password: ", "hidden Password: ", "Router#"]);
  expect(ask(made, "disable")).toEqual(["Router>"]);
  expect(ask(made, "enable", "a", "b", "c")).toEqual([
    "hidden Password: ",
    "hidden Password: ",
    "hidden Password: ",
    "% Bad secrets",
    "",
    "Router>",
  ]);
});

test("IOS: a secret counts before a password, and a level has its own", () => {
  const made = loginWith(ios, "enable password old\nenable secret new\nenable secret level 5 five");
  expect(ask(made, "enable", "old", "new").at(-1)).toBe("Router#");
  ask(made, "disable");
  expect(ask(made, "enable 5", "five").at(-1)).toBe("Router#");
  expect(made.shell.execute("show privilege").lines).toEqual(["Current privilege level is 5"]);
  expect(ask(made, "disable 3")).toEqual(["Router#"]);
  expect(made.shell.execute("show privilege").lines).toEqual(["Current privilege level is 3"]);
});

test("without a password the console goes up, a terminal line does not", () => {
  expect(ask(loginWith(ios, ""), "enable")).toEqual(["% No password set", "", "Router>"]);
  expect(ask(loginWith(ios, "aaa new-model"), "enable")).toEqual(["% Error in authentication.", "", "Router>"]);
  expect(ask(loginWith(ios, "", "console"), "enable")).toEqual(["Router#"]);
  expect(ask(loginWith(junose, ""), "enable").at(-1)).toBe("host1>");
  expect(ask(loginWith(junose, "", "console"), "enable").at(-1)).toBe("host1#");
});

test("secrets are kept as hashes with a salt, and print back as they are kept", () => {
  const made = new TestShell(ios);
  made.load("enable secret cisco\nusername ann secret swordfish\nusername bob password open\n");
  expect(made.printed).toMatch(/^enable secret 5 \$1\$.{4}\$.{22}$/m);
  expect(made.printed).toMatch(/^username ann secret 5 \$1\$.{4}\$.{22}$/m);
  expect(made.printed).toMatch(/^username bob password 0 open$/m);
  const again = new TestShell(ios);
  again.load(made.printed);
  expect(again.printed).toBe(made.printed);
});

test("service password-encryption hides what is there and what comes, and no gives nothing back", () => {
  const made = new TestShell(ios);
  made.load(
    "username bob password open\nline vty 0 4\n password line\nservice password-encryption\nusername eve password later",
  );
  expect(made.printed).toMatch(/^username bob password 7 \d\d[0-9A-F]{8}$/m);
  expect(made.printed).toMatch(/^username eve password 7 \d\d[0-9A-F]{10}$/m);
  expect(made.printed).toMatch(/^ password 7 \d\d[0-9A-F]{8}$/m);
  const before = made.printed;
  made.load("no service password-encryption\n");
  expect(made.printed).toContain(before.split("\n").find((line) => line.startsWith("username bob")) ?? "?");
  made.load("username joe password clear");
  expect(made.printed).toContain("username joe password 0 clear");
});

test("a hash that nothing can match is refused and changes nothing", () => {
  const made = new TestShell(ios);
  const report = made.load(
    "enable secret 5 nonsense\nenable password 7 xyz\nusername a secret 9 short\nenable password 5 x",
  );
  expect(report.refused.length).toBe(4);
  expect(made.printed).not.toMatch(/enable|username/);
});

test("JunosE: levels have passwords and secrets that print masked and read back", () => {
  const made = loginWith(junose, "enable password swordfish\nenable secret level 15 top");
  expect(ask(made, "enable", "x", "swordfish")).toEqual(["hidden Password: ", "hidden Password: ", "host1#"]);
  expect(ask(made, "enable 15", "top").at(-1)).toBe("host1#");
  expect(made.printed).not.toMatch(/swordfish|top/);
  const again = loginWith(junose, made.printed);
  expect(again.printed).toBe(made.printed);
  expect(ask(again, "enable 15", "no", "no", "no").at(-2)).toBe("% Access denied");
  expect(ask(again, "enable 15", "top").at(-1)).toBe("host1#");
});

test("JunosE: exit leaves privileged exec first, then the session", () => {
  const made = new TestShell(junose);
  expect(made.shell.execute("exit").loggedOut).toBe(false);
  expect(made.shell.prompt()).toBe("host1>");
  expect(made.shell.execute("exit").loggedOut).toBe(true);
});

test("IOS takes a single unknown word for a name that nobody finds; more words, and every other shell, get the caret", () => {
  const made = new TestShell(ios);
  const last = "% Unknown command or computer name, or unable to find computer address";
  expect(made.shell.execute("foo")).toMatchObject({
    ok: false,
    lines: ['Translating "foo"...domain server (255.255.255.255)', last, ""],
  });
  made.load("no ip domain-lookup");
  expect(made.shell.execute("foo").lines).toEqual(['Translating "foo"', last, ""]);
  expect(made.shell.execute("bar foo").lines).toEqual(["       ^", "% Invalid input detected at '^' marker.", ""]);
  made.shell.execute("configure terminal");
  expect(made.shell.execute("xyz").lines).toContain("% Invalid input detected at '^' marker.");
  expect(new TestShell(junose).shell.execute("foo").lines).toContain("% Invalid input detected at '^' marker.");
});

test.each([
  ["ios", 14, "show clock | redirect flash:a"],
  ["ios", 1, "show clock | tee flash:a"],
  ["junose", 5, "show version > a.txt"],
] as const)("%s at level %d may not write a file behind a command that it may run: %s", (name, level, line) => {
  const router = new TestShell(dialects[name], level);
  expect(router.shell.execute(line)).toMatchObject({ ok: false, error: {} });
  expect(router.kept.files.list("flash")).toEqual([]);
  expect(router.shell.help("show clock | ").join("\n")).not.toMatch(/redirect|tee|append/);
  expect(router.shell.execute(line.replace(/ [|>].*/, " | include .")).ok).toBe(true);
});
