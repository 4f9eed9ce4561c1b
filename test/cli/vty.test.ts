import { expect, test } from "vitest";
import { Gateway } from "../../src/cli/gateway.ts";
import { LoginTerminal, PIPE_DEFAULTS } from "../../src/cli/login-terminal.ts";
import { Session } from "../../src/cli/session.ts";
import { type Answer, type Login, Vty } from "../../src/cli/vty.ts";
import type { Activity, Question } from "../../src/grammar/declaration.ts";
import { ios } from "../../src/modes/ios/dialect.ts";
import { lineMatcher } from "../../src/modes/shell/expression.ts";
import { seededRandom } from "../support/random.ts";
import { screenOf } from "../support/screen.ts";
import { ShownTerminal } from "../support/shown-terminal.ts";

const MARK = " --More-- ";
const ERASE = `${"\b".repeat(9)}${" ".repeat(8)}${"\b".repeat(9)}`;

class FakeLogin implements Login {
  readonly terminal = new LoginTerminal(PIPE_DEFAULTS, false, () => "exec");
  readonly pager = { prompt: MARK, erase: ERASE };
  readonly lineTest = lineMatcher;
  readonly ran: string[] = [];
  readonly answers: string[] = [];
  readonly dropped: string[] = [];
  idleMillis: number | undefined = undefined;
  ended = false;
  configuring = false;
  hello: readonly string[] = [];
  work: { say: (text: string) => void; done: () => void; stopped: boolean } | undefined;

  greeting(): readonly string[] {
    return this.hello;
  }

  prompt(): string {
    return this.configuring ? "r(config)#" : "r#";
  }

  execute(line: string): Answer {
    this.ran.push(line);
    this.terminal.remember(line);
    const [word = "", count] = line.split(" ");
    switch (word) {
      case "":
        return { lines: [] };
      case "conf":
        this.configuring = true;
        return { lines: [] };
      case "exit":
        this.ended = true;
        return { lines: [] };
      case "list":
        return { lines: Array.from({ length: Number(count) }, (_, index) => `line ${index + 1}`) };
      case "enable":
        return { lines: [], question: this.#question("hidden", "Password: ") };
      case "copy":
        return { lines: [], question: this.#question("plain", "Destination filename [x]? ") };
      case "send":
        return { lines: [], question: { ...this.#question("plain", "Message: "), takesEnd: true } };
      case "reload":
        return { lines: ["careful"], question: this.#question("confirm", "Proceed? [confirm]") };
      case "ping":
        return { lines: ["Sending"], activity: this.#activity() };
      default:
        return { lines: [`did ${line}`] };
    }
  }

  answer(question: Question, text: string): Answer {
    return { lines: question.answer(text).lines ?? [] };
  }

  readonly collecting = false;
  reprints = true;

  reprintsBehind(): boolean {
    return this.reprints;
  }

  interrupt(text: string): Answer {
    this.dropped.push(text);
    return { lines: [] };
  }

  help(before: string): readonly string[] {
    return [`help for ${before}`];
  }

  complete(before: string): string | undefined {
    return before === "sh" ? "show " : undefined;
  }

  end(): Answer {
    this.configuring = false;
    return { lines: [] };
  }

  expire(): void {
    this.ended = true;
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
  }

  #question(echo: Question["echo"], prompt: string): Question {
    return {
      prompt,
      echo,
      answer: (text) => {
        this.answers.push(text);
        return { lines: ["answered"] };
      },
    };
  }

  #activity(): Activity {
    return {
      start: (say, done) => {
        this.work = { say, done: () => done({ ok: true }), stopped: false };
      },
      stop: () => {
        if (this.work !== undefined) this.work.stopped = true;
      },
    };
  }
}

class Line {
  readonly login = new FakeLogin();
  screen = "";
  clock = 0;
  readonly vty = new Vty(
    this.login,
    (text) => {
      this.screen += text;
    },
    () => this.clock,
  );

  type(...keys: readonly string[]): this {
    for (const each of keys) this.vty.feed(each);
    return this;
  }
}

function line(length = 0): Line {
  const made = new Line();
  made.login.terminal.length = length;
  made.vty.start();
  return made;
}

test("what is typed stands behind the prompt, and the answer and the next prompt follow", () => {
  expect(line().type("show version\r").screen).toBe("r#show version\r\ndid show version\r\nr#");
});

test("several lines in one burst are answered one after the other, each with its prompt", () => {
  expect(line().type("a\rb\n").screen).toBe("r#a\r\ndid a\r\nr#b\r\ndid b\r\nr#");
});

test("? is not echoed, prints help and gives the line back", () => {
  expect(line().type("show ?").screen).toBe("r#show \r\nhelp for show \r\nr#show ");
});

test("Tab completes, or rings and gives the line back; where nothing is typed it only rings", () => {
  expect(line().type("sh\t").screen).toBe("r#sh\r\nr#show ");
  expect(line().type("xx\t").screen).toBe("r#xx\x07\r\nr#xx");
  expect(line().type(" \t").screen).toBe("r# \x07");
});

test("Tab keeps what stands behind the cursor", () => {
  const back = "\x02".repeat(" clock".length);
  expect(line().type(`sh clock${back}\tnow \r`).login.ran).toEqual(["show now clock"]);
});

test("Ctrl-Z runs what was typed and leaves configuration; Ctrl-C drops the line; Ctrl-R shows it again", () => {
  const { screen, login } = line().type("conf t\r", "lifetime 60\x1a", "never\x03", "sh\x12");
  expect([login.ran, login.dropped]).toEqual([["conf t", "lifetime 60"], ["never"]]);
  expect(screen.endsWith("r(config)#lifetime 60^Z\r\ndid lifetime 60\r\nr#never^C\r\nr#sh\r\nr#sh")).toBe(true);
});

test("a log line does not spoil what is being typed, read or answered", () => {
  const typing = line().type("show ver");
  typing.vty.interject(["news"]);
  expect(typing.screen).toBe("r#show ver\r\nnews\r\nr#show ver");
  typing.login.reprints = false;
  typing.vty.interject(["more"]);
  expect(typing.screen).toBe("r#show ver\r\nnews\r\nr#show ver\r\nmore\r\n");
  const paging = line(3).type("list 5\r");
  paging.vty.interject(["news"]);
  expect(screenOf(paging.screen).slice(1)).toEqual(["line 1", "line 2", "news", " --More--"]);
  const asked = line().type("copy\rab");
  asked.vty.interject(["news"]);
  expect(screenOf(asked.screen).slice(-2)).toEqual(["news", "Destination filename [x]? ab"]);
});

test("Ctrl-Z drops a question, unless the question has it for an end and is told of it", () => {
  const { login } = line().type("copy\rdropped\x1a", "send\rone\x1a", "send\rtwo\r", "send\rthree\x03", "after\r");
  expect(login.answers).toEqual(["one\x1a", "two"]);
  expect(login.ran.at(-1)).toBe("after");
});

test("after the user has logged out nothing more is run or printed", () => {
  const { screen, login } = line().type("exit\rmore\r");
  expect(login.ran).toEqual(["exit"]);
  expect(screen).toBe("r#exit\r\n");
});

test("what the box says at the beginning stands before the first prompt", () => {
  const made = new Line();
  made.login.hello = ["welcome"];
  made.vty.start();
  expect(made.screen).toBe("welcome\r\nr#");
});

test("a password is not echoed, an answer is, and one key confirms", () => {
  const { screen, login } = line().type("enable\rse?cret\r", "copy\rfile\r", "reload\ry", "reload\r\r", "reload\rn");
  expect(login.answers).toEqual(["se?cret", "file", "", "", "n"]);
  expect(screen).toContain("r#enable\r\nPassword: \r\nanswered\r\nr#");
  expect(screen).toContain("Destination filename [x]? file\r\nanswered");
  expect(screen).toContain("careful\r\nProceed? [confirm]y\r\nanswered");
});

test("Ctrl-C drops a question and the command with it; an answer is no part of history", () => {
  const { screen, login } = line().type("enable\rpass\x03", "reload\r\x03", "copy\rfile\r");
  expect(login.answers).toEqual(["file"]);
  expect(screen).toContain("Password: ^C\r\nr#");
  expect(login.terminal.history).toEqual(["enable", "reload", "copy"]);
});

test("output comes in pages: blank a page, Return a line, any other key no more", () => {
  const paged = line(5).type("list 12\r");
  const rows = (from: number, to: number): string =>
    Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\r\n`).join("");
  expect(paged.screen).toBe(`r#list 12\r\n${rows(1, 4)}${MARK}`);
  expect(paged.type("\r").screen).toBe(`r#list 12\r\n${rows(1, 4)}${MARK}${ERASE}${rows(5, 5)}${MARK}`);
  const shown = screenOf(paged.type(" ").screen);
  expect(shown.slice(-2)).toEqual(["line 9", " --More--"]);
  expect(screenOf(paged.type("q").screen).at(-1)).toBe("r#");
  expect(paged.login.ran).toEqual(["list 12"]);
});

test("a page that just fits asks nothing, and long lines take the lines they take", () => {
  expect(line(5).type("list 4\r").screen).not.toContain("More");
  const narrow = line(5);
  narrow.login.terminal.width = 3;
  expect(narrow.type("list 4\r").screen).toContain(MARK);
});

test("while paging, a search goes on at a matching line and a filter with the matching ones", () => {
  const searched = screenOf(line(3).type("list 40\r/e 30\r").screen);
  expect(searched.slice(1)).toEqual(["line 1", "line 2", "line 30", "line 31", " --More--"]);
  expect(screenOf(line(4).type("list 40\r+7$\r").screen).slice(-4)).toEqual([
    "line 7",
    "line 17",
    "line 27",
    " --More--",
  ]);
  expect(screenOf(line(4).type("list 12\r-1\r ").screen).slice(-2)).toEqual(["line 9", "r#"]);
});

test("an IOS box says that it filters in a line of its own, behind what was typed", () => {
  const gateway = new Gateway(ios);
  gateway.load(Array.from({ length: 40 }, (_, index) => `ip host h${index + 1} 192.0.2.1`).join("\n"));
  const session = new Session(gateway, { line: "vty 0", paged: true, monitor: false });
  session.terminal.length = 4;
  const terminal = new ShownTerminal(session);
  terminal.vty.start();
  terminal.vty.feed("show hosts | include h\r/h2[0-9]\r-h2\r");
  expect(
    screenOf(terminal.screen)
      .map((row) => row.split(" ")[0] || row.trim())
      .slice(-9),
  ).toEqual(["h20", "h21", "h22", "-h2", "filtering...", "h30", "h31", "h32", "--More--"]);
  gateway.abandon();
});

test("a command that goes on holds what is typed until it is over", () => {
  const ping = line().type("ping\rshow x\r");
  ping.login.work?.say("!!");
  ping.vty.interject(["news"]);
  ping.login.work?.say("!\n");
  expect(ping.login.ran).toEqual(["ping"]);
  ping.login.work?.done();
  expect(ping.login.ran).toEqual(["ping", "show x"]);
  expect(ping.screen).toBe("r#ping\r\nSending\r\n!!\r\nnews\r\n!\r\nr#show x\r\ndid show x\r\nr#");
});

test.each([["\x03"], ["\x1e"], ["\x1ex"]])("%j breaks off what goes on", (keys) => {
  const ping = line().type("ping\r");
  ping.login.work?.say("!.");
  ping.type(keys, "show\r");
  expect(ping.login.work?.stopped).toBe(true);
  ping.login.work?.say("late");
  expect(ping.screen).toBe("r#ping\r\nSending\r\n!.\r\nr#show\r\ndid show\r\nr#");
});

test("a login at which nothing is typed ends, one that works does not", () => {
  const idle = line();
  idle.login.idleMillis = 60_000;
  idle.clock = 50_000;
  idle.type("a");
  expect(idle.vty.deadline).toBe(110_000);
  idle.clock = 109_999;
  idle.vty.tick();
  expect(idle.login.ended).toBe(false);
  idle.clock = 110_000;
  idle.vty.tick();
  expect(idle.login.ended).toBe(true);
  const busy = line().type("ping\r");
  busy.login.idleMillis = 60_000;
  busy.clock = 200_000;
  busy.vty.tick();
  expect([busy.login.ended, busy.vty.deadline]).toEqual([false, 260_000]);
});

const SESSION =
  "show ver?sion\r\nconf t\rno shut\x1a\x10\x10\rlist 30\r  q\renable\rge\x7fheim\rreload\ryZü\x1b[D\x1b[Dx\x1bbß\rcopy\rto\rlist 9\r/5\r \rend";

test("wherever the input is cut, the screen is the same", () => {
  const whole = new TextEncoder().encode(SESSION);
  const once = line(4);
  once.vty.feed(whole);
  for (let cut = 1; cut < whole.length; cut += 1) {
    const twice = line(4);
    twice.vty.feed(whole.subarray(0, cut));
    twice.vty.feed(whole.subarray(cut));
    expect([cut, twice.screen]).toEqual([cut, once.screen]);
  }
  const single = line(4);
  for (const octet of whole) single.vty.feed(Uint8Array.of(octet));
  expect(single.screen).toBe(once.screen);
});

test("random octets and a line of a million characters neither throw nor grow", () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const made = line(seed % 5);
    made.login.terminal.width = seed % 3 === 0 ? 20 : 0;
    made.vty.feed(seededRandom(seed).bytes(3000));
  }
  const endless = line().type("x".repeat(1_000_000), "\r");
  expect(endless.login.ran).toEqual(["x".repeat(512)]);
  const busy = line().type("ping\r", "y\r".repeat(100_000));
  busy.login.work?.done();
  expect(busy.login.ran.length).toBeLessThan(40_000);
});
