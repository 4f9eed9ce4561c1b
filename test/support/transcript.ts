/**
 * Console transcripts as files: what a terminal shows, prompt lines with the keys that were typed behind them. Head lines say
 * which dialect, which configuration and which privilege. A prompt line ends with Return unless it ends with `?` or with a
 * key in pointed brackets: `<Tab>`, `<Ctrl-Z>`. The rest is what the box wrote, with `<Bell>` for a bell.
 */

import { readFileSync } from "node:fs";
import { Gateway } from "../../src/cli/gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { Vty } from "../../src/cli/vty.ts";
import { dialects } from "../../src/modes/dialects.ts";

export interface Transcript {
  readonly head: readonly string[];
  /** What was typed at each prompt, what stood there already included. */
  readonly inputs: readonly string[];
}

const PROMPT = /^[\w.-]+(?::[\w.-]+)?(?:\([\w+-]+\))?[#>](.*)$/;
const KEYS: Readonly<Record<string, string>> = {
  "<Tab>": "\t",
  "<Ctrl-A>": "\x01",
  "<Ctrl-C>": "\x03",
  "<Ctrl-K>": "\x0b",
  "<Ctrl-W>": "\x17",
  "<Ctrl-Z>": "\x1a",
  "<Up>": "\x1b[A",
};
const KEY = /<(?:Tab|Ctrl-[A-Z]|Up)>/g;

export function readTranscript(text: string): Transcript {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => PROMPT.test(line));
  const inputs = lines.slice(from).flatMap((line) => PROMPT.exec(line)?.[1] ?? []);
  return { head: lines.slice(0, from), inputs: inputs.filter((input) => input !== "") };
}

function directive({ head }: Transcript, name: string): string | undefined {
  return head.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
}

/** The transcript as this box writes it. */
export function play(transcript: Transcript): string {
  const dialect = dialects[directive(transcript, "dialect") === "junose" ? "junose" : "ios"];
  const gateway = new Gateway(dialect);
  const config = directive(transcript, "config");
  if (config !== undefined) {
    gateway.load(readFileSync(new URL(`../../fixtures/configs/${config}`, import.meta.url), "utf8"));
  }
  const level = Number(directive(transcript, "level") ?? 15);
  const session = new Session(gateway, { line: "con 0", paged: false, monitor: false, user: { name: "", level } });
  const screen = new Screen();
  const vty = new Vty(
    session,
    (text) => screen.write(text),
    () => 0,
  );
  // Wide enough that no line slides, without pages.
  vty.resize(250, 0);
  vty.start();
  const lines = [...transcript.head, ...screen.take()];
  for (const input of transcript.inputs) {
    if (session.ended) throw new Error(`the session is over before: ${input}`);
    const standing = lines.pop() ?? "";
    const pending = PROMPT.exec(standing)?.[1] ?? "";
    const typed = input.startsWith(pending.trimEnd()) ? input.slice(pending.length) : input;
    const keys = typed.replace(KEY, (key) => KEYS[key] ?? "");
    const isOpen = /(?:\?|<(?:Tab|Ctrl-[A-Z]|Up)>)$/.test(input);
    vty.feed(isOpen ? keys : `${keys}\r`);
    const [echoed = "", ...shown] = screen.take();
    // The echo is what was typed; what the screen shows instead is told.
    const plain = typed.replace(KEY, "").replace(/\?$/, "");
    if (/[^<]$|^$/.test(plain) && echoed !== plain && !/<(?:Up|Ctrl)/.test(typed)) lines.push(`<echo: ${echoed}>`);
    lines.push(standing + typed, ...shown);
  }
  gateway.abandon();
  return lines.join("\n");
}

/** What was written since it was last asked, line by line; carriage returns go, a bell is shown. */
class Screen {
  #written = "";

  write(text: string): void {
    this.#written += text;
  }

  take(): string[] {
    const text = this.#written.replaceAll("\x07", "<Bell>").replaceAll("\r\n", "\n").replaceAll("\r", "");
    this.#written = "";
    return text.split("\n");
  }
}
