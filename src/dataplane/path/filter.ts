/**
 * Access lists where packets pass: what comes out of a session, what goes into it, and what reaches an address from outside. A name
 * without a list filters nothing. Entries with `log` tell their first packet and then at most once in five minutes.
 */

import type { AccessListEntrySpec } from "../../engine/access-list-spec.ts";
import type { AccessList, AccessLists } from "../../engine/ip/access-list.ts";
import { type Flow, ipv4FromNumber } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { ipProtocol, ipv4Destination, ipv4HeaderLength, ipv4Protocol, ipv4Source } from "../../engine/wire/ipv4.ts";
import { u16At } from "../../engine/wire/octets.ts";
import type { LineModuleOutputs } from "./events.ts";

const LOG_INTERVAL: Millis = 300_000;

interface Told {
  at: Millis;
  since: number;
}

export class Filter {
  readonly #lists: AccessLists;
  readonly #outputs: LineModuleOutputs;
  readonly #told = new WeakMap<AccessListEntrySpec, Told>();

  constructor(lists: AccessLists, outputs: LineModuleOutputs) {
    this.#lists = lists;
    this.#outputs = outputs;
  }

  /** `packet` passed `checkIpv4`. */
  passes(name: string | undefined, packet: Uint8Array, now: Millis): boolean {
    const list = name === undefined ? undefined : this.#lists.get(name);
    if (list === undefined) return true;
    const entry = list.decide(packet);
    if (entry?.log === true) this.#tell(list, entry, packet, now);
    return entry?.action === "permit";
  }

  /** A UDP datagram from outside. */
  passesDatagram(name: string, { remote, local }: Flow): boolean {
    return this.#lists.permitUdp(name, remote, local);
  }

  #tell(list: AccessList, entry: AccessListEntrySpec, packet: Uint8Array, now: Millis): void {
    const told = this.#told.get(entry);
    const packets = (told?.since ?? 0) + 1;
    if (told !== undefined && now < told.at + LOG_INTERVAL) {
      told.since = packets;
      return;
    }
    this.#told.set(entry, { at: now, since: 0 });
    const protocol = ipv4Protocol(packet);
    const at = ipv4HeaderLength(packet);
    const hasPorts = protocol === ipProtocol.udp || protocol === ipProtocol.tcp;
    const port = (offset: number): number => (hasPorts ? u16At(packet, at + offset) : 0);
    this.#outputs.punt({
      type: "filterLog",
      list: list.name,
      entry,
      packets,
      protocol,
      source: { address: ipv4FromNumber(ipv4Source(packet)), port: port(0) },
      destination: { address: ipv4FromNumber(ipv4Destination(packet)), port: port(2) },
    });
  }
}
