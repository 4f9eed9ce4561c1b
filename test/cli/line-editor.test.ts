import { expect, test } from "vitest";
import { type EditorEvent, LineEditor } from "../../src/cli/line-editor.ts";

/** Plays the echo on a one-line terminal: what a person would see. */
function screen(echo: string): string {
  const cells: string[] = [];
  let at = 0;
  for (const char of echo) {
    if (char === "\b") at -= 1;
    else if (char !== "\x07") {
      cells[at] = char;
      at += 1;
    }
  }
  return cells.join("").trimEnd();
}

function type(editor: LineEditor, keys: string): { echo: string; events: EditorEvent[] } {
  let { echo, events } = editor.feed(keys);
  const all = [...events];
  while (editor.waiting) {
    ({ echo, events } = editor.feed(""));
    all.push(...events);
  }
  return { echo, events: all };
}

test("what is typed is echoed exactly, and Return gives the line", () => {
  const editor = new LineEditor();
  const step = editor.feed("show version");
  expect(step).toEqual({ echo: "show version", events: [] });
  expect(editor.feed("\r")).toEqual({ echo: "\r\n", events: [{ type: "line", text: "show version" }] });
});

test("CR, LF and CRLF each end one line", () => {
  const editor = new LineEditor();
  const lines = type(editor, "a\rb\nc\r\nd\r").events;
  expect(lines.map((event) => (event.type === "line" ? event.text : event.type))).toEqual(["a", "b", "c", "d"]);
});

test("a line is answered before the next one is echoed", () => {
  const editor = new LineEditor();
  expect(editor.feed("one\rtwo\r")).toEqual({ echo: "one\r\n", events: [{ type: "line", text: "one" }] });
  expect(editor.waiting).toBe(true);
  expect(editor.feed("")).toEqual({ echo: "two\r\n", events: [{ type: "line", text: "two" }] });
  expect(editor.waiting).toBe(false);
});

test.each([
  ["abc\x02\x02X", "aXbc"],
  ["abc\x01X\x05Y", "XabcY"],
  ["abc\x08d", "abd"],
  ["abcd\x02\x02\x04", "abd"],
  ["one two\x17three", "one three"],
  ["one two\x1bbX", "one Xtwo"],
  ["abcdef\x02\x02\x02\x0b", "abc"],
  ["abcdef\x15xyz", "xyz"],
  ["abc def\x17\x19\x19", "abc defdef"],
  ["ab\x14", "ba"],
  ["abc\x1b[D\x1b[D\x1b[3~", "ac"],
  ["abc\x1b[Hz", "zabc"],
])("after %j the screen and the line agree on %j", (keys, line) => {
  const editor = new LineEditor();
  const { echo } = editor.feed(keys);
  expect(screen(echo)).toBe(line);
  expect(editor.text).toBe(line);
});

test("history goes back and forth and keeps the line being typed", () => {
  const editor = new LineEditor();
  type(editor, "first\rsecond\r");
  editor.feed("dra");
  editor.feed("\x10");
  expect(editor.text).toBe("second");
  editor.feed("\x1b[A");
  expect(editor.text).toBe("first");
  editor.feed("\x0e\x0e");
  expect(editor.text).toBe("dra");
});

test("an escape sequence may arrive in pieces", () => {
  const editor = new LineEditor();
  editor.feed("ab\x1b");
  editor.feed("[");
  editor.feed("Dc");
  expect(editor.text).toBe("acb");
});

test("help, completion, Ctrl-C, Ctrl-Z and Ctrl-D are events", () => {
  const editor = new LineEditor();
  expect(type(editor, "sh?").events).toEqual([{ type: "help", before: "sh" }]);
  expect(type(editor, "\t").events).toEqual([{ type: "complete", before: "sh" }]);
  expect(type(editor, "\x03").events).toEqual([{ type: "interrupt" }]);
  expect(type(editor, "no shut\x1a").events).toEqual([{ type: "end", text: "no shut" }]);
  expect(type(editor, "\x04").events).toEqual([{ type: "hangup" }]);
});
