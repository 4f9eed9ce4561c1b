/** `show crypto isakmp …`. */

import type { IkeSaView, Phase1State } from "../../../engine/ike/events.ts";
import { ipv4FromNumber, isIpv6, maskOf } from "../../../engine/kernel/address.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER, type DhGroup, type IkePolicySpec, type PreSharedKeySpec } from "../../../engine/spec.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { DEFAULT_SUITE } from "../compile/ike.ts";
import { insideRouterOf } from "./connection-filter.ts";
import { clockTime } from "./words.ts";

const STATES: Readonly<Record<Phase1State, string>> = {
  initial: "MM_NO_STATE",
  sentSa: "MM_SA_SETUP",
  sentKe: "MM_KEY_EXCH",
  sentId: "MM_KEY_AUTH",
  established: "QM_IDLE",
  deleted: "MM_NO_STATE",
};

const AGGRESSIVE_STATES: Readonly<Record<Phase1State, string>> = {
  initial: "AG_NO_STATE",
  sentSa: "AG_NO_STATE",
  sentKe: "AG_INIT_EXCH",
  sentId: "AG_AUTH",
  established: "QM_IDLE",
  deleted: "AG_NO_STATE",
};

function stateOf({ aggressive, state }: IkeSaView): string {
  return (aggressive === true ? AGGRESSIVE_STATES : STATES)[state];
}

function status(sa: IkeSaView): string {
  return sa.state === "deleted" ? "ACTIVE (deleted)" : "ACTIVE";
}

/** An SA that has not got anywhere has no number yet. */
function connId(sa: IkeSaView): number {
  return stateOf(sa).endsWith("_NO_STATE") && sa.state !== "deleted" ? 0 : sa.id;
}

/** Responder and initiator. */
function endsOf({ initiator, flow }: IkeSaView): readonly [string, string] {
  const [local, remote] = [inCapitals(flow.local.address), inCapitals(flow.remote.address)];
  return initiator ? [remote, local] : [local, remote];
}

function isOfIpv6({ flow }: IkeSaView): boolean {
  return isIpv6(flow.remote.address);
}

export function showIsakmpSa(snapshot: Snapshot): string[] {
  const rows = snapshot.ikeSas
    .filter((sa) => !isOfIpv6(sa))
    .map((sa) => {
      const [responder, initiator] = endsOf(sa);
      const ends = `${responder.padEnd(15)} ${initiator.padEnd(15)}`;
      return `${ends} ${stateOf(sa).padEnd(14)} ${String(connId(sa)).padStart(7)} ${status(sa)}`;
    });
  const blocks = snapshot.ikeSas
    .filter(isOfIpv6)
    .flatMap((sa) => [
      ...endLines(sa),
      ` state: ${stateOf(sa).padEnd(14)} conn-id: ${String(connId(sa)).padStart(6)} status: ${status(sa)}`,
      "",
    ]);
  return [
    "IPv4 Crypto ISAKMP SA",
    "dst             src             state          conn-id status",
    ...rows,
    "",
    "IPv6 Crypto ISAKMP SA",
    "",
    ...blocks,
  ];
}

/** Addresses of IPv6 stand below each other. */
function endLines(sa: IkeSaView): string[] {
  const [responder, initiator] = endsOf(sa);
  return [` dst: ${responder}`, ` src: ${initiator}`];
}

const CODES = [
  "Codes: C - IKE configuration mode, D - Dead Peer Detection",
  "       K - Keepalives, N - NAT-traversal",
  "       T - cTCP encapsulation, X - IKE Extended Authentication",
  "       psk - Preshared key, rsig - RSA signature",
  "       renc - RSA encryption",
];

const HASHES: Readonly<Record<IkePolicySpec["hash"], string>> = {
  md5: "md5",
  sha1: "sha",
  sha256: "sha256",
  sha384: "sha384",
  sha512: "sha512",
};

const METHODS: Readonly<Record<IkePolicySpec["authentication"], string>> = { preShared: "psk", rsaSignature: "rsig" };

export function showIsakmpSaDetail(snapshot: Snapshot): string[] {
  const blocks = snapshot.ikeSas.filter(isOfIpv6).flatMap((sa) => {
    const { encryption, hash, method, group, left, capabilities, standing } = detailOf(snapshot, sa);
    const inside = insideText(snapshot, sa);
    return [
      ...endLines(sa),
      ` conn-id: ${String(connId(sa)).padEnd(6)} I-VRF: ${inside.padEnd(6)} Status: ${standing.padEnd(6)} Encr: ${encryption.padEnd(4)} Hash: ${hash.padEnd(6)} Auth: ${method}`,
      ` DH: ${group.padEnd(2)} Lifetime: ${left} Cap: ${capabilities.padEnd(4)} Engine-id:Conn-id =  SW:${sa.id - 1000}`,
      ...profileText(sa),
      "",
    ];
  });
  const rows = snapshot.ikeSas.flatMap((sa) => {
    if (isOfIpv6(sa)) return [];
    const { encryption, hash, method, group, left, capabilities, standing } = detailOf(snapshot, sa);
    const cells = [
      String(connId(sa)).padEnd(5),
      sa.flow.local.address.padEnd(15),
      sa.flow.remote.address.padEnd(15),
      insideText(snapshot, sa).padEnd(6),
      standing.padEnd(6),
      encryption.padEnd(4),
      hash.padEnd(6),
      method.padEnd(4),
      group.padEnd(2),
      left,
      capabilities.padEnd(4),
    ];
    return [cells.join(" "), `       Engine-id:Conn-id =  SW:${sa.id - 1000}`, ...profileText(sa), ""];
  });
  return [
    ...CODES,
    "IPv4 Crypto ISAKMP SA",
    "",
    "C-id  Local           Remote          I-VRF  Status Encr Hash   Auth DH Lifetime Cap.",
    "",
    ...rows,
    "IPv6 Crypto ISAKMP SA",
    "",
    ...blocks,
  ];
}

function detailOf({ now }: Snapshot, { policy, expiresAt, state, deadPeerDetection, natTraversal }: IkeSaView) {
  return {
    encryption: policy?.encryption ?? "",
    hash: policy === undefined ? "" : HASHES[policy.hash],
    method: policy === undefined ? "" : METHODS[policy.authentication],
    group: String(policy?.group ?? ""),
    left: clockTime(expiresAt === undefined ? 0 : expiresAt - now),
    capabilities: `${deadPeerDetection ? "D" : ""}${natTraversal ? "N" : ""}`,
    standing: state === "deleted" ? "DEL" : "ACTIVE",
  };
}

/** Nothing for the global table. */
function insideText(snapshot: Snapshot, sa: IkeSaView): string {
  const router = insideRouterOf(snapshot, sa);
  return router === DEFAULT_ROUTER ? "" : router;
}

function profileText({ peerProfile }: IkeSaView): string[] {
  return peerProfile === undefined ? [] : [`       ISAKMP profile: ${peerProfile}`];
}

export function showIsakmpSaCount(snapshot: Snapshot): string[] {
  const count = (states: readonly Phase1State[]): number =>
    snapshot.ikeSas.filter((sa) => states.includes(sa.state)).length;
  return [
    `Active ISAKMP SA's: ${count(["established"])}`,
    "",
    "Standby ISAKMP SA's: 0",
    "",
    `Currently being negotiated ISAKMP SA's: ${count(["initial", "sentSa", "sentKe", "sentId"])}`,
    "",
    `Dead ISAKMP SA's: ${count(["deleted"])}`,
  ];
}

const GROUP_WORDS: Readonly<Record<DhGroup, string>> = {
  1: "768 bit",
  2: "1024 bit",
  5: "1536 bit",
  14: "2048 bit",
  15: "3072 bit",
  16: "4096 bit",
  19: "256 bit, ecp",
  20: "384 bit, ecp",
  21: "521 bit, ecp",
};

const HASH_NAMES: Readonly<Record<IkePolicySpec["hash"], string>> = {
  md5: "Message Digest 5",
  sha1: "Secure Hash Standard",
  sha256: "Secure Hash Standard 2 (256 bit)",
  sha384: "Secure Hash Standard 2 (384 bit)",
  sha512: "Secure Hash Standard 2 (512 bit)",
};

function encryptionName(policy: IkePolicySpec): string {
  switch (policy.encryption) {
    case "des":
      return "DES - Data Encryption Standard (56 bit keys).";
    case "3des":
      return "Three key triple DES";
    case "aes":
      return `AES - Advanced Encryption Standard (${policy.keyBits} bit keys).`;
  }
}

function suiteLines(policy: IkePolicySpec): string[] {
  const method = policy.authentication === "preShared" ? "Pre-Shared Key" : "Rivest-Shamir-Adleman Signature";
  return [
    `\tencryption algorithm:\t${encryptionName(policy)}`,
    `\thash algorithm:\t\t${HASH_NAMES[policy.hash]}`,
    `\tauthentication method:\t${method}`,
    `\tDiffie-Hellman group:\t#${policy.group} (${GROUP_WORDS[policy.group]})`,
    `\tlifetime:\t\t${policy.lifetimeSeconds} seconds, no volume limit`,
  ];
}

/** The box ends with its default suite, which it falls back to where nothing is configured. */
export function showIsakmpPolicy(snapshot: Snapshot): string[] {
  const configured = snapshot.spec.ikePolicies.filter((policy) => policy.priority !== DEFAULT_SUITE.priority);
  return [
    "",
    "Global IKE policy",
    ...configured.flatMap((policy) => [`Protection suite of priority ${policy.priority}`, ...suiteLines(policy)]),
    "Default protection suite",
    ...suiteLines(DEFAULT_SUITE),
  ];
}

function keyPeer({ peer }: PreSharedKeySpec): string {
  if ("hostname" in peer) return peer.hostname;
  const { address, length } = peer.prefix;
  if (isIpv6(address)) return `${inCapitals(address)}/${length}`;
  return length === 32 ? address : `${address.padEnd(15)}[${ipv4FromNumber(maskOf(length)).padEnd(15)}]`;
}

/** The box shows its keys to whoever may see the configuration. */
export function showIsakmpKey(snapshot: Snapshot): string[] {
  const rows = snapshot.spec.preSharedKeys.map(
    (key) => `${key.label.padEnd(12)} ${keyPeer(key).padEnd(43)} ${key.key.reveal()}`,
  );
  return ["Keyring      Hostname/Address                            Preshared Key", "", ...rows];
}

/** A peer with two SAs, one of which replaces the other, is one peer. */
export function showIsakmpPeers(snapshot: Snapshot): string[] {
  const established = snapshot.ikeSas.filter((sa) => sa.state === "established");
  const peers = established.map(
    (sa) =>
      [
        `Peer: ${inCapitals(sa.flow.remote.address)} Port: ${sa.flow.remote.port} Local: ${inCapitals(sa.flow.local.address)}`,
        ` Phase1 id: ${phase1Id(sa.peerIdentity)}`,
      ] as const,
  );
  return [...new Map(peers)].flat();
}

/** What a peer calls itself, as it is printed. */
export function phase1Id(identity: IkeSaView["peerIdentity"]): string {
  return identity?.type === "address" ? inCapitals(identity.address) : identityText(identity);
}

export function identityText(identity: IkeSaView["peerIdentity"]): string {
  switch (identity?.type) {
    case "address":
      return identity.address;
    case "fqdn":
    case "userFqdn":
      return identity.name;
    case "distinguishedName":
      return identity.text;
    case "keyId":
      return Buffer.from(identity.bytes).toString("hex");
    case undefined:
      return "(none)";
  }
}
