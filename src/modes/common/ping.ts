/**
 * A row of probes, one after the other, as `ping` and `traceroute` send them. What is printed is the vendor's business: this
 * keeps order, counts and times.
 */

import type { ProbeReport, ProbeRequest } from "../../engine/ip/probes.ts";
import type { Activity } from "../../grammar/declaration.ts";
import type { Reach } from "./reach.ts";

type Probing = Pick<Reach, "probe">;

export interface PingStatistics {
  readonly sent: number;
  readonly received: number;
  /** Of those that were sent, rounded down. */
  readonly percent: number;
  /** Absent = nothing was received. */
  readonly roundTripMillis: { readonly min: number; readonly average: number; readonly max: number } | undefined;
}

export interface PingWords {
  /** Printed for each report, without a line end of its own: `!`. */
  report(report: ProbeReport): string;
  /** Printed when the last one was told, or the row was broken off. */
  finished(statistics: PingStatistics): string;
}

/** Sends `count` probes; the next one leaves when the one before was answered or given up. */
export function pingActivity(reach: Probing, request: ProbeRequest, count: number, words: PingWords): Activity {
  let drop: (() => void) | undefined;
  const times: number[] = [];
  let sayLast = (): void => undefined;
  return {
    start(say, done) {
      const next = (sent: number): void => {
        if (sent === count) {
          const statistics = statisticsOf(sent, times);
          say(words.finished(statistics));
          done({ ok: statistics.received > 0 });
          return;
        }
        sayLast = () => say(words.finished(statisticsOf(sent + 1, times)));
        drop = reach.probe(request, (report) => {
          if (report.type === "answered" && report.answer === "echoReply") times.push(report.roundTripMillis);
          say(words.report(report));
          next(sent + 1);
        });
      };
      next(0);
    },
    stop() {
      drop?.();
      sayLast();
    },
  };
}

function statisticsOf(sent: number, times: readonly number[]): PingStatistics {
  const sum = times.reduce((total, time) => total + time, 0);
  const roundTripMillis =
    times.length === 0 ? undefined : { min: Math.min(...times), average: sum / times.length, max: Math.max(...times) };
  const received = times.length;
  return { sent, received, percent: sent === 0 ? 0 : Math.floor((100 * received) / sent), roundTripMillis };
}

export interface TraceWords {
  /** Before the probes of a hop: `  1 `. */
  hop(timeToLive: number): string;
  /** For each probe; `before` = who answered the one before it in this hop. */
  report(report: ProbeReport, before: string | undefined): string;
  /** Behind the last probe of a hop: the line end. */
  hopEnd: string;
}

export interface TracePlan {
  readonly request: ProbeRequest;
  readonly firstHop: number;
  readonly lastHop: number;
  readonly probesPerHop: number;
}

/** Sends probes with rising time to live until the destination itself answered. */
export function traceActivity(reach: Probing, plan: TracePlan, words: TraceWords): Activity {
  let drop: (() => void) | undefined;
  return {
    start(say, done) {
      let port = plan.request.port;
      const hop = (timeToLive: number, reached: boolean): void => {
        if (reached || timeToLive > plan.lastHop) {
          done({ ok: reached });
          return;
        }
        say(words.hop(timeToLive));
        const next = (probe: number, before: string | undefined, atEnd: boolean): void => {
          if (probe === plan.probesPerHop) {
            say(words.hopEnd);
            hop(timeToLive + 1, atEnd);
            return;
          }
          drop = reach.probe({ ...plan.request, timeToLive, port }, (report) => {
            port += 1;
            say(words.report(report, before));
            const isEnd = report.type === "answered" && report.answer !== "timeExceeded";
            next(probe + 1, report.type === "answered" ? report.by : before, atEnd || isEnd);
          });
        };
        next(0, undefined, false);
      };
      hop(plan.firstHop, false);
    },
    stop: () => drop?.(),
  };
}
