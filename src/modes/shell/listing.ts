/**
 * The lines of a listing or transcript as an operator saved it: copied prompts, list dashes, time stamps of a terminal
 * program, pages of `--More--` with the backspaces that wiped them out, escape sequences, foreign line ends and blanks. It
 * finds what was typed or printed and where in the file that stands; what a line means it does not know.
 */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import { anyOf } from "../common/any-of.ts";

export interface ListedLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without the copied prompt and the debris. */
  readonly text: string;
  /** The line as it stands in the file, for texts in which every character counts. */
  readonly raw: string;
  /** How much of `raw` a terminal program wrote before the line. */
  readonly stamp: number;
  /** Where `text` begins in the line of the file; 0 = at its start. */
  readonly offset: number;
  /** Where a copied prompt says that the line was typed. */
  readonly place:
    | {
        readonly configuring: boolean;
        readonly virtualRouter: string;
        /** `(config-if)`; empty = the line was typed in exec. */
        readonly mode: string;
      }
    | undefined;
  /** Not of the configuration: what the box or the terminal program said around it. */
  readonly furniture: boolean;
}

const FURNITURE = anyOf([
  /^\s*Building configuration\.\.\./,
  /^\s*Current configuration ?: \d+/,
  /^\s*Using \d+ out of \d+ bytes/,
  /^\s*(?:Compressed configuration from|Uncompressed configuration from|Uncompressed size:) /,
  /^Enter configuration commands, one per line\./,
  /^Load for five secs: /,
  /^Time source is /,
  /^No time source, /,
  /^Please wait\.*$/,
  /^\.+$/,
  /^\[OK\]$/,
  /^(?:Password|Username): ?$/,
  /^=~=~=~.*=~=~=~/,
  /^(?:login as: \S*|Using username ".*"\.|\S+@\S+'s password:|Last login: .*|User Access Verification)$/,
  /^(?:\|(?: .*)?|(?:Keyboard-interactive|Pre-authentication) .* from server:|End of .* from server)$/,
  /^(?:Trying .*\.\.\.(?: ?Open)?|Connected to .*\.|Escape character is .*\.|Connection (?:to .* )?closed(?: by .*)?\.?)$/,
  /^(?:Destination|Source) filename \[.*\]\?/,
  // What the box says to a line: a caret under it, `% Invalid input detected at '^' marker.`
  /^ *\^$/,
  /^\s*%/,
  // A remark of who wrote the listing; no command begins so.
  /^\s*#/,
  /^(?:The name for the keys will be: |Choose the size of the key modulus |\s+General Purpose Keys\. |\s+a few minutes\.$|How many bits in the modulus )/,
  /^Translating ".*"/,
  /^\^Z$/,
  /^Script (?:started|done) on /,
  /^Press RETURN to get started/,
  /^\S+ con\d+ is now available$/,
  /^\s*(?:show?|sho) (?:run|start|conf)[\w-]*(?: |$)/i,
  /^\s*term\w* (?:len|wid)\w* \d+$/i,
  /^(?:EMERGENCY|ALERT|CRITICAL|ERROR|WARNING|NOTICE|INFO|DEBUG) \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d /,
  // A log line that came between: `*Mar  1 00:03:12.345: %SYS-5-CONFIG_I: …`.
  /^(?:\d+: )?[*.]?[A-Z][a-z]{2} +\d+ [\d:. ]+.*: %[A-Z0-9_-]+: /,
]);

/** A script's own way into configuration, where we already are. */
export const CONFIGURE = /^\s*conf\w*\s+t\w*$/i;

/** Commands behind a prompt that print something which is no configuration, up to the next prompt. */
const SPEAKS =
  /^\s*(?:do\s+)?(?:sh(?:ow?)?|ping|trace\w*|dir|u(?:n\w*)?\s+all|(?:un)?debug|clear|copy|wr\w*|reload|test|verify|who|where)\b/i;
const SHOWS_CONFIGURATION = /^\s*(?:do\s+)?(?:sh(?:ow?)?\s+(?:run|start|conf)|wr\w*\s+t)/i;

/** A copied prompt, with or without the dash of a list: `- host1:boston(config)#`, `Router>`. */
const PROMPT = /^\s*(?:-\s+)?[A-Za-z0-9][\w.\-@/]*(?::(?<router>[\w.-]+(?::[\w.-]+)?))?(?<mode>\([\w.\-+/]+\))?[#>]\s?/;

/** What a terminal program writes before each line: `[2019-03-04 10:11:12.123] `, `[10:11:12] `, `[Mon Mar  4 10:11:12.123 2019] `. */
const STAMP =
  /^(?:\[(?:\w{3} \w{3} +\d+ \d{2}:\d{2}:\d{2}(?:\.\d+)? \d{4}|\d{1,2}[./]\d{1,2}[./]\d{4} \d{2}:\d{2}:\d{2}(?:[.,]\d+)?)\]|\[?\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?\]?|\[\d{2}:\d{2}:\d{2}(?:\.\d+)?\])(?: |$)/;

/** What a mail program or an editor writes before every line. */
const QUOTED = /^(?:> ?)+/;
const NUMBERED = /^ *(\d+)(?:[:.|)] ?|\t| )/;
/** Fewer lines may begin so by chance. */
const FEWEST = 3;

/** What stands before all lines of the text and is none of it. */
function marginOf(lines: readonly string[]): RegExp | undefined {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  const said = lines.slice(0, last + 1);
  if (said.length < FEWEST) return undefined;
  if (said.every((line) => line.startsWith(">") || line.trim() === "")) return QUOTED;
  const first = numberOf(said[0] ?? "");
  if (first === undefined) return undefined;
  return said.every((line, index) => numberOf(line) === first + index) ? NUMBERED : undefined;
}

function numberOf(line: string): number | undefined {
  const [, digits] = NUMBERED.exec(`${line} `) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** A part of `show tech-support`. */
const SECTION = /^-{10,} (show .*) -{10,}$/;

/** What programs that collect configurations put in place of a secret; one word, as a secret is. */
const TAKEN_OUT = /<(?:secret hidden|(?:configuration )?removed)>/gi;

/** The pager's mark with what took it off the screen again. */
const MORE = /(?:^|(?<=[\r\n]))[ \t]*(?:-- ?More ?--|<--- More --->)[ ]*(?:\r +\r|[\b]+ *[\b]*)?/gi;
const ESCAPE = "\u001b";
const ESCAPES = new RegExp(`${ESCAPE}(?:\\[[0-9;?]*[ -/]*[@-~]|[()][0-9A-Za-z]|[=>78DEHM])`, "g");
const NUL = "\u0000";

/** The rest of a message of the box: `% NOTE: …` goes on in a sentence that stands further in. */
const GOES_ON = /^\s{2,}\S.*\.$/;

export function readListing(text: string): ListedLine[] {
  const whole = text.startsWith("\ufeff") ? text.slice(1) : text;
  const plain = whole.includes(ESCAPE) ? whole.replace(ESCAPES, "") : whole;
  const paged = /more/i.test(plain) ? plain.replace(MORE, "") : plain;
  let output = false;
  let message = false;
  const rows = paged.split(/\r*\n|\r/);
  const margin = marginOf(rows);
  return rows
    .map((row, index) => cleaned(row, index, margin))
    .map((line) => {
      const [, section] = SECTION.exec(line.text) ?? [];
      if (section !== undefined) {
        output = !SHOWS_CONFIGURATION.test(section);
        return { ...line, furniture: true };
      }
      const saidBefore = message;
      message = line.place === undefined && /^%/.test(line.text);
      if (line.place === undefined) {
        const said = output || (saidBefore && GOES_ON.test(line.text));
        return said && !line.furniture ? { ...line, furniture: true } : line;
      }
      output = SPEAKS.test(line.text) && !SHOWS_CONFIGURATION.test(line.text);
      return line;
    });
}

function cleaned(raw: string, index: number, margin: RegExp | undefined): ListedLine {
  const shown = ["\b", NUL].some((control) => raw.includes(control)) ? asShown(raw) : raw;
  const even = shown
    .replace(/[\u00a0\t]/g, " ")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(TAKEN_OUT, (mark) => "*".repeat(mark.length))
    .trimEnd();
  const before = Math.min(even.length, margin?.exec(`${even} `)?.[0].length ?? 0);
  const stamp = before + (STAMP.exec(even.slice(before))?.[0].length ?? 0);
  const unstamped = even.slice(stamp);
  const prompt = PROMPT.exec(unstamped);
  const text = prompt === null ? unstamped : unstamped.slice(prompt[0].length);
  const place =
    prompt === null
      ? undefined
      : {
          configuring: prompt.groups?.mode !== undefined,
          mode: prompt.groups?.mode ?? "",
          virtualRouter: prompt.groups?.router ?? DEFAULT_ROUTER,
        };
  const debris =
    shown === raw ? 0 : Math.max(0, raw.lastIndexOf(shown.trim()) - (shown.length - shown.trimStart().length));
  return {
    number: index + 1,
    text,
    raw,
    stamp,
    offset: even.length - text.length + debris,
    place,
    furniture: FURNITURE.test(text),
  };
}

/** The line as the screen showed it in the end: backspaces go back, and what follows is written over. */
function asShown(raw: string): string {
  const cells: string[] = [];
  let at = 0;
  for (const character of raw.replaceAll(NUL, "")) {
    if (character === "\b") at = Math.max(0, at - 1);
    else {
      cells[at] = character;
      at += 1;
    }
  }
  return cells.join("");
}
