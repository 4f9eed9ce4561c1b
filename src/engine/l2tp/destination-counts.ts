/**
 * How many destinations there have been: a peer at one of our addresses, over one IPsec connection where there is one, for as long
 * as a tunnel of it is known. The L2TP MIB of JunosE counts them so; one that never had an established tunnel has failed.
 */

import type { L2tpPath } from "../forwarding.ts";

export class DestinationCounts {
  total = 0;
  failed = 0;
  readonly #known = new Map<string, { tunnels: number; stood: boolean }>();

  /** Counts a tunnel of the destination in; what `leave` wants. */
  enter(path: L2tpPath): string {
    const key = destinationKey(path);
    const known = this.#known.get(key);
    if (known === undefined) {
      this.#known.set(key, { tunnels: 1, stood: false });
      this.total += 1;
    } else {
      known.tunnels += 1;
    }
    return key;
  }

  /** `stood`: the tunnel has been established. */
  leave(key: string, stood: boolean): void {
    const known = this.#known.get(key);
    if (known === undefined) return;
    known.tunnels -= 1;
    known.stood ||= stood;
    if (known.tunnels > 0) return;
    this.#known.delete(key);
    if (!known.stood) this.failed += 1;
  }
}

/** Clients behind one NAT are told apart by their connections; those in the clear are one destination. */
function destinationKey({ virtualRouter, local, remote, connection }: L2tpPath): string {
  return `${local.address} ${remote.address} ${connection ?? "-"} ${virtualRouter}`;
}
