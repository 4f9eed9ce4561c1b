/** What `ping` and `traceroute` send: from the words of the line or from the answers of their dialogue, checked. */

import type { ProbeReport, ProbeRequest } from "../../../engine/ip/probes.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { ArgumentType } from "../../../grammar/argument.ts";
import { ipv4 } from "../../../grammar/arguments.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { PingWords, TraceWords } from "../../common/ping.ts";
import { type ProbeFault, type ProbePlan, probeRequest } from "../../common/probe-plan.ts";
import { anyInterface, nameOf } from "../arguments.ts";

export interface ReachPlan {
  readonly target: string;
  readonly vrf: string | undefined;
  readonly repeat: number;
  /** Octets of the whole packet. */
  readonly size: number;
  readonly timeoutSeconds: number;
  /** An address of ours, or the name of an interface that has one. */
  readonly source: string | undefined;
  readonly dontFragment: boolean;
  readonly pattern: number;
}

export const PING_DEFAULTS = { repeat: 5, size: 100, timeoutSeconds: 2, pattern: 0xabcd } as const;

/** A text that is an address from end to end. */
function isAddress(text: string): boolean {
  const read = ipv4().read(text, 0);
  return read.ok && read.end === text.length;
}

/** The address that a name stands for: itself, or what `ip host` says; no other names are known here. */
function resolved(context: ExecContext, target: string): string | undefined {
  if (isAddress(target)) return target;
  const hosts = context
    .renderConfiguration()
    .map((line) => /^ip host (?:vrf \S+ )?(\S+) (\d+\.\d+\.\d+\.\d+)/.exec(line));
  return hosts.find((host) => host?.[1]?.toLowerCase() === target.toLowerCase())?.[2];
}

const FAULTS: Readonly<Record<ProbeFault, (plan: ReachPlan) => string>> = {
  "no such router": ({ vrf }) => `% VRF ${vrf} does not exist`,
  "interface without address": invalidSource,
  "foreign source": invalidSource,
};

function invalidSource(): string {
  return "% Invalid source. Must use same-VRF IP address or full interface name without spaces (e.g. Serial0/1)";
}

/** A request, or what the box says to a plan that cannot be. */
export function requestOf(context: ExecContext, plan: ReachPlan): ProbeRequest | string {
  const destination = resolved(context, plan.target);
  if (destination === undefined) return "% Unrecognized host or address, or protocol not running.";
  const source = plan.source === undefined ? undefined : sourceOf(plan.source);
  if (source === null) return invalidSource();
  const { size, timeoutSeconds, dontFragment, pattern, vrf = DEFAULT_ROUTER } = plan;
  const request = probeRequest(context.snapshot, {
    virtualRouter: vrf,
    destination,
    source,
    sizeOctets: size,
    timeoutSeconds,
    dontFragment,
    pattern,
  });
  return typeof request === "string" ? FAULTS[request](plan) : request;
}

/** An interface, which may have a blank before its number, or an address. */
export const sourceType: ArgumentType<string> = {
  placeholder: "A.B.C.D|IFNAME",
  examples: ["10.0.0.1", "Loopback0"],
  read(line, at) {
    const port = anyInterface.read(line, at);
    return port.ok ? { ...port, value: nameOf(port.value) } : ipv4().read(line, at);
  },
  print: (value) => value,
};

/** `null`: neither an address nor the name of an interface. */
function sourceOf(text: string): ProbePlan["source"] | null {
  if (isAddress(text)) return { address: text };
  const read = anyInterface.read(text, 0);
  return read.ok ? { interfaceName: nameOf(read.value) } : null;
}

/** What precedes the row of marks. */
export function pingHead(request: ProbeRequest, plan: ReachPlan): string[] {
  return [
    "Type escape sequence to abort.",
    `Sending ${plan.repeat}, ${plan.size}-byte ICMP Echos to ${request.destination}, timeout is ${plan.timeoutSeconds} seconds:`,
    ...(request.source === undefined ? [] : [`Packet sent with a source address of ${request.source} `]),
    ...(plan.dontFragment ? ["Packet sent with the DF bit set"] : []),
  ];
}

const FRAGMENTATION_NEEDED = 4;

function mark(report: ProbeReport): string {
  if (report.type === "timedOut") return ".";
  if (report.answer === "echoReply") return "!";
  if (report.answer === "timeExceeded") return "&";
  return report.code === FRAGMENTATION_NEEDED ? "M" : "U";
}

const ROW = 70;

export function pingWords(): PingWords {
  let told = 0;
  return {
    report(report) {
      told += 1;
      return told % ROW === 0 ? `${mark(report)}\n` : mark(report);
    },
    finished({ sent, received, percent, roundTripMillis }) {
      const times = roundTripMillis;
      const trip =
        times === undefined
          ? ""
          : `, round-trip min/avg/max = ${[times.min, times.average, times.max].map((time) => Math.max(1, Math.round(time))).join("/")} ms`;
      return `${told % ROW === 0 ? "" : "\n"}Success rate is ${percent} percent (${received}/${sent})${trip}\n`;
    },
  };
}

/** ICMP codes of an unreachable destination, as traceroute marks them; an unused port is the end of the way and no mark. */
const UNREACHABLE: Readonly<Record<number, string>> = {
  0: "!N ",
  1: "!H ",
  2: "!P ",
  3: "",
  4: "!M ",
  9: "!A ",
  10: "!A ",
  13: "!A ",
};

export const traceWords: TraceWords = {
  hop: (timeToLive) => `${String(timeToLive).padStart(3)} `,
  report(report, before) {
    if (report.type === "timedOut") return " * ";
    const who = report.by === before ? "" : `${report.by} `;
    const problem = report.answer === "unreachable" ? (UNREACHABLE[report.code] ?? "!U ") : "";
    return `${who}${problem}${Math.max(1, Math.round(report.roundTripMillis))} msec `;
  },
  hopEnd: "\n",
};
