/**
 * What a group of cases plays on: one gateway process, a recording of the wire, and the clients that were booted so far.
 * Cases of a group follow each other on one stage, so that a client is booted once; each asks for what it needs and can
 * also run alone.
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Capture, type Frame } from "./capture.ts";
import { expect } from "./command.ts";
import { Gateway } from "./gateway.ts";
import { type ClientOptions, Guest } from "./guest.ts";
import { espKeysOf, ikeKeysOf } from "./keys.ts";

const CLIENT_NUMBERS = [1, 2, 3, 4, 5, 6] as const;
const GATEWAY_TAIL_LINES = 30;
const CLIENT_TAIL_LINES = 15;
const CLIENT_LOGS = ["charon.log", "xl2tpd.log", "ppp.log"] as const;

export class Stage {
  readonly gateway: Gateway;
  /** Where its logs and whatever it needs are kept. */
  readonly directory: string;
  readonly #capture: Capture;
  /** The clients that are on now. */
  readonly #guests = new Map<number, Guest>();
  /** All there ever were: the recording is opened with the keys of each. */
  readonly #everyGuest: Guest[] = [];

  constructor(config: string, directory: string) {
    mkdirSync(directory, { recursive: true });
    this.directory = directory;
    this.#capture = new Capture(directory);
    this.gateway = new Gateway(config, directory);
  }

  async ready(): Promise<void> {
    await this.#capture.ready();
    if (!this.gateway.stopped) await this.gateway.ready();
  }

  /** True once any client has been here. */
  get visited(): boolean {
    return this.#everyGuest.length > 0;
  }

  /** Boots a client; without a number, whichever is free. */
  async boot(options: ClientOptions = {}, number = this.#freeNumber()): Promise<Guest> {
    expect(!this.#guests.has(number), `client ${number} is on already`);
    const directory = join(this.directory, `client-${this.#everyGuest.length + 1}-number-${number}`);
    const guest = new Guest(number, directory, options);
    this.#guests.set(number, guest);
    this.#everyGuest.push(guest);
    await guest.ready();
    return guest;
  }

  /** The default client of that number with its tunnel up: the one that earlier cases left, or a new one. */
  async connected(number: number): Promise<Guest> {
    const guest = this.#guests.get(number) ?? (await this.boot({}, number));
    const { output } = await guest.run("ppp_address");
    if (output === "") await connect(guest);
    return guest;
  }

  async powerOff(guest: Guest): Promise<void> {
    this.#guests.delete(guest.number);
    await guest.powerOff();
  }

  async powerOffAll(): Promise<void> {
    await Promise.all([...this.#guests.values()].map((guest) => this.powerOff(guest)));
  }

  /** What crossed the wire so far, opened with every key that any client has had. */
  async frames(): Promise<readonly Frame[]> {
    const espKeys = this.#everyGuest.flatMap((guest) => espKeysOf(guest.file("xfrm.log")));
    const ikeKeys = this.#everyGuest.flatMap((guest) => ikeKeysOf(guest.file("ike-keys.log")));
    return await this.#capture.frames(espKeys, ikeKeys);
  }

  /** The ends of the logs, for the report of a case that failed. */
  tails(): string {
    const parts = [titled("gateway.log", this.gateway.log, GATEWAY_TAIL_LINES)];
    for (const guest of this.#guests.values()) {
      for (const name of CLIENT_LOGS) {
        parts.push(titled(`client ${guest.number} ${name}`, guest.file(name), CLIENT_TAIL_LINES));
      }
    }
    return parts.filter(Boolean).join("\n");
  }

  async close(): Promise<void> {
    await this.powerOffAll();
    await this.gateway.stop();
    await this.#capture.stop();
  }

  #freeNumber(): number {
    const number = CLIENT_NUMBERS.find((candidate) => !this.#guests.has(candidate));
    expect(number !== undefined, "all clients are on already");
    return number;
  }
}

/** Brings up IPsec, then L2TP and PPP; the client's PPP address. */
export async function connect(guest: Guest): Promise<string> {
  const ipsec = await guest.run("ipsec_up");
  expect(ipsec.status === 0, `client ${guest.number}: IPsec did not come up`, ipsec.output);
  const ppp = await guest.run("ppp_up");
  expect(ppp.status === 0, `client ${guest.number}: IPsec is up, but L2TP or PPP did not come up`);
  return /inet ([\d.]+)/.exec(ppp.output)?.[1] ?? "";
}

function titled(title: string, text: string, lines: number): string {
  const tail = text.trimEnd().split("\n").slice(-lines).join("\n");
  return tail === "" ? "" : `-- ${title}\n${tail}`;
}
