/** Terminal lines: what belongs to cables, to terminals of paper, and to hosts reached from here. Kept and printed back. */

import { uint, word } from "../../../grammar/arguments.ts";
import {
  type BlockReader,
  type Effect,
  inert,
  type Setting,
  setting,
  unsupported,
} from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { type BannerText, bannerBlock, bannerText } from "../../common/banner.ts";
import { globalMode, lineMode } from "../modes.ts";
import { bareNegation } from "./bare-negation.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

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

/** A text over several lines, between two of the same character. */
function block<Values extends { readonly text?: BannerText | undefined }>(values: Values): BlockReader | undefined {
  return values.text === undefined ? undefined : bannerBlock({ ...values, text: values.text });
}

const delimited = "c banner-text c, where 'c' is a delimiting character";
const texts = [
  setting({
    mode: lineMode,
    effect: inert("every line of this box is in use or takes whoever comes"),
    form: [kw("refuse-message", "Define a refuse banner"), arg("text", bannerText, delimited)],
    block,
  }),
  setting({
    mode: lineMode,
    effect: plain,
    form: [kw("vacant-message", "Define a vacant banner"), opt(arg("text", bannerText, delimited))],
    negation: "stored",
    normal: bareNegation(),
    block,
  }),
  setting({
    mode: lineMode,
    effect: byProcess,
    form: [
      kw("session-disconnect-warning", "Set warning countdown for session-timeout"),
      arg("seconds", uint(0, 4_294_967_295), "Seconds before the session ends"),
      opt(kw("message", "What is said then"), arg("text", bannerText, delimited)),
    ],
    block,
  }),
];

export const lineKept = [
  lists,
  ...texts,
  ...numbers(byProcess, {
    "absolute-timeout": ["Set absolute timeout for line disconnection", 0, 10_000],
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
  ...usageLines(
    {
      mode: lineMode,
      effect: plain,
      words: {
        login: "Timeouts for the login sequence",
        prompt: "EXEC prompt",
        "terminal-queue": "Terminal queue commands",
        "bit-count": "/8",
        decimal: "255.0.0.0",
        exec: "Start an EXEC process",
        expose: "Show it",
        hexadecimal: "0xFF000000",
        hide: "Hide it",
        ip: "IP options",
        ipv6: "IPv6 options",
        "access-class": "Filter connections based on an IPv6 access list",
        in: "Incoming connections",
        out: "Outgoing connections",
        "A.B.C.D": "Address",
        tcp: "TCP options",
        timeout: "Timeouts for the login sequence",
        "default-value": "Command parameters to change the default value",
        "exec-character-bits": "Size of characters to the command exec",
        "special-character-bits": "Size of the escape (and other special) characters",
      },
    },
    {
      "default-value {exec-character-bits | special-character-bits} <7-8>":
        "Command parameters to change the default value",
      "disconnect-character {<0-255> | WORD}": "Define the disconnect character",
      "dispatch-character @{<0-127> | WORD}": "Define the dispatch character",
      "dispatch-machine WORD": "Reference a TCP dispatch state machine",
      "dispatch-timeout <0-4294967294>": "Set the dispatch timer",
      "exec prompt timestamp": "Time stamps before show commands",
      "hold-character {<0-255> | WORD}": "Define the hold character",
      "ipv6 access-class @WORD @{in | out}": "Filter connections based on an IPv6 access list",
      insecure: "Mark line as insecure for LAT",
      international: "Enable international 8-bit character support",
      "ip netmask-format {bit-count | decimal | hexadecimal}": "Display netmasks in the given form",
      "ip tcp input-coalesce-threshold <0-1500>": "Characters that are put together",
      lockable: "Allow users to lock a line",
      monitor: "Copy debug output to the current terminal line",
      "padding @{<0-127> | WORD} <0-255>": "Set padding for a specified output character",
      "prc {expose | hide}": "PRC commands",
      private: "Configuration options that user can set will remain in effect between terminal sessions",
      "autocommand-options @{abort-character WORD | delay <0-120> | nohangup}": "Options of an automatic command",
      "start-character {<0-255> | WORD}": "Define the start character",
      "stop-character {<0-255> | WORD}": "Define the stop character",
      "terminal-queue entry-retry-interval <0-255>": "Terminal queue commands",
      "terminal-type WORD": "Set the terminal type",
      "timeout login response <0-300>": "How long anything may take before a login",
    },
  ),
  ...usageLines(
    { mode: lineMode, effect: plain, negation: "stored" },
    {
      "activation-character {<0-127> | WORD}": "Define the activation character",
    },
  ),
  ...usageLines(
    { mode: lineMode, effect: plain, holds: true },
    { "domain-lookup": "Enable domain lookups in show commands" },
  ),
  ...usageLines(
    {
      mode: lineMode,
      effect: noCable,
      words: {
        activation: "When the line wakes",
        "media-type": "Connector of the console",
        arap: "Appletalk Remote Access",
        connection: "When a connection begins",
        "during-login": "While the user logs in",
        dialer: "When a call is placed",
        "modem-off-hook": "When the modem goes off hook",
        ppp: "PPP",
        reset: "When the line is reset",
        slip: "SLIP",
        startup: "When the box begins",
        "modem-script": "When the modem answers",
      },
    },
    {
      autobaud: "Set line to autobaud",
      autohangup: "Automatically hangup when last connection closes",
      "autoselect @{arap | during-login | ppp | slip}": "Set line to autoselect",
      "media-type rj45": "Connector of the console",
      "no-exec": "Start no EXEC process",
      "script @{activation | arap | connection | dialer | modem-off-hook | reset | startup} WORD":
        "Specify event related chat scripts to run on the line",
    },
  ),
  ...usageLines(
    {
      mode: lineMode,
      effect: noHost,
      words: {
        "break-on-ip": "Send a break",
        faster: "Send at once",
        "notify-refused": "Say why a connection is refused",
        "refuse-negotiations": "Refuse options",
        speed: "Default and greatest speed",
        "sync-on-break": "Synchronize behind a break",
        transparent: "Send a carriage return as it is",
        telnet: "Telnet protocol-specific configuration",
      },
    },
    {
      "telnet @{break-on-ip | faster | notify-refused | refuse-negotiations | speed <1-4294967295> <1-4294967295> | sync-on-break | transparent}":
        "Telnet protocol-specific configuration",
    },
  ),
  ...usageLines(
    {
      mode: lineMode,
      effect: unsupported("no TACACS+ server is asked; take login local"),
      words: { login: "Enable password checking" },
    },
    { "login tacacs": "Use tacacs server for password checking" },
  ),
];

/** `line 2`: a line by its number among all, which only a box with cables has. */
export const absoluteLine = usageOpener(
  { mode: globalMode, section: "line", effect: noCable, opens: lineMode },
  "line @<0-935> [@<0-935>]",
  "Configure a terminal line",
);
