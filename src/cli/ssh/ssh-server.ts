/**
 * The SSH server (RFC 4251-4254): connections in, sessions out. It decides who may come in and by which line, and hands each channel
 * to what serves it. A client is told that it failed, never why; the log is told both. Everything a stranger can make us keep is
 * bounded: connections that have not proved themselves, attempts on each, and the time they have.
 */

import { createServer, type Server as NetServer, type Socket } from "node:net";
import ssh2, { type AuthContext, type Connection, type ServerChannel, type Session as SshSession } from "ssh2";
import type { AccessSpec, VtyLine } from "../../modes/common/access.ts";
import type { LoginWatchView } from "../../modes/common/login-watch.ts";
import type { LockedUser, SshConnectionView, SshKeyView, SshService } from "../../modes/common/ssh-service.ts";
import { CannotStart } from "../cannot-start.ts";
import type { Session } from "../session.ts";
import { algorithms } from "./algorithms.ts";
import type { DeviceTree } from "./device-paths.ts";
import type { HostKeys } from "./host-keys.ts";
import { OWN_SOFTWARE } from "./remote-software.ts";
import { ScpSink, ScpSource, scpCommand } from "./scp.ts";
import { SCRIPT_SUBSYSTEM } from "./script-protocol.ts";
import { serveCommand, servePipe } from "./serve-command.ts";
import { drawnFront } from "./serve-console.ts";
import { serveScript } from "./serve-script.ts";
import { type ClientTerminal, serveTerminal, type TerminalSize } from "./serve-terminal.ts";
import { serveSftp } from "./sftp.ts";
import { toldOf, Visitor, type VisitorContext } from "./visitor.ts";

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

export interface SshServerContext extends VisitorContext {
  readonly hostKeys: HostKeys;
  /** Offer what old clients need. */
  readonly legacy: boolean;
  /** Whether an access list lets an address in; one that does not exist lets everybody in. */
  admits(list: string, address: string): boolean;
  open(arrival: Arrival): Session;
  /** A login at a console that draws; `ended` is called when it is over. */
  draw(
    channel: ServerChannel,
    arrival: Arrival,
    first: string | undefined,
    ended: () => void,
  ): (size: TerminalSize) => void;
  /** The device's files for a user. */
  files(arrival: Arrival): DeviceTree;
}

/** Connections that have not proved who they are. */
const MAX_STRANGERS = 32;
/** Channels on one connection. */
const MAX_CHANNELS = 10;
/** Told while SSH is not enabled, as a box tells what it would do. */
const DEFAULT_TIMEOUT_SECONDS = 120;
const DEFAULT_RETRIES = 3;
const TOP_LEVEL = 15;

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

  get loginWatch(): LoginWatchView {
    return this.#context.watch.view;
  }

  get lockedUsers(): readonly LockedUser[] {
    return this.#context.lockout.locked;
  }

  unlockUser(by: string, user?: string): void {
    this.#context.lockout.unlock(by, user);
  }

  forgetFailures(user?: string): void {
    this.#context.lockout.forgetFailures(user);
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
      ident: OWN_SOFTWARE,
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
    this.#context.watch.stop();
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
    else if (this.#isQuietTo(from)) turnAway("quiet mode: too many logins failed");
    else if (this.#freeLine(access, from) === undefined) turnAway("no free line takes SSH from this address");
    else if (this.#strangers >= MAX_STRANGERS) turnAway("too many connections that have not authenticated");
    else this.#serverNow(access.banner).injectSocket(socket);
  }

  /** After too many failures only some are let in. */
  #isQuietTo(from: string): boolean {
    const { watch, admits } = this.#context;
    const { quiet } = watch;
    return quiet !== undefined && (quiet.list === undefined || !admits(quiet.list, from));
  }

  /** The first line that is free and takes this client. */
  #freeLine(access: AccessSpec, from: string): VtyLine | undefined {
    return access.lines.find(
      (line) =>
        line.acceptsSsh &&
        !this.#taken.has(line.number) &&
        this.#hasRoom(line, access) &&
        (line.accessList === undefined || this.#context.admits(line.accessList, from)),
    );
  }

  #hasRoom({ sessionLimit }: VtyLine, { lines }: AccessSpec): boolean {
    if (sessionLimit === undefined) return true;
    const taken = lines.filter((line) => line.sessionLimit === sessionLimit && this.#taken.has(line.number));
    return taken.length < sessionLimit;
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
      const isFirst = seen.state === "negotiating";
      if (isFirst) seen.state = "authenticating";
      seen.cipher = { in: cs.cipher, out: sc.cipher };
      // AEAD ciphers carry no code of their own.
      seen.hmac = { in: cs.mac || "none", out: sc.mac || "none" };
      if (isFirst) log("ssh", "info", "SSH session requested", toldOf(seen));
    });
    this.#strangers += 1;
    let isStranger = true;
    const known = (): void => {
      if (isStranger) this.#strangers -= 1;
      isStranger = false;
      stopPatience();
    };
    const stopPatience = this.#context.timers.after(ssh.timeoutSeconds * 1000, () => connection.end());
    const lineNow = (): VtyLine | undefined => (this.#isQuietTo(from) ? undefined : this.#lineFor(from));
    const visitor = new Visitor(this.#context, connection, seen, ssh.retries, lineNow);
    connection.on("authentication", (context: AuthContext) => visitor.authenticate(context));
    const held = new Set<() => void>();
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
        const release = (): void => {
          if (!held.delete(release)) return;
          channels -= 1;
          this.#taken.delete(line.number);
        };
        held.add(release);
        this.#serve(accept(), { user, level, line: line.number, from, terminal: undefined }, release);
      });
    });
    connection.on("error", (error: Error) =>
      log("ssh", "debug", "SSH connection broke", { from, reason: error.message }),
    );
    connection.on("close", () => {
      known();
      // A session is not told of a connection that breaks off.
      for (const release of held) release();
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
    let isPlain = false;
    session.once("close", release);
    session.on("pty", (accept, _reject, info) => {
      terminal = { columns: info.cols, rows: info.rows, colour: hasColour(info.term) };
      accept?.();
    });
    session.on("window-change", (accept, _reject, info) => {
      resized?.({ columns: info.cols, rows: info.rows });
      accept?.();
    });
    session.on("env", (accept, _reject, { key, val }) => {
      isPlain ||= key === "NO_COLOR" && val !== "";
      accept?.();
    });
    session.on("shell", (accept) => {
      const colour = terminal?.colour === true && !isPlain;
      const login = open({ ...arrival, terminal: terminal === undefined ? undefined : { ...terminal, colour } });
      resized = serveTerminal(accept(), login, terminal, this.#context);
    });
    session.on("exec", (accept, _reject, { command }) => {
      const drawn = terminal === undefined ? undefined : drawnFront(command);
      if (terminal !== undefined && drawn !== undefined) {
        const colour = terminal.colour && !isPlain;
        resized = this.#context.draw(accept(), { ...arrival, terminal: { ...terminal, colour } }, drawn.first, release);
        return;
      }
      const copy = scpCommand(command);
      const channel = accept();
      if (copy === undefined) {
        serveCommand(channel, open(arrival), command);
        return;
      }
      const lacked = this.#lackedLevel(arrival);
      if (lacked !== undefined) {
        refuseCopy(channel, lacked);
        return;
      }
      const tree = files(arrival);
      servePipe(channel, copy.direction === "to" ? new ScpSink(tree, copy.path) : new ScpSource(tree, copy.path));
    });
    session.on("subsystem", (accept, reject, { name }) => {
      if (name === SCRIPT_SUBSYSTEM) serveScript(accept(), open(arrival));
      else reject();
    });
    session.on("sftp", (accept) => serveSftp(accept(), files(arrival), this.#lackedLevel(arrival)));
  }

  /** The level that copying files needs, where the user has less. */
  #lackedLevel({ level }: Pick<Arrival, "level">): number | undefined {
    const { fileLevel = TOP_LEVEL } = this.#context.access();
    return level < fileLevel ? fileLevel : undefined;
  }
}

/** https://no-color.org reaches no further than its own host: the terminal's name has to do. */
function hasColour(name: string | undefined): boolean {
  return name !== undefined && name !== "" && !/^(dumb|unknown|vt\d+)/.test(name);
}

function refuseCopy(channel: ServerChannel, level: number): void {
  channel.write(`\x01scp: privilege level ${level} is needed\n`);
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
