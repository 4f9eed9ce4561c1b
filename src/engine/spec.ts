/**
 * What a chassis shall be: the vendor-neutral intent that both dialects compile to and that the engine reconciles
 * itself with. Every value is plain data; a new specification is compared with the old one, and what did not change
 * keeps running. Names in `label` fields exist for `show` only: nothing below `modes` acts on them.
 */

import type { AccessGroups, AccessListSpec } from "./access-list-spec.ts";
import type { Address, Prefix } from "./kernel/address.ts";
import type { Secret } from "./kernel/secret.ts";
import type { L2tpSystemSpec, LnsProfileSpec } from "./l2tp-spec.ts";
import type { DomainMapSpec, PppProfileSpec, SessionTimeoutsSpec } from "./ppp-spec.ts";

/** The name of the virtual router that every chassis has (IOS: the global table). */
export const DEFAULT_ROUTER = "default";

export interface RouterSpec {
  readonly hostname: string;
  readonly virtualRouters: readonly VirtualRouterSpec[];
  /** Phase 1 policies, best first. */
  readonly ikePolicies: readonly IkePolicySpec[];
  readonly preSharedKeys: readonly PreSharedKeySpec[];
  /** For peers that prove themselves by certificates; absent = there are none. */
  readonly trustpoints?: readonly TrustpointSpec[];
  /** IKE messages in pieces are announced and taken; absent = not. */
  readonly ikeFragmentation?: boolean;
  /** What we call ourselves where we sign; absent = our address. */
  readonly signatureIdentity?: "address" | "distinguishedName" | "fqdn";
  /** What we call ourselves where a pre-shared key proves it; absent = our address. */
  readonly keyIdentity?: OwnIdentitySpec;
  /** Peers who have terms of their own, first match first; absent = none. */
  readonly peerProfiles?: readonly PeerProfileSpec[];
  /** Dead peer detection; absent = off. */
  readonly deadPeerDetection: DeadPeerDetectionSpec | undefined;
  /** Where IPsec is terminated: a crypto map on an interface, an IPsec transport profile. */
  readonly ipsecGateways: readonly IpsecGatewaySpec[];
  readonly l2tp: L2tpSystemSpec;
  /** Who may open tunnels to us, most specific first. */
  readonly lnsProfiles: readonly LnsProfileSpec[];
  readonly pppProfiles: readonly PppProfileSpec[];
  /** What the domain in a PPP user's name decides; absent = nothing. */
  readonly domainMaps?: readonly DomainMapSpec[];
  /** By name; what names a list that is not here filters nothing, as on the boxes. */
  readonly accessLists?: readonly AccessListSpec[];
}

export interface VirtualRouterSpec {
  readonly name: string;
  readonly interfaces: readonly InterfaceSpec[];
  readonly routes: readonly RouteSpec[];
  readonly pools: readonly PoolSpec[];
  readonly users: readonly UserSpec[];
  /** Methods for PPP authentication, tried in order. */
  readonly pppAuthenticationMethods: readonly ("local" | "none")[];
  /** Whether IKE offers and accepts NAT traversal on this router's addresses. */
  readonly natTraversal: boolean;
  /** Characters that divide user and domain; absent = `@`. */
  readonly domainDelimiters?: string;
  /** Servers of PPP users who stand here though their profile stands elsewhere; absent = none. */
  readonly dns?: readonly Address[];
  readonly nbns?: readonly Address[];
  /** Of PPP users who stand here, where their profile says nothing. */
  readonly sessionTimeouts?: SessionTimeoutsSpec;
  /** PPP users who may stand here at once; absent = any number. */
  readonly maxSubscribers?: number;
}

export interface InterfaceSpec {
  /** The name as `show` prints it: `FastEthernet0/0`, `loopback 0`. */
  readonly name: string;
  readonly address: Prefix | undefined;
  /** Addresses of IPv6, at which peers reach us as well; nothing is forwarded by them. */
  readonly ipv6?: readonly Prefix[];
  readonly enabled: boolean;
  /** True where L2TP in the clear must not enter (a crypto map stands there). */
  readonly ipsecOnly: boolean;
  /** A loopback has no wire: nothing can be plugged into it, but its address is ours. */
  readonly loopback: boolean;
  /** What reaches this address from outside (IKE, ESP, L2TP in the clear) must pass `in`; with `hostDevice`, packets in and out. */
  readonly accessGroups?: AccessGroups;
  /** The TUN device of the host that this interface is plugged into; absent = it leads to no network. */
  readonly hostDevice?: string;
  /** True where the device it is to be plugged into is not there: its address is ours, but its wire leads nowhere. */
  readonly unplugged?: true;
  /** The largest IP packet that leaves by it, in octets; absent = 1500. */
  readonly mtu?: number;
}

export interface RouteSpec {
  readonly prefix: Prefix;
  readonly via: Address | { readonly interface: string };
}

export interface PoolSpec {
  readonly name: string;
  /** Both ends included; several ranges are used in order. */
  readonly ranges: readonly { readonly first: Address; readonly last: Address }[];
  /** Pools of different groups may hold the same addresses. */
  readonly group?: string;
  /** False = a user's last address is not kept for him. */
  readonly remembersUsers?: boolean;
  /** An address that came back is not given again before; absent = at once. */
  readonly recycleSeconds?: number;
  /** Shares in use, in percent: a log line at the high one, another when it has sunk to the abated one. Absent = none. */
  readonly warning?: { readonly high: number; readonly abated: number };
}

export interface UserSpec {
  readonly name: string;
  /** Absent where only a one-way form is configured: such a user cannot use CHAP. */
  readonly password: Secret | undefined;
  /** The one-way form, where there is no password: PAP is checked against it. */
  readonly passwordHash?: PasswordHash;
  readonly address: Address | undefined;
  readonly pool: string | undefined;
  /** Sessions that may stand under the name at once; absent = any number. */
  readonly maxSessions?: number;
  /** Where the user's session stands; absent = where the domain or the PPP profile says. */
  readonly virtualRouter?: string;
}

/** How a one-way form of a password was made; crypto/password-hash.ts says how each is written. */
export type PasswordHashScheme = "md5Crypt" | "pbkdf2" | "scrypt" | "sha256" | "sha256Base64";

export interface PasswordHash {
  readonly scheme: PasswordHashScheme;
  readonly text: Secret;
}

export type IkeEncryption = "des" | "3des" | "aes";
export type HashName = "md5" | "sha1" | "sha256" | "sha384" | "sha512";
export type ModpGroup = 1 | 2 | 5 | 14 | 15 | 16;
/** The curves P-256, P-384 and P-521. */
export type EcpGroup = 19 | 20 | 21;
export type DhGroup = ModpGroup | EcpGroup;

export interface IkePolicySpec {
  readonly priority: number;
  readonly encryption: IkeEncryption;
  /** 128, 192 or 256 with AES; 0 otherwise. */
  readonly keyBits: 0 | 128 | 192 | 256;
  readonly hash: HashName;
  readonly group: DhGroup;
  readonly authentication: "preShared" | "rsaSignature";
  readonly lifetimeSeconds: number;
  /**
   * Whether phase 1 may be made in aggressive mode, with pre-shared keys; absent = not. `named`: only with keys for the
   * name that a peer gives itself; `required`: in no other mode.
   */
  readonly aggressiveMode?: "named" | "accepted" | "requested" | "required";
  /** Absent = it serves every address of ours. A virtual router absent = whichever has the address. */
  readonly boundTo?: { readonly address: Address; readonly virtualRouter: string | undefined };
}

export interface PreSharedKeySpec {
  readonly virtualRouter: string;
  /** Which peers it serves, by outer address or by the identity they send (`w2k01`). */
  readonly peer: { readonly prefix: Prefix } | { readonly hostname: string };
  /** Only for peers that target this address of ours. */
  readonly localAddress: Address | undefined;
  readonly key: Secret;
  /** A group key opens nothing but L2TP: other selectors are refused under it. */
  readonly group: boolean;
  /** `default`, the keyring's name, the transport profile's name. */
  readonly label: string;
}

/** Whom to believe, and who we are: a trustpoint, a CA identity. */
export interface TrustpointSpec {
  readonly name: string;
  /** In DER: authorities that are trusted, those on the way to them, and our own. */
  readonly certificates: readonly Uint8Array[];
  /** The certificates that lie in the files count too: every root among them is trusted. */
  readonly usesDatabase: boolean;
  /** Label of our key pair; absent = any whose certificate is there. */
  readonly keyPair: string | undefined;
  /** `required`: no peer without a revocation list of its authority; `optional`: lists count where there are any. */
  readonly revocation: "ignored" | "optional" | "required";
  /** Peers must meet every condition of one of these; empty = all are let in. */
  readonly conditions: readonly (readonly CertificateConditionSpec[])[];
}

/** Compared without case, and without blanks around `=` and commas. */
export interface CertificateConditionSpec {
  readonly field: "subject" | "issuer" | "alternativeName" | "serial" | "unstructuredName";
  readonly comparison: "equals" | "differs" | "contains" | "lacks";
  readonly value: string;
}

/** What we call ourselves in phase 1. */
export type OwnIdentitySpec =
  | { readonly type: "address" }
  | { readonly type: "fqdn" | "userFqdn"; readonly name: string };

/** Terms for peers who prove to be somebody in particular (IOS: an ISAKMP profile). */
export interface PeerProfileSpec {
  readonly name: string;
  /** Only for peers that target this address of ours; absent = whichever. */
  readonly localAddress?: Address;
  /** Whom it takes: who meets any of these. */
  readonly matches: readonly PeerMatchSpec[];
  /** Names of those under which its peers are believed and of which they are shown a certificate; absent = all. */
  readonly trustpoints?: readonly string[];
  /** Keys of these labels only prove its peers; absent = any key. */
  readonly keyLabels?: readonly string[];
  /** What we call ourselves; absent = as for everybody. */
  readonly identity?: OwnIdentitySpec;
  /** Where its peers' L2TP arrives; absent = where their IPsec ends. */
  readonly virtualRouter?: string;
  /** Absent = as for everybody. */
  readonly deadPeerDetection?: DeadPeerDetectionSpec;
}

/** The identity that a peer sends, or its certificate. Names are compared without case, groups with it. */
export type PeerMatchSpec =
  | { readonly type: "address"; readonly prefix: Prefix; readonly virtualRouter: string | undefined }
  | { readonly type: "group" | "host" | "hostDomain" | "user" | "userDomain"; readonly name: string }
  /** Every condition of one of these. */
  | { readonly type: "certificate"; readonly conditions: TrustpointSpec["conditions"] };

export interface DeadPeerDetectionSpec {
  readonly intervalSeconds: number;
  readonly retrySeconds: number;
  /** `onDemand`: ask only when we have sent and heard nothing; `periodic`: always. */
  readonly mode: "onDemand" | "periodic";
}

/** `aes` is CBC; `aes-gcm` encrypts and authenticates in one (RFC 4106). */
export type EspCipher = "null" | "des" | "3des" | "aes" | "aes-gcm";
export type EspIntegrity = "md5" | "sha1" | "sha256" | "sha384" | "sha512";

export interface EspProposalSpec {
  /** The transform set's name, for `show`. */
  readonly label: string;
  readonly cipher: EspCipher;
  /** 128, 192 or 256 with AES; 0 otherwise. */
  readonly keyBits: 0 | 128 | 192 | 256;
  /** None with AES-GCM. */
  readonly integrity: EspIntegrity | undefined;
  /** Where it is not the algorithm's own: SHA-256 cut to 12 octets as its first draft had it, AES-GCM to 8 or 12. */
  readonly icvOctets?: 8 | 12 | 16;
  readonly mode: "transport" | "tunnel";
}

/**
 * How clients behind one NAT are told apart after decryption, when all of them speak from UDP port 1701.
 * - `none`: not at all; the newest SA of an address and port takes the traffic (IOS without `set nat demux`).
 * - `portDemux`: each client is given a port from 1024 upward (IOS `set nat demux`).
 * - `perConnection`: each IPsec connection stands for itself (JunosE with NAT-T).
 */
export type ClientSeparation = "none" | "portDemux" | "perConnection";

export interface IpsecGatewaySpec {
  readonly virtualRouter: string;
  /** Our address that peers negotiate with. */
  readonly localAddress: Address;
  readonly remote: Prefix;
  readonly interfaceName: string;
  /** Acceptable ESP proposals, best first. */
  readonly proposals: readonly EspProposalSpec[];
  /** The longest life we agree to; a peer that asks for less gets less. */
  readonly lifetimeSeconds: number;
  /** Absent = unlimited. */
  readonly lifetimeKilobytes: number | undefined;
  readonly pfsGroup: DhGroup | undefined;
  /** It serves peers of this profile only; absent = all. */
  readonly peerProfile?: string;
  /** Of its peers; absent = that of the chassis. */
  readonly deadPeerDetection?: DeadPeerDetectionSpec;
  /** Messages under cookies that mean nothing here are answered with a notification; absent = they are not. */
  readonly answersUnknownCookies?: boolean;
  readonly separation: ClientSeparation;
  /** Packets; 0 = off. */
  readonly replayWindow: number;
  /** UDP checksums inside ESP are not verified. */
  readonly ignoreUdpChecksums: boolean;
  /** The list (from our side: source = ours) that a peer's phase 2 selectors must lie within; absent = any. */
  readonly matchAddress?: string;
  /** For `show`: the crypto map and the dynamic map entry, or the transport profile. */
  readonly label: {
    readonly map: string;
    readonly sequence: number;
    readonly dynamicMap: string | undefined;
    readonly dynamicSequence: number | undefined;
  };
}
