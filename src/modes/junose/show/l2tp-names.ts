/**
 * L2TP by the names that the box shows: destinations `1`, tunnels `1/1`, sessions `1/1/1`. A destination is
 * one peer over one IPsec connection. Names come from identifiers that are never reused, so they hold while the thing does.
 */

import type { L2tpPath, SessionId } from "../../../engine/forwarding.ts";
import type { Address } from "../../../engine/kernel/address.ts";
import type { CallState, CallView, TunnelState, TunnelView } from "../../../engine/l2tp/events.ts";
import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import type { Standing } from "./text.ts";

export interface NamedSession {
  readonly name: string;
  readonly call: CallView;
  /** Absent while the call is not established, or no more. */
  readonly ppp: SessionSnapshot | undefined;
}

export interface NamedTunnel {
  readonly name: string;
  readonly view: TunnelView;
  readonly sessions: readonly NamedSession[];
}

export interface Destination {
  readonly name: string;
  readonly virtualRouter: string;
  readonly localAddress: Address;
  readonly peerAddress: Address;
  readonly tunnels: readonly NamedTunnel[];
}

export function destinations(snapshot: Snapshot): Destination[] {
  const inOrder = snapshot.l2tp.tunnels.toSorted((a, b) => a.tunnel - b.tunnel);
  const groups = Map.groupBy(inOrder, ({ path: { virtualRouter, local, remote, connection } }) =>
    [virtualRouter, local.address, remote.address, connection ?? ""].join(" "),
  );
  const ppp = new Map(snapshot.sessions.map((session) => [session.session, session]));
  return [...groups.values()].flatMap((tunnels) => {
    const [first] = tunnels;
    return first === undefined ? [] : [destinationOf(first, tunnels, ppp)];
  });
}

export function tunnels(snapshot: Snapshot): NamedTunnel[] {
  return destinations(snapshot).flatMap((destination) => destination.tunnels);
}

export function sessions(snapshot: Snapshot): NamedSession[] {
  return tunnels(snapshot).flatMap((tunnel) => tunnel.sessions);
}

/** Names of sessions by their identifiers. */
export function sessionNames(snapshot: Snapshot): ReadonlyMap<SessionId, string> {
  return new Map(sessions(snapshot).map(({ name, call }) => [call.session, name]));
}

export type ShownState = "idle" | "connecting" | "established" | "disconnecting";

/** What is over and kept for the destruct timeout is idle. */
export function shownState(state: TunnelState | CallState): ShownState {
  switch (state) {
    case "established":
    case "disconnecting":
      return state;
    case "idle":
    case "down":
      return "idle";
    default:
      return "connecting";
  }
}

export function isUp(state: TunnelState | CallState): boolean {
  return state === "established";
}

type Administrative = Standing["administrative"];

const STRICTNESS: readonly Administrative[] = ["enabled", "drain", "disabled"];

/** Of the chassis. */
export function administrativeState({ spec }: Snapshot): Administrative {
  if (!spec.l2tp.enabled) return "disabled";
  return spec.l2tp.draining === true ? "drain" : "enabled";
}

/** Of a tunnel by itself. */
export function tunnelState({ draining }: TunnelView): Administrative {
  return draining === true ? "drain" : "enabled";
}

/** What is configured for one peer. */
export function destinationState({ spec }: Snapshot, path: L2tpPath): Administrative {
  const own = spec.l2tp.destinations?.find(
    ({ address, virtualRouter }) =>
      address === path.remote.address && (virtualRouter ?? path.virtualRouter) === path.virtualRouter,
  );
  if (own === undefined) return "enabled";
  return own.state === "draining" ? "drain" : "disabled";
}

/** The strictest of the chassis, the peer and, where one is meant, the tunnel. */
export function effectiveState(snapshot: Snapshot, path: L2tpPath, tunnel?: TunnelView): Administrative {
  const states = [
    administrativeState(snapshot),
    destinationState(snapshot, path),
    ...(tunnel === undefined ? [] : [tunnelState(tunnel)]),
  ];
  return STRICTNESS.findLast((state) => states.includes(state)) ?? "enabled";
}

function destinationOf(
  first: TunnelView,
  views: readonly TunnelView[],
  ppp: ReadonlyMap<number, SessionSnapshot>,
): Destination {
  const name = String(first.tunnel);
  return {
    name,
    virtualRouter: first.path.virtualRouter,
    localAddress: first.path.local.address,
    peerAddress: first.path.remote.address,
    tunnels: views.map((view): NamedTunnel => {
      const tunnel = `${name}/${view.tunnel - first.tunnel + 1}`;
      const calls = view.sessions.map((call) => ({
        name: `${tunnel}/${call.session}`,
        call,
        ppp: ppp.get(call.session),
      }));
      return { name: tunnel, view, sessions: calls };
    }),
  };
}
