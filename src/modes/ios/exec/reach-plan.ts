/** What `ping` and `traceroute` send: from the words of the line or from the answers of their dialogue, checked. */

import type { ProbeReport, ProbeRequest } from "../../../engine/ip/probes.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { ArgumentType } from "../../../grammar/argument.ts";
import { ipv4 } from "../../../grammar/arguments.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { PingWords, TraceWords } from "../../common/ping.ts";
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
const FARTHEST = 255;
const TRACE_PORT = 33_434;

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

/** A request, or what the box says to a plan that cannot be. */
export function requestOf(context: ExecContext, plan: ReachPlan): ProbeRequest | string {
  const destination = resolved(context, plan.target);
  if (destination === undefined) return "% Unrecognized host or address, or protocol not running.";
  const name = plan.vrf ?? DEFAULT_ROUTER;
  const router = context.snapshot.spec.virtualRouters.find((one) => one.name === name);
  if (router === undefined) return `% VRF ${name} does not exist`;
  const source = plan.source === undefined ? undefined : sourceOf(router.interfaces, plan.source);
  if (source === null)
    return "% Invalid source. Must use same-VRF IP address or full interface name without spaces (e.g. Serial0/1)";
  return {
    kind: "echo",
    virtualRouter: name,
    destination,
    source,
    sizeOctets: plan.size,
    timeToLive: FARTHEST,
    dontFragment: plan.dontFragment,
    timeoutMillis: plan.timeoutSeconds * 1000,
    pattern: plan.pattern,
    port: TRACE_PORT,
  };
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

function sourceOf(
  ports: ExecContext["snapshot"]["spec"]["virtualRouters"][number]["interfaces"],
  text: string,
): string | null {
  if (isAddress(text)) return ports.some(({ address }) => address?.address === text) ? text : null;
  const read = anyInterface.read(text, 0);
  if (!read.ok) return null;
  return ports.find(({ name }) => name === nameOf(read.value))?.address?.address ?? null;
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
    finished({ sent, received, roundTripMillis }) {
      const percent = sent === 0 ? 0 : Math.floor((100 * received) / sent);
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
