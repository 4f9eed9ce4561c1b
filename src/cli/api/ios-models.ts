/** What `run` gives beside the text of IOS show commands. Times are in seconds, sizes in octets; `null` = there is none. */

import type { ControlChannelCounters, EspCounters, SessionCounters } from "./counter-models.ts";

export interface IosModels {
  readonly "show version": IosChassis & {
    readonly hostname: string;
    readonly version: string;
    readonly uptimeSeconds: number;
  };
  readonly "show inventory": IosChassis;
  readonly "show clock": { readonly utc: string; readonly zone: string; readonly offsetMinutes: number };
  readonly "show privilege": number;
  readonly "show users": { readonly lines: readonly IosLine[]; readonly sessions: readonly IosPppSession[] };
  readonly "show interfaces": readonly IosInterface[];
  readonly "show ip interface": readonly IosInterface[];
  readonly "show ip interface brief": readonly IosInterface[];
  readonly "show ip route": readonly IosRoute[];
  readonly "show ip local pool": readonly IosPool[];
  readonly "show crypto isakmp sa": readonly IosIkeSa[];
  readonly "show crypto isakmp policy": readonly IosIkePolicy[];
  readonly "show crypto ipsec sa": readonly IosConnection[];
  readonly "show crypto session": readonly IosConnection[];
  readonly "show vpdn": { readonly tunnels: readonly IosTunnel[]; readonly sessions: readonly IosCall[] };
  readonly "show vpdn tunnel": readonly IosTunnel[];
  readonly "show vpdn session": readonly IosCall[];
  readonly "show caller": readonly IosPppSession[];
  readonly "show ppp all": readonly IosPppSession[];
  readonly "show login": IosLoginGuard;
  readonly "show login failures": readonly IosLoginFailure[];
  readonly "show logging": IosLogging;
}

export interface IosChassis {
  readonly name: string;
  readonly description: string;
  readonly productId: string;
  readonly versionId: string;
  readonly serialNumber: string;
}

/** A terminal line with somebody at it. */
export interface IosLine {
  readonly number: number;
  readonly name: string;
  readonly user: string;
  readonly idleSeconds: number;
  /** After so long without a key it is logged out; absent = never. */
  readonly idleLimitSeconds?: number;
  readonly activeSeconds: number;
  readonly current: boolean;
  readonly location: string;
}

export interface IosPppSession {
  readonly interface: string;
  readonly user: string;
  readonly phase: string;
  readonly lcp: string;
  readonly ipcp: string;
  readonly authentication: "pap" | "chap" | "msChap" | "msChapV2" | null;
  readonly localAddress: string | null;
  readonly peerAddress: string | null;
  readonly pool: string | null;
  readonly template: string | null;
  readonly virtualRouter: string;
  readonly uptimeSeconds: number;
  readonly counters: SessionCounters;
}

interface IosPrefix {
  readonly address: string;
  readonly length: number;
}

interface IosEndpoint {
  readonly address: string;
  readonly port: number;
}

export interface IosInterface {
  readonly name: string;
  readonly kind: "port" | "loopback" | "virtualAccess" | "session" | "template";
  readonly shutdown: boolean;
  readonly up: boolean;
  readonly description: string | null;
  readonly address: IosPrefix | null;
  readonly secondary: readonly IosPrefix[];
  readonly ipv6: readonly IosPrefix[];
  readonly unnumbered: { readonly interface: string; readonly address: string | null } | null;
  /** The TUN device of the host that it is plugged into. */
  readonly hostDevice: string | null;
  readonly peerAddress: string | null;
  readonly virtualRouter: string;
  readonly mtu: number;
  readonly bandwidthKilobits: number;
  readonly delayMicroseconds: number;
  /** Over what time the rates are averaged, as `load-interval` says. */
  readonly loadIntervalSeconds: number;
  readonly accessGroups: { readonly in: string | null; readonly out: string | null };
  readonly cryptoMap: string | null;
  readonly counters: {
    readonly rxPackets: number;
    readonly rxOctets: number;
    readonly rxErrors: number;
    readonly txPackets: number;
    readonly txOctets: number;
    readonly txErrors: number;
  };
  /** Packets and octets a second; only `show interfaces` tells them, and of a session nothing. */
  readonly rates?: {
    readonly rxPackets: number;
    readonly rxOctets: number;
    readonly txPackets: number;
    readonly txOctets: number;
  };
  /** Since the last packet; `null` = there was none, or nobody knows. */
  readonly idleSeconds: { readonly input: number | null; readonly output: number | null };
  readonly template: string | null;
}

export interface IosRoute {
  readonly network: string;
  readonly length: number;
  readonly source: "connected" | "static";
  readonly via: string | null;
  readonly interface: string | null;
}

export interface IosPool {
  readonly name: string;
  readonly group: string | null;
  readonly ranges: readonly {
    readonly first: string;
    readonly last: string;
    readonly free: number;
    readonly inUse: number;
    /** Came back, and wait until they may be given again; absent = such waiting is not configured. */
    readonly blocked?: number;
  }[];
  readonly inUse: readonly { readonly address: string; readonly session: number; readonly user: string }[];
}

interface IosIkeTerms {
  readonly encryption: string;
  readonly keyBits: number;
  readonly hash: string;
  readonly group: number;
  readonly authentication: string;
}

export interface IosIkePolicy extends IosIkeTerms {
  readonly priority: number;
  readonly lifetimeSeconds: number;
}

export interface IosIkeSa {
  readonly id: number;
  readonly local: IosEndpoint;
  readonly remote: IosEndpoint;
  readonly initiator: boolean;
  readonly state: string;
  readonly peerIdentity: string;
  readonly policy: IosIkeTerms | null;
  readonly ageSeconds: number;
  readonly secondsLeft: number | null;
  readonly natTraversal: boolean;
  readonly deadPeerDetection: boolean;
}

/** An IPsec peer with its pairs of SAs, old and new. */
export interface IosConnection {
  readonly interface: string | null;
  readonly cryptoMap: string | null;
  readonly virtualRouter: string;
  readonly local: IosEndpoint;
  readonly remote: IosEndpoint;
  readonly remoteIdentPort: number;
  readonly peerIdentity: string;
  readonly behindNat: boolean;
  readonly encapsulation: "udp" | "esp";
  /** The port that stands for this client behind its NAT (`set nat demux`). */
  readonly demuxPort: number | null;
  readonly uptimeSeconds: number;
  readonly sas: readonly IosIpsecSa[];
}

export interface IosIpsecSa {
  readonly connectionIds: { readonly inbound: number; readonly outbound: number };
  readonly inboundSpi: number;
  readonly outboundSpi: number;
  readonly transform: string;
  readonly mode: "transport" | "tunnel";
  readonly pfsGroup: number | null;
  readonly superseded: boolean;
  readonly secondsLeft: number;
  readonly kilobytesLeft: number | null;
  readonly inbound: EspCounters;
  readonly outbound: EspCounters;
}

export interface IosTunnel {
  readonly localTunnelId: number;
  readonly remoteTunnelId: number;
  readonly state: string;
  readonly secondsInState: number;
  readonly localName: string;
  readonly remoteName: string;
  readonly local: IosEndpoint;
  readonly remote: IosEndpoint;
  readonly group: string | null;
  readonly localWindow: number;
  readonly remoteWindow: number;
  readonly counters: ControlChannelCounters;
}

/** An L2TP session. */
export interface IosCall {
  readonly localSessionId: number;
  readonly remoteSessionId: number;
  readonly localTunnelId: number;
  readonly state: string;
  readonly secondsInState: number;
  readonly user: string | null;
  readonly interface: string | null;
  readonly sequencing: boolean;
  readonly uniqueId: number;
  readonly counters: SessionCounters | null;
}

export interface IosLoginGuard {
  readonly delaySeconds: number;
  readonly quietModeAccessList: string | null;
  readonly block: { readonly seconds: number; readonly attempts: number; readonly withinSeconds: number } | null;
  readonly quietSeconds: number;
  readonly countedFailures: number;
  readonly totalFailures: number;
}

export interface IosLoginFailure {
  readonly user: string;
  readonly from: string;
  readonly port: number;
  readonly count: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

interface IosLogDestination {
  /** `null` = switched off. */
  readonly level: string | null;
  readonly logged: number;
}

export interface IosLogging {
  readonly destinations: {
    readonly console: IosLogDestination;
    readonly monitor: IosLogDestination;
    readonly buffer: IosLogDestination;
  };
  readonly sizeBytes: number;
  readonly hosts: readonly string[];
  readonly lines: readonly string[];
}
