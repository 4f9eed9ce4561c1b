/**
 * The identities of quick mode, which say what the SA is for (RFC 2409 §5.5). Our end must be L2TP: UDP port 1701 at our
 * address. The peer's end may be anything a client behind a NAT calls itself - its private address, a host name, port
 * 0, 1701 or any other - and is never used to route. Under a group key nothing but L2TP is accepted at our end.
 */

import { equalBytes } from "../crypto/constant-time.ts";
import type { SeenAs } from "../forwarding.ts";
import { type Flow, isIpv6 } from "../kernel/address.ts";
import { type Decoded, tryDecode } from "../kernel/errors.ts";
import { type Identification, identificationType, readIdentification } from "../wire/isakmp-body.ts";
import { addressOf } from "./identities.ts";

const ANY = 0;
const UDP = 17;
const L2TP_PORT = 1701;
const NONE = new Uint8Array(0);

/** What is known about the negotiation the identities come from. */
export interface SelectorContext {
  readonly flow: Flow;
  readonly natFound: boolean;
  readonly groupKey: boolean;
  /** The port of L2TP at our end; 1701 on a gateway. */
  readonly localPort: number;
  /** Our end as the connection knows it already: a client may have called itself by a name. */
  readonly agreedLocal?: Uint8Array | undefined;
}

export type SelectorVerdict =
  | { readonly ok: true; readonly peerPort: number; readonly note: string | undefined }
  | { readonly ok: false; readonly reason: string };

/** `local` and `remote` are the bodies of the ID payloads of our end and of the peer's; empty where there are none. */
export function checkSelectors(local: Uint8Array, remote: Uint8Array, context: SelectorContext): SelectorVerdict {
  if (local.length === 0 && remote.length === 0) {
    // The SA would then be for everything between the two hosts (RFC 2409 §5.5).
    if (context.groupKey) return refused("a group key serves L2TP only, and no selectors were sent");
    return { ok: true, peerPort: ANY, note: "no selectors were sent" };
  }
  const ours = decode(local);
  const theirs = decode(remote);
  if (!ours.ok) return refused(ours.error.message);
  if (!theirs.ok) return refused(theirs.error.message);
  const isAgreed = context.agreedLocal !== undefined && equalBytes(local, context.agreedLocal);
  const reason = (isAgreed ? undefined : localFault(ours.value, context)) ?? remoteFault(theirs.value);
  if (reason !== undefined) return refused(reason);
  const address = hostAddress(ours.value);
  const note = address === context.flow.wire.address ? undefined : `the peer calls us ${address ?? "by no address"}`;
  return { ok: true, peerPort: theirs.value.port, note };
}

/** The ends as the selectors name them, where those are of IPv6 and we see IPv4. */
export function endsAsNamed({ wire }: Flow, ours: Uint8Array = NONE, theirs: Uint8Array = NONE): SeenAs | undefined {
  const [local, remote] = [ours, theirs].map((body) => {
    const id = decode(body);
    return id.ok ? hostAddress(id.value) : undefined;
  });
  const isOfIpv6 = local !== undefined && remote !== undefined && isIpv6(local) && isIpv6(remote);
  return isOfIpv6 && !isIpv6(wire.address) ? { local, remote } : undefined;
}

function decode(body: Uint8Array): Decoded<Identification> {
  return tryDecode(() => readIdentification(body));
}

function refused(reason: string): SelectorVerdict {
  return { ok: false, reason };
}

function localFault(id: Identification, context: SelectorContext): string | undefined {
  const { groupKey, localPort, natFound, flow } = context;
  const isL2tp = id.protocol === UDP && (id.port === localPort || id.port === L2TP_PORT);
  if (groupKey && !isL2tp) {
    return `a group key serves L2TP only, and our end is protocol ${id.protocol} port ${id.port}`;
  }
  const isAny = (id.protocol === UDP || id.protocol === ANY) && id.port === ANY;
  if (!isL2tp && !isAny) return `our end is protocol ${id.protocol} port ${id.port}, not UDP port ${localPort}`;
  const address = hostAddress(id);
  if (address === flow.wire.address || address === flow.local.address) return undefined;
  if (address === undefined) return `our end is of identity type ${id.type}, which names no single address`;
  return natFound ? undefined : `our end is ${address}, which is not our address`;
}

function remoteFault(id: Identification): string | undefined {
  if (id.protocol !== UDP && id.protocol !== ANY) return `the peer's end is protocol ${id.protocol}, not UDP`;
  if (id.data.length === 0) return "the peer's end is empty";
  const isAddress = id.type === identificationType.ipv4Address || id.type === identificationType.ipv6Address;
  return isAddress && addressOf(id) === undefined ? "the peer's end is a malformed address" : undefined;
}

/** The address of a host, also where it is written as a subnet of one. */
function hostAddress(id: Identification): string | undefined {
  const type = addressTypeOfSubnet.get(id.type);
  if (type === undefined) return addressOf(id);
  const half = id.data.length / 2;
  const isHost = id.data.subarray(half).every((octet) => octet === 255);
  return isHost ? addressOf({ ...id, type, data: id.data.subarray(0, half) }) : undefined;
}

const addressTypeOfSubnet: ReadonlyMap<number, number> = new Map([
  [identificationType.ipv4Subnet, identificationType.ipv4Address],
  [identificationType.ipv6Subnet, identificationType.ipv6Address],
]);
