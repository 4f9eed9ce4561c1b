/** Logins that nobody can reach. */

import type { Logins, LoginView } from "../../src/modes/common/logins.ts";

export function loginAt(line: string, activeMillis: number, user = ""): LoginView {
  return { line, user, activeMillis, idleMillis: 0, location: "", level: 15, virtualRouter: "default" };
}

export function loginsOf(all: readonly LoginView[]): Logins {
  return { all, clear: () => false, send: () => 0 };
}
