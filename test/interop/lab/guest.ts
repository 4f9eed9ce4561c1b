/** One real client: a User-Mode Linux guest behind the NAT that runs commands for the runner (see guest/serve.sh). */

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually, expect } from "./command.ts";
import { Daemon } from "./daemon.ts";
import { NAT_NAMESPACE, SERVER_ADDRESS, SERVER_ADDRESS_6 } from "./network.ts";

const init = fileURLToPath(new URL("../guest/init.sh", import.meta.url));

const BOOT_SECONDS = 30;
const COMMAND_SECONDS = 60;
const MEMORY = "160M";

/** How a client differs from the default one. */
export interface ClientOptions {
  /** Somebody else's server in place of a client; it takes the key, the login and the proposals. */
  readonly role?: "server";
  /** The client calls the gateway over IPv6. */
  readonly ipv6?: true;
  readonly psk?: string;
  readonly login?: string;
  readonly password?: string;
  /** Proposals as strongSwan writes them. */
  readonly ike?: string;
  readonly esp?: string;
  readonly ikeLifetimeSeconds?: number;
  readonly espLifetimeSeconds?: number;
  /** How long before the end of a lifetime the client rekeys. */
  readonly rekeyMarginSeconds?: number;
  /** The client asks after this many seconds of silence whether the gateway is alive. */
  readonly dpdSeconds?: number;
  /** Messages of IKE that are longer leave in pieces; absent = as strongSwan has it. */
  readonly fragmentBytes?: number;
  /** The client comes by aggressive mode under this name. */
  readonly aggressiveName?: string;
  /** Files in PEM, and who the gateway must be, for a client that proves itself by a certificate. */
  readonly credentials?: {
    readonly key: string;
    readonly certificate: string;
    readonly authority: string;
    readonly gatewayName: string;
  };
  /** PPP authentication protocols that the client refuses, so that it is left with the one that is meant. */
  readonly refuse?: readonly ("pap" | "chap" | "mschap" | "mschap-v2")[];
}

export interface Answer {
  readonly status: number;
  readonly output: string;
}

export class Guest {
  /** 1 to 6: the tap, and the last digit of the private address. */
  readonly number: number;
  readonly directory: string;
  /** On the NAT's inner side. */
  readonly address: string;
  readonly #daemon: Daemon;
  readonly #answers = new Map<string, number>();
  #line = "";
  #commands = 0;

  constructor(number: number, directory: string, options: ClientOptions) {
    this.number = number;
    this.address = `192.168.10.1${number}`;
    this.directory = directory;
    mkdirSync(directory, { recursive: true });
    const machine = [
      `mem=${MEMORY}`,
      "rootfstype=hostfs",
      "rootflags=/",
      "ro",
      "quiet",
      `init=${init}`,
      "con=null",
      "con0=fd:0,fd:1",
      `uml_dir=${directory}/`,
      "umid=uml",
      `vec0:transport=tap,ifname=tap${number},depth=128,gro=1`,
    ];
    const environment = Object.entries(environmentOf(number, directory, options));
    this.#daemon = new Daemon(
      "ip",
      [
        "netns",
        "exec",
        NAT_NAMESPACE,
        "linux.uml",
        ...machine,
        ...environment.map(([name, value]) => `${name}=${value}`),
      ],
      { logFile: join(directory, "console.log"), onOutput: (text) => this.#read(text) },
    );
  }

  /** Waits until the client's daemons run. */
  async ready(): Promise<void> {
    const booted = await eventually(BOOT_SECONDS, () => this.#answers.has("ready") || this.#daemon.ended);
    expect(booted && !this.#daemon.ended, `client ${this.number} did not boot`, this.#daemon.output);
  }

  /** Runs a shell command in the guest. */
  async run(command: string, patienceSeconds = COMMAND_SECONDS): Promise<Answer> {
    this.#commands += 1;
    const id = `answer-${this.#commands}`;
    this.#daemon.write(`${id} ${command}\n`);
    const answered = await eventually(patienceSeconds, () => this.#answers.has(id) || this.#daemon.ended);
    const output = this.file(`${id}.out`);
    expect(!this.#daemon.ended, `client ${this.number} is gone (${this.#daemon.ending})`, this.#daemon.output);
    expect(answered, `client ${this.number} did not finish "${command}"`, output);
    return { status: this.#answers.get(id) ?? -1, output };
  }

  /** What one of the guest's log files holds by now. */
  file(name: string): string {
    const path = join(this.directory, name);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  /** Powers off; the daemons inside end first, as on any machine that shuts down. */
  async powerOff(): Promise<void> {
    if (this.#daemon.ended) return;
    this.#daemon.write("end\n");
    if (await this.#daemon.waitForEnd(8)) return;
    await this.#daemon.stop("SIGKILL", 2);
  }

  #read(text: string): void {
    this.#line += text;
    const lines = this.#line.split(/\r?\n/);
    this.#line = lines.pop() ?? "";
    for (const line of lines) {
      const [, id, status] = /@([\w-]+) (\d+)$/.exec(line) ?? [];
      if (id !== undefined) this.#answers.set(id, Number(status));
    }
  }
}

/** What `guest/init.sh` reads; what is left out has its default there. */
function environmentOf(number: number, directory: string, options: ClientOptions): Record<string, string> {
  const environment: Record<string, string> = {
    CLIENT: String(number),
    DIR: directory,
    SERVER: SERVER_ADDRESS,
    PSK: options.psk ?? "interop-key",
    LOGIN: options.login ?? `user${number}`,
    PASSWORD: options.password ?? `password${number}`,
  };
  if (options.ipv6) environment.SERVER = SERVER_ADDRESS_6;
  if (options.role !== undefined) environment.ROLE = options.role;
  if (options.ike !== undefined) environment.IKE = options.ike;
  if (options.esp !== undefined) environment.ESP = options.esp;
  if (options.ikeLifetimeSeconds !== undefined) environment.IKE_LIFETIME = `${options.ikeLifetimeSeconds}s`;
  if (options.espLifetimeSeconds !== undefined) environment.ESP_LIFETIME = `${options.espLifetimeSeconds}s`;
  if (options.rekeyMarginSeconds !== undefined) environment.REKEY_MARGIN = `${options.rekeyMarginSeconds}s`;
  if (options.dpdSeconds !== undefined) environment.DPD = `${options.dpdSeconds}s`;
  if (options.fragmentBytes !== undefined) environment.FRAGMENT = String(options.fragmentBytes);
  if (options.aggressiveName !== undefined) environment.NAME = options.aggressiveName;
  if (options.credentials !== undefined) {
    environment.KEY = options.credentials.key;
    environment.CERTIFICATE = options.credentials.certificate;
    environment.AUTHORITY = options.credentials.authority;
    environment.GATEWAY_NAME = options.credentials.gatewayName;
  }
  if (options.refuse !== undefined) environment.REFUSE = options.refuse.join(",");
  return environment;
}
