/** The gateway's sockets: opened for the addresses of the configuration, and moved when those change. */

import { networkInterfaces } from "node:os";
import type { OuterDatagram } from "../dataplane/datagram.ts";
import { socketDrops } from "../dataplane/io/host-drops.ts";
import { RawEsp } from "../dataplane/io/native/raw-esp.ts";
import { PortError, UdpPorts } from "../dataplane/io/udp.ts";
import type { ModuleThreads } from "../dataplane/io/workers/module-threads.ts";
import { type Address, canonicalAddress, type Endpoint, isIpv6 } from "../engine/kernel/address.ts";
import type { Log } from "../engine/kernel/log.ts";
import type { DescriptorView } from "../engine/snapshot.ts";
import type { RouterSpec } from "../engine/spec.ts";
import { ipProtocol } from "../engine/wire/ipv4.ts";
import type { HostRefusals } from "../modes/common/host-refusals.ts";
import { CannotStart } from "./cannot-start.ts";
import {
  configuredAddresses,
  describeAddresses,
  type ListenAddress,
  listenAddresses,
  listenPorts,
  type PortNumbers,
  STANDARD_PORTS,
} from "./listen-plan.ts";

export interface ListenOptions {
  readonly address: Address | undefined;
  readonly ports: PortNumbers;
}

type Refusals = Omit<HostRefusals["refused"], "devicePackets">;

interface OpenAddress {
  readonly address: ListenAddress;
  readonly ports: UdpPorts;
  /** ESP without UDP, or why it is not carried there. */
  readonly esp: RawEsp | string;
  /** The kernel gives other line modules what is theirs; absent = there are none. */
  readonly sharedBySpi: boolean | undefined;
}

export class Listeners {
  readonly #receive: (datagrams: readonly OuterDatagram[]) => void;
  readonly #log: Log;
  /** Who else reads the NAT-T ports; absent = nobody. */
  modules: Pick<ModuleThreads, "listen" | "leave"> | undefined;
  /** By the address of the host. */
  readonly #open = new Map<Address, OpenAddress>();
  /** As it was found for the address that was opened last: the right is the process's. */
  #carriesEsp = false;
  /** Of addresses that are no longer listened on. */
  #closedRefusals: Refusals = { datagrams: 0, espPackets: 0 };
  #options: ListenOptions | undefined;
  /** Changes follow one another: a socket must be closed before its port is opened again. */
  #work: Promise<void> = Promise.resolve();

  constructor(receive: (datagrams: readonly OuterDatagram[]) => void, log: Log) {
    this.#receive = receive;
    this.#log = log;
  }

  send(datagram: OuterDatagram): void {
    const { wire, local } = datagram.flow;
    const open =
      this.#open.get(wire.address) ?? [...this.#open.values()].find(({ address }) => address.local === local.address);
    if (open === undefined) return;
    const { ports, esp } = open;
    if (datagram.role === "esp" && typeof esp !== "string") esp.send(datagram.flow.remote.address, datagram.bytes);
    else ports.send(datagram);
  }

  /** What the host refused to send since the gateway began. */
  get refusals(): Refusals {
    const counted = [this.#closedRefusals, ...Array.from(this.#open.values(), refusalsOf)];
    return {
      datagrams: counted.reduce((sum, { datagrams }) => sum + datagrams, 0),
      espPackets: counted.reduce((sum, { espPackets }) => sum + espPackets, 0),
    };
  }

  /** What came and was dropped by the host because nobody read it in time; of the addresses that are listened on. */
  get drops(): number {
    const open = [...this.#open.values()];
    const raw = open.flatMap(({ address, esp }) =>
      typeof esp === "string" ? [] : [{ address: address.wire, port: ipProtocol.esp }],
    );
    return (
      socketDrops(
        "udp",
        open.flatMap(({ ports }) => ports.wires),
      ) + socketDrops("raw", raw)
    );
  }

  /** This host carries ESP without UDP. */
  get carriesEsp(): boolean {
    return this.#carriesEsp;
  }

  /**
   * Opens everything or rejects with `CannotStart`; gives one line for each address that is listened on. Without an address in the
   * configuration, as on a blank router, there is none: they come when it is configured.
   */
  async open(spec: RouterSpec, options: ListenOptions): Promise<readonly string[]> {
    const wanted = listenAddresses(spec, options.address, hostAddresses());
    if (wanted.length === 0 && configuredAddresses(spec).length > 0) {
      throw new CannotStart(
        `no address of the configuration is on this host: ${describeAddresses(spec)}. ` +
          "Give one to an interface, or let a host address stand for it with --listen ADDRESS.",
      );
    }
    for (const address of wanted) await this.#start(address, options.ports);
    this.#options = options;
    return [...this.#open.values()].map((open) => describe(open, options.ports));
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

  /** How packets come and leave, address by address. */
  get descriptors(): DescriptorView[] {
    return [...this.#open.values()].map(({ address: { local: address }, ports, esp, sharedBySpi }) => ({
      kind: "sockets",
      address,
      ...ports.manner,
      esp: typeof esp === "string" ? esp : true,
      ...(sharedBySpi === undefined ? {} : { sharedBySpi }),
    }));
  }

  /** Nothing is listened on. */
  get isIdle(): boolean {
    return this.#open.size === 0;
  }

  async close(): Promise<void> {
    await this.#work;
    this.#options = undefined;
    for (const open of this.#open.values()) await closed(open);
    this.#open.clear();
  }

  async #follow(wanted: readonly ListenAddress[], options: ListenOptions): Promise<void> {
    for (const [wire, open] of this.#open) {
      const { local } = open.address;
      if (wanted.some((address) => address.wire === wire && address.local === local)) continue;
      const { datagrams, espPackets } = refusalsOf(open);
      this.#closedRefusals = {
        datagrams: this.#closedRefusals.datagrams + datagrams,
        espPackets: this.#closedRefusals.espPackets + espPackets,
      };
      this.#open.delete(wire);
      if (!isIpv6(wire)) this.modules?.leave(local);
      await closed(open);
    }
    for (const address of wanted) {
      if (this.#open.has(address.wire)) continue;
      try {
        await this.#start(address, options.ports);
      } catch (error) {
        this.#log("system", "error", "cannot listen", { address: address.local, reason: String(error) });
      }
    }
  }

  #openEsp({ local, wire }: ListenAddress, numbers: PortNumbers): RawEsp | string {
    // What comes to other ports came by way of something that hands on UDP and nothing else.
    if (numbers.ike !== STANDARD_PORTS.ike) return `IKE is not at port ${STANDARD_PORTS.ike}`;
    const own = { local: { address: local, port: 0 }, wire: { address: wire, port: 0 } };
    return RawEsp.open(wire, (address, bytes) => {
      this.#receive([{ role: "esp", flow: { ...own, remote: { address, port: 0 } }, bytes }]);
    });
  }

  #shareOut({ local }: ListenAddress, ports: UdpPorts, esp: RawEsp | string): boolean | undefined {
    const natt = { address: local, port: STANDARD_PORTS.natt };
    const wire = ports.wireOf(natt);
    // What comes over IPv6 is read here and handed on to the module that has its SA.
    if (this.modules === undefined || wire === undefined || isIpv6(wire.address)) return undefined;
    const others = typeof esp !== "string" && esp.leaveToOthers();
    if (this.modules.listen(natt, wire, others)) return true;
    const reason = "the kernel does not take our filter: packets make a detour";
    this.#log("system", "warning", "line modules are not shared out by SPI", { address: local, reason });
    return false;
  }

  async #start(address: ListenAddress, numbers: PortNumbers): Promise<void> {
    try {
      const sharesNatt = this.modules !== undefined && !isIpv6(address.wire);
      const ports = await UdpPorts.open(listenPorts(address, numbers), undefined, sharesNatt);
      ports.onDatagrams(this.#receive);
      const esp = this.#openEsp(address, numbers);
      if (typeof esp === "string") {
        this.#log("system", "info", "clients without a NAT use UDP too", { address: address.local, reason: esp });
      }
      this.#carriesEsp = typeof esp !== "string";
      this.#open.set(address.wire, { address, ports, esp, sharedBySpi: this.#shareOut(address, ports, esp) });
    } catch (error) {
      throw error instanceof PortError ? new CannotStart(error.message) : error;
    }
  }
}

function refusalsOf({ ports, esp }: OpenAddress): Refusals {
  const { sendErrors, noSocket } = ports.counters;
  return { datagrams: sendErrors + noSocket, espPackets: typeof esp === "string" ? 0 : esp.sendErrors };
}

async function closed({ ports, esp }: OpenAddress): Promise<void> {
  if (typeof esp !== "string") esp.close();
  await ports.close();
}

function hostAddresses(): Address[] {
  const found = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map((entry) => entry.address));
  return found.flatMap((address) => canonicalAddress(address) ?? []);
}

function describe({ address, ports, esp }: OpenAddress, numbers: PortNumbers): string {
  const bound = listenPorts(address, numbers).map((port) => ports.wireOf(port.local)?.port ?? port.wire.port);
  const standsFor = address.local === address.wire ? "" : ` for ${address.local}`;
  const raw = typeof esp === "string" ? "" : " and ESP";
  return `${address.wire}${standsFor} (${address.interfaceName}), UDP ${bound.join(", ")}${raw}`;
}
