import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Gateway } from "../../../src/cli/gateway.ts";
import { Session } from "../../../src/cli/session.ts";
import { colouredEntry, columnsOf, type EntryKind, entryLength, marked } from "../../../src/cli/ui/colouring.ts";
import { beginCycle, turn, wordsOf } from "../../../src/cli/ui/completion.ts";
import { runConsole } from "../../../src/cli/ui/console.ts";
import { type ConsoleStatus, consoleFrame, scrolledSize } from "../../../src/cli/ui/console-frame.ts";
import { ConsoleModel } from "../../../src/cli/ui/console-model.ts";
import { Scrollback } from "../../../src/cli/ui/scrollback.ts";
import { dialects } from "../../../src/modes/dialects.ts";
import { DrawnTerminal } from "../../support/drawn-terminal.ts";
import { seededRandom } from "../../support/random.ts";

const STATUS: ConsoleStatus = { hostname: "r", connections: 1, tunnels: 2, sessions: 3, received: 1500, sent: 0 };
const CONFIGURATION = readFileSync("fixtures/configs/ios-nat-demux.cfg", "utf8");
const PASTE = (text: string): string => `\x1b[200~${text}\x1b[201~`;

class TestConsole {
  readonly gateway = new Gateway(dialects.ios);
  readonly model: ConsoleModel;
  session: Session;
  now = 0;

  constructor(text = "hostname r\n") {
    this.gateway.load(text);
    const open = (): Session => {
      this.session = new Session(this.gateway, { line: "con 0", paged: true, monitor: true });
      return this.session;
    };
    this.session = open();
    this.model = new ConsoleModel(
      open,
      () => this.now,
      () => undefined,
    );
  }

  /** Types and runs what was pasted to its end. */
  type(...keys: readonly string[]): this {
    for (const key of keys) {
      this.model.feed(key);
      while (this.model.hasWork) this.model.step(() => true);
    }
    return this;
  }

  frame(columns = 80, rows = 24): string[] {
    const size = scrolledSize({ columns, rows });
    this.model.view.fit(size.columns, size.rows);
    const lines = consoleFrame(this.model, STATUS, { columns, rows });
    return lines.map((line) =>
      line
        .map(({ text }) => text)
        .join("")
        .trimEnd(),
    );
  }

  shown(columns = 80, rows = 24): string {
    return this.frame(columns, rows).join("\n");
  }

  get text(): readonly string[] {
    const { scrollback } = this.model;
    const place = { line: scrollback.first, row: 0 };
    return scrollback.rows(place, 100_000, 10_000).map(({ entry }) => `${entry.prompt ?? ""}${entry.text}`);
  }
}

test.each([
  [80, 24],
  [120, 40],
  [20, 6],
  [33, 9],
])("a frame of %i by %i is exactly so large, whatever is typed", (columns, rows) => {
  const random = seededRandom(7);
  const keys = [
    "s",
    "h",
    " ",
    "\t",
    "i",
    "p",
    "\r",
    "?",
    "\x7f",
    "\x12",
    "r",
    "\x1b[5~",
    "\x1b",
    "\x03",
    "\x1b[A",
    "a".repeat(90),
  ];
  const console = new TestConsole(CONFIGURATION);
  for (let step = 0; step < 200; step += 1) {
    const [octet = 0] = random.bytes(1);
    console.type(keys[octet % keys.length] ?? "");
    const size = scrolledSize({ columns, rows });
    console.model.view.fit(size.columns, size.rows);
    const lines = consoleFrame(console.model, STATUS, { columns, rows });
    expect(lines).toHaveLength(rows);
    for (const line of lines) expect(line.reduce((width, { text }) => width + text.length, 0)).toBe(columns);
  }
});

test("what may come next stands below the line with its text, and only what fits the started word", () => {
  const frame = new TestConsole().type("sh ver").shown();
  expect(frame).toMatch(/r#sh ver\n {2}version {2}\S/);
  expect(new TestConsole().type("show ip ro").shown()).toMatch(/\n {2}route {2}\S/);
  const inner = new TestConsole().type("conf t\r", "int lo0\r", "hostna").shown();
  expect(inner).toMatch(/r\(config-if\)#hostna\n {2}hostname {2}Set the system/);
});

test("a word that fits nowhere has a caret below it before Return, and the router's own after it", () => {
  const console = new TestConsole().type("show version bogus");
  const frame = console.frame();
  const at = frame.findIndex((line) => line.startsWith("r#show version"));
  expect(frame[at + 1]).toMatch(/^ {15}\^ /);
  console.type("\r");
  expect(console.text.slice(-4)).toEqual([
    "r#show version bogus",
    "               ^",
    "% Invalid input detected at '^' marker.",
    "",
  ]);
});

test("Tab makes a word whole, then goes through the words that fit, and Shift-Tab goes back", () => {
  const console = new TestConsole().type("show vers", "\t");
  expect(console.model.input?.text).toBe("show version ");
  console.type("\x15", "show crypto is", "\t");
  expect(console.model.input?.text).toBe("show crypto isakmp ");
  const words = wordsOf(console.model.help.rows);
  const texts = words.map(() => console.type("\t").model.input?.text);
  expect(texts).toEqual(words.map((word) => `show crypto isakmp ${word}`));
  expect(console.type("\t").model.input?.text).toBe(`show crypto isakmp ${words[0]}`);
  expect(console.type("\x1b[Z").model.input?.text).toBe(`show crypto isakmp ${words.at(-1)}`);
  expect(console.model.help.chosen).toBe(words.at(-1));
  console.type(" ");
  expect(console.model.help.chosen).toBeUndefined();
});

test("a placeholder is not completed", () => {
  const rows = [
    { word: "A.B.C.D", help: "" },
    { word: "<1-9>", help: "" },
    { word: "<cr>", help: "" },
    { word: "WORD", help: "" },
  ];
  expect(wordsOf(rows)).toEqual([]);
  expect(beginCycle("ping ", rows, undefined)).toBeUndefined();
  const cycle = { head: "show ", words: ["a", "b"], chosen: -1 };
  expect(turn(cycle, -1).text).toBe("show b");
});

test("a question is answered in its place: a password unseen, an agreement with one key", () => {
  const console = new TestConsole("hostname r\nenable secret deep-water\n");
  console.type("disable\r", "enable\r", "deep-water");
  expect(console.shown()).toContain("Password:");
  expect(console.shown()).not.toContain("deep-water");
  console.type("\r");
  expect(console.model.input?.prompt).toBe("r#");
  expect(console.text.join("\n")).not.toContain("deep-water");
  console.type("reload\r");
  while (console.model.asks === "plain") console.type("no\r");
  expect(console.model.asks).toBe("confirm");
  console.type("n");
  expect(console.model.asks).toBeUndefined();
});

const FAULTY = CONFIGURATION.replace(/\nend\s*$/, "\nno such line\nhostname pasted\n");

test.each([
  ["marked by the terminal", PASTE(FAULTY)],
  ["in a burst", FAULTY],
])("a configuration pasted %s runs line by line and ends with a report", (_, text) => {
  const console = new TestConsole().type("conf t\r");
  console.model.feed(text);
  expect(console.model.hasWork).toBe(true);
  console.model.step(() => true);
  expect(console.shown()).toMatch(/█* *░+ 1 of 13\d lines pasted, Ctrl-C stops/);
  console.type("");
  expect(console.model.hasWork).toBe(false);
  expect(console.text.some((line) => /^paste:\d+:6: unknown: "such" is not known here/.test(line))).toBe(true);
  expect(console.text.at(-1)).toMatch(/^paste: ios, 1\d\d lines: .* 1 unknown/);
  expect(console.model.input?.prompt).toMatch(/^pasted\(config/);
});

test("a paste cut anywhere, inside its marks too, runs the same lines", () => {
  const text = PASTE("conf t\ninterface Loopback7\n description ? and \t tab\nexit\nhostn");
  const whole = new TestConsole().type(text);
  for (let cut = 1; cut < text.length; cut += 1) {
    const console = new TestConsole();
    console.model.feed(text.slice(0, cut));
    console.type(text.slice(cut));
    expect([console.text, console.model.input]).toEqual([whole.text, whole.model.input]);
  }
  expect(whole.model.input?.text).toBe("hostn");
  expect(whole.text).toContain("r(config-if)# description ? and \t tab");
});

test("configuration at an exec prompt is offered to go where it belongs, copied prompts and all", () => {
  const listing = `Building configuration...\n${FAULTY.replace("hostname 72_LNS", "72_LNS(config)#hostname prompted")}`;
  const console = new TestConsole().type(PASTE(listing));
  expect(console.shown()).toMatch(/^13\d lines of configuration: enter configuration mode first\?/m);
  console.type("y");
  expect(console.text).toContain("r(config)#hostname prompted");
  expect(console.text.at(-1)).toMatch(/^paste: ios, 13\d lines: .* 0 unsupported, 1 unknown, 0 wrong/);
  const number = listing.split("\n").indexOf("no such line") + 1;
  expect(console.text.some((line) => line.startsWith(`paste:${number}:6: unknown`))).toBe(true);
  const commands = PASTE("show version\nshow crypto isakmp sa\nclear counters\n");
  expect(new TestConsole().type(commands).shown()).not.toContain("lines of configuration");
  const refused = new TestConsole().type(PASTE(listing), "n");
  expect(refused.model.input?.prompt).toBe("r#");
  const dropped = new TestConsole().type(PASTE(listing), "\x03");
  expect(dropped.model.hasWork).toBe(false);
  expect(new TestConsole().type(PASTE(`conf t\n${listing}`)).model.input?.prompt).toMatch(/^pasted\(config/);
});

test("Ctrl-C breaks a paste off and tells how much was left", () => {
  const console = new TestConsole().type("conf t\r");
  console.model.feed(PASTE("hostname a\nhostname b\nhostname c\n"));
  console.model.step(() => true);
  console.type("\x03");
  expect(console.model.input?.prompt).toBe("a(config)#");
  expect(console.text.at(-1)).toBe("% Paste broken off: 2 lines were not run");
});

test("what was shown can be scrolled and searched, and new lines do not move it", () => {
  const console = new TestConsole(CONFIGURATION).type("show running-config\r");
  const { text } = console;
  console.frame();
  console.type("\x1b[5~");
  const scrolled = console.frame();
  console.model.interject(["a log line"]);
  expect(console.frame().slice(0, -1)).toEqual(scrolled.slice(0, -1));
  console.type("q").frame();
  expect(console.model.view.isScrolled).toBe(false);
  console.type("\x12", "vpdn-group");
  const found = console.model.view.found ?? -1;
  expect(text[found]).toContain("vpdn-group");
  expect(console.frame().some((line) => line === text[found])).toBe(true);
  console.type("\x1b");
  console.type("\x12", "no such text");
  expect(console.frame().at(-1)).toContain("not found");
  console.type("\x1b", "x");
  expect(console.model.input?.text).toBe("x");
});

test("the scrollback forgets its oldest lines, and a place in it stays what it was", () => {
  const scrollback = new Scrollback();
  for (let line = 0; line < 30_000; line += 1) scrollback.add({ kind: "output", text: `line ${line}` });
  expect(scrollback.end - scrollback.first).toBeLessThanOrEqual(11_000);
  expect(scrollback.at(29_999)?.text).toBe("line 29999");
  expect(scrollback.rows({ line: 0, row: 0 }, 1, 80)[0]?.entry.text).toBe(`line ${scrollback.first}`);
  expect(scrollback.findOlder("LINE 29000", scrollback.end)).toBe(29_000);
});

test("rows of a scrollback: as many back as forth, at any width", () => {
  const random = seededRandom(3);
  const scrollback = new Scrollback();
  for (const octet of random.bytes(60)) scrollback.add({ kind: "output", text: "x".repeat(octet) });
  for (const columns of [10, 37, 80, 300]) {
    const all = scrollback.rows({ line: 0, row: 0 }, 100_000, columns);
    const texts = all.map(({ entry, from }) => entry.text.slice(from, from + columns));
    expect(texts.join("")).toBe(Array.from({ length: 60 }, (_, line) => scrollback.at(line)?.text).join(""));
    for (const height of [1, 7, 24]) {
      const tail = scrollback.tail(height, columns);
      expect(scrollback.rows(tail, height, columns)).toEqual(all.slice(-height));
      const up = scrollback.moved(tail, -5, columns);
      expect(scrollback.moved(up, 5, columns)).toEqual(tail);
    }
  }
});

test("text that comes in parts makes lines where its line ends are", () => {
  const text = "!!.\n\nSuccess\nrate";
  for (let cut = 0; cut <= text.length; cut += 1) {
    const scrollback = new Scrollback();
    scrollback.say(text.slice(0, cut));
    scrollback.say(text.slice(cut));
    const lines = Array.from({ length: scrollback.end }, (_, line) => scrollback.at(line)?.text);
    expect(lines).toEqual(["!!.", "", "Success", "rate"]);
  }
});

test("colours change no character, and a part of a line is that part of its text", () => {
  const kinds: readonly EntryKind[] = ["typed", "output", "configuration", "refused", "log", "report", "notice"];
  const lines = [
    ...CONFIGURATION.split("\n"),
    "paste:3:1: unknown: x",
    "% Invalid",
    "Interface Vi1 is up, line protocol is down",
  ];
  for (const kind of kinds) {
    for (const text of lines) {
      const line = colouredEntry({ kind, text });
      const whole = line.map((each) => each.text).join("");
      expect(whole).toBe(text);
      expect(entryLength({ kind, text })).toBe(text.length);
      const part = columnsOf(marked(line, "ip", { inverse: true }), 3, 11);
      expect(part.map((each) => each.text).join("")).toBe(text.slice(3, 14));
    }
  }
  const [, address] = colouredEntry({ kind: "output", text: "to 10.1.2.3 it" });
  expect(address).toEqual({ text: "10.1.2.3", colour: "cyan" });
  expect(colouredEntry({ kind: "output", text: "\x1b[2J" })[0]?.text).toBe("?[2J");
});

test("a login that another one ends gives way to a new one at Return", () => {
  const console = new TestConsole();
  console.session.close();
  console.model.loggedOff(["Press RETURN to get started."]);
  expect(console.model.isOver).toBe(false);
  expect(console.type("show version").model.input).toBeUndefined();
  expect(console.type("\r").model.input?.prompt).toBe("r#");
});

function run(
  columns: number,
  rows: number,
  first?: string,
  ended: Promise<unknown> = new Promise(() => undefined),
): DrawnTerminal & { readonly over: Promise<unknown> } {
  const gateway = new Gateway(dialects.ios);
  gateway.load(CONFIGURATION);
  const terminal = new DrawnTerminal(columns, rows);
  const { input, output } = terminal;
  const options = { input, output, colour: true, intervalMillis: 20, opening: ["loaded"], first, ended };
  return Object.assign(terminal, { over: runConsole(gateway, options) });
}

test("on a terminal: the second screen, a command, another size, the dashboard and back, and the first screen as it was", async () => {
  const { screen, input, output, over, until } = run(80, 24);
  const first = await until((lines) => lines.includes("72_LNS#"));
  expect(first[0]).toBe("loaded");
  expect(screen.isAlternate).toBe(true);
  expect(first.at(-1)).toContain("72_LNS  IPsec 0  tunnels 0  sessions 0");
  input.write("show running-config\r");
  await until((lines) => lines.includes("end") && lines.includes("72_LNS#"));
  screen.resize(120, 40);
  output.resize(120, 40);
  const larger = await until((lines) => lines.length === 40 && (lines[39] ?? "").includes("bit/s"));
  expect(larger).toContain("router ospf 1");
  input.write("dashboard\r");
  await until((lines) => lines.some((line) => line.includes("no client yet")));
  input.write("q");
  await until((lines) => lines.includes("72_LNS#dashboard"));
  input.write("disable\rexit\r");
  await over;
  await screen.lines();
  expect(screen.isAlternate).toBe(false);
});

test("the dashboard may come first", async () => {
  const { input, over, until } = run(80, 24, "dashboard");
  await until((lines) => lines.some((line) => line.includes("no client yet")));
  input.write("q");
  await until((lines) => lines.includes("72_LNS#"));
  input.end();
  await over;
});

test.each([[undefined], ["dashboard"]])(
  "a process that is told to stop leaves the terminal as it was (%s)",
  async (first) => {
    let stop = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const { screen, over, until } = run(80, 24, first, ended);
    const sign = first === undefined ? "72_LNS#" : "no client yet";
    await until((lines) => screen.isAlternate && lines.some((line) => line.includes(sign)));
    stop();
    await over;
    await screen.lines();
    expect(screen.isAlternate).toBe(false);
  },
);

test("a paste of twenty thousand lines runs in slices, and the last one is there in the end", async () => {
  const terminal = run(80, 24);
  const { screen, input, until } = terminal;
  await until((lines) => lines.includes("72_LNS#"));
  const lines = Array.from(
    { length: 20_000 },
    (_, index) => `ip host name${index} 10.0.${index >> 8}.${index & 255}\n`,
  );
  input.write(PASTE(`conf t\n${lines.join("")}hostname done\n`));
  const report = (line: string): boolean => line.startsWith("paste: ios, 20002 lines:");
  await until((shown) => shown.includes("done(config)#") && shown.some(report));
  expect(terminal.drawn).toContain("of 20002 lines pasted");
  expect(terminal.drawn).toMatch(/[█░]/);
  input.end();
  expect(screen.isAlternate).toBe(true);
});

test("of a word that goes wrong in its middle, what begins as it does is expected", () => {
  const shown = new TestConsole().type("show crypto ipsex").shown();
  expect(shown).toMatch(/\^ expected ipsec$/m);
  expect(new TestConsole().type("show crypto zebra").shown()).toMatch(/expected call .* and \d+ more$/m);
});

test("blanks at the end of a line make no row of their own", () => {
  const console = new TestConsole();
  console.model.interject(["x".repeat(40) + " ".repeat(45), "next"], "output");
  const rows = console.frame(80);
  expect(rows.indexOf("next") - rows.indexOf("x".repeat(40))).toBe(1);
});
