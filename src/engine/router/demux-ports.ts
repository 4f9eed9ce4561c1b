/**
 * The ports that stand for clients behind a NAT (`set nat demux`): 1024 for the first client of a NAT address, 1025 for
 * the second, and so on; the lowest free one is next. Clients of different NATs may share a number, as their
 * addresses differ already.
 */

import { LowestFree } from "../kernel/lowest-free.ts";

const FIRST_PORT = 1024;
const LAST_PORT = 65_535;

export class DemuxPorts {
  readonly #nats = new Map<string, LowestFree>();

  /** `nat` names one pair of our address and the NAT's. `undefined` = all its ports are taken. */
  allocate(nat: string): number | undefined {
    const ports = this.#nats.get(nat) ?? new LowestFree(FIRST_PORT, LAST_PORT);
    this.#nats.set(nat, ports);
    return ports.take();
  }

  release(nat: string, port: number): void {
    const ports = this.#nats.get(nat);
    ports?.release(port);
    if (ports?.inUse === 0) this.#nats.delete(nat);
  }
}
