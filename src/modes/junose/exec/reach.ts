/** `ping`, `traceroute` and `sleep`: what goes on after the line was read. */

import type { ProbeReport, ProbeRequest } from "../../../engine/ip/probes.ts";
import { type InterfaceName, interfaceText, ipv4, shaped, uint } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { type PingWords, pingActivity, type TraceWords, traceActivity } from "../../common/ping.ts";
import { FARTHEST, probeRequest } from "../../common/probe-plan.ts";
import { routerAround, vrfName } from "../../tree/vrfs.ts";
import { interfaceReference, routerName } from "../arguments.ts";

const HEADERS_OCTETS = 28;
const ECHOES = 5;
const DATA_OCTETS = 100;
const TIMEOUT_SECONDS = 2;
const HOPS = 32;
const PROBES_PER_HOP = 3;
const PATTERN = 0x0000;

const inRouter = [
  opt(kw("ip", "An IP address follows")),
  opt(kw("vrf", "From a VRF"), arg("router", routerName, "Name of the VRF, or of another virtual router")),
  arg("address", ipv4(), "Destination"),
] as const;

const source = [
  kw("source", "Our address in the packets"),
  oneOf(
    [kw("address", "An address"), arg("source", ipv4(), "Address of this router")],
    [kw("interface", "The address of an interface"), arg("interface", interfaceReference, "Interface")],
  ),
] as const;
const timeout = [kw("timeout", "How long an answer may take"), arg("timeout", uint(1, 20), "Seconds")] as const;
const size = [kw("data-size", "Octets of data"), arg("size", uint(8, 17_996), "Octets; 100 when absent")] as const;

/** One of the options behind the destination and the count; they come in any order. */
const option = oneOf(
  size,
  [
    kw("data-pattern", "What the data consists of"),
    arg("pattern", shaped("HEX", /^(0x)?[0-9a-fA-F]{1,4}$/), "Two octets in hexadecimal"),
  ],
  timeout,
  [kw("ttl", "Time to live"), arg("ttl", uint(1, 255), "Hops; 255 when absent")],
  [flag("dontFragment", "set-dont-fragment-bit", "Forbid fragmentation")],
  source,
);
const traceOption = oneOf(size, timeout, source);

interface Options {
  readonly router?: string | undefined;
  readonly address: string;
  readonly source?: string | undefined;
  readonly interface?: InterfaceName | undefined;
  readonly size?: number | undefined;
  readonly timeout?: number | undefined;
  readonly dontFragment?: true | undefined;
}

/** The part that both have in common, or what is wrong with the options. */
function requestOf({ snapshot, routers, virtualRouter }: ExecContext, options: Options): ProbeRequest | string {
  const { router: typed = virtualRouter, source: address } = options;
  const inner = vrfName(routerAround(virtualRouter), typed);
  const router = routers.has(inner) ? inner : typed;
  const lender = options.interface === undefined ? undefined : interfaceText(options.interface, " ");
  const request = probeRequest(snapshot, {
    virtualRouter: router,
    destination: options.address,
    source: lender !== undefined ? { interfaceName: lender } : address === undefined ? undefined : { address },
    sizeOctets: (options.size ?? DATA_OCTETS) + HEADERS_OCTETS,
    timeoutSeconds: options.timeout ?? TIMEOUT_SECONDS,
    dontFragment: options.dontFragment === true,
    pattern: PATTERN,
  });
  switch (request) {
    case "no such router":
      return `% Virtual router ${router} does not exist`;
    case "interface without address":
      return `% Interface ${lender} has no address`;
    case "foreign source":
      return `% ${address} is no address of this router`;
    default:
      return request;
  }
}

function refusal(text: string): ExecResult {
  return { ok: false, lines: [text] };
}

/** ICMP codes of an unreachable destination: 0 network, 1 host, 2 protocol, 3 port, 4 too large, 13 prohibited. */
const UNREACHABLE_MARKS: Readonly<Record<number, string>> = {
  0: "N",
  1: "H",
  3: "P",
  4: "M",
  9: "A",
  10: "A",
  13: "A",
};

function mark(report: ProbeReport): string {
  if (report.type === "timedOut") return ".";
  if (report.answer === "echoReply") return "!";
  return report.answer === "timeExceeded" ? "R" : (UNREACHABLE_MARKS[report.code] ?? "U");
}

const pingWords: PingWords = {
  report: mark,
  finished({ sent, received, percent, roundTripMillis }) {
    const { min, average, max } = roundTripMillis ?? { min: 0, average: 0, max: 0 };
    const times = [min, average, max].map((time) => Math.round(time)).join("/");
    const trip = received === 0 ? "" : `, round-trip min/avg/max = ${times} ms`;
    return `\nSuccess rate = ${percent}% (${received}/${sent})${trip}\n`;
  },
};

const traceWords: TraceWords = {
  hop: (timeToLive) => `${String(timeToLive).padStart(2)} `,
  report(report, before) {
    if (report.type === "timedOut") return " *";
    const prohibited = report.answer === "unreachable" && report.code !== 3 ? `!${mark(report)} ` : "";
    const who = report.by === before ? "" : ` ${report.by}`;
    return `${who} ${prohibited}${Math.round(report.roundTripMillis)}ms`;
  },
  hopEnd: "\n",
};

export const reachCommands = [
  exec({
    form: [
      kw("ping", "Send echo requests"),
      ...inRouter,
      opt(arg("count", uint(1, 1_000_000), "How many; 5 when absent")),
      opt(option),
      opt(option),
      opt(option),
      opt(option),
      opt(option),
      opt(option),
    ],
    run(context: ExecContext, values) {
      const request = requestOf(context, values);
      if (typeof request === "string") return refusal(request);
      const count = values.count ?? ECHOES;
      const pattern = values.pattern === undefined ? PATTERN : Number.parseInt(values.pattern, 16);
      const seconds = request.timeoutMillis / 1000;
      return {
        lines: [`Sending ${count} ICMP echos to ${values.address}, timeout = ${seconds} sec.`],
        activity: pingActivity(
          context.reach,
          { ...request, pattern, timeToLive: values.ttl ?? FARTHEST },
          count,
          pingWords,
        ),
      };
    },
  }),
  exec({
    form: [
      kw("traceroute", "Find the way to a destination"),
      ...inRouter,
      opt(arg("hops", uint(1, 255), "How far; 32 when absent")),
      opt(traceOption),
      opt(traceOption),
      opt(traceOption),
    ],
    run(context: ExecContext, values) {
      const request = requestOf(context, values);
      if (typeof request === "string") return refusal(request);
      const lastHop = values.hops ?? HOPS;
      const seconds = request.timeoutMillis / 1000;
      return {
        lines: [
          `Tracing route to ${values.address}, TTL = ${lastHop}, timeout = ${seconds} sec.`,
          "(Press ^c to stop.)",
        ],
        activity: traceActivity(
          context.reach,
          { request: { ...request, kind: "udp" }, firstHop: 1, lastHop, probesPerHop: PROBES_PER_HOP },
          traceWords,
        ),
      };
    },
  }),
  exec({
    form: [kw("sleep", "Do nothing for a while"), arg("seconds", uint(1, 65_535), "Seconds")],
    run({ reach }: ExecContext, { seconds }) {
      let drop: (() => void) | undefined;
      return {
        activity: {
          start(_say, done) {
            drop = reach.after(seconds * 1000, () => done({ ok: true }));
          },
          stop: () => drop?.(),
        },
      };
    },
  }),
];
