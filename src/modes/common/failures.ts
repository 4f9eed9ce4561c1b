/**
 * Why clients did not come up, as one row each: who, when, at which step, what the gateway said of it, what to change, and the number that Windows
 * shows for it. Read from the log by the table of `failure-rules.ts`.
 */

import type { LogEvent } from "../../engine/kernel/log.ts";
import { type FailureRule, failureRule } from "./failure-rules.ts";
import type { LogBuffer } from "./log-buffer.ts";

export interface Failure {
  readonly at: Date;
  /** What the log said. */
  readonly event: LogEvent;
  /** How often in a row: a client repeats what was refused. */
  readonly times: number;
  /** Address and port, the outer ones of IKE and those that L2TP sees; the session's number where only that is known. */
  readonly who: string;
  /** What the client called itself so far: a user, an identity, a host. */
  readonly user: string;
  readonly step: string;
  readonly reason: string;
  /** Where an agreement failed: what either side would have. */
  readonly offered: string;
  readonly configured: string;
  readonly change: string;
  /** What a Windows client tells its user; absent where nothing follows. */
  readonly windowsError: number | undefined;
}

/** In the order in which each was last told; what one client was told several times in a row is one. */
export function failuresIn(buffer: LogBuffer): Failure[] {
  const failures = new Set<Failure>();
  const lastOf = new Map<string, Failure>();
  for (const { event, at } of buffer.events) {
    const rule = failureRule(event);
    if (rule === undefined) continue;
    const next = failure(rule, event, at);
    const last = lastOf.get(next.who);
    const isAgain = last !== undefined && last.step === next.step && last.reason === next.reason;
    if (isAgain) failures.delete(last);
    const told = isAgain ? again(last, next) : next;
    failures.add(told);
    lastOf.set(next.who, told);
  }
  return [...failures];
}

/** What the later one does not say the earlier one may have said. */
function again(last: Failure, next: Failure): Failure {
  const { user, offered, configured } = next;
  return {
    ...next,
    times: last.times + 1,
    user: user || last.user,
    offered: offered || last.offered,
    configured: configured || last.configured,
  };
}

function failure({ step, change, windowsError }: FailureRule, event: LogEvent, at: Date): Failure {
  const { user, identity, host, reason, offered, configured } = event.fields;
  return {
    at,
    event,
    times: 1,
    who: whoIn(event),
    user: String(user ?? identity ?? host ?? ""),
    step,
    reason: String(reason ?? event.text),
    offered: String(offered ?? ""),
    configured: String(configured ?? ""),
    change,
    windowsError,
  };
}

function whoIn({ fields: { peer, remote, session } }: LogEvent): string {
  return String(peer ?? remote ?? (session === undefined ? "" : `session ${String(session)}`));
}

/** The same on other versions: Windows 2000 and XP, and where the client tries one kind of tunnel after the other. */
const ALSO_SAID: Readonly<Record<number, string>> = {
  720: "720, or 733 and 734",
  809: "809; 678 on Windows XP; 800 where the kind of tunnel is automatic",
};

function windowsText(error: number | undefined): string {
  return error === undefined ? "" : ` (Windows says error ${ALSO_SAID[error] ?? error})`;
}

/**
 * What a log line says behind its own words where a client did not come up: the step, what to change, what Windows shows; empty elsewhere.
 * What either side would have is added where `said` leaves it out, and so is the peer's port: behind a NAT only that tells one client from another.
 */
export function adviceOn(event: LogEvent, said: string): string {
  const rule = failureRule(event);
  if (rule === undefined) return "";
  const who = whoIn(event);
  const of = said.includes(who) ? "" : ` of ${who}`;
  const sides = (["offered", "configured"] as const).map((side) => {
    const text = `${side} ${String(event.fields[side])}`;
    return event.fields[side] === undefined || said.includes(text) ? "" : `; ${text}`;
  });
  return `; step: ${rule.step}${of}${sides.join("")}; change: ${changeText(rule.change, rule.windowsError)}`;
}

function changeText(change: string, windowsError: number | undefined): string {
  return `${change}${windowsText(windowsError)}`;
}

/** `brief`: a line for each failure, however long; `detail`: what it says in lines of their own. */
export type FailureView = "brief" | "detail";

/** `stamp` words a moment as the box does. */
export function failureLines(
  failures: readonly Failure[],
  stamp: (at: Date) => string,
  view: FailureView = "brief",
): string[] {
  if (failures.length === 0) return ["No failure is remembered."];
  return failures.flatMap(({ at, times, who, user, step, reason, offered, configured, change, windowsError }) => {
    const head = `${stamp(at)}  ${who}${user === "" ? "" : `  ${user}`}  ${step}${times === 1 ? "" : `, ${times} times`}`;
    const said = [
      reason,
      ...(offered === "" ? [] : [`offered: ${offered}`]),
      ...(configured === "" ? [] : [`configured: ${configured}`]),
      `change: ${changeText(change, windowsError)}`,
    ];
    return view === "brief" ? [`${head}: ${said.join("; ")}`] : [head, ...said.map((line) => `    ${line}`)];
  });
}

export function failureModel(failures: readonly Failure[]): unknown {
  return failures.map(({ at, event: _event, windowsError, ...rest }) => ({
    at: at.toISOString(),
    ...rest,
    windowsError: windowsError ?? null,
  }));
}
