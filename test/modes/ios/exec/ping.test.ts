import { expect, test } from "vitest";
import type { ProbeReport, ProbeRequest } from "../../../../src/engine/ip/probes.ts";
import type { LineResult } from "../../../../src/modes/shell/line-result.ts";
import { BusyRouter } from "./busy-router.ts";
import { CONFIGURATION } from "./configuration.ts";

function routerThatHears(...reports: readonly ProbeReport[]) {
  const router = new BusyRouter(CONFIGURATION);
  const sent: ProbeRequest[] = [];
  router.reach = {
    probe(request, report) {
      sent.push(request);
      report(reports[(sent.length - 1) % reports.length] ?? { type: "timedOut" });
      return () => undefined;
    },
    after: () => () => undefined,
  };
  return { router, sent };
}

function reply(roundTripMillis: number, over: Partial<Extract<ProbeReport, { type: "answered" }>> = {}): ProbeReport {
  return { type: "answered", by: "10.0.0.9", answer: "echoReply", code: 0, timeToLive: 64, roundTripMillis, ...over };
}

function spoken({ lines, activity }: LineResult): string {
  let text = lines.map((line) => `${line}\n`).join("");
  activity?.start(
    (said) => {
      text += said;
    },
    () => undefined,
  );
  return text;
}

test("ping counts its replies and tells the round trip", () => {
  const { router } = routerThatHears(reply(1), reply(2), { type: "timedOut" }, reply(4), reply(1));
  expect(spoken(router.execute("ping 10.0.0.9"))).toBe(
    [
      "Type escape sequence to abort.",
      "Sending 5, 100-byte ICMP Echos to 10.0.0.9, timeout is 2 seconds:",
      "!!.!!",
      "Success rate is 80 percent (4/5), round-trip min/avg/max = 1/2/4 ms",
      "",
    ].join("\n"),
  );
});

test("without a reply there is no round trip, and errors have marks of their own", () => {
  const { router } = routerThatHears(
    { type: "timedOut" },
    reply(1, { answer: "unreachable", code: 1 }),
    reply(1, { answer: "unreachable", code: 4 }),
    reply(1, { answer: "timeExceeded" }),
  );
  expect(spoken(router.execute("ping 10.0.0.9 repeat 4"))).toMatch(/\n\.UM&\nSuccess rate is 0 percent \(0\/4\)\n$/);
});

test("seventy marks make a row", () => {
  const { router } = routerThatHears(reply(1));
  const rows = spoken(router.execute("ping 10.0.0.9 repeat 140")).split("\n");
  expect(rows.slice(2, 4)).toEqual(["!".repeat(70), "!".repeat(70)]);
  expect(rows[4]).toContain("(140/140)");
});

test.each([
  ["ping 10.0.0.9 size 1500 df-bit", { sizeOctets: 1500, dontFragment: true }],
  ["ping 10.0.0.9 df-bit timeout 1 size 36", { sizeOctets: 36, dontFragment: true, timeoutMillis: 1000 }],
  ["ping ip 10.0.0.9 source Loopback0 data 1234", { source: "10.0.0.1", pattern: 0x1234 }],
  ["ping 10.0.0.9 data 1234 source loopback 0", { source: "10.0.0.1", pattern: 0x1234 }],
  ["ping 10.0.0.9 source 20.21.22.1", { source: "20.21.22.1", virtualRouter: "default" }],
  ["ping vrf BLUE 10.0.0.9", { virtualRouter: "BLUE", destination: "10.0.0.9" }],
])("%s: options come in any order", (line, expected) => {
  const { router, sent } = routerThatHears(reply(1));
  spoken(router.execute(line));
  expect(sent[0]).toMatchObject(expected);
});

test.each([
  ["ping nobody.example", "% Unrecognized host or address, or protocol not running."],
  ["ping 10.0.0.9 source 9.9.9.9", /^% Invalid source/],
  ["ping vrf RED 10.0.0.9", "% VRF RED does not exist"],
])("%s is refused and sends nothing", (line, answer) => {
  const { router, sent } = routerThatHears(reply(1));
  const result = router.execute(line);
  expect(result.ok).toBe(false);
  expect(result.lines[0]).toMatch(answer);
  expect(sent).toEqual([]);
});

/** Types answers to the questions that follow, and collects the prompts. */
function dialogue(router: BusyRouter, line: string, answers: readonly string[]) {
  const prompts: string[] = [];
  let result = router.execute(line);
  for (const answer of answers) {
    if (result.question === undefined) break;
    prompts.push(result.question.prompt);
    result = router.shell.answer(result.question, answer);
  }
  return { prompts, result };
}

test("ping alone asks, and asks more of who wants the extended commands", () => {
  const { router, sent } = routerThatHears(reply(1));
  const short = dialogue(router, "ping", ["", "10.0.0.9", "2", "", "1", "n"]);
  expect(short.prompts).toEqual([
    "Protocol [ip]: ",
    "Target IP address: ",
    "Repeat count [5]: ",
    "Datagram size [100]: ",
    "Timeout in seconds [2]: ",
    "Extended commands [n]: ",
  ]);
  expect(spoken(short.result)).toContain("Sending 2, 100-byte ICMP Echos to 10.0.0.9, timeout is 1 seconds:");
  const answers = ["", "10.0.0.9", "1", "", "", "y", "Loopback0", "", "yes", "", "0x00FF", "", ""];
  const long = dialogue(router, "ping", answers);
  expect(long.prompts).toHaveLength(13);
  spoken(long.result);
  expect(sent.at(-1)).toMatchObject({ source: "10.0.0.1", dontFragment: true, pattern: 0xff });
});

test("an impossible answer ends the dialogue with a reason", () => {
  const { router } = routerThatHears(reply(1));
  expect(dialogue(router, "ping", ["", "10.0.0.9", "many"]).result.lines[0]).toMatch(/^% A decimal number/);
  expect(dialogue(router, "ping", ["", ""]).result.lines).toEqual(["% Bad IP address"]);
});

test("traceroute names who answered once a hop, and ends at the destination", () => {
  const { router, sent } = routerThatHears(
    reply(4, { by: "10.0.0.1", answer: "timeExceeded" }),
    { type: "timedOut" },
    reply(4, { by: "10.0.0.1", answer: "timeExceeded" }),
    reply(8, { answer: "unreachable", code: 3 }),
    reply(8, { answer: "unreachable", code: 3 }),
    reply(8, { answer: "unreachable", code: 3 }),
  );
  expect(spoken(router.execute("traceroute 10.0.0.9"))).toBe(
    [
      "Type escape sequence to abort.",
      "Tracing the route to 10.0.0.9",
      "",
      "  1 10.0.0.1 4 msec  * 4 msec ",
      "  2 10.0.0.9 8 msec 8 msec 8 msec ",
      "",
    ].join("\n"),
  );
  expect(sent).toHaveLength(6);
  expect(sent.map(({ kind }) => kind)).toEqual(Array(6).fill("udp"));
});
