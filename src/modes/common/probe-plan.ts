/** From what an operator asks of `ping` and `traceroute` to the packet that leaves: the same checks for every dialect's words. */

import type { ProbeRequest } from "../../engine/ip/probes.ts";
import type { Snapshot } from "../../engine/snapshot.ts";

/** Where nobody says otherwise, a probe travels as far as it can. */
export const FARTHEST = 255;
/** The first of the ports that traceroute takes for unused. */
export const TRACE_PORT = 33_434;

export interface ProbePlan {
  readonly virtualRouter: string;
  readonly destination: string;
  /** An address of ours or an interface that has one, by its name in the specification; absent = what the way suggests. */
  readonly source: { readonly address: string } | { readonly interfaceName: string } | undefined;
  /** Octets of the whole packet. */
  readonly sizeOctets: number;
  readonly timeoutSeconds: number;
  readonly dontFragment: boolean;
  readonly pattern: number;
}

/** Why there can be no such packet. */
export type ProbeFault = "no such router" | "interface without address" | "foreign source";

/** An echo request; traceroute makes its own of it. */
export function probeRequest({ spec }: Snapshot, plan: ProbePlan): ProbeRequest | ProbeFault {
  const { virtualRouter, destination, source, sizeOctets, timeoutSeconds, dontFragment, pattern } = plan;
  const router = spec.virtualRouters.find(({ name }) => name === virtualRouter);
  if (router === undefined) return "no such router";
  const { interfaces } = router;
  let from: string | undefined;
  if (source !== undefined && "interfaceName" in source) {
    from = interfaces.find(({ name }) => name === source.interfaceName)?.address?.address;
    if (from === undefined) return "interface without address";
  } else if (source !== undefined) {
    from = interfaces.find(({ address }) => address?.address === source.address)?.address?.address;
    if (from === undefined) return "foreign source";
  }
  return {
    kind: "echo",
    virtualRouter,
    destination,
    source: from,
    sizeOctets,
    timeToLive: FARTHEST,
    dontFragment,
    timeoutMillis: timeoutSeconds * 1000,
    pattern,
    port: TRACE_PORT,
  };
}
