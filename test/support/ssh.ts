/** An SSH server on a gateway of its own over loopback, and a client for it. */

import { readFileSync } from "node:fs";
import { connect } from "node:net";
import ssh2, { type ClientChannel, type ConnectConfig } from "ssh2";
import { Gateway } from "../../src/cli/gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { DeviceTree } from "../../src/cli/ssh/device-paths.ts";
import { HostKeys } from "../../src/cli/ssh/host-keys.ts";
import { LoginThrottle } from "../../src/cli/ssh/login-throttle.ts";
import { LoginWatch } from "../../src/cli/ssh/login-watch.ts";
import { SshServer } from "../../src/cli/ssh/ssh-server.ts";
import { UserLockout } from "../../src/cli/ssh/user-lockout.ts";
import type { AccessSpec, AccessUser, VtyLine } from "../../src/modes/common/access.ts";
import { ios } from "../../src/modes/ios/dialect.ts";
import { HandClock } from "./hand-clock.ts";

/** One pair for all tests of a file: making them takes longer than the tests. */
const sharedKeys = new HostKeys(undefined);

export function accessUser(name: string, password: string, level = 15, publicKeys: readonly string[] = []): AccessUser {
  return { name, level, publicKeys, passwordHolds: (typed) => typed === password };
}

export function vtyLines(count: number, changes: Partial<VtyLine> = {}): VtyLine[] {
  return Array.from({ length: count }, (_, number) => ({
    number,
    acceptsSsh: true,
    methods: ["local"],
    level: 1,
    accessList: undefined,
    passwordHolds: () => false,
    ...changes,
  }));
}

export function access(changes: Partial<AccessSpec> = {}): AccessSpec {
  return {
    ssh: { enabled: true, timeoutSeconds: 60, retries: 3 },
    users: new Map([
      ["admin", accessUser("admin", "secret")],
      ["guest", accessUser("guest", "guest", 1)],
    ]),
    lines: vtyLines(5),
    enablePasswordHolds: () => false,
    ...changes,
  };
}

export interface Talked {
  readonly out: string;
  readonly err: string;
  readonly status: number | undefined;
}

export class SshBench implements AsyncDisposable {
  readonly gateway: Gateway;
  readonly events: string[] = [];
  readonly #server: SshServer;
  readonly #clients = new Set<ssh2.Client>();
  port = 0;
  spec: AccessSpec;
  readonly clock = new HandClock();

  constructor(spec: AccessSpec = access(), hostKeys = sharedKeys) {
    this.spec = spec;
    this.gateway = new Gateway(ios);
    this.gateway.load(readFileSync(new URL("../../fixtures/configs/ios-nat-demux.cfg", import.meta.url), "utf8"));
    this.gateway.logs.listen(({ event }) => this.events.push(`${event.text} ${JSON.stringify(event.fields)}`));
    this.#server = new SshServer({
      hostKeys,
      throttle: new LoginThrottle(),
      watch: new LoginWatch({
        timers: this.clock,
        log: this.gateway.logs.log,
        date: () => new Date(this.clock.now()),
        guard: () => this.spec.guard,
      }),
      lockout: new UserLockout({
        log: this.gateway.logs.log,
        date: () => new Date(this.clock.now()),
        attempts: () => this.spec.lockoutAttempts,
      }),
      legacy: false,
      logs: this.gateway.logs,
      timers: this.clock,
      access: () => this.spec,
      admits: (_list, address) => address === "127.0.0.1",
      open: ({ user, level, line, terminal }) =>
        new Session(this.gateway, {
          line: `vty ${line}`,
          paged: terminal !== undefined,
          monitor: false,
          user: { name: user, level },
        }),
      draw: () => {
        throw new Error("nothing is drawn on this bench");
      },
      files: () =>
        new DeviceTree(
          this.gateway.files,
          {
            text: () => this.gateway.dialect.render(this.gateway.store).join("\n"),
            merge: (text) => {
              const { refused } = this.gateway.load(text);
              return { ok: refused.length === 0, report: `${refused.length} refused` };
            },
          },
          () => new Date(0),
        ),
    });
    this.gateway.ssh = this.#server;
  }

  async start(): Promise<this> {
    this.port = (await this.#server.listen("127.0.0.1", 0)).port;
    return this;
  }

  connect(config: Partial<ConnectConfig> = {}): Promise<ssh2.Client> {
    const client = new ssh2.Client();
    this.#clients.add(client);
    return new Promise((resolve, reject) => {
      client.on("ready", () => resolve(client));
      client.on("error", reject);
      client.on("close", () => reject(new Error("closed")));
      // As OpenSSH has it where somebody types: a line waits for no acknowledgement.
      const sock = connect({ host: "127.0.0.1", port: this.port, noDelay: true });
      // A busy machine may take long for a handshake; the limit is that of the test.
      client.connect({ sock, username: "admin", password: "secret", readyTimeout: 0, ...config });
    });
  }

  /** A client that has left by itself. */
  forget(client: ssh2.Client): void {
    this.#clients.delete(client);
  }

  async run(command: string, config: Partial<ConnectConfig> = {}): Promise<Talked> {
    const client = await this.connect(config);
    return new Promise((resolve, reject) => {
      client.exec(command, (error, channel) => {
        if (error === undefined) collect(channel, resolve);
        else reject(error);
      });
    });
  }

  /** A shell channel that is fed in pieces and then ended. */
  async shell(pieces: readonly string[], pty: boolean): Promise<Talked> {
    const client = await this.connect();
    return new Promise((resolve, reject) => {
      const opened = (error: Error | undefined, channel: ClientChannel): void => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        collect(channel, resolve);
        for (const piece of pieces) channel.write(piece);
        channel.end();
      };
      if (pty) client.shell({ rows: 0, cols: 0 }, opened);
      else client.shell(false, opened);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.end();
    await this.#server.close();
    this.gateway.abandon();
  }
}

function collect(channel: ClientChannel, done: (talked: Talked) => void): void {
  let out = "";
  let err = "";
  let status: number | undefined;
  channel.on("data", (octets: Buffer) => {
    out += octets.toString();
  });
  channel.stderr.on("data", (octets: Buffer) => {
    err += octets.toString();
  });
  channel.on("exit", (code: number) => {
    status = code;
  });
  channel.on("close", () => done({ out, err, status }));
}
