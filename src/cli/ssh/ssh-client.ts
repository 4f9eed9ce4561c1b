/**
 * The other end: a connection to a gateway's SSH server, for `--connect`. The host must be known, or be accepted by name; the user is
 * proved by an agent, a key file or a password, which never stands on a command line. It follows no `ssh_config`.
 */

import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import ssh2, {
  type AnyAuthMethod,
  type AuthenticationType,
  type ClientChannel,
  type ServerHostKeyAlgorithm,
} from "ssh2";
import { CannotStart } from "../cannot-start.ts";
import type { TerminalInput, TerminalOutput } from "../console.ts";
import { algorithms } from "./algorithms.ts";
import { fingerprintOf } from "./host-keys.ts";
import { acquaintance, type KnownHost, knownHosts } from "./known-hosts.ts";
import { knownName, type SshTarget } from "./ssh-target.ts";

export interface SshClientOptions {
  /** A file with a private key. */
  readonly identity?: string | undefined;
  /** Absent = `~/.ssh/known_hosts`. */
  readonly knownHosts?: string | undefined;
  /** A host that was never seen is remembered; one that changed its key is refused all the same. */
  readonly acceptNewHostKey?: boolean | undefined;
  /** Also algorithms that are no longer safe. */
  readonly legacy?: boolean | undefined;
  readonly password?: string | undefined;
  /** Asks whoever sits at the terminal; absent = nobody sits there. */
  readonly askPassword?: ((prompt: string) => Promise<string>) | undefined;
  /** The socket of an agent. */
  readonly agent?: string | undefined;
}

/** Until somebody answers and shakes hands. */
const PATIENCE_MILLIS = 15_000;
/** Until the user is let in; a gateway that was given wrong passwords makes the next one wait. A person may type for longer. */
const LOGIN_MILLIS = 60_000;
const TYPED_ATTEMPTS = 3;

/** Rejects with `CannotStart`: nobody there, not who it should be, not let in. */
export async function connectSsh(target: SshTarget, options: SshClientOptions): Promise<ssh2.Client> {
  const user = target.user ?? userInfo().username;
  const place = knownName(target);
  const file = options.knownHosts ?? join(homedir(), ".ssh", "known_hosts");
  const known = knownHosts(readIfThere(file), place);
  const methods = authentication(user, place, options);
  const client = new ssh2.Client();
  let distrust: string | undefined;
  let wasShaken = false;
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => fail("nobody answered in time"), PATIENCE_MILLIS);
    const fail = (reason: string): void => give(new CannotStart(`${place}: ${reason}.`));
    const give = (error: unknown): void => {
      clearTimeout(patience);
      client.destroy();
      reject(error);
    };
    client.once("handshake", () => {
      wasShaken = true;
      clearTimeout(patience);
    });
    client.once("ready", () => {
      client.removeAllListeners("error");
      // Whoever uses the connection learns of its end by the ends of its channels.
      client.on("error", () => undefined);
      resolve(client);
    });
    client.once("error", (error: Error & { readonly code?: string; readonly level?: string }) =>
      fail(distrust ?? trouble(error, user)),
    );
    client.once("close", () => fail(wasShaken ? `${user} was not let in` : "the connection was closed"));
    client.connect({
      host: target.host,
      port: target.port,
      username: user,
      readyTimeout: options.askPassword === undefined ? LOGIN_MILLIS : 0,
      keepaliveInterval: PATIENCE_MILLIS,
      algorithms: { ...algorithms(options.legacy === true), serverHostKey: preferred(known, options.legacy === true) },
      ...(options.agent === undefined ? {} : { agent: options.agent }),
      hostVerifier: (blob: Buffer) => {
        distrust = distrustOf(blob, known, { place, file, accept: options.acceptNewHostKey === true });
        return distrust === undefined;
      },
      authHandler: (left, _partial, next) => void methods(left).then(next, give),
    });
  });
}

/** A host is asked for a key of the kind that it is known by. */
function preferred(known: readonly KnownHost[], legacy: boolean): ServerHostKeyAlgorithm[] {
  const all = (algorithms(legacy).serverHostKey ?? []) as ServerHostKeyAlgorithm[];
  const isKnown = (name: string): boolean =>
    known.some(({ type }) => type === name || (type === "ssh-rsa" && name.startsWith("rsa-")));
  return [...all.filter(isKnown), ...all.filter((name) => !isKnown(name))];
}

/** Why this key does not do; `undefined` = it does. */
function distrustOf(
  blob: Buffer,
  known: readonly KnownHost[],
  { place, file, accept }: { readonly place: string; readonly file: string; readonly accept: boolean },
): string | undefined {
  const print = fingerprintOf(blob);
  switch (acquaintance(known, blob)) {
    case "known":
      return undefined;
    case "revoked":
      return `its host key ${print} is revoked in ${file}`;
    case "changed":
      return `its host key is ${print}, and ${file} knows it by another: somebody may be in between`;
    case "stranger":
      if (!accept) return `its host key ${print} is not in ${file}; --accept-new-host-key adds it`;
      return remember(file, `${place} ${keyType(blob)} ${blob.toString("base64")}\n`);
  }
}

function remember(file: string, line: string): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const text = readIfThere(file);
    appendFileSync(file, text === "" || text.endsWith("\n") ? line : `\n${line}`, { mode: 0o600 });
    return undefined;
  } catch (error) {
    return `its host key cannot be kept in ${file} (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** RFC 4253 §6.6: a blob begins with its type. */
function keyType(blob: Buffer): string {
  return blob.toString("latin1", 4, 4 + blob.readUInt32BE(0));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // A file that is not there knows nobody.
    return "";
  }
}

/** `left`: what the server would take; its types do not say that at first nobody knows. */
type NextMethod = (left: readonly AuthenticationType[] | null) => Promise<AnyAuthMethod>;

/** Ends the attempts; missing from the types of ssh2. */
const NO_MORE = false as unknown as AnyAuthMethod;

/** What is tried, in its order: nothing at all, the agent, the key, the password, what somebody types. */
function authentication(username: string, place: string, options: SshClientOptions): NextMethod {
  const { agent, identity, password, askPassword } = options;
  const key = identity === undefined ? undefined : privateKey(identity);
  const attempts: { readonly type: AuthenticationType; make(): Promise<AnyAuthMethod> }[] = [
    { type: "none", make: async () => ({ type: "none", username }) },
  ];
  if (key !== undefined) attempts.push({ type: "publickey", make: async () => ({ type: "publickey", username, key }) });
  if (agent !== undefined) attempts.push({ type: "publickey", make: async () => ({ type: "agent", username, agent }) });
  const typed = (get: () => Promise<string>): void => {
    attempts.push({ type: "password", make: async () => ({ type: "password", username, password: await get() }) });
  };
  if (password !== undefined) typed(async () => password);
  else if (askPassword !== undefined) {
    for (let turn = 0; turn < TYPED_ATTEMPTS; turn += 1) typed(() => askPassword(`${username}@${place}'s password: `));
  }
  return async (left) => {
    for (let attempt = attempts.shift(); attempt !== undefined; attempt = attempts.shift()) {
      if (left === null || left.includes(attempt.type)) return attempt.make();
    }
    return NO_MORE;
  };
}

function privateKey(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new CannotStart(`${file}: the key cannot be read.`);
  }
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) {
    const isLocked = /passphrase|encrypted/i.test(parsed.message);
    throw new CannotStart(
      `${file}: ${isLocked ? "the key has a passphrase; give it to an agent" : "not a private key"}.`,
    );
  }
  return text;
}

const SOCKET_TROUBLES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "the connection was broken off",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name cannot be looked up now",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "nobody answers",
};

function trouble(
  { code, level, message }: Error & { readonly code?: string; readonly level?: string },
  user: string,
): string {
  if (level === "client-authentication") return `${user} was not let in; ${WAYS_IN}`;
  if (level === "client-timeout") return "nobody answered in time";
  return SOCKET_TROUBLES[code ?? ""] ?? message.replace(/\.$/, "");
}

const WAYS_IN = "a password comes from LNSH_PASSWORD, a key from --identity or an agent";

export interface TerminalPlan {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  /** What the other end is asked to run; absent = a login. */
  readonly command?: string;
  /** Typed before anything else. */
  readonly first?: string;
  /** Without colours. */
  readonly plain?: boolean;
}

/**
 * A terminal of the other end drawn on this one, key by key, until the other end closes it. Resolves with the exit status that it
 * gave, 0 where it gave none.
 */
export function connectTerminal(
  client: ssh2.Client,
  { input, output, command, first, plain }: TerminalPlan,
): Promise<number> {
  const size = () => ({ cols: output.columns ?? 0, rows: output.rows ?? 0 });
  return new Promise((resolve, reject) => {
    const opened = (error: Error | undefined, channel: ClientChannel): void => {
      if (error !== undefined) {
        reject(new CannotStart(`the terminal was refused: ${error.message}.`));
        return;
      }
      let status = 0;
      const resize = (): void => channel.setWindow(size().rows, size().cols, 0, 0);
      input.setRawMode?.(true);
      output.on("resize", resize);
      if (first !== undefined) channel.write(`${first}\r`);
      input.pipe(channel);
      channel.pipe(output, { end: false });
      channel.on("exit", (code: number | null) => {
        status = code ?? 1;
      });
      channel.on("close", () => {
        output.off("resize", resize);
        input.unpipe(channel);
        input.setRawMode?.(false);
        input.pause();
        resolve(status);
      });
    };
    const pty = { term: process.env.TERM ?? "dumb", ...size() };
    const env = plain === true ? { env: { NO_COLOR: "1" } } : {};
    if (command === undefined) client.shell(pty, env, opened);
    else client.exec(command, { pty, ...env }, opened);
  });
}
