/** The two gateways that SSH clients come to, one of each dialect, on loopback ports; and the files their clients need. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "../lab/command.ts";
import { Daemon } from "../lab/daemon.ts";

const MAIN = new URL("../../../src/cli/bin.js", import.meta.url).pathname;
const START_SECONDS = 120;

export const LOGIN = { user: "op", password: "op-password", enable: "enable-password" } as const;
/** Comes in at the highest level. */
export const ADMIN = { user: "admin", password: "admin-password" } as const;

const CONFIGURATIONS = {
  ios: [
    "hostname lns",
    `enable secret ${LOGIN.enable}`,
    `username ${ADMIN.user} privilege 15 secret ${ADMIN.password}`,
    `username ${LOGIN.user} password 0 ${LOGIN.password}`,
    "interface FastEthernet0/0",
    " ip address 11.0.0.8 255.255.255.0",
    "line vty 0 30",
    " login local",
    " transport input ssh",
    "end",
  ],
  junose: [
    "hostname erx",
    `enable password ${LOGIN.enable}`,
    `enable password level 15 ${LOGIN.enable}`,
    `aaa local username ${LOGIN.user} database default`,
    ` password ${LOGIN.password}`,
    "exit",
    "interface fastEthernet 0/0",
    " ip address 11.0.0.8 255.255.255.0",
    "line vty 0 19",
    " login",
  ],
  /** A login is by the password of a level, and has that level. */
  "junose-levels": [
    "hostname erx",
    `enable password level 10 ${ADMIN.password}`,
    "aaa new-model",
    "aaa authentication login people enable",
    `aaa local username ${LOGIN.user} database default`,
    ` password ${LOGIN.password}`,
    "exit",
    "interface fastEthernet 0/0",
    " ip address 11.0.0.8 255.255.255.0",
    "line vty 0 19",
    " login authentication people",
  ],
} as const;

export class SshGateway {
  readonly port: number;
  /** Where the logs, the state and the clients' files are. */
  readonly directory: string;
  readonly #daemon: Daemon;

  private constructor(daemon: Daemon, port: number, directory: string) {
    this.#daemon = daemon;
    this.port = port;
    this.directory = directory;
  }

  static async start(dialect: keyof typeof CONFIGURATIONS, parent: string): Promise<SshGateway> {
    const directory = join(parent, dialect);
    mkdirSync(directory, { recursive: true });
    const config = join(directory, "gateway.cfg");
    writeFileSync(config, `${CONFIGURATIONS[dialect].join("\n")}\n`);
    const udp = ["--ike-port", "--natt-port", "--l2tp-port"].flatMap((option) => [option, "0"]);
    const daemon = new Daemon(
      process.execPath,
      [MAIN, "run", "--config", config, "--listen", "127.0.0.1", "--ssh", "127.0.0.1:0", ...udp],
      { logFile: join(directory, "gateway.log") },
    );
    const deadline = performance.now() + START_SECONDS * 1000;
    const told = () => /^lnsh: SSH on \S+ port (\d+)/m.exec(daemon.output);
    while (told() === null) {
      expect(!daemon.ended && performance.now() < deadline, "the gateway did not start", daemon.output);
      await pause(50);
    }
    return new SshGateway(daemon, Number(told()?.[1]), directory);
  }

  async stop(): Promise<void> {
    await this.#daemon.stop("SIGTERM", 5);
  }
}
