/**
 * The SSH server (RFC 4251-4254): connections in, sessions out. It decides who may come in and by which line, and hands each channel
 * to what serves it. A client is told that it failed, never why; the log is told both. Everything a stranger can make us keep is
 * bounded: connections that have not proved themselves, attempts on each, and the time they have.
 */

import { createServer, type Server as NetServer, type Socket } from "node:net";
import ssh2, {
  type AuthContext,
  type Connection,
  type KeyboardAuthContext,
  type ServerChannel,
  type Session as SshSession,
} from "ssh2";
import { type AccessSpec, checkPassword, type LoginVerdict, type VtyLine } from "../../modes/common/access.ts";
import type { SshConnectionView, SshKeyView, SshService } from "../../modes/common/ssh-service.ts";
import { CannotStart } from "../cannot-start.ts";
import type { LogHub } from "../log-hub.ts";
import type { Session } from "../session.ts";
import { algorithms } from "./algorithms.ts";
import type { DeviceTree } from "./device-paths.ts";
import type { HostKeys } from "./host-keys.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import { keyIsConfigured, signatureHolds } from "./public-keys.ts";
import { ScpSink, ScpSource, scpCommand } from "./scp.ts";
import { SCRIPT_SUBSYSTEM } from "./script-protocol.ts";
import { serveCommand, servePipe } from "./serve-command.ts";
import { serveScript } from "./serve-script.ts";
import { type ClientTerminal, serveTerminal, type TerminalSize } from "./serve-terminal.ts";
import { serveSftp } from "./sftp.ts";

/** A session that came in: who, from where, by which line. */
export interface Arrival {
  readonly user: string;
  readonly level: number;
  /** The number of the vty. */
  readonly line: number;
  readonly from: string;
  /** `undefined` = no terminal: commands and files. */
  readonly terminal: ClientTerminal | undefined;
}

export interface SshServerContext {
  readonly hostKeys: HostKeys;
  readonly throttle: LoginThrottle;
  /** Offer what old clients need. */
  readonly legacy: boolean;
  readonly logs: LogHub;
  now(): number;
  /** What the configuration says now. */
  access(): AccessSpec;
  /** Whether an access list lets an address in; one that does not exist lets everybody in. */
  admits(list: string, address: string): boolean;
  open(arrival: Arrival): Session;
  /** The device's files for a user. */
  files(arrival: Arrival): DeviceTree;
}

/** Connections that have not proved who they are. */
const MAX_STRANGERS = 32;
/** Requests to authenticate on one connection, of any kind. */
const MAX_REQUESTS = 20;
/** Channels on one connection. */
const MAX_CHANNELS = 10;
/** Told while SSH is not enabled, as a box tells what it would do. */
const DEFAULT_TIMEOUT_SECONDS = 120;
const DEFAULT_RETRIES = 3;
const TOP_LEVEL = 15;
const METHODS = ["publickey", "password", "keyboard-interactive"] as const;

const NO_RSA_KEY = "there is no RSA key: crypto key generate rsa makes one";

/** A connection as it is shown, which changes as it goes on. */
type Seen = { -readonly [Name in keyof SshConnectionView]: SshConnectionView[Name] };

export class SshServer implements SshService {
  readonly #context: SshServerContext;
  readonly #connections = new Map<Connection, Seen>();
  /** What greets a client is fixed when the library's server is made: it is made again when a key or the banner changes. */
  #greeter: { readonly server: ssh2.Server; readonly banner: string | undefined } | undefined;
  address = "";
  port = 0;
  readonly #taken = new Set<number>();
  #strangers = 0;
  #listener: NetServer | undefined;

  constructor(context: SshServerContext) {
    this.#context = context;
  }

  /** Rejects with `CannotStart` when the port cannot be had. Resolves with where it listens. */
  async listen(
    address: string | undefined,
    port: number,
  ): Promise<{ readonly address: string; readonly port: number }> {
    this.#context.hostKeys.complete();
    const listener = createServer({ noDelay: true }, (socket) => this.#accepted(socket));
    this.#listener = listener;
    await new Promise<void>((resolve, reject) => {
      listener.once("error", (error: NodeJS.ErrnoException) => reject(new CannotStart(portTrouble(error, port))));
      listener.listen({ port, host: address ?? "0.0.0.0" }, resolve);
    });
    const bound = listener.address();
    if (bound === null || typeof bound === "string") throw new CannotStart("the SSH port was not bound.");
    this.address = bound.address;
    this.port = bound.port;
    return { address: bound.address, port: bound.port };
  }

  get keys(): readonly SshKeyView[] {
    return this.#context.hostKeys.all.map(({ privateKey: _, ...key }) => key);
  }

  get connections(): readonly SshConnectionView[] {
    return [...this.#connections.values()].map((seen) => ({ ...seen }));
  }

  get disabled(): string | undefined {
    const { ssh } = this.#context.access();
    if (!ssh.enabled) return ssh.reason;
    return this.keys.some(({ type }) => type === "rsa") ? undefined : NO_RSA_KEY;
  }

  get timeoutSeconds(): number {
    const { ssh } = this.#context.access();
    return ssh.enabled ? ssh.timeoutSeconds : DEFAULT_TIMEOUT_SECONDS;
  }

  get retries(): number {
    const { ssh } = this.#context.access();
    return ssh.enabled ? ssh.retries : DEFAULT_RETRIES;
  }

  generateRsaKey(bits: number): SshKeyView {
    const { privateKey: _, ...key } = this.#context.hostKeys.generate("rsa", bits);
    this.#greeter = undefined;
    return key;
  }

  removeRsaKey(): void {
    this.#context.hostKeys.remove("rsa");
    this.#greeter = undefined;
  }

  #serverNow(banner: string | undefined): ssh2.Server {
    if (this.#greeter !== undefined && this.#greeter.banner === banner) return this.#greeter.server;
    const { hostKeys, legacy } = this.#context;
    const server = new ssh2.Server({
      hostKeys: hostKeys.all.map(({ privateKey }) => privateKey),
      algorithms: algorithms(legacy),
      ident: "lnsh",
      ...(banner === undefined ? {} : { banner: `${banner.replaceAll(/\r?\n/g, "\r\n")}\r\n` }),
    });
    server.on("connection", (connection: Connection, info: { ip: string; port: number }) => {
      this.#connected(connection, info.ip);
    });
    this.#greeter = { server, banner };
    return server;
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    for (const connection of this.#connections.keys()) connection.end();
    const listener = this.#listener;
    if (listener !== undefined) await new Promise<void>((resolve) => listener.close(() => resolve()));
  }

  #accepted(socket: Socket): void {
    const { log } = this.#context.logs;
    const access = this.#context.access();
    const from = socket.remoteAddress ?? "";
    const turnAway = (reason: string): void => {
      log("ssh", "notice", "SSH connection refused", { from, reason });
      socket.destroy();
    };
    const { disabled } = this;
    if (disabled !== undefined) turnAway(disabled);
    else if (this.#freeLine(access, from) === undefined) turnAway("no free line takes SSH from this address");
    else if (this.#strangers >= MAX_STRANGERS) turnAway("too many connections that have not authenticated");
    else this.#serverNow(access.banner).injectSocket(socket);
  }

  /** The first line that is free and takes this client. */
  #freeLine(access: AccessSpec, from: string): VtyLine | undefined {
    return access.lines.find(
      (line) =>
        line.acceptsSsh &&
        !this.#taken.has(line.number) &&
        (line.accessList === undefined || this.#context.admits(line.accessList, from)),
    );
  }

  #connected(connection: Connection, from: string): void {
    const { log } = this.#context.logs;
    const { ssh } = this.#context.access();
    if (!ssh.enabled) return void connection.end();
    const nothing = { in: "", out: "" };
    const seen: Seen = {
      line: this.#lineFor(from)?.number ?? 0,
      from,
      user: "",
      state: "negotiating",
      cipher: nothing,
      hmac: nothing,
    };
    this.#connections.set(connection, seen);
    connection.on("handshake", ({ cs, sc }) => {
      seen.state = seen.state === "started" ? "started" : "authenticating";
      seen.cipher = { in: cs.cipher, out: sc.cipher };
      // AEAD ciphers carry no code of their own.
      seen.hmac = { in: cs.mac || "none", out: sc.mac || "none" };
    });
    this.#strangers += 1;
    let isStranger = true;
    const known = (): void => {
      if (isStranger) this.#strangers -= 1;
      isStranger = false;
      clearTimeout(patience);
    };
    const patience = setTimeout(() => connection.end(), ssh.timeoutSeconds * 1000);
    const visitor = new Visitor(this.#context, connection, seen, ssh.retries);
    connection.on("authentication", (context: AuthContext) => visitor.authenticate(context, () => this.#lineFor(from)));
    connection.on("ready", () => {
      known();
      const { user, level } = visitor;
      seen.user = user;
      seen.state = "started";
      log("ssh", "info", "SSH login", { ...toldOf(seen), level });
      let channels = 0;
      connection.on("session", (accept, reject) => {
        const line = channels < MAX_CHANNELS ? this.#lineFor(from) : undefined;
        if (line === undefined) return void reject();
        if (channels === 0) seen.line = line.number;
        channels += 1;
        this.#taken.add(line.number);
        let isHeld = true;
        this.#serve(accept(), { user, level, line: line.number, from, terminal: undefined }, () => {
          if (!isHeld) return;
          isHeld = false;
          channels -= 1;
          this.#taken.delete(line.number);
        });
      });
    });
    connection.on("error", (error: Error) =>
      log("ssh", "debug", "SSH connection broke", { from, reason: error.message }),
    );
    connection.on("close", () => {
      known();
      this.#connections.delete(connection);
      if (seen.state === "started") log("ssh", "info", "SSH connection closed", toldOf(seen));
    });
  }

  #lineFor(from: string): VtyLine | undefined {
    return this.#freeLine(this.#context.access(), from);
  }

  #serve(session: SshSession, arrival: Arrival, release: () => void): void {
    const { files } = this.#context;
    // The line is free as soon as the login is over: the client may be slow to close its end.
    const open = (who: Arrival): Session => {
      const login = this.#context.open(who);
      login.onEnd(release);
      return login;
    };
    let terminal: ClientTerminal | undefined;
    let resized: ((size: TerminalSize) => void) | undefined;
    session.once("close", release);
    session.on("pty", (accept, _reject, info) => {
      terminal = { columns: info.cols, rows: info.rows, colour: hasColour(info.term) };
      accept?.();
    });
    session.on("window-change", (accept, _reject, info) => {
      resized?.({ columns: info.cols, rows: info.rows });
      accept?.();
    });
    session.on("env", (accept) => accept?.());
    session.on("shell", (accept) => {
      const login = open({ ...arrival, terminal });
      resized = serveTerminal(accept(), login, terminal, this.#context);
    });
    session.on("exec", (accept, _reject, { command }) => {
      const copy = scpCommand(command);
      const channel = accept();
      if (copy === undefined) {
        serveCommand(channel, open(arrival), command);
        return;
      }
      if (arrival.level < TOP_LEVEL) {
        refuseCopy(channel);
        return;
      }
      const tree = files(arrival);
      servePipe(channel, copy.direction === "to" ? new ScpSink(tree, copy.path) : new ScpSource(tree, copy.path));
    });
    session.on("subsystem", (accept, reject, { name }) => {
      if (name === SCRIPT_SUBSYSTEM) serveScript(accept(), open(arrival));
      else reject();
    });
    session.on("sftp", (accept) => serveSftp(accept(), files(arrival), arrival.level >= TOP_LEVEL));
  }
}

/** https://no-color.org reaches no further than its own host: the terminal's name has to do. */
function hasColour(name: string | undefined): boolean {
  return name !== undefined && name !== "" && !/^(dumb|unknown|vt\d+)/.test(name);
}

/** Who it is, in the words of the log. */
function toldOf({ from, user, line, cipher, hmac }: SshConnectionView) {
  return { from, user, line, cipher: cipher.in, hmac: hmac.in };
}

function refuseCopy(channel: ServerChannel): void {
  channel.write("\x01scp: privilege level 15 is needed\n");
  channel.exit(1);
  channel.end();
}

function portTrouble(error: NodeJS.ErrnoException, port: number): string {
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: "something else listens there",
    EACCES: "the right to bind it is missing; choose one above 1023 with --ssh",
    EADDRNOTAVAIL: "this host has no such address",
  };
  return `SSH port ${port}: ${words[error.code ?? ""] ?? error.message}.`;
}

/** Somebody at the door: how often they tried, and who they turned out to be. */
class Visitor {
  readonly #context: SshServerContext;
  readonly #connection: Connection;
  readonly #seen: SshConnectionView;
  readonly #from: string;
  readonly #retries: number;
  #requests = 0;
  #failures = 0;
  user = "";
  level = 1;

  constructor(context: SshServerContext, connection: Connection, seen: SshConnectionView, retries: number) {
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
        if (line.methods[0] === "none") this.#accept(context, checkPassword(access, line, context.username, ""));
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
            ? { accepted: true, user: user.name, level: user.level }
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
      this.#answer(context, () => checkPassword(access, line, context.username, answers[0] ?? ""));
    });
  }

  /** After the time that this address must wait. The password is looked at then, so that guessing costs no work meanwhile. */
  #answer(context: AuthContext, check: () => LoginVerdict): void {
    const { throttle, now } = this.#context;
    const delay = throttle.delayFor(this.#from, now());
    setTimeout(() => {
      const verdict = check();
      if (verdict.accepted) this.#accept(context, verdict);
      else this.#refuse(context, verdict.reason);
    }, delay);
  }

  #accept(context: AuthContext, verdict: LoginVerdict): void {
    if (!verdict.accepted) {
      this.#refuse(context, verdict.reason);
      return;
    }
    this.#context.throttle.succeeded(this.#from);
    this.user = verdict.user;
    this.level = verdict.level;
    context.accept();
  }

  #refuse(context: AuthContext, reason: string): void {
    const { throttle, logs, now } = this.#context;
    throttle.failed(this.#from, now());
    this.#failures += 1;
    logs.log("ssh", "notice", "SSH login failed", {
      ...toldOf({ ...this.#seen, user: printable(context.username) }),
      reason,
    });
    context.reject([...METHODS]);
    if (this.#failures >= this.#retries) this.#connection.end();
  }
}

/** A name as the log can bear it. */
function printable(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 64);
}
