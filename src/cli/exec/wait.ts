/** Waits until a condition holds, looking again and again. */

import { type Condition, holds } from "./condition.ts";
import type { ScriptLogin } from "./script-login.ts";

export type Waited =
  | { readonly kind: "met" }
  | { readonly kind: "unmet" }
  /** A show command of the condition was refused: it will never hold. */
  | { readonly kind: "refused"; readonly said: string };

/** What the waiting is done with; time in milliseconds. */
export interface Patience {
  readonly timeoutMillis: number;
  now(): number;
  sleep(millis: number): Promise<void>;
}

const LOOK_EVERY_MILLIS = 250;

/** Looks at least once, and a last time when the time is up. */
export async function waitFor(condition: Condition, login: ScriptLogin, patience: Patience): Promise<Waited> {
  const until = patience.now() + patience.timeoutMillis;
  for (;;) {
    const look = await lookAt(condition, login);
    if (look.kind !== "unmet") return look;
    const left = until - patience.now();
    if (left <= 0 || login.ended) return look;
    await patience.sleep(Math.min(left, LOOK_EVERY_MILLIS));
  }
}

async function lookAt(condition: Condition, login: ScriptLogin): Promise<Waited> {
  const state = await login.state();
  for (const fact of condition) {
    if (fact.kind !== "show") {
      if (!holds(fact, state)) return { kind: "unmet" };
      continue;
    }
    let said = "";
    const say = (text: string): void => {
      said += text;
    };
    const { ok } = await login.run(fact.command, { say, answer: () => undefined });
    if (!ok) return { kind: "refused", said };
    if (said.trim() === "") return { kind: "unmet" };
  }
  return { kind: "met" };
}
