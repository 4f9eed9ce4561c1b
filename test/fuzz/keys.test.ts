/** Keys at a terminal, whatever they are: nothing throws, the terminal is answered, and nothing piles up behind it. */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { Gateway } from "../../src/cli/gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { Vty } from "../../src/cli/vty.ts";
import type { Element } from "../../src/grammar/elements.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { sampleOf } from "../support/form-samples.ts";
import { fuzz } from "../support/fuzzing.ts";
import { below } from "../support/generated-configuration.ts";
import { seededRandom } from "../support/random.ts";

const BURSTS = 4000;
/** A burst is some words of a command, a key of the editor, a key of the pager, or octets that mean nothing. */
const KEYS = [
  ..."\x01\x02\x03\x04\x05\x06\b\t\n\x0b\f\r\x0e\x10\x12\x14\x15\x16\x17\x18\x19\x1a\x1b\x1e\x7f",
  ...["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[3~", "\x1bOP", "\x1bb", "\x1bd", "\x1b[200~", "\x1b["],
  ...["\r\n", "\r\0", "?", "??", " ", "q", "/dialer\r", "y", "n", "\r\r\r", "exit\r", "end\r"],
  // Out of whatever goes on, and into configuration.
  ...Array.from({ length: 6 }, () => "\x1e\x03\x03\rconfigure terminal\r"),
];
/** More than one burst may leave behind in structures that are full. */
const MOST_GROWTH = 3_000_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "performance"] }));
afterEach(() => void vi.useRealTimers());

class Terminal {
  readonly gateway: Gateway;
  readonly #level: number;
  #session: Session;
  #vty: Vty;
  #written = 0;

  constructor(dialect: Dialect, level: number) {
    this.gateway = new Gateway(dialect);
    this.gateway.load("hostname R1");
    this.#level = level;
    [this.#session, this.#vty] = this.#login();
  }

  #login(): [Session, Vty] {
    const user = { name: "ann", level: this.#level };
    const session = new Session(this.gateway, { line: "vty 0", paged: true, monitor: true, user });
    const vty = new Vty(
      session,
      (text) => {
        this.#written += text.length;
      },
      () => performance.now(),
    );
    vty.start();
    return [session, vty];
  }

  /** Feeds keys, and lets time pass; how many characters came back. */
  feed(keys: string | Uint8Array): number {
    const before = this.#written;
    this.#vty.feed(keys);
    vi.advanceTimersByTime(600);
    this.#vty.tick();
    if (this.#session.ended) {
      this.#vty.close();
      this.#session.close();
      [this.#session, this.#vty] = this.#login();
    }
    return this.#written - before;
  }

  /** What the terminal shows for a whole line typed at a prompt of its own. */
  answers(line: string): boolean {
    // Whatever goes on: a page, a question, a text over several lines, work, configuration.
    for (const way of ["\x1e", "\x03", "\x03", "\x1a"]) this.feed(way);
    return this.feed(`${line}\r`) > line.length;
  }

  get historyBounded(): boolean {
    const { history, historySize } = this.#session.terminal;
    return history.length <= historySize;
  }

  end(): void {
    this.#vty.close();
    this.#session.close();
    this.gateway.abandon();
  }
}

/** The dashboard draws with what is loaded by need, and time stands still here. */
function isTyped(form: readonly Element[]): boolean {
  const [first] = form;
  return !(first?.kind === "keyword" && first.word === "dashboard");
}

function burstsOf(forms: readonly (readonly Element[])[], seed: number): () => string | Uint8Array {
  const random = seededRandom(seed);
  return () => {
    switch (below(random, 8)) {
      case 0:
        return random.bytes(below(random, 24));
      case 1:
      case 2:
      case 3:
        return KEYS[below(random, KEYS.length)] ?? "";
      default: {
        const form = forms[below(random, forms.length)] ?? [];
        const { line } = sampleOf(form, random);
        const typed = below(random, 3) === 0 ? line.slice(0, below(random, line.length + 1)) : line;
        return `${below(random, 9) === 0 ? "no " : ""}${typed}${["\r", "\r", "?", "\t", " "][below(random, 5)]}`;
      }
    }
  };
}

for (const dialect of Object.values(dialects)) {
  const commands = [...dialect.config, ...dialect.exec].map(({ form }) => form).filter(isTyped);

  fuzz(`${dialect.name}: random keys at a terminal`, 71, (seed) => {
    const terminal = new Terminal(dialect, 15);
    const burst = burstsOf(commands, seed);
    for (let count = 0; count < BURSTS; count += 1) terminal.feed(burst());
    expect(terminal.historyBounded).toBe(true);
    expect(terminal.answers("show version")).toBe(true);
    expect(() => dialect.render(terminal.gateway.store)).not.toThrow();
    terminal.end();
  });

  fuzz(`${dialect.name}: a user who only looks leaves nothing behind`, 72, (seed) => {
    const terminal = new Terminal(dialect, 1);
    const looks = dialect.exec.filter(({ level }) => level <= 1).map(({ form }) => form);
    const burst = burstsOf(looks.filter(isTyped), seed);
    const play = (): number => {
      for (let count = 0; count < BURSTS; count += 1) terminal.feed(burst());
      return heapInUse();
    };
    play();
    const full = play();
    expect(play() - full).toBeLessThan(MOST_GROWTH);
    terminal.end();
  });
}

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
