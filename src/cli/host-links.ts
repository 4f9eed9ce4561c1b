/**
 * The gateway's TUN devices: made for the interfaces of the configuration that ask for one, known to the host's network as the
 * configuration has them, and gone when it asks no more. Without the right or the device, a line in the log says why and what still works.
 */

import { networkInterfaces } from "node:os";
import type { HostPacket } from "../dataplane/datagram.ts";
import { deviceDrops } from "../dataplane/io/host-drops.ts";
import { changeHostNetwork } from "../dataplane/io/host-network.ts";
import { TunDevice, TunError } from "../dataplane/io/native/tun.ts";
import type { Prefix } from "../engine/kernel/address.ts";
import type { Log } from "../engine/kernel/log.ts";
import type { DescriptorView } from "../engine/snapshot.ts";
import type { RouterSpec } from "../engine/spec.ts";
import { type HostDevicePlan, hostPlan } from "./host-plan.ts";

interface OpenLink {
  readonly tun: TunDevice;
  /** Lines that were applied, and what takes each of them back. */
  applied: ReadonlyMap<string, string>;
}

export class HostLinks {
  readonly #receive: (device: string, packets: readonly Uint8Array[]) => void;
  readonly #log: Log;
  readonly #open = new Map<string, OpenLink>();
  readonly #failures = new Map<string, string>();
  #closedRefusals = 0;
  #active = false;

  constructor(receive: (device: string, packets: readonly Uint8Array[]) => void, log: Log) {
    this.#receive = receive;
    this.#log = log;
  }

  /** From now on devices are made. */
  activate(): void {
    this.#active = true;
  }

  /** Why a device is not there, by its name. */
  get failures(): ReadonlyMap<string, string> {
    return this.#failures;
  }

  /** Devices that are there, a line each. */
  describe(): string[] {
    return [...this.#open].map(([device, { applied }]) => {
      const routes = [...applied.keys()].filter((line) => line.startsWith("route add ")).length;
      return `${device}, a TUN device of the host, which has ${routes} ${routes === 1 ? "route" : "routes"} through it`;
    });
  }

  get descriptors(): DescriptorView[] {
    return [...this.#open].map(([device, { tun }]) => ({ kind: "device", device, runs: tun.offload }));
  }

  /** Packets that devices did not take or gave in pieces that are none, since the gateway began. */
  get refusals(): number {
    return [...this.#open.values()].reduce((sum, { tun }) => sum + refusalsOf(tun), this.#closedRefusals);
  }

  /** Packets of the host that it dropped because nobody read them in time; of the devices that are there. */
  get drops(): number {
    return [...this.#open.keys()].reduce((sum, device) => sum + deviceDrops(device), 0);
  }

  send({ device, bytes }: HostPacket): void {
    this.#open.get(device)?.tun.write(bytes);
  }

  /** Makes, changes and removes devices; gives the configuration with those interfaces plugged in whose device is there, and the others marked. */
  follow(spec: RouterSpec): RouterSpec {
    const plans = this.#active ? hostPlan(spec, this.#hostAddresses()) : [];
    for (const [device, { tun }] of this.#open) {
      if (plans.some((plan) => plan.device === device)) continue;
      this.#closedRefusals += refusalsOf(tun);
      tun.close();
      this.#open.delete(device);
    }
    for (const device of this.#failures.keys()) {
      if (!plans.some((plan) => plan.device === device)) this.#failures.delete(device);
    }
    for (const plan of plans) this.#bring(plan);
    return pluggedIn(
      spec,
      plans.filter(({ device }) => this.#open.has(device)),
      this.#failures,
    );
  }

  close(): void {
    this.#active = false;
    for (const { tun } of this.#open.values()) tun.close();
    this.#open.clear();
  }

  #bring(plan: HostDevicePlan): void {
    const link = this.#open.get(plan.device) ?? this.#make(plan);
    if (link === undefined) return;
    const wanted = linesFor(plan);
    const gone = [...link.applied].filter(([line]) => !wanted.has(line)).map(([, undo]) => undo);
    const added = [...wanted.keys()].filter((line) => !link.applied.has(line));
    for (const reason of changeHostNetwork([...gone.filter((line) => line !== ""), ...added])) {
      this.#log("system", "warning", "the host's network could not be changed", { device: plan.device, reason });
    }
    link.applied = wanted;
  }

  #make({ device, interfaceName }: HostDevicePlan): OpenLink | undefined {
    try {
      const tun = TunDevice.open(device, (packets) => this.#receive(device, packets));
      const link: OpenLink = { tun, applied: new Map() };
      this.#open.set(device, link);
      this.#failures.delete(device);
      this.#log("system", "info", "an interface is plugged into the host", { interface: interfaceName, device });
      return link;
    } catch (error) {
      if (!(error instanceof TunError)) throw error;
      const reason = `${error.message}; sessions still reach each other and the router`;
      if (this.#failures.get(device) !== reason) {
        this.#log("system", "error", "an interface is not plugged into the host", { interface: interfaceName, reason });
      }
      this.#failures.set(device, reason);
      return undefined;
    }
  }

  /** Those on devices of ours are there because of us. */
  #hostAddresses(): string[] {
    return Object.entries(networkInterfaces()).flatMap(([name, entries]) =>
      this.#open.has(name) ? [] : (entries ?? []).map((entry) => entry.address),
    );
  }
}

function refusalsOf({ counters }: TunDevice): number {
  return counters.writeErrors + counters.readErrors;
}

function linesFor({ device, mtu, address, routes }: HostDevicePlan): Map<string, string> {
  const text = (prefix: Prefix) => `${prefix.address}/${prefix.length}`;
  return new Map([
    // Routers are not solicited on a wire that carries IPv4 alone.
    [`link set dev ${device} addrgenmode none`, ""],
    [`link set dev ${device} mtu ${mtu} up`, ""],
    ...(address === undefined
      ? []
      : [[`addr add ${text(address)} dev ${device}`, `addr del ${text(address)} dev ${device}`] as const]),
    ...routes.map(
      (prefix) => [`route add ${text(prefix)} dev ${device}`, `route del ${text(prefix)} dev ${device}`] as const,
    ),
  ]);
}

/** An interface whose device is not there leads nowhere; where none could be made, its wire is down. */
function pluggedIn(
  spec: RouterSpec,
  plans: readonly HostDevicePlan[],
  failures: ReadonlyMap<string, string>,
): RouterSpec {
  return {
    ...spec,
    virtualRouters: spec.virtualRouters.map((router) => ({
      ...router,
      interfaces: router.interfaces.map((port) => {
        const { hostDevice, ...unplugged } = port;
        if (hostDevice === undefined) return port;
        const there = plans.some(
          (plan) =>
            plan.device === hostDevice && plan.virtualRouter === router.name && plan.interfaceName === port.name,
        );
        if (there) return port;
        return failures.has(hostDevice) ? { ...unplugged, unplugged: true } : unplugged;
      }),
    })),
  };
}
