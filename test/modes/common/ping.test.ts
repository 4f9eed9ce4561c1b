import { expect, test } from "vitest";
import type { ProbeReport, ProbeRequest } from "../../../src/engine/ip/probes.ts";
import { DEFAULT_ROUTER } from "../../../src/engine/spec.ts";
import { pingActivity, traceActivity } from "../../../src/modes/common/ping.ts";
import type { Reach } from "../../../src/modes/common/reach.ts";

const request: ProbeRequest = {
  kind: "echo",
  virtualRouter: DEFAULT_ROUTER,
  destination: "20.0.0.100",
  source: undefined,
  sizeOctets: 100,
  timeToLive: 255,
  dontFragment: false,
  timeoutMillis: 2000,
  pattern: 0xabcd,
  port: 33_434,
};

/** A reach that answers when told to, with what it is told. */
class Scripted implements Pick<Reach, "probe"> {
  readonly asked: ProbeRequest[] = [];
  #waiting: ((report: ProbeReport) => void) | undefined;

  probe(probe: ProbeRequest, report: (report: ProbeReport) => void): () => void {
    this.asked.push(probe);
    this.#waiting = report;
    return () => {
      this.#waiting = undefined;
    };
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  answer(report: ProbeReport): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(report);
  }
}

function answered(
  by: string,
  answer: "echoReply" | "timeExceeded" | "unreachable",
  roundTripMillis: number,
): ProbeReport {
  return { type: "answered", by, answer, code: answer === "unreachable" ? 3 : 0, timeToLive: 64, roundTripMillis };
}

function watch(): {
  text: string;
  ok: boolean | undefined;
  say: (text: string) => void;
  done: (o: { ok: boolean }) => void;
} {
  const seen = {
    text: "",
    ok: undefined as boolean | undefined,
    say: (text: string) => {
      seen.text += text;
    },
    done: (outcome: { ok: boolean }) => {
      seen.ok = outcome.ok;
    },
  };
  return seen;
}

const words = {
  report: (report: ProbeReport) => (report.type === "timedOut" ? "." : report.answer === "echoReply" ? "!" : "U"),
  finished: (statistics: unknown) => ` ${JSON.stringify(statistics)}`,
};

test("a ping sends the next probe when the one before was told, and counts", () => {
  const reach = new Scripted();
  const seen = watch();
  pingActivity(reach, request, 4, words).start(seen.say, seen.done);
  expect(reach.asked).toHaveLength(1);
  reach.answer(answered("20.0.0.100", "echoReply", 4));
  reach.answer({ type: "timedOut" });
  reach.answer(answered("12.0.0.8", "unreachable", 1));
  expect(seen.ok).toBeUndefined();
  reach.answer(answered("20.0.0.100", "echoReply", 8));
  expect(reach.asked).toHaveLength(4);
  expect(seen.text).toBe('!.U! {"sent":4,"received":2,"percent":50,"roundTripMillis":{"min":4,"average":6,"max":8}}');
  expect(seen.ok).toBe(true);
});

test("a ping that nobody answers fails", () => {
  const reach = new Scripted();
  const seen = watch();
  pingActivity(reach, request, 1, words).start(seen.say, seen.done);
  reach.answer({ type: "timedOut" });
  expect(seen.text).toBe('. {"sent":1,"received":0,"percent":0}');
  expect(seen.ok).toBe(false);
});

test("a ping that was broken off drops its probe and says what came of those that were sent", () => {
  const reach = new Scripted();
  const seen = watch();
  const ping = pingActivity(reach, request, 5, words);
  ping.start(seen.say, seen.done);
  reach.answer(answered("20.0.0.100", "echoReply", 4));
  ping.stop();
  expect(reach.isWaiting).toBe(false);
  const trip = '{"min":4,"average":4,"max":4}';
  expect(seen.text).toBe(`! {"sent":2,"received":1,"percent":50,"roundTripMillis":${trip}}`);
  expect(seen.ok).toBe(undefined);
});

test("a traceroute goes hop by hop to the destination, with a port of its own for each probe", () => {
  const reach = new Scripted();
  const seen = watch();
  const plan = { request: { ...request, kind: "udp" as const }, firstHop: 1, lastHop: 30, probesPerHop: 2 };
  const trace = traceActivity(reach, plan, {
    hop: (timeToLive) => `${timeToLive}`,
    report: (report, before) => (report.type === "timedOut" ? " *" : report.by === before ? " ms" : ` ${report.by} ms`),
    hopEnd: "\n",
  });
  trace.start(seen.say, seen.done);
  reach.answer(answered("12.0.0.8", "timeExceeded", 1));
  reach.answer({ type: "timedOut" });
  reach.answer(answered("20.0.0.100", "unreachable", 2));
  reach.answer(answered("20.0.0.100", "unreachable", 2));
  expect(seen.text).toBe("1 12.0.0.8 ms *\n2 20.0.0.100 ms ms\n");
  expect(seen.ok).toBe(true);
  expect(reach.asked.map(({ timeToLive, port }) => [timeToLive, port])).toEqual([
    [1, 33_434],
    [1, 33_435],
    [2, 33_436],
    [2, 33_437],
  ]);
});
