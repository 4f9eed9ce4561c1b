/**
 * How a show or clear command is declared whose feature this box does not have. It is understood as the box understands it, and
 * answers what a box answers on which the feature does not run: mostly nothing. What a box of this kind does not know at all is not
 * declared: a caret is the right answer to it.
 */

import { line } from "../../../grammar/arguments.ts";
import { type ExecCommand, exec, inert } from "../../../grammar/declaration.ts";
import { arg, type Element, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { clear, PRIVILEGED, print, show } from "./words.ts";

interface Answer {
  /** Words that may follow, with their help; more may stand behind each. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly lines?: readonly string[];
  readonly model?: unknown;
}

/** Why there is nothing of it. */
export const WHY = {
  routing: "no routing process runs here",
  servers: "users are checked against the configuration; no server is asked here",
  links: "there is no such link here",
  voice: "there is no voice here",
  flows: "flows are not counted here",
  dhcp: "addresses are given by PPP here, never by DHCP",
  ipv6: "IPv4 alone is carried here",
  policy: "packets are neither classified nor queued here",
  hardware: "this box is a process: it has no such hardware",
  neighbors: "no discovery protocol is spoken here",
  clock: "the clock is that of the host",
  snmp: "there is no SNMP agent here",
  tunnels: "L2TP is the only protocol of tunnels here",
  licenses: "nothing is licensed here",
  ikev2: "IKE version 1 alone is spoken here",
  standby: "this box stands alone",
  multicast: "multicast is not routed here",
  nat: "addresses are not translated here",
} as const;

export const rest = opt(arg("rest", line(), "Which of them"));

function formOf(head: readonly Element[], parts: Answer["parts"]): Element[] {
  return parts === undefined ? [...head, rest] : [...head, opt(pick("part", parts), rest)];
}

/** `show …`, with nothing to show. */
export function absent(words: readonly Element[], reason: string, answer: Answer = {}): ExecCommand<ExecContext> {
  const { parts, lines = [], model = [] } = answer;
  return exec({ form: formOf([show, ...words], parts), effect: inert(reason), run: () => print(lines, model) });
}

/** The same in a form of its own. */
export function absentForm(form: readonly Element[], reason: string, lines: readonly string[], model: unknown = []) {
  return exec({ form: [show, ...form], effect: inert(reason), run: (_: ExecContext) => print(lines, model) });
}

/** `clear …`, with nothing to clear. */
export function nothingToClear(words: readonly Element[], reason: string): ExecCommand<ExecContext> {
  return exec({ level: PRIVILEGED, form: [clear, ...words, rest], effect: inert(reason), run: () => ({}) });
}
