/** Terminal lines: what belongs to cables, to terminals of paper, and to hosts reached from here. Kept and printed back. */

import { uint, word } from "../../../grammar/arguments.ts";
import { type Effect, inert, type Setting, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { lineMode } from "../modes.ts";

const noCable = inert("no serial cable is behind the line");
const noHost = inert("no session goes on from here to another host");
const byProcess = inert("whoever starts a session decides who may log in and over what");
const plain = inert("the terminal is taken as it is");

/** A word and a number in its range. */
function numbers(
  effect: Effect,
  rows: Readonly<Record<string, readonly [help: string, low: number, high: number]>>,
): Setting[] {
  return Object.entries(rows).map(([word, [help, low, high]]) =>
    setting({ mode: lineMode, effect, form: [kw(word, help), arg("value", uint(low, high), help)] }),
  );
}

const lists = setting({
  mode: lineMode,
  effect: inert("lists of authorization hold for the whole box, and nothing is accounted elsewhere"),
  form: [
    pick("what", { accounting: "Accounting parameters", authorization: "Authorization parameters" }),
    oneOf(
      [
        pick("service", {
          arap: "For Appletalk Remote Access Protocol",
          connection: "For connections",
          exec: "For starting an exec (shell)",
          resource: "For resource accounting",
          "reverse-access": "For reverse telnet connections",
        }),
      ],
      [kw("commands", "For exec (shell) commands"), arg("level", uint(0, 15), "Enable level")],
    ),
    oneOf([pick("standard", { default: "Use the default list" })], [arg("list", word(), "Use a list with this name")]),
  ],
  key: ["what", "service", "level"],
});

export const lineKept = [
  lists,
  ...numbers(byProcess, {
    "absolute-timeout": ["Set absolute timeout for line disconnection", 0, 10_000],
    "session-disconnect-warning": ["Set warning countdown for session-timeout", 0, 4_294_967_295],
    "logout-warning": ["Set warning countdown for absolute timeout of line", 0, 4_294_967_295],
  }),
  ...numbers(plain, {
    "data-character-bits": ["Size of characters being handled", 7, 8],
    "exec-character-bits": ["Size of characters to the command exec", 7, 8],
    "special-character-bits": ["Size of the escape (and other special) characters", 7, 8],
  }),
  ...numbers(noCable, {
    "buffer-length": ["Set DMA buffer length", 16, 1500],
    "usb-inactivity-timeout": ["Set inactivity timeout for USB console", 1, 240],
  }),
  ...keptLines(
    { mode: lineMode, effect: plain, single: true, shared: { ip: "IP options", exec: "Start an EXEC process" } },
    {
      "activation-character": "Define the activation character",
      "default-value": "Command parameters to change the default value",
      "disconnect-character": "Define the disconnect character",
      "dispatch-character": "Define the dispatch character",
      "dispatch-machine": "Reference a TCP dispatch state machine",
      "dispatch-timeout": "Set the dispatch timer",
      "domain-lookup": "Enable domain lookups in show commands",
      "exec prompt": "EXEC prompt",
      "hold-character": "Define the hold character",
      insecure: "Mark line as insecure for LAT",
      international: "Enable international 8-bit character support",
      "ip netmask-format": "Display netmasks in the given form",
      "ip tcp input-coalesce-threshold": "Characters that are put together",
      lockable: "Allow users to lock a line",
      monitor: "Copy debug output to the current terminal line",
      padding: "Set padding for a specified output character",
      prc: "PRC commands",
      private: "Configuration options that user can set will remain in effect between terminal sessions",
      "refuse-message": "Define a refuse banner",
      "start-character": "Define the start character",
      "stop-character": "Define the stop character",
      "terminal-queue": "Terminal queue commands",
      "terminal-type": "Set the terminal type",
      "timeout login": "Timeouts for the login sequence",
      "vacant-message": "Define a vacant banner",
    },
  ),
  ...keptLines(
    { mode: lineMode, effect: noCable, single: true },
    {
      autobaud: "Set line to autobaud",
      autohangup: "Automatically hangup when last connection closes",
      autoselect: "Set line to autoselect",
      "no-exec": "Start no EXEC process",
      script: "Specify event related chat scripts to run on the line",
    },
  ),
  ...keptLines({ mode: lineMode, effect: noHost, single: true }, { telnet: "Telnet protocol-specific configuration" }),
];
