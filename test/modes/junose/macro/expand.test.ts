/** Macros become commands, and what is wrong with one is said and does no harm. */

import { expect, test } from "vitest";
import { expandMacro } from "../../../../src/modes/junose/macro/expand.ts";
import { seededRandom } from "../../../support/random.ts";

const FILE = `What stands outside of macros is for readers.
<# helper #> username <# param[1] #> password <# "p" $ param[2] #>
<# endtmpl #>
<# start #>
configure terminal
<# for i := 1; i <= 3; i++ #>
  interface loopback <# i #>
  <# if i = 2 #>description "the second"<# elseif i > 2 #>description beyond<# else #>description first<# endif #>
<# endfor #>
<# tmpl.helper("fred", 7 + 3 * (2 - 1)) #>
<# n := 3; // how often
   while n > 0 #>show version<# n-- #>
  <# if n = 1 #><# break #><# endif #>
<# endwhile #>
<# if !param[0] #><# return #><# endif #>
exit
<# endtmpl #>`;

test("without a name `start` is run, with its decisions, loops and calls", () => {
  const start = [
    "configure terminal",
    "interface loopback 1",
    "description first",
    "interface loopback 2",
    'description "the second"',
    "interface loopback 3",
    "description beyond",
    "username fred password p10",
    "show version",
    "show version",
  ];
  expect(expandMacro(FILE, undefined, [])).toEqual({ ok: true, lines: start });
  expect(expandMacro(FILE, "start", ["x"])).toEqual({ ok: true, lines: [...start, "exit"] });
  expect(expandMacro(FILE, "helper", ["ann", 3])).toEqual({ ok: true, lines: ["username ann password p3"] });
});

test("without a name and without `start` the first macro is run", () => {
  expect(expandMacro("<# one #>show version<# endtmpl #><# two #>exit<# endtmpl #>", undefined, [])).toEqual({
    ok: true,
    lines: ["show version"],
  });
});

const body = (text: string): string => `<# m #>${text}<# endtmpl #>`;

test.each([
  ["", "there is no macro in the file"],
  ["<# m", '"<#" is not closed'],
  ["<# m #>x", "<# endtmpl #> is missing"],
  ["<# 1 + 1 #>", '"1 + 1" stands outside of a macro'],
  [body("<# if 1 #>x"), "<# endtmpl #> closes nothing"],
  [body("<# endif #>"), "<# endif #> closes nothing"],
  [body("<# i #>"), "i has no value"],
  [body("<# param[2] #>"), "there is no param[2]"],
  [body('<# "x" + 1 #>'), '"x" is no number'],
  [body("<# 1 / 0 #>"), "a number is divided by zero"],
  [body("<# 1 % 0 #>"), "a number is divided by zero"],
  [body("<# (1 #>"), '")" is missing'],
  [body("<# 1 2 #>"), '"2" stands where nothing may follow'],
  [body("<# 1 + #>"), "a value is missing"],
  [body("<# * 2 #>"), '"*" is no value'],
  [body("<# ? #>"), 'nothing can be made of "?"'],
  [body("<# if i := 1 #>x<# endif #>"), '"i := 1" is no value'],
  [body("<# tmpl.other() #>"), "there is no macro other in the file"],
  [body("<# while 1 #><# endwhile #>"), "the macro does not end"],
  [body("<# tmpl.m() #>"), "macros call each other more than 50 deep"],
  [body('<# t := "x"; while 1 #><# t := t $ t #><# endwhile #>'), "a text has more than 10000 characters"],
  [body(`<# ${"(".repeat(5000)} #>`), "an expression is too deep"],
  [body("<# if 1 #>".repeat(5000)), "what is decided on stands more than 50 deep"],
  [body(`<# while 1 #>${"show version\n".repeat(1000)}<# endwhile #>`), "a macro makes no more than 10000 lines"],
])("%.60j is refused: %s", (file, reason) => {
  expect(expandMacro(file, undefined, ["one"])).toEqual({ ok: false, reason });
});

test("whatever stands in a file, it becomes lines or a reason", () => {
  const random = seededRandom(7);
  const words = [
    "<#",
    "#>",
    " if ",
    " i ",
    ":=",
    "1",
    "endif",
    "while",
    "endwhile",
    "m",
    "endtmpl",
    "(",
    '"',
    "$",
    "\n",
    ";",
  ];
  for (let round = 0; round < 2000; round += 1) {
    const chosen = [...random.bytes(20)].map((octet) => words[octet % words.length]);
    const made = expandMacro(`<# m #>${chosen.join("")}<# endtmpl #>`, undefined, []);
    expect(made.ok ? made.lines.length <= 20 : made.reason !== "").toBe(true);
  }
});
