/**
 * A NAT box with port translation (RFC 3022 §2.2): every inside endpoint gets a port of the one outside address, kept
 * while traffic flows. It is a table without sockets, so that simulated networks and boxes on real sockets share
 * it. ESP without UDP passes for one inside host at a time ("IPsec passthrough").
 */

import { type Address, type Endpoint, endpointKey } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import { type Random, randomBetween } from "../../engine/kernel/random.ts";
import type { OuterPacket } from "../packet.ts";

export interface NatOptions {
  readonly outside: Address;
  /**
   * `endpoint`: an inside endpoint keeps its port whomever it talks to; `perDestination`: each destination sees another
   * port (RFC 4787 §4.1: endpoint-independent, address and port-dependent).
   */
  readonly mapping?: "endpoint" | "perDestination";
  /** First port of a sequence, or ports drawn at random. */
  readonly ports?: { readonly first: number } | { readonly random: Random };
  /** A mapping without outgoing traffic for so long is forgotten. */
  readonly timeoutMillis?: Millis;
}

interface Mapping {
  readonly key: string;
  readonly inside: Endpoint;
  readonly outside: Endpoint;
  usedAt: Millis;
}

const FIRST_PORT = 20_000;
const LOWEST_RANDOM_PORT = 1024;
const LAST_PORT = 65_535;
/** RFC 4787 §4.3 recommends five minutes. */
const TIMEOUT = 300_000;

export class Nat {
  readonly #perDestination: boolean;
  readonly #ports: { readonly first: number } | { readonly random: Random };
  readonly #timeout: Millis;
  readonly #byInside = new Map<string, Mapping>();
  readonly #byPort = new Map<number, Mapping>();
  #nextPort: number;
  #espHost: Address | undefined;
  #outside: Address;

  constructor(options: NatOptions) {
    this.#outside = options.outside;
    this.#perDestination = options.mapping === "perDestination";
    this.#ports = options.ports ?? { first: FIRST_PORT };
    this.#timeout = options.timeoutMillis ?? TIMEOUT;
    this.#nextPort = "first" in this.#ports ? this.#ports.first : LOWEST_RANDOM_PORT;
  }

  get outside(): Address {
    return this.#outside;
  }

  /** The outside endpoint that stands for `inside` towards `destination`; `undefined` = out of ports. */
  translateOut(inside: Endpoint, destination: Endpoint, now: Millis): Endpoint | undefined {
    const key = this.#perDestination ? `${endpointKey(inside)}>${endpointKey(destination)}` : endpointKey(inside);
    let mapping = this.#live(this.#byInside.get(key), now);
    if (mapping === undefined) {
      const port = this.#freePort(now);
      if (port === undefined) return undefined;
      mapping = { key, inside, outside: { address: this.outside, port }, usedAt: now };
      this.#byInside.set(key, mapping);
      this.#byPort.set(port, mapping);
    }
    mapping.usedAt = now;
    return mapping.outside;
  }

  /** Who is meant by a datagram to `port` of the outside address; `undefined` = nobody. */
  translateIn(port: number, now: Millis): Endpoint | undefined {
    return this.#live(this.#byPort.get(port), now)?.inside;
  }

  /** A packet from the inside as it leaves; `undefined` = dropped. */
  outbound(packet: OuterPacket, now: Millis): OuterPacket | undefined {
    if (packet.protocol === "esp") {
      this.#espHost = packet.source.address;
      return { ...packet, source: { address: this.outside, port: 0 } };
    }
    const source = this.translateOut(packet.source, packet.destination, now);
    return source === undefined ? undefined : { ...packet, source };
  }

  /** A packet to the outside address as it goes on inside; `undefined` = dropped. */
  inbound(packet: OuterPacket, now: Millis): OuterPacket | undefined {
    if (packet.protocol === "esp") {
      return this.#espHost === undefined ? undefined : { ...packet, destination: { address: this.#espHost, port: 0 } };
    }
    const destination = this.translateIn(packet.destination.port, now);
    return destination === undefined ? undefined : { ...packet, destination };
  }

  /** The provider gives it another address: nothing that it had forwarded before comes through. */
  moveTo(outside: Address): void {
    this.#outside = outside;
    this.rebind();
  }

  /** Forgets every mapping, as a reboot does: the next packets leave from new ports. */
  rebind(): void {
    this.#byInside.clear();
    this.#byPort.clear();
    this.#espHost = undefined;
  }

  #live(mapping: Mapping | undefined, now: Millis): Mapping | undefined {
    if (mapping === undefined || now - mapping.usedAt <= this.#timeout) return mapping;
    this.#byInside.delete(mapping.key);
    this.#byPort.delete(mapping.outside.port);
    return undefined;
  }

  #freePort(now: Millis): number | undefined {
    for (let tries = LOWEST_RANDOM_PORT; tries <= LAST_PORT; tries += 1) {
      const port = this.#candidate();
      if (this.#live(this.#byPort.get(port), now) === undefined) return port;
    }
    return undefined;
  }

  #candidate(): number {
    if ("random" in this.#ports) return randomBetween(this.#ports.random, LOWEST_RANDOM_PORT, LAST_PORT);
    const port = this.#nextPort;
    this.#nextPort = port === LAST_PORT ? this.#ports.first : port + 1;
    return port;
  }
}
