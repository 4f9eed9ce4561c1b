/** Which connections a show command was asked for: the filters that `show crypto ipsec sa` and `session` share. */

import type { ConnectionId } from "../../../engine/forwarding.ts";
import type { IkeSaView } from "../../../engine/ike/events.ts";
import type { Flow } from "../../../engine/kernel/address.ts";
import type { ConnectionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";

/** What is `undefined` does not filter. */
export interface ConnectionFilter {
  readonly peer?: string | undefined;
  readonly port?: number | undefined;
  readonly local?: string | undefined;
  readonly interfaceName?: string | undefined;
  readonly map?: string | undefined;
  readonly vrf?: string | undefined;
  /** Whose PPP session it carries. */
  readonly user?: string | undefined;
  /** SAs that stand by for another box: there are none. */
  readonly standby?: boolean | undefined;
}

function isBetween({ local, remote }: Flow, filter: ConnectionFilter): boolean {
  return (
    filter.standby !== true &&
    (filter.peer ?? remote.address) === remote.address &&
    (filter.port ?? remote.port) === remote.port &&
    (filter.local ?? local.address) === local.address
  );
}

export function connectionsOf(snapshot: Snapshot, filter: ConnectionFilter): ConnectionSnapshot[] {
  const users = filter.user === undefined ? undefined : carriersOf(snapshot, filter.user);
  return snapshot.connections.filter(
    ({ connection, flow, gateway, virtualRouter }) =>
      isBetween(flow, filter) &&
      (users === undefined || users.has(connection)) &&
      (filter.interfaceName === undefined || gateway?.interfaceName === filter.interfaceName) &&
      (filter.map === undefined || gateway?.label.map === filter.map) &&
      (filter.vrf ?? virtualRouter) === virtualRouter,
  );
}

function carriersOf({ sessions }: Snapshot, user: string): Set<ConnectionId | undefined> {
  return new Set(sessions.filter(({ ppp }) => ppp.peerName === user).map(({ connection }) => connection));
}

/** Phase 1 SAs whose peers have no connection yet. */
export function lonelyIkeSas(snapshot: Snapshot, filter: ConnectionFilter): IkeSaView[] {
  if (filter.user !== undefined) return [];
  const known = new Set(snapshot.connections.map(({ connection }) => connection));
  return snapshot.ikeSas.filter(
    (sa) =>
      sa.state !== "deleted" &&
      (sa.connection === undefined || !known.has(sa.connection)) &&
      isBetween(sa.flow, filter) &&
      (filter.interfaceName ?? interfaceOf(snapshot, sa)) === interfaceOf(snapshot, sa) &&
      (filter.vrf ?? sa.virtualRouter) === sa.virtualRouter,
  );
}

/** The interface that a phase 1 SA came in by. */
export function interfaceOf(snapshot: Snapshot, sa: IkeSaView): string {
  const gateway = snapshot.spec.ipsecGateways.find(
    ({ localAddress, virtualRouter }) => localAddress === sa.flow.local.address && virtualRouter === sa.virtualRouter,
  );
  return gateway?.interfaceName ?? "";
}

/** In which the L2TP of a peer arrives, as his profile says today. */
export function insideRouterOf({ spec }: Snapshot, { virtualRouter, peerProfile }: IkeSaView): string {
  return spec.peerProfiles?.find(({ name }) => name === peerProfile)?.virtualRouter ?? virtualRouter;
}

/** The name of a VRF, or what stands for the global table. */
export function vrfText(virtualRouter: string): string {
  return virtualRouter === DEFAULT_ROUTER ? "(none)" : virtualRouter;
}
