/** A password is asked for, a few times, before a command goes on. */

import type { ExecResult, Question } from "../../grammar/declaration.ts";

const TRIES = 3;

export interface PasswordRequest {
  isRight(typed: string): boolean;
  readonly granted: ExecResult;
  /** Printed when no try was right. */
  readonly refused: readonly string[];
}

export function askPassword(request: PasswordRequest, tries = TRIES): ExecResult {
  const question: Question = {
    prompt: "Password: ",
    echo: "hidden",
    answer(text) {
      if (request.isRight(text)) return request.granted;
      return tries > 1 ? askPassword(request, tries - 1) : { ok: false, lines: request.refused };
    },
  };
  return { question };
}
