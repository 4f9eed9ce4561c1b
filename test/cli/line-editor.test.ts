import { expect, test } from "vitest";
import { KeyReader } from "../../src/cli/keys.ts";
import { type EditorEvent, type EditorOptions, LineEditor } from "../../src/cli/line-editor.ts";
import { seededRandom } from "../support/random.ts";
import { screenOf } from "../support/screen.ts";

class Typist {
  readonly editor: LineEditor;
  readonly #keys = new KeyReader();
  echo = "";
  events: EditorEvent[] = [];

  constructor(options: EditorOptions = {}) {
    this.editor = new LineEditor(options);
  }

  type(...pieces: readonly string[]): this {
    for (const piece of pieces) {
      for (const key of this.#keys.read(piece)) {
        const { echo, event } = this.editor.press(key);
        this.echo += echo;
        if (event !== undefined) this.events.push(event);
      }
    }
    return this;
  }
}

test("what is typed is echoed exactly, and Return gives the line", () => {
  const typist = new Typist().type("show version");
  expect(typist).toMatchObject({ echo: "show version", events: [] });
  expect(typist.type("\r")).toMatchObject({
    echo: "show version\r\n",
    events: [{ type: "line", text: "show version" }],
  });
});

test("without the editor only taking back, help and the keys that end a line are there", () => {
  const plain = { editing: () => false, history: () => ["show version"] };
  const typist = new Typist(plain).type(
    "show vex",
    "\x7f",
    "r",
    "\x10",
    "\x02",
    "\x01",
    "\x1b[D",
    "\x05",
    "\x0b",
    "\x19",
    "\x14",
  );
  expect([typist.editor.text, typist.editor.cursor]).toEqual(["show ver", 8]);
  expect(typist.echo).toBe(`show vex\b \br${"\x07".repeat(8)}`);
  expect(typist.type("?", "\t", "\x17", "\x15", "exit\r").events.map(({ type }) => type)).toEqual([
    "help",
    "complete",
    "line",
  ]);
  expect(typist.events.at(-1)).toEqual({ type: "line", text: "exit" });
});

test("CR, LF, CRLF and CR NUL each end one line, wherever the input is cut", () => {
  const lines = (typist: Typist): string[] => typist.events.map((event) => (event.type === "line" ? event.text : "?"));
  expect(lines(new Typist().type("a\rb\nc\r\nd\r\0e\r"))).toEqual(["a", "b", "c", "d", "e"]);
  expect(lines(new Typist().type("a\r", "\nb\r", "\0", "c\n"))).toEqual(["a", "b", "c"]);
});

test.each([
  ["abc\x02\x02X", "aXbc"],
  ["abc\x01X\x05Y", "XabcY"],
  ["abc\x08d", "abd"],
  ["abcd\x02\x02\x04", "abd"],
  ["one two\x17three", "one three"],
  ["one two\x1bbX", "one Xtwo"],
  ["one two\x01\x1bfX", "oneX two"],
  ["one two\x01\x1bd", " two"],
  ["one two\x01\x1bc\x1bu", "One TWO"],
  ["ONE\x01\x1bl", "one"],
  ["one two\x1bBX\x1bB\x1bUY", "one XTWOY"],
  ["ONE two\x01\x1bL\x1bCY\x1bB\x1bDz", "one z"],
  ["abcdef\x02\x02\x02\x0b", "abc"],
  ["abcdef\x15xyz", "xyz"],
  ["abc def\x17\x19\x19", "abc defdef"],
  ["ab\x14", "ba"],
  ["abc\x1b[D\x1b[D\x1b[3~", "ac"],
  ["abc\x1b[Hz", "zabc"],
  ["abc\x1b[1~z\x1b[4~y", "zabcy"],
  ["a\x16?b", "a?b"],
  ["a\x1b[99;99Qb", "ab"],
])("after %j the screen and the line agree on %j", (keys, line) => {
  const { echo, editor } = new Typist().type(keys);
  expect(screenOf(echo)).toEqual([line]);
  expect(editor.text).toBe(line);
});

test("a control character comes in behind Ctrl-V and is shown with a caret", () => {
  const { echo, editor } = new Typist().type("banner \x16\x03hi\x02\x02\x02\x7f");
  expect(editor.text).toBe("banner\x03hi");
  expect(screenOf(echo)).toEqual(["banner^Chi"]);
  expect(new Typist().type("a\x16\rb").editor.text).toBe("ab");
});

test("history goes back and forth and keeps the line being typed", () => {
  const again = new Typist({ history: () => ["first", "second"] }).type("dra", "\x10");
  expect(again.editor.text).toBe("second");
  expect(again.type("\x1b[A").editor.text).toBe("first");
  expect(again.type("\x10").echo.endsWith("\x07")).toBe(true);
  expect(again.type("\x0e\x0e").editor.text).toBe("dra");
  expect(screenOf(again.echo)).toEqual(["dra"]);
});

test("an escape sequence may arrive in pieces", () => {
  expect(new Typist().type("ab\x1b", "[", "Dc").editor.text).toBe("acb");
});

test("help, completion, redisplay, Ctrl-C, Ctrl-Z and Ctrl-D are events", () => {
  const events = (keys: string): EditorEvent[] => new Typist().type(keys).events;
  expect(events("sh?")).toEqual([{ type: "help", before: "sh" }]);
  expect(events("sh\t")).toEqual([{ type: "complete", before: "sh" }]);
  expect(events("sh\x12")).toEqual([{ type: "redisplay" }]);
  expect(events("sh\x03")).toEqual([{ type: "interrupt", text: "sh" }]);
  expect(events("no shut\x1a")).toEqual([{ type: "end", text: "no shut" }]);
  expect(events("\x04")).toEqual([{ type: "hangup" }]);
});

test("a line wider than its room slides under a dollar sign and is whole when it is taken", () => {
  const text = "show crypto isakmp sa detail | include something long";
  const typist = new Typist({ room: () => 20 });
  for (const character of text) {
    typist.type(character);
    const [shown = ""] = screenOf(typist.echo);
    expect(shown.length).toBeLessThan(20);
    expect(shown.startsWith("$") || shown === typist.editor.text.trimEnd()).toBe(true);
    expect(typist.editor.text.trimEnd().endsWith(shown.slice(1))).toBe(true);
  }
  expect(screenOf(typist.type("\x01").echo)).toEqual([`${text.slice(0, 18)}$`]);
  expect(typist.type("\r").events).toEqual([{ type: "line", text }]);
});

test("what a terminal cannot count the columns of is refused, letters of other alphabets are not", () => {
  expect(new Typist().type("Zürich").editor.text).toBe("Zürich");
  expect(new Typist().type("a😀b\u009bc")).toMatchObject({ echo: "a\x07b\x07c" });
});

test("a line that never ends is bounded, and random keys leave screen and line agreed", () => {
  const endless = new Typist({ hidden: true }).type("x".repeat(1_000_000));
  expect(endless.editor.text.length).toBe(512);
  const keys = [
    "a",
    "b",
    " ",
    "\x01",
    "\x02",
    "\x05",
    "\x06",
    "\x08",
    "\x04",
    "\x0b",
    "\x14",
    "\x17",
    "\x19",
    "\x1bb",
    "\x1bf",
  ];
  for (let seed = 1; seed <= 60; seed += 1) {
    const room = seed % 2 === 0 ? 0 : 12;
    const typist = new Typist({ room: () => room, history: () => ["older line", "newer"] });
    for (const octet of seededRandom(seed).bytes(200))
      typist.type([...keys, "\x10", "\x0e", "\x1bu", "\x1bc"][octet % 19] ?? "");
    const shown = (screenOf(typist.echo)[0] ?? "").trimEnd();
    if (room === 0) expect([seed, shown]).toEqual([seed, typist.editor.text.trimEnd()]);
    else expect(typist.editor.text).toContain(shown.replace(/^\$/, "").replace(/\$$/, ""));
  }
});
