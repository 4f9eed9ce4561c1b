/**
 * The option negotiation automaton of RFC 1661 §4, as its table: what each event does in each state. It decides; it sends
 * nothing. LCP and IPCP are both driven by it.
 */

import type { CpState } from "./events.ts";

export type CpEvent =
  | "up"
  | "down"
  | "open"
  | "close"
  /** Restart timer ran out, with tries left and without. */
  | "timeout"
  | "timeoutLast"
  /** Configure-Request that is acceptable, and one that is not. */
  | "requestGood"
  | "requestBad"
  | "ack"
  | "nak"
  | "terminateRequest"
  | "terminateAck"
  | "unknownCode"
  /** Code- or Protocol-Reject that can be lived with, and one that cannot. */
  | "rejectGood"
  | "rejectBad"
  | "echo";

export type CpAction =
  /** This layer up, down, started, finished. */
  | "tlu"
  | "tld"
  | "tls"
  | "tlf"
  /** Initialise, or zero, the restart count. */
  | "irc"
  | "zrc"
  /** Send Configure-Request, -Ack, -Nak or -Reject. */
  | "scr"
  | "sca"
  | "scn"
  /** Send Terminate-Request, -Ack. */
  | "str"
  | "sta"
  /** Send Code-Reject, Echo-Reply. */
  | "scj"
  | "ser";

type Cell = readonly [next: CpState, ...actions: CpAction[]];
type Row = Partial<Readonly<Record<CpState, Cell>>>;

/** RFC 1661 §4.1, a row per event. A missing cell is "-": that event cannot reach that state. */
const table: Readonly<Record<CpEvent, Row>> = {
  up: { initial: ["closed"], starting: ["reqSent", "irc", "scr"] },
  down: {
    closed: ["initial"],
    stopped: ["starting", "tls"],
    closing: ["initial"],
    stopping: ["starting"],
    reqSent: ["starting"],
    ackRcvd: ["starting"],
    ackSent: ["starting"],
    opened: ["starting", "tld"],
  },
  open: {
    initial: ["starting", "tls"],
    starting: ["starting"],
    closed: ["reqSent", "irc", "scr"],
    stopped: ["stopped"],
    closing: ["stopping"],
    stopping: ["stopping"],
    reqSent: ["reqSent"],
    ackRcvd: ["ackRcvd"],
    ackSent: ["ackSent"],
    opened: ["opened"],
  },
  close: {
    initial: ["initial"],
    starting: ["initial", "tlf"],
    closed: ["closed"],
    stopped: ["closed"],
    closing: ["closing"],
    stopping: ["closing"],
    reqSent: ["closing", "irc", "str"],
    ackRcvd: ["closing", "irc", "str"],
    ackSent: ["closing", "irc", "str"],
    opened: ["closing", "tld", "irc", "str"],
  },
  timeout: {
    closing: ["closing", "str"],
    stopping: ["stopping", "str"],
    reqSent: ["reqSent", "scr"],
    ackRcvd: ["reqSent", "scr"],
    ackSent: ["ackSent", "scr"],
  },
  timeoutLast: {
    closing: ["closed", "tlf"],
    stopping: ["stopped", "tlf"],
    reqSent: ["stopped", "tlf"],
    ackRcvd: ["stopped", "tlf"],
    ackSent: ["stopped", "tlf"],
  },
  requestGood: {
    closed: ["closed", "sta"],
    stopped: ["ackSent", "irc", "scr", "sca"],
    closing: ["closing"],
    stopping: ["stopping"],
    reqSent: ["ackSent", "sca"],
    ackRcvd: ["opened", "sca", "tlu"],
    ackSent: ["ackSent", "sca"],
    opened: ["ackSent", "tld", "scr", "sca"],
  },
  requestBad: {
    closed: ["closed", "sta"],
    stopped: ["reqSent", "irc", "scr", "scn"],
    closing: ["closing"],
    stopping: ["stopping"],
    reqSent: ["reqSent", "scn"],
    ackRcvd: ["ackRcvd", "scn"],
    ackSent: ["reqSent", "scn"],
    opened: ["reqSent", "tld", "scr", "scn"],
  },
  ack: {
    closed: ["closed", "sta"],
    stopped: ["stopped", "sta"],
    closing: ["closing"],
    stopping: ["stopping"],
    reqSent: ["ackRcvd", "irc"],
    ackRcvd: ["reqSent", "scr"],
    ackSent: ["opened", "irc", "tlu"],
    opened: ["reqSent", "tld", "scr"],
  },
  nak: {
    closed: ["closed", "sta"],
    stopped: ["stopped", "sta"],
    closing: ["closing"],
    stopping: ["stopping"],
    reqSent: ["reqSent", "irc", "scr"],
    ackRcvd: ["reqSent", "scr"],
    ackSent: ["ackSent", "irc", "scr"],
    opened: ["reqSent", "tld", "scr"],
  },
  terminateRequest: {
    closed: ["closed", "sta"],
    stopped: ["stopped", "sta"],
    closing: ["closing", "sta"],
    stopping: ["stopping", "sta"],
    reqSent: ["reqSent", "sta"],
    ackRcvd: ["reqSent", "sta"],
    ackSent: ["reqSent", "sta"],
    opened: ["stopping", "tld", "zrc", "sta"],
  },
  terminateAck: {
    closed: ["closed"],
    stopped: ["stopped"],
    closing: ["closed", "tlf"],
    stopping: ["stopped", "tlf"],
    reqSent: ["reqSent"],
    ackRcvd: ["reqSent"],
    ackSent: ["ackSent"],
    opened: ["reqSent", "tld", "scr"],
  },
  unknownCode: {
    closed: ["closed", "scj"],
    stopped: ["stopped", "scj"],
    closing: ["closing", "scj"],
    stopping: ["stopping", "scj"],
    reqSent: ["reqSent", "scj"],
    ackRcvd: ["ackRcvd", "scj"],
    ackSent: ["ackSent", "scj"],
    opened: ["opened", "scj"],
  },
  rejectGood: {
    closed: ["closed"],
    stopped: ["stopped"],
    closing: ["closing"],
    stopping: ["stopping"],
    reqSent: ["reqSent"],
    ackRcvd: ["reqSent"],
    ackSent: ["ackSent"],
    opened: ["opened"],
  },
  rejectBad: {
    closed: ["closed", "tlf"],
    stopped: ["stopped", "tlf"],
    closing: ["closed", "tlf"],
    stopping: ["stopped", "tlf"],
    reqSent: ["stopped", "tlf"],
    ackRcvd: ["stopped", "tlf"],
    ackSent: ["stopped", "tlf"],
    opened: ["stopping", "tld", "irc", "str"],
  },
  echo: {
    closed: ["closed"],
    stopped: ["stopped"],
    closing: ["closing"],
    stopping: ["stopping"],
    reqSent: ["reqSent"],
    ackRcvd: ["ackRcvd"],
    ackSent: ["ackSent"],
    opened: ["opened", "ser"],
  },
};

/** The next state and what to do; an event that cannot reach the state changes nothing. */
export function step(
  state: CpState,
  event: CpEvent,
): { readonly state: CpState; readonly actions: readonly CpAction[] } {
  const cell = table[event][state];
  if (cell === undefined) return { state, actions: [] };
  const [next, ...actions] = cell;
  return { state: next, actions };
}

/** States in which the restart timer runs (RFC 1661 §4.2). */
export function restartTimerRuns(state: CpState): boolean {
  return (
    state === "closing" || state === "stopping" || state === "reqSent" || state === "ackRcvd" || state === "ackSent"
  );
}
