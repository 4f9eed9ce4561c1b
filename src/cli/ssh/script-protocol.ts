/**
 * What a script's two ends say to each other over the SSH subsystem `script@lnsh`: JSON, one message a line. An exec channel cannot tell
 * which of several commands was refused, and a terminal's prompts can be mistaken; here every command has its outcome, and
 * what it printed also as a value. The client sends one message and waits for what ends it: `done` or `state`.
 */

import { StringDecoder } from "node:string_decoder";
import type { GatewayState } from "../gateway-state.ts";

/** RFC 4250 §4.6.1: names that are nobody else's carry a domain. */
export const SCRIPT_SUBSYSTEM = "script@lnsh";

export type ScriptRequest =
  | { readonly command: string }
  /** To what was asked; `null` = nobody answers. */
  | { readonly answer: string | null }
  | { readonly state: true };

export type ScriptReply =
  /** Text as it comes; `ok` = it is no complaint. */
  | { readonly say: string; readonly ok: boolean }
  /** The command waits for an answer. */
  | { readonly asks: true }
  /** The command is over; `ended` = so is the login. */
  | { readonly done: boolean; readonly ended: boolean; readonly model?: unknown }
  | { readonly state: GatewayState };

/** Cuts octets into messages. */
export class MessageReader {
  readonly #decoder = new StringDecoder("utf8");
  readonly #longest: number;
  #rest = "";

  /** `longest`: characters that a message may have. */
  constructor(longest: number = Number.POSITIVE_INFINITY) {
    this.#longest = longest;
  }

  /** The messages that are complete; `undefined` = what came is none. */
  feed(octets: Buffer): readonly Record<string, unknown>[] | undefined {
    const lines = (this.#rest + this.#decoder.write(octets)).split("\n");
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > this.#longest || lines.some((line) => line.length > this.#longest)) return undefined;
    const messages = lines.map(objectOf);
    return messages.every((message) => message !== undefined) ? messages : undefined;
  }
}

function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

export function requestOf({ command, answer, state }: Record<string, unknown>): ScriptRequest | undefined {
  if (typeof command === "string") return { command };
  if (typeof answer === "string" || answer === null) return { answer };
  return state === true ? { state } : undefined;
}
