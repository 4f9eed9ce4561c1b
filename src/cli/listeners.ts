/** The gateway's sockets: opened for the addresses of the configuration, and moved when those change. */

import { networkInterfaces } from "node:os";
import type { OuterDatagram } from "../dataplane/datagram.ts";
import { PortError, UdpPorts } from "../dataplane/io/udp.ts";
import type { Address, Endpoint } from "../engine/kernel/address.ts";
import type { Log } from "../engine/kernel/log.ts";
import type { RouterSpec } from "../engine/spec.ts";
import { CannotStart } from "./cannot-start.ts";
import {
  describeAddresses,
  type ListenAddress,
  listenAddresses,
  listenPorts,
  type PortNumbers,
} from "./listen-plan.ts";

export interface ListenOptions {
  readonly address: Address | undefined;
  readonly ports: PortNumbers;
}

export class Listeners {
  readonly #receive: (datagram: OuterDatagram) => void;
  readonly #log: Log;
  readonly #open = new Map<Address, { readonly address: ListenAddress; readonly ports: UdpPorts }>();
  #options: ListenOptions | undefined;
  /** Changes follow one another: a socket must be closed before its port is opened again. */
  #work: Promise<void> = Promise.resolve();

  constructor(receive: (datagram: OuterDatagram) => void, log: Log) {
    this.#receive = receive;
    this.#log = log;
  }

  send(datagram: OuterDatagram): void {
    this.#open.get(datagram.flow.local.address)?.ports.send(datagram);
  }

  /** Opens everything or rejects with `CannotStart`; gives one line for each address that is listened on. */
  async open(spec: RouterSpec, options: ListenOptions): Promise<readonly string[]> {
    const wanted = listenAddresses(spec, options.address, hostAddresses());
    if (wanted.length === 0) {
      throw new CannotStart(
        `no address of the configuration is on this host: ${describeAddresses(spec)}. ` +
          "Give one to an interface, or let a host address stand for it with --listen ADDRESS.",
      );
    }
    for (const address of wanted) await this.#start(address, options.ports);
    this.#options = options;
    return [...this.#open.values()].map(({ address, ports }) => describe(address, ports, options.ports));
  }

  /** The bound IKE and NAT-T ports of a host address. */
  wirePorts(wire: Address): { readonly ike: Endpoint; readonly natt: Endpoint } | undefined {
    const open = [...this.#open.values()].find(({ address }) => address.wire === wire);
    const ike = open?.ports.wireOf({ address: open.address.local, port: 500 });
    const natt = open?.ports.wireOf({ address: open.address.local, port: 4500 });
    return ike === undefined || natt === undefined ? undefined : { ike, natt };
  }

  /** Listens where the new configuration wants it. What cannot be opened is logged. */
  follow(spec: RouterSpec): void {
    const options = this.#options;
    if (options === undefined) return;
    const wanted = listenAddresses(spec, options.address, hostAddresses());
    this.#work = this.#work.then(() => this.#follow(wanted, options));
  }

  async close(): Promise<void> {
    await this.#work;
    this.#options = undefined;
    for (const { ports } of this.#open.values()) await ports.close();
    this.#open.clear();
  }

  async #follow(wanted: readonly ListenAddress[], options: ListenOptions): Promise<void> {
    for (const [local, { ports }] of this.#open) {
      if (wanted.some((address) => address.local === local)) continue;
      this.#open.delete(local);
      await ports.close();
    }
    for (const address of wanted) {
      if (this.#open.has(address.local)) continue;
      try {
        await this.#start(address, options.ports);
      } catch (error) {
        this.#log("system", "error", "cannot listen", { address: address.local, reason: String(error) });
      }
    }
  }

  async #start(address: ListenAddress, numbers: PortNumbers): Promise<void> {
    try {
      const ports = await UdpPorts.open(listenPorts(address, numbers));
      ports.onDatagram(this.#receive);
      this.#open.set(address.local, { address, ports });
    } catch (error) {
      throw error instanceof PortError ? new CannotStart(error.message) : error;
    }
  }
}

function hostAddresses(): Address[] {
  return Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map((entry) => entry.address));
}

function describe(address: ListenAddress, ports: UdpPorts, numbers: PortNumbers): string {
  const bound = listenPorts(address, numbers).map((port) => ports.wireOf(port.local)?.port ?? port.wire.port);
  const standsFor = address.local === address.wire ? "" : ` for ${address.local}`;
  return `${address.wire}${standsFor} (${address.interfaceName}), UDP ${bound.join(", ")}`;
}
