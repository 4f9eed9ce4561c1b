/** The remote IPsec peers of a line module and their SAs, as the engine programs them. */

import { authenticates, espOpener, espSealer } from "../../engine/crypto/esp-transform.ts";
import type { CryptoSuite } from "../../engine/crypto/suite.ts";
import type {
  ConnectionId,
  InstallInboundSa,
  InstallOutboundSa,
  OpenConnection,
  RemoveSa,
  SaCounters,
} from "../../engine/forwarding.ts";
import type { Random } from "../../engine/kernel/random.ts";
import { Connection } from "./connection.ts";
import type { EspIn } from "./esp-in.ts";
import type { LineModuleOutputs } from "./events.ts";
import type { PathTable } from "./path-table.ts";
import { ReplayWindow } from "./replay.ts";
import { copyOfKeys, wipe } from "./sa.ts";
import type { PacketTap } from "./tap.ts";

export interface ConnectionsContext {
  readonly random: Random;
  readonly suite: CryptoSuite;
  readonly paths: PathTable;
  readonly espIn: EspIn;
  readonly outputs: LineModuleOutputs;
  /** Asked for each SA. */
  readonly newCounters: () => SaCounters;
}

export class Connections {
  /** SAs that come from now on are computed by it. */
  suite: CryptoSuite;
  readonly #random: Random;
  readonly #paths: PathTable;
  readonly #espIn: EspIn;
  readonly #outputs: LineModuleOutputs;
  readonly #connections = new Map<ConnectionId, Connection>();
  readonly #newCounters: () => SaCounters;

  constructor({ random, suite, paths, espIn, outputs, newCounters }: ConnectionsContext) {
    this.#random = random;
    this.suite = suite;
    this.#paths = paths;
    this.#espIn = espIn;
    this.#outputs = outputs;
    this.#newCounters = newCounters;
  }

  get(id: ConnectionId): Connection | undefined {
    return this.#connections.get(id);
  }

  show(tap: PacketTap): void {
    for (const connection of this.#connections.values()) connection.show(tap);
  }

  open(open: OpenConnection): void {
    this.close(open.connection);
    this.#connections.set(open.connection, new Connection(open));
  }

  installInbound(install: InstallInboundSa): void {
    const connection = this.#connections.get(install.connection);
    if (connection === undefined) return;
    const { spi } = install;
    const keys = copyOfKeys(install.keys);
    const sa = {
      connection,
      spi,
      keys,
      opener: espOpener(this.suite, keys, this.#outputs.hostPackets.room),
      // Without authentication anyone could move the window (RFC 4303 §3.4.3).
      window: new ReplayWindow(authenticates(keys) ? install.replayWindow : 0),
      counters: this.#newCounters(),
      pair: undefined,
    };
    connection.inbound.set(spi, sa);
    this.#tell(connection);
    this.#espIn.install(sa);
  }

  installOutbound(install: InstallOutboundSa): void {
    const connection = this.#connections.get(install.connection);
    if (connection === undefined) return;
    const { spi, softOctets } = install;
    const keys = copyOfKeys(install.keys);
    const sa = {
      connection,
      spi,
      keys,
      sealer: espSealer(this.suite, spi, keys, this.#random, this.#outputs.datagrams.room),
      counters: this.#newCounters(),
      softOctets: softOctets ?? Number.POSITIVE_INFINITY,
      reported: false,
    };
    if (connection.truncatesIcv) sa.sealer.truncate(true);
    connection.outbound.push(sa);
    this.#tell(connection);
    // Its other half was installed last: a responder may send only when the initiator can receive.
    const other = [...connection.inbound.values()].at(-1);
    if (other !== undefined) other.pair ??= sa;
    this.#paths.renew(connection);
  }

  #tell(connection: Connection): void {
    if (this.#outputs.tap !== undefined) connection.show(this.#outputs.tap);
  }

  remove(remove: RemoveSa): void {
    const connection = this.#connections.get(remove.connection);
    if (connection === undefined) return;
    if (remove.direction === "inbound") {
      const sa = connection.inbound.get(remove.spi);
      if (sa === undefined) return;
      connection.inbound.delete(remove.spi);
      wipe(sa.keys);
      this.#espIn.remove(sa);
      return;
    }
    const index = connection.outbound.findIndex((sa) => sa.spi === remove.spi);
    if (index >= 0) for (const sa of connection.outbound.splice(index, 1)) wipe(sa.keys);
  }

  close(id: ConnectionId): void {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    this.#connections.delete(id);
    for (const sa of connection.inbound.values()) this.#espIn.remove(sa);
    for (const sa of [...connection.inbound.values(), ...connection.outbound]) wipe(sa.keys);
    connection.inbound.clear();
    connection.outbound.length = 0;
    this.#paths.forget(connection);
  }
}
