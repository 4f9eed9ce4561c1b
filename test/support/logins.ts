/** Logins that nobody can reach. */

import type { Logins, LoginView } from "../../src/modes/common/logins.ts";

export function loginAt(line: string, since: Date, user = ""): LoginView {
  return { line, user, since, idleMillis: 0, location: "" };
}

export function loginsOf(all: readonly LoginView[]): Logins {
  return { all, clear: () => false, send: () => 0 };
}
