/**
 * Somebody at the door (RFC 4252): how often they tried, and who they turned out to be. A failure is told to the log with its reason, to the
 * visitor without.
 */

import type { AuthContext, Connection, KeyboardAuthContext } from "ssh2";
import { type AccessSpec, checkPassword, type LoginVerdict, type VtyLine } from "../../modes/common/access.ts";
import type { SshConnectionView } from "../../modes/common/ssh-service.ts";
import type { LogHub } from "../log-hub.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import { keyIsConfigured, signatureHolds } from "./public-keys.ts";

export interface VisitorContext {
  readonly throttle: LoginThrottle;
  readonly logs: LogHub;
  /** How many logins there were: the log may be told of every so manieth. */
  readonly tally: { succeeded: number; failed: number };
  now(): number;
  /** What the configuration says now. */
  access(): AccessSpec;
}

/** Requests to authenticate on one connection, of any kind. */
const MAX_REQUESTS = 20;
/** The port of a box, whichever one stands for it here. */
const SSH_PORT = 22;
const METHODS = ["publickey", "password", "keyboard-interactive"] as const;

export class Visitor {
  readonly #context: VisitorContext;
  readonly #connection: Connection;
  readonly #seen: SshConnectionView;
  readonly #from: string;
  readonly #retries: number;
  #requests = 0;
  #failures = 0;
  user = "";
  level = 1;

  constructor(context: VisitorContext, connection: Connection, seen: SshConnectionView, retries: number) {
    this.#context = context;
    this.#connection = connection;
    this.#seen = seen;
    this.#from = seen.from;
    this.#retries = retries;
  }

  authenticate(context: AuthContext, lineNow: () => VtyLine | undefined): void {
    this.#requests += 1;
    const line = lineNow();
    if (this.#requests > MAX_REQUESTS || line === undefined) return void this.#connection.end();
    const access = this.#context.access();
    switch (context.method) {
      case "none":
        // RFC 4252 §5.2: also the way to ask which methods there are.
        if (line.methods[0] === "none") this.#settle(context, checkPassword(access, line, context.username, ""));
        else context.reject([...METHODS]);
        return;
      case "password":
        this.#answer(context, () => checkPassword(access, line, context.username, context.password));
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

  #attempt(user: string, count: number) {
    return { user, from: this.#from, localport: SSH_PORT, count };
  }

  #ask(context: KeyboardAuthContext, access: AccessSpec, line: VtyLine): void {
    context.prompt([{ prompt: "Password: ", echo: false }], (answers) => {
      this.#answer(context, () => checkPassword(access, line, context.username, answers[0] ?? ""));
    });
  }

  /** After the time that this address must wait. The password is looked at then, so that guessing costs no work meanwhile. */
  #answer(context: AuthContext, check: () => LoginVerdict): void {
    const { throttle, now } = this.#context;
    const delay = throttle.delayFor(this.#from, now());
    setTimeout(() => this.#settle(context, check()), delay);
  }

  #settle(context: AuthContext, verdict: LoginVerdict): void {
    if (!verdict.accepted) {
      this.#refuse(context, verdict.reason);
      return;
    }
    const { throttle, tally, logs } = this.#context;
    throttle.succeeded(this.#from);
    this.user = verdict.user;
    this.level = verdict.level;
    tally.succeeded += 1;
    logs.log("aaa", "info", "login succeeded", this.#attempt(verdict.user, tally.succeeded));
    context.accept();
  }

  #refuse(context: AuthContext, reason: string): void {
    const { throttle, tally, logs, now } = this.#context;
    throttle.failed(this.#from, now());
    this.#failures += 1;
    tally.failed += 1;
    const user = printable(context.username);
    logs.log("ssh", "notice", "SSH login failed", { ...toldOf({ ...this.#seen, user }), reason });
    logs.log("aaa", "info", "login failed", this.#attempt(user, tally.failed));
    context.reject([...METHODS]);
    if (this.#failures >= this.#retries) this.#connection.end();
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
