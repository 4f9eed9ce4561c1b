import { expect, test } from "vitest";
import { LineRunner } from "../../src/cli/line-runner.ts";
import type { Question } from "../../src/grammar/declaration.ts";
import { type LineResult, QUIET } from "../../src/modes/shell/line-result.ts";

function runner() {
  const seen: string[] = [];
  const work: { say: (text: string) => void; done: () => void }[] = [];
  const login = {
    ended: false,
    execute(line: string): LineResult {
      seen.push(`run ${line}`);
      if (line === "exit") this.ended = true;
      const question: Question = { prompt: "Sure?", echo: "confirm", answer: (text) => ({ lines: [`so "${text}"`] }) };
      if (line === "ask") return { ...QUIET, question };
      if (line !== "ping") return { ...QUIET, ok: line !== "bad" };
      const activity = {
        start: (say: (text: string) => void, done: (outcome: { ok: boolean }) => void) =>
          void work.push({ say, done: () => done({ ok: true }) }),
        stop: () => undefined,
      };
      return { ...QUIET, activity };
    },
    answer: (question: Question, text: string): LineResult => ({ ...QUIET, lines: question.answer(text).lines ?? [] }),
  };
  const made = new LineRunner(login, {
    say: (text) => void seen.push(`say ${JSON.stringify(text)}`),
    done: (ok) => void seen.push(ok ? "ok" : "failed"),
    finished: () => void seen.push("finished"),
  });
  return { made, seen, work };
}

test("lines run one after the other, and the end is told once", () => {
  const { made, seen } = runner();
  made.submit("a");
  made.submit("bad");
  made.close();
  made.close();
  expect(seen).toEqual(["run a", "ok", "run bad", "failed", "finished"]);
});

test("the next line answers a question; where none comes the empty answer does", () => {
  const { made, seen } = runner();
  made.submit("ask");
  made.submit("yes");
  made.submit("ask");
  made.submit("no");
  made.submit("ask");
  made.close();
  expect(seen).toEqual([
    "run ask",
    'say "Sure?\\n"',
    'say "so \\"\\"\\n"',
    "ok",
    "run ask",
    'say "Sure?\\n"',
    'say "so \\"no\\"\\n"',
    "ok",
    "run ask",
    'say "Sure?\\n"',
    'say "so \\"\\"\\n"',
    "ok",
    "finished",
  ]);
});

test("a command that goes on holds the next line and the end back", () => {
  const { made, seen, work } = runner();
  made.submit("ping");
  made.submit("after");
  made.close();
  work[0]?.say("!!");
  expect(seen).toEqual(["run ping", 'say "!!"']);
  work[0]?.done();
  expect(seen.slice(2)).toEqual(['say "\\n"', "ok", "run after", "ok", "finished"]);
});

test("behind a logout nothing runs", () => {
  const { made, seen } = runner();
  made.submit("exit");
  made.submit("more");
  made.close();
  expect(seen).toEqual(["run exit", "ok", "finished"]);
});

test("what asks for ever is dropped when no answers are left, and the end is told", () => {
  const asking: Question = { prompt: "Again?", echo: "plain", answer: () => ({ question: asking }) };
  const again: LineResult = { ...QUIET, question: asking };
  const said: string[] = [];
  const outcomes: (boolean | "finished")[] = [];
  const made = new LineRunner(
    { ended: false, execute: (line) => (line === "ask" ? again : QUIET), answer: () => again },
    { say: (text) => said.push(text), done: (ok) => outcomes.push(ok), finished: () => outcomes.push("finished") },
  );
  made.submit("ask");
  for (let answer = 0; answer < 100; answer += 1) made.submit("an answer");
  expect(outcomes).toEqual([]);
  for (let silence = 0; silence < 100; silence += 1) made.submit(undefined);
  expect(outcomes).toEqual([false]);
  made.submit("ask");
  made.close();
  expect(outcomes).toEqual([false, false, "finished"]);
  expect(said.at(-1)).toBe("% Nobody answers: the command was dropped\n");
});
