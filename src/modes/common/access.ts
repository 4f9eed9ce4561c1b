/**
 * Who may come in over the network, and how, as the configuration says. Passwords stay where they are: what is known of one here is
 * whether a typed text is it.
 */

import type { LoginGuardSpec } from "./login-watch.ts";

/** Where a line looks whether someone may come in, in order. */
export type LoginMethod = "local" | "line" | "enable" | "none";

/** `none` behind a server is for the time when the server is down. Here nobody ever asks it, and `none` would let everybody in, always. */
export function withoutOpenDoor(methods: readonly string[], servers: (method: string) => boolean): readonly string[] {
  return methods.some(servers) ? methods.filter((method) => method !== "none") : methods;
}

export interface AccessUser {
  readonly name: string;
  /** The level that the user's sessions begin with; `undefined` = that of the line. */
  readonly level: number | undefined;
  /** `ssh-ed25519 AAAA…`, or the fingerprint of a key (`SHA256:…`, or 32 hexadecimal digits of MD5). */
  readonly publicKeys: readonly string[];
  /** Not even too many wrong passwords lock such a user out. */
  readonly neverLocked?: boolean;
  /** Takes as long for a wrong text as for the right one. */
  passwordHolds(typed: string): boolean;
}

export interface VtyLine {
  /** 0 is the first one that terminals come in by. */
  readonly number: number;
  readonly acceptsSsh: boolean;
  /** Empty = nobody can come in. */
  readonly methods: readonly LoginMethod[];
  /** The level that sessions begin with where the user has none of their own. */
  readonly level: number;
  /** The access list that a client's address must pass. */
  readonly accessList: string | undefined;
  /** The lines that have the same limit take no more sessions together; absent = as many as there are lines. */
  readonly sessionLimit?: number | undefined;
  passwordHolds(typed: string): boolean;
}

export interface AccessSpec {
  /** Not enabled = the server takes nobody, for this reason. */
  readonly ssh:
    | { readonly enabled: true; readonly timeoutSeconds: number; readonly retries: number }
    | { readonly enabled: false; readonly reason: string };
  /** What is said to whoever connects, before they prove who they are; absent = nothing. */
  readonly banner?: string | undefined;
  readonly users: ReadonlyMap<string, AccessUser>;
  readonly lines: readonly VtyLine[];
  /** Absent = nothing is said of whoever guesses. */
  readonly guard?: LoginGuardSpec | undefined;
  /** Wrong passwords in a row that lock a local user out; absent = nobody is locked out. */
  readonly lockoutAttempts?: number | undefined;
  /** The password of the highest level. */
  enablePasswordHolds(typed: string): boolean;
  /** The highest level whose password that is, where whoever logs in by it begins there; absent = at that of the line. */
  enableLevel?(typed: string): number | undefined;
  /** The level that copying files to and from the device needs; absent = 15. */
  readonly fileLevel?: number;
}

export type LoginVerdict =
  | { readonly accepted: true; readonly user: string; readonly level: number }
  /** For the log; whoever tries to come in is told nothing. */
  | { readonly accepted: false; readonly reason: string };

/** Whether a name and a password may come in by a line. Each method is asked only where the one before it knows nothing. */
export function checkPassword(access: AccessSpec, line: VtyLine, name: string, typed: string): LoginVerdict {
  const accepted = (level: number): LoginVerdict => ({ accepted: true, user: name, level });
  for (const method of line.methods) {
    switch (method) {
      case "local": {
        const user = access.users.get(name);
        // A name that does not exist costs the same time as one that does.
        const holds = (user ?? nobody(access))?.passwordHolds(typed) ?? false;
        if (user === undefined || !holds) return { accepted: false, reason: "name or password is wrong" };
        return accepted(user.level ?? line.level);
      }
      case "line":
        return line.passwordHolds(typed) ? accepted(line.level) : { accepted: false, reason: "line password is wrong" };
      case "enable": {
        const level = access.enableLevel?.(typed) ?? (access.enablePasswordHolds(typed) ? line.level : undefined);
        return level === undefined ? { accepted: false, reason: "enable password is wrong" } : accepted(level);
      }
      case "none":
        return accepted(access.users.get(name)?.level ?? line.level);
    }
  }
  return { accepted: false, reason: "the line has no way to log in" };
}

function nobody(access: AccessSpec): AccessUser | undefined {
  const [first] = access.users.values();
  return first;
}
