/** `ping`, `traceroute` and `sleep`: what they ask for, what they print and how they end. */

import { expect, test } from "vitest";
import type { ProbeReport, ProbeRequest } from "../../../src/engine/ip/probes.ts";
import { TestRouter, text } from "./router.ts";

/** Answers each probe at once with the next report; keeps what was asked. */
function answering(reports: readonly ProbeReport[]) {
  const router = new TestRouter();
  router.load("interface loopback 0\nip address 10.0.0.1 255.255.255.255\nvirtual-router westford");
  const asked: ProbeRequest[] = [];
  const waits: number[] = [];
  router.reach = {
    probe(request, report) {
      const next = reports[asked.length] ?? { type: "timedOut" };
      asked.push(request);
      report(next);
      return () => undefined;
    },
    after(millis, tell) {
      waits.push(millis);
      tell();
      return () => undefined;
    },
  };
  const run = (line: string): { readonly printed: string; readonly ok: boolean | undefined } => {
    const result = router.shell.execute(line);
    let printed = result.lines.map((one) => `${one}\n`).join("");
    let ok: boolean | undefined = result.ok;
    result.activity?.start(
      (said) => {
        printed += said;
      },
      (outcome) => {
        ok = outcome.ok;
      },
    );
    return { printed, ok };
  };
  return { router, asked, waits, run };
}

function answered(
  by: string,
  answer: "echoReply" | "timeExceeded" | "unreachable",
  millis: number,
  code = 0,
): ProbeReport {
  return { type: "answered", by, answer, code, timeToLive: 64, roundTripMillis: millis };
}

const lost: ProbeReport = { type: "timedOut" };

test("ping prints a mark for each echo and the times of those that came back", () => {
  const { run, asked } = answering([
    answered("10.20.0.10", "echoReply", 1.4),
    lost,
    answered("10.0.0.9", "unreachable", 3, 1),
    answered("10.20.0.10", "echoReply", 9),
    answered("10.0.0.9", "timeExceeded", 3),
  ]);
  expect(run("ping 10.20.0.10")).toEqual({
    printed: `${text`
      Sending 5 ICMP echos to 10.20.0.10, timeout = 2 sec.
      !.H!R
      Success rate = 40% (2/5), round-trip min/avg/max = 1/5/9 ms
    `}\n`,
    ok: true,
  });
  expect(asked).toHaveLength(5);
  expect(asked[0]).toMatchObject({ kind: "echo", virtualRouter: "default", sizeOctets: 128, timeToLive: 255 });
});

test("options of ping reach the probe", () => {
  const { run, asked } = answering([]);
  const line =
    "ping ip 10.1.2.3 2 data-size 1472 data-pattern abcd timeout 7 ttl 9 set-dont-fragment-bit source interface loopback 0";
  expect(run(line)).toEqual({
    printed: "Sending 2 ICMP echos to 10.1.2.3, timeout = 7 sec.\n..\nSuccess rate = 0% (0/2)\n",
    ok: false,
  });
  expect(asked[0]).toEqual({
    kind: "echo",
    virtualRouter: "default",
    destination: "10.1.2.3",
    source: "10.0.0.1",
    sizeOctets: 1500,
    timeToLive: 9,
    dontFragment: true,
    timeoutMillis: 7000,
    pattern: 0xabcd,
    port: 33_434,
  });
});

test("ping leaves from the virtual router of the session, or the one that is named", () => {
  const { run, asked, router } = answering([]);
  run("ping vrf westford 1.2.3.4 1");
  router.session("virtual-router westford");
  run("ping 1.2.3.4 1");
  expect(asked.map((one) => one.virtualRouter)).toEqual(["westford", "westford"]);
});

test("a source that is not ours and a router that is not there are refused, and nothing is sent", () => {
  const { run, asked } = answering([]);
  expect(run("ping 1.2.3.4 source address 9.9.9.9")).toEqual({
    printed: "% 9.9.9.9 is no address of this router\n",
    ok: false,
  });
  expect(run("ping 1.2.3.4 source interface loopback 5").printed).toBe("% Interface loopback 5 has no address\n");
  expect(run("traceroute vrf nowhere 1.2.3.4").printed).toBe("% Virtual router nowhere does not exist\n");
  expect(asked).toEqual([]);
});

test("traceroute names who answers each hop, and ends at the destination", () => {
  const { run, asked } = answering([
    answered("192.0.2.1", "timeExceeded", 2),
    answered("192.0.2.1", "timeExceeded", 3),
    lost,
    answered("10.1.2.3", "unreachable", 5, 3),
    answered("10.1.2.3", "unreachable", 6, 3),
    answered("10.1.2.3", "unreachable", 7, 3),
  ]);
  expect(run("trace 10.1.2.3")).toEqual({
    printed: `${text`
      Tracing route to 10.1.2.3, TTL = 32, timeout = 2 sec.
      (Press ^c to stop.)
       1  192.0.2.1 2ms 3ms *
       2  10.1.2.3 5ms 6ms 7ms
    `}\n`,
    ok: true,
  });
  expect(asked.map((one) => [one.kind, one.timeToLive])).toEqual([1, 1, 1, 2, 2, 2].map((hop) => ["udp", hop]));
});

test("sleep ends after its time without a word", () => {
  const { run, waits } = answering([]);
  expect(run("sleep 3")).toEqual({ printed: "", ok: true });
  expect(waits).toEqual([3000]);
});
