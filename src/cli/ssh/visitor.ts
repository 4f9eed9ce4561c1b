/**
 * Somebody at the door (RFC 4252): how often they tried, and who they turned out to be. A failure is told to the log with its reason, to the
 * visitor without.
 */

import type { AuthContext, Connection, KeyboardAuthContext } from "ssh2";
import { type AccessSpec, checkPassword, type LoginVerdict, type VtyLine } from "../../modes/common/access.ts";
import type { SshConnectionView } from "../../modes/common/ssh-service.ts";
import type { Timers } from "../host.ts";
import type { LogHub } from "../log-hub.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import type { LoginWatch } from "./login-watch.ts";
import { keyIsConfigured, signatureHolds } from "./public-keys.ts";
import type { UserLockout } from "./user-lockout.ts";

export interface VisitorContext {
  readonly throttle: LoginThrottle;
  readonly logs: LogHub;
  readonly watch: LoginWatch;
  readonly lockout: UserLockout;
  readonly timers: Timers;
  /** What the configuration says now. */
  access(): AccessSpec;
}

/** Requests to authenticate on one connection, of any kind. */
const MAX_REQUESTS = 20;
const METHODS = ["publickey", "password", "keyboard-interactive"] as const;

export class Visitor {
  readonly #context: VisitorContext;
  readonly #connection: Connection;
  readonly #seen: SshConnectionView;
  readonly #from: string;
  readonly #retries: number;
  readonly #lineNow: () => VtyLine | undefined;
  #requests = 0;
  #failures = 0;
  user = "";
  level = 1;

  /** `lineNow` is the line that would take the visitor at this moment, where there is one. */
  constructor(
    context: VisitorContext,
    connection: Connection,
    seen: SshConnectionView,
    retries: number,
    lineNow: () => VtyLine | undefined,
  ) {
    this.#context = context;
    this.#connection = connection;
    this.#seen = seen;
    this.#from = seen.from;
    this.#retries = retries;
    this.#lineNow = lineNow;
  }

  authenticate(context: AuthContext): void {
    this.#requests += 1;
    const line = this.#lineNow();
    if (this.#requests > MAX_REQUESTS || line === undefined) return void this.#connection.end();
    const access = this.#context.access();
    switch (context.method) {
      case "none":
        // RFC 4252 §5.2: also the way to ask which methods there are.
        if (line.methods[0] === "none") this.#settle(context, checkPassword(access, line, context.username, ""));
        else context.reject([...METHODS]);
        return;
      case "password":
        this.#answer(context, () => this.#check(access, line, context.username, context.password));
        return;
      case "keyboard-interactive":
        this.#ask(context, access, line);
        return;
      case "publickey": {
        const user = access.users.get(context.username);
        const known = user !== undefined && keyIsConfigured(context.key.data, user.publicKeys);
        if (!known) return void context.reject([...METHODS]);
        if (context.signature === undefined) return void context.accept();
        this.#answer(context, () =>
          signatureHolds(context)
            ? { accepted: true, user: user.name, level: user.level ?? line.level }
            : { accepted: false, reason: "the signature is wrong" },
        );
        return;
      }
      default:
        context.reject([...METHODS]);
    }
  }

  #ask(context: KeyboardAuthContext, access: AccessSpec, line: VtyLine): void {
    context.prompt([{ prompt: "Password: ", echo: false }], (answers) => {
      this.#answer(context, () => this.#check(access, line, context.username, answers[0] ?? ""));
    });
  }

  #check(access: AccessSpec, line: VtyLine, name: string, password: string): LoginVerdict {
    const { lockout } = this.#context;
    const verdict = checkPassword(access, line, name, password);
    const user = access.users.get(name);
    if (user === undefined || user.neverLocked === true || !line.methods.includes("local")) return verdict;
    if (lockout.isLocked(name)) return { accepted: false, reason: "the user is locked out" };
    if (verdict.accepted) lockout.succeeded(name);
    else lockout.failed(name);
    return verdict;
  }

  /** After the time that this address must wait. The password is looked at then, so that guessing costs no work meanwhile. */
  #answer(context: AuthContext, check: () => LoginVerdict): void {
    const { throttle, timers } = this.#context;
    timers.after(throttle.delayFor(this.#from, timers.now()), () => {
      // Others may have guessed too often meanwhile.
      if (this.#lineNow() === undefined) this.#connection.end();
      else this.#settle(context, check());
    });
  }

  #settle(context: AuthContext, verdict: LoginVerdict): void {
    if (!verdict.accepted) {
      this.#refuse(context, verdict.reason);
      return;
    }
    const { throttle, watch } = this.#context;
    throttle.succeeded(this.#from);
    this.user = verdict.user;
    this.level = verdict.level;
    watch.succeeded({ user: verdict.user, from: this.#from });
    context.accept();
  }

  #refuse(context: AuthContext, reason: string): void {
    const { throttle, watch, logs, timers } = this.#context;
    throttle.failed(this.#from, timers.now());
    this.#failures += 1;
    const user = printable(context.username);
    logs.log("ssh", "notice", "SSH login failed", { ...toldOf({ ...this.#seen, user }), reason });
    watch.failed({ user, from: this.#from });
    timers.after(watch.delayMillis, () => {
      context.reject([...METHODS]);
      if (this.#failures >= this.#retries) this.#connection.end();
    });
  }
}

/** A name as the log can bear it. */
function printable(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 64);
}

/** Who it is, in the words of the log. */
export function toldOf({ from, user, line, cipher, hmac }: SshConnectionView) {
  return { from, user, line, cipher: cipher.in, hmac: hmac.in };
}
