/** What `run` gives beside the text of JunosE show commands. Times are in seconds, sizes in octets; what is absent there is not. */

import type { ControlChannelCounters, EspCounters, SessionCounters } from "./counter-models.ts";

export interface JunoseModels {
  readonly "show version": {
    readonly model: string;
    readonly version: string;
    readonly uptime: {
      readonly days: number;
      readonly hours: number;
      readonly minutes: number;
      readonly seconds: number;
    };
    readonly crypto: string;
  };
  /** ISO 8601, UTC. */
  readonly "show clock": string;
  readonly "show privilege": number;
  readonly "show users": readonly JunoseLogin[];
  readonly "show subscribers": readonly JunoseSubscriber[];
  readonly "show subscribers summary": readonly { readonly virtualRouter: string; readonly subscribers: number }[];
  readonly "show ip interface": readonly JunoseInterface[];
  readonly "show ip interface brief": readonly JunoseInterface[];
  readonly "show ip route": readonly JunoseRoute[];
  readonly "show ip local pool": readonly JunosePool[];
  readonly "show ipsec ike-policy-rule": readonly JunoseIkePolicy[];
  readonly "show ipsec ike-sa": readonly JunoseIkeSa[];
  readonly "show ipsec transport interface": readonly JunoseTransport[];
  readonly "show l2tp destination": readonly JunoseDestination[];
  readonly "show l2tp tunnel": readonly JunoseTunnel[];
  readonly "show l2tp session": readonly JunoseSession[];
  readonly "show ppp interface": readonly JunosePpp[];
  readonly "show aaa statistics": JunoseAaaStatistics;
  readonly "show log data": readonly JunoseEvent[];
}

export interface JunoseLogin {
  readonly line: string;
  readonly user: string;
  /** Privilege level, 0 to 15. */
  readonly level: number;
  readonly virtualRouter: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly location: string;
  readonly idleSeconds: number;
  /** It is this one. */
  readonly here: boolean;
}

export interface JunoseSubscriber {
  readonly user: string;
  readonly domain: string;
  readonly virtualRouter: string;
  readonly address: string;
  readonly source: "local" | "user";
  readonly interface: string;
  /** Of the card that ends the tunnel: that of IPsec, or of the port. */
  readonly slot: number;
  /** ISO 8601, UTC. */
  readonly login: string;
}

export interface JunoseInterface {
  readonly name: string;
  readonly up: boolean;
  readonly address?: string;
  readonly prefixLength?: number;
  readonly unnumbered?: { readonly interface: string; readonly address?: string };
  readonly peerAddress?: string;
  readonly operationalMtu: number;
  /** 0 = not configured. */
  readonly administrativeMtu: number;
  readonly description?: string;
  /** Absent where the host counts. */
  readonly counters?: SessionCounters;
  /** The TUN device of the host that it is plugged into. */
  readonly hostDevice?: string;
  /** That device could not be made. */
  readonly unplugged: boolean;
}

export interface JunoseRoute {
  /** `10.0.0.0/8`. */
  readonly prefix: string;
  readonly address: string;
  readonly length: number;
  readonly type: "connected" | "static" | "access-internal";
  readonly nextHop: string;
  readonly distance: number;
  readonly metric: number;
  readonly interface: string;
}

/** A range of a pool. */
export interface JunosePool {
  readonly name: string;
  readonly first: string;
  readonly last: string;
  readonly free: number;
  readonly inUse: number;
  readonly high: number;
  readonly abated: number;
  readonly trap: boolean;
}

export interface JunoseIkePolicy {
  readonly priority: number;
  readonly encryption: string;
  readonly keyBits: number;
  readonly hash: string;
  readonly group: number;
  readonly authentication: string;
  readonly lifetimeSeconds: number;
  /** Absent = no aggressive mode. */
  readonly aggressiveMode?: "named" | "accepted" | "requested" | "required";
  /** Absent = it serves every address of the router. */
  readonly boundTo?: { readonly address: string; readonly virtualRouter?: string };
}

export interface JunoseIkeSa {
  /** `10.0.0.1:4500`. */
  readonly local: string;
  readonly remote: string;
  readonly seconds: number;
  readonly state: string;
  readonly localCookie: string;
  readonly remoteCookie: string;
}

export interface JunoseTransport {
  readonly name: string;
  readonly state: "up" | "down";
  readonly virtualRouter: string;
  readonly profile?: string;
  readonly applications: readonly string[];
  readonly pfsGroup?: number;
  readonly mtu: number;
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly natTraversalPort?: number;
  readonly lifetimeSeconds: number;
  readonly lifetimeKilobytes: number;
  /** What its SAs carried that are no more. */
  readonly retired?: { readonly inbound: EspCounters & LastUse; readonly outbound: EspCounters & LastUse };
  readonly sas: readonly {
    readonly inboundSpi: string;
    readonly outboundSpi: string;
    readonly transform: string;
    readonly superseded: boolean;
    readonly inbound: EspCounters & LastUse;
    readonly outbound: EspCounters & LastUse;
  }[];
}

/** Milliseconds of the router's own clock. */
interface LastUse {
  readonly lastUsedAt: number;
}

interface JunoseTraffic {
  readonly packets: number;
  readonly octets: number;
  readonly discards: number;
  readonly errors: number;
}

interface JunoseBothWays {
  readonly rx: JunoseTraffic;
  readonly tx: JunoseTraffic;
}

interface JunoseCounts {
  readonly total: number;
  readonly active: number;
  readonly failed: number;
}

export interface JunoseDestination {
  readonly name: string;
  readonly virtualRouter: string;
  readonly localAddress: string;
  readonly peerAddress: string;
  readonly tunnels: JunoseCounts & { readonly authenticationErrors: number };
  readonly sessions: JunoseCounts;
  readonly control: JunoseBothWays;
  readonly data: JunoseBothWays;
}

interface JunoseResult {
  readonly code: number;
  readonly error?: number;
  readonly message?: string;
}

export interface JunoseTunnel {
  readonly name: string;
  readonly state: string;
  readonly virtualRouter: string;
  readonly localAddress: string;
  readonly localPort: number;
  readonly peerAddress: string;
  readonly peerPort: number;
  readonly transportInterface?: number;
  readonly profile?: string;
  readonly initiatedBy: "local" | "remote";
  readonly localTunnelId: number;
  readonly peerTunnelId: number;
  readonly localHostName: string;
  readonly peerHostName: string;
  readonly peerVendorName?: string;
  readonly singleShot: boolean;
  readonly lastResult?: JunoseResult;
  readonly control: JunoseBothWays & {
    readonly channel: ControlChannelCounters;
  };
  readonly data: JunoseBothWays;
  readonly sessionCounts: JunoseCounts;
  /** Their names. */
  readonly sessions: readonly string[];
}

export interface JunoseSession {
  readonly name: string;
  readonly state: string;
  readonly localSessionId: number;
  readonly peerSessionId: number;
  readonly callSerialNumber: number;
  readonly txConnectSpeed: number;
  readonly rxConnectSpeed?: number;
  readonly sequencing: boolean;
  readonly lastResult?: JunoseResult;
  readonly userName?: string;
  readonly virtualRouter?: string;
  readonly address?: string;
  readonly data: JunoseBothWays;
}

export interface JunosePpp {
  readonly name: string;
  readonly up: boolean;
  readonly profile?: string;
  readonly demanded: readonly string[];
  readonly keepaliveSeconds: number;
  readonly keepaliveRetries: number;
  readonly authenticationRetries: number;
  readonly phase: string;
  readonly lcp: string;
  readonly ipcp: string;
  readonly authentication?: "pap" | "chap" | "msChap" | "msChapV2";
  readonly peerName: string;
  readonly localAddress?: string;
  readonly peerAddress?: string;
  readonly localMru: number;
  readonly peerMru: number;
  /** How often each protocol was turned down. */
  readonly protocolsRejected: Readonly<Record<string, number>>;
  readonly counters: SessionCounters;
}

export interface JunoseAaaStatistics {
  readonly accepted: number;
  readonly rejected: number;
  readonly addressesGranted: number;
  readonly addressesRefused: number;
  readonly users: number;
  readonly mostUsers: number;
}

export interface JunoseEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly category: string;
  readonly severity: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}
