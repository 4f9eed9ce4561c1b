/** The queue of key agreements: bounded, fair, and what becomes of negotiations while they wait. */

import { expect, test } from "vitest";
import type { AgreementQuestion } from "../../../src/engine/agreement.ts";
import { agree } from "../../../src/engine/crypto/dh.ts";
import { Agreements, MAX_WAITING, type PendingAgreement } from "../../../src/engine/ike/agreements.ts";
import type { IkeOutput } from "../../../src/engine/ike/events.ts";
import { flowFrom, Prober, sent, Target } from "../../support/ike-prober.ts";

const nothing = new Uint8Array(0);
const work = { group: 2, own: undefined, entropy: nothing, peerValue: nothing } as const;
const agreement = { own: { group: 2, privateKey: {}, publicValue: nothing }, sharedSecret: nothing } as const;

class Asked {
  readonly queue = new Agreements();
  readonly resumed: string[] = [];
  readonly dropped: string[] = [];

  add(source: string, wanted = true, name = source): boolean {
    const pending: PendingAgreement = {
      source,
      work,
      isWanted: () => wanted,
      resume: () => {
        this.resumed.push(name);
        return undefined;
      },
      drop: () => void this.dropped.push(name),
    };
    return this.queue.add(pending);
  }

  /** Answers all that is asked, until nothing is. */
  answerAll(): void {
    for (let asked = this.queue.next(); asked !== undefined; asked = this.queue.next()) {
      this.queue.answer({ type: "agreed", question: asked.question, agreement }, 0);
    }
  }
}

test("four computations are asked at a time, and the next when one is answered", () => {
  const all = new Asked();
  for (let i = 0; i < 10; i += 1) all.add(`host ${i}`);
  const questions: AgreementQuestion[] = [];
  for (let next = all.queue.next(); next !== undefined; next = all.queue.next()) questions.push(next);
  expect(questions).toHaveLength(4);
  expect(all.queue.waiting).toBe(6);
  all.queue.answer({ type: "agreed", question: questions[2]?.question ?? 0, agreement }, 0);
  expect(all.resumed).toEqual(["host 2"]);
  expect(all.queue.next()).toBeDefined();
  expect(all.queue.next()).toBeUndefined();
});

test("each address has its turn, however many negotiations the greedy one has", () => {
  const asked = new Asked();
  for (let i = 0; i < 100; i += 1) asked.add("greedy");
  for (const source of ["a", "b", "c"]) asked.add(source);
  asked.answerAll();
  expect(asked.resumed).toHaveLength(103);
  for (const source of ["a", "b", "c"]) expect(asked.resumed.indexOf(source)).toBeLessThan(5);
});

test("the queue is bounded, and what overflows is the newest of the longest row", () => {
  const asked = new Asked();
  for (let i = 0; i < MAX_WAITING; i += 1) expect(asked.add("greedy", true, `greedy ${i}`)).toBe(true);
  for (let i = 0; i < 10; i += 1) expect(asked.add(`honest ${i}`)).toBe(false);
  expect(asked.queue.waiting).toBe(MAX_WAITING);
  expect(asked.dropped).toEqual(Array.from({ length: 10 }, (_, i) => `greedy ${MAX_WAITING - 1 - i}`));
});

test("what nobody waits for any more is not asked, and a failed computation drops its message", () => {
  const asked = new Asked();
  asked.add("gone", false);
  asked.add("unlucky");
  const question = asked.queue.next();
  asked.queue.answer({ type: "agreed", question: question?.question ?? 0, agreement: undefined }, 0);
  expect(asked.queue.next()).toBeUndefined();
  expect([asked.resumed, asked.dropped]).toEqual([[], ["unlucky"]]);
});

/** Does not answer questions by itself. */
class SlowTarget extends Target {
  readonly questions: AgreementQuestion[] = [];

  protected override settle(question: AgreementQuestion): void {
    this.questions.push(question);
  }

  /** Answers the oldest question. */
  compute(): IkeOutput[] {
    const question = this.questions.shift();
    if (question === undefined) throw new Error("nothing was asked");
    const { work } = question;
    return this.give({ type: "agreed", question: question.question, agreement: agree(work) });
  }
}

test("message 3 is answered when its secret is there, and its repetitions cost nothing until then", () => {
  const target = new SlowTarget();
  const prober = new Prober(target);
  const third = prober.thirdMessage();
  expect(sent(prober.say(third))).toEqual([]);
  for (let i = 0; i < 20; i += 1) expect(prober.say(third)).toEqual([]);
  expect(target.questions).toHaveLength(1);
  expect(sent(target.compute())).toHaveLength(1);
  // Now it is a repetition of what was answered.
  expect(sent(prober.say(third))).toHaveLength(1);
});

test("a negotiation that was given up while its secret was computed stays given up", () => {
  const target = new SlowTarget();
  const prober = new Prober(target);
  prober.say(prober.thirdMessage());
  target.run(60_000);
  expect(target.machine.view().sas).toEqual([]);
  expect(target.compute()).toEqual([]);
  expect(target.machine.view().sas).toEqual([]);
});

test("a slow host keeps its negotiations waiting in turn: a stranger's hundred do not stand before a client's one", () => {
  const target = new SlowTarget();
  const stranger = "203.0.113.9";
  for (let i = 0; i < 100; i += 1) {
    const prober = new Prober(target, flowFrom(stranger, 1000 + i), i + 1);
    prober.say(prober.thirdMessage());
  }
  const client = new Prober(target, flowFrom("198.51.100.7", 500), 1000);
  client.say(client.thirdMessage());
  let answered = 0;
  for (; answered < 100; answered += 1) {
    const answers = target.compute().filter((output) => output.type === "send");
    if (answers.some((output) => output.type === "send" && output.flow.remote.address === "198.51.100.7")) break;
  }
  expect(answered).toBeLessThan(8);
});
