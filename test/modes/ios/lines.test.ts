import { expect, test } from "vitest";
import { checkPassword } from "../../../src/modes/common/access.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

function configured(...lines: readonly string[]): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  for (const line of lines) expect({ line, ...router.shell.execute(line) }).toMatchObject({ line, ok: true });
  return router;
}

const blocks = (router: TestShell): string =>
  router.printed.slice(router.printed.indexOf("line ")).replace(/!\n?$/, "");

test("a line has what was said last of its own number, whatever range it was said in", () => {
  const router = configured(
    "line vty 0 4",
    "exec-timeout 5",
    "line vty 3",
    "exec-timeout 9",
    "line vty 0 3",
    "width 100",
  );
  const settings = [2, 3, 4].map((number) => ios.lineSettings(router.store, `vty ${number}`));
  expect(settings.map(({ idleMillis, width }) => [idleMillis, width])).toEqual([
    [300_000, 100],
    [540_000, 100],
    [300_000, undefined],
  ]);
});

test("lines print in ranges of those that say the same, the terminals that every box has apart from the others", () => {
  expect(blocks(configured("line con 0", "line vty 0 15", "login local"))).toBe(
    "line con 0\nline vty 0 4\n login local\nline vty 5 15\n login local\n",
  );
  expect(blocks(configured("line vty 0 4", "login local", "line vty 3", "length 0"))).toBe(
    "line vty 0 2\n login local\nline vty 3\n login local\n length 0\nline vty 4\n login local\n",
  );
  expect(blocks(configured("line vty 0 15", "login local", "no line vty 6 15"))).toContain("line vty 5\n");
});

test("a password that is hidden stays one text in the lines it was typed for", () => {
  const printed = blocks(configured("service password-encryption", "line vty 0 4", "password open"));
  const router = new TestShell(ios);
  router.load("service password-encryption\nline vty 0 4\n password open\n");
  ios.settle?.(router.store, { bytes: (length) => new Uint8Array(length) });
  expect(blocks(router)).toMatch(/^line vty 0 4\n password 7 \S+\n$/);
  expect(printed).toMatch(/^line vty 0 4\n/);
});

test("a login has the level of the user, else of the line; with AAA the user's own only where shells are authorized", () => {
  const level = (...lines: readonly string[]): number | undefined => {
    const users = ["username anna privilege 7 password a", "username bert password b"];
    const router = configured(...lines, ...users, "line vty 0 4", "privilege level 3", "login local");
    const access = ios.access(router.store);
    const [line] = access.lines;
    const verdicts = [["anna", "a"] as const, ["bert", "b"] as const].map(([name, password]) =>
      line === undefined ? undefined : checkPassword(access, line, name, password),
    );
    expect(verdicts[1]).toMatchObject({ accepted: true, level: 3 });
    return verdicts[0]?.accepted === true ? verdicts[0].level : undefined;
  };
  expect(level()).toBe(7);
  expect(level("aaa new-model")).toBe(3);
  expect(level("aaa new-model", "aaa authorization exec default local")).toBe(7);
});

/** What `enable` answers to a terminal line, and what to these passwords. */
function enabling(lines: readonly string[], ...typed: readonly string[]) {
  const owner = configured(...lines);
  const router = new TestShell(ios, 1, "vty");
  router.store.become(owner.store);
  let result = router.shell.execute("enable");
  for (const text of typed) {
    if (result.question === undefined) break;
    result = router.shell.answer(result.question, text);
  }
  return { prompt: router.shell.prompt(), said: result.lines.join(" ").trim() };
}

test.each([
  ["the enable password first", ["enable secret top"], "enable line none", ["top"], "Router#"],
  ["the line's password where there is none", ["line con 0", "password deep"], "enable line", ["deep"], "Router#"],
  ["nothing where the list says so", [], "enable none", [], "Router#"],
  ["a server that nobody asks, then the next one", ["enable password up"], "group radius enable", ["up"], "Router#"],
  ["nobody where none is for the time when a server is down", [], "group radius none", [], "Router>"],
])("AAA for enable asks %s", (_, lines, methods, typed, prompt) => {
  const all = ["aaa new-model", `aaa authentication enable default ${methods}`, ...lines];
  expect(enabling(all, ...typed).prompt).toBe(prompt);
});

test("enable without any password is refused to a terminal line, in the words of AAA where it is on", () => {
  expect(enabling([])).toEqual({ prompt: "Router>", said: "% No password set" });
  expect(enabling(["aaa new-model"])).toEqual({ prompt: "Router>", said: "% Error in authentication." });
  expect(enabling(["aaa new-model", "enable password x"], "y", "z", "w").said).toContain("% Access denied");
});

test("a text of a line may take several lines, and prints so that it is read again", () => {
  const text = [
    "line con 0",
    " refuse-message #Busy.",
    "hostname NOT-A-COMMAND#",
    " vacant-message ^CCome in^C",
    " session-disconnect-warning 60 message ^C",
    "Soon.",
    "^C",
    " no exec-timeout",
  ].join("\n");
  const router = new TestShell(ios);
  expect(router.load(text).refused).toEqual([]);
  const { printed } = router;
  expect(printed).toContain(" refuse-message ^CBusy.\nhostname NOT-A-COMMAND^C\n vacant-message ^CCome in^C\n");
  expect(printed).toContain("\n session-disconnect-warning 60 message ^C\nSoon.\n^C\n");
  expect(printed).not.toMatch(/^hostname NOT-A-COMMAND$/m);
  const again = new TestShell(ios);
  expect(again.load(printed).refused).toEqual([]);
  expect(again.printed).toBe(printed);
});
