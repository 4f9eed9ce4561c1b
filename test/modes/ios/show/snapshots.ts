/** Snapshots made by hand, after the routers whose output the references record. */

import { newLineModuleCounters, newSaCounters, newSessionCounters } from "../../../../src/engine/counters.ts";
import type { IkeSaView } from "../../../../src/engine/ike/events.ts";
import { ANY_PREFIX, type Flow } from "../../../../src/engine/kernel/address.ts";
import { Secret } from "../../../../src/engine/kernel/secret.ts";
import type { TunnelView } from "../../../../src/engine/l2tp/events.ts";
import type { ConnectionSnapshot, SessionSnapshot, Snapshot } from "../../../../src/engine/snapshot.ts";
import type { IkePolicySpec, IpsecGatewaySpec } from "../../../../src/engine/spec.ts";
import { NOTHING_COUNTED, ONE_COUNTED } from "../../../support/l2tp-totals.ts";
import { lnsProfile, pppProfile, specOf } from "../../../support/specs.ts";

export const NOW = 10_000_000;
const LOCAL = "20.21.22.1";
const PEER = "30.31.32.1";

export const flow: Flow = {
  local: { address: LOCAL, port: 4500 },
  remote: { address: PEER, port: 4500 },
  wire: { address: LOCAL, port: 4500 },
};

const proposal = { label: "TRANF_SET", cipher: "3des", keyBits: 0, integrity: "sha1", mode: "transport" } as const;

export const gateway: IpsecGatewaySpec = {
  virtualRouter: "default",
  localAddress: LOCAL,
  remote: ANY_PREFIX,
  interfaceName: "GigabitEthernet0/1",
  proposals: [proposal],
  lifetimeSeconds: 3600,
  lifetimeKilobytes: 4_608_000,
  pfsGroup: undefined,
  separation: "portDemux",
  replayWindow: 64,
  ignoreUdpChecksums: false,
  label: { map: "L2TP_MAP", sequence: 10, dynamicMap: "L2TP_DMAP", dynamicSequence: 10 },
};

export const policy: IkePolicySpec = {
  priority: 10,
  encryption: "3des",
  keyBits: 0,
  hash: "sha1",
  group: 2,
  authentication: "preShared",
  lifetimeSeconds: 86_400,
};

export const ikeSa: IkeSaView = {
  id: 1001,
  virtualRouter: "default",
  flow,
  initiator: false,
  state: "established",
  initiatorCookie: new Uint8Array(8),
  responderCookie: new Uint8Array(8),
  policy,
  lifetimeSeconds: 86_400,
  createdAt: NOW - 2_097_000,
  expiresAt: NOW + 84_303_000,
  natTraversal: true,
  deadPeerDetection: true,
  peerIdentity: { type: "address", address: "192.168.1.10" },
  connection: 1,
};

export const connection: ConnectionSnapshot = {
  connection: 1,
  virtualRouter: "default",
  flow,
  encapsulation: "udp",
  behindNat: true,
  gateway,
  peerIdentity: { type: "address", address: "192.168.1.10" },
  peerPort: 1701,
  openedAt: NOW - 2_276_000,
  demuxPort: 1024,
  sas: [
    {
      inboundSpi: 0x658f7c11,
      outboundSpi: 0xc2a36f58,
      proposal,
      lifetimeSeconds: 3600,
      lifetimeKilobytes: 4_608_000,
      pfsGroup: undefined,
      createdAt: NOW - 2_276_000,
      expiresAt: NOW + 1_324_000,
      superseded: false,
      inbound: { ...newSaCounters(), packets: 22_513, octets: 100_000 * 1024, lastSequence: 22_513 },
      outbound: { ...newSaCounters(), packets: 38_688, octets: 193_586 * 1024, lastSequence: 38_688 },
    },
  ],
};

export const tunnel: TunnelView = {
  tunnel: 1,
  path: {
    virtualRouter: "default",
    local: { address: LOCAL, port: 1701 },
    remote: { address: PEER, port: 1024 },
    connection: 1,
  },
  profile: { ...lnsProfile, name: "L2TP_SERVER" },
  localInitiated: false,
  state: "established",
  changedAt: NOW - 369_000,
  localTunnelId: 32_338,
  remoteTunnelId: 1,
  localHostName: "RN",
  remoteHostName: "WinDev2407Eval",
  remoteVendorName: "Microsoft",
  remoteFirmware: 0x0a00,
  remoteFraming: 1,
  remoteBearer: 0,
  ns: 2,
  nr: 4,
  localWindow: 1024,
  remoteWindow: 8,
  congestionWindow: 3,
  resendQueue: 0,
  resendQueueMax: 1,
  unsentQueue: 0,
  unsentQueueMax: 0,
  retransmitSeconds: 1,
  counters: {
    txPackets: 4,
    txOctets: 50,
    rxPackets: 5,
    rxOctets: 60,
    txZlb: 3,
    rxZlb: 0,
    retransmissions: 0,
    rxOutOfSequence: 0,
    rxOutOfWindow: 0,
    discards: 0,
    authenticationFailures: 0,
  },
  sessionsTotal: 1,
  sessionsFailed: 0,
  singleShot: false,
  lastResult: undefined,
  sessions: [
    {
      session: 2,
      state: "established",
      changedAt: NOW - 369_000,
      localSessionId: 37_683,
      remoteSessionId: 1,
      callSerialNumber: 0,
      txSpeed: 0,
      rxSpeed: 0,
      framingType: 1,
      bearerType: 0,
      sequencing: false,
      lastResult: undefined,
    },
  ],
};

export const session: SessionSnapshot = {
  session: 2,
  connection: 1,
  index: 1,
  virtualRouter: "default",
  localTunnelId: 32_338,
  localSessionId: 37_683,
  pppProfile: { ...pppProfile, localAddress: "192.168.99.254", pools: ["VPN"] },
  mtu: 1400,
  ppp: {
    phase: "network",
    lcp: "opened",
    ipcp: "opened",
    authentication: "msChapV2",
    peerName: "randy",
    localAddress: "192.168.99.254",
    peerAddress: "192.168.99.1",
    localMru: 1400,
    peerMru: 1400,
    openedAt: NOW - 368_000,
    reason: undefined,
  },
  pool: "VPN",
  openedAt: NOW - 369_000,
  counters: { ...newSessionCounters(), rxPackets: 6, rxOctets: 112, txPackets: 5, txOctets: 76 },
};

export function snapshotOf(parts: Partial<Snapshot> = {}): Snapshot {
  const spec = specOf();
  return {
    now: NOW,
    startedAt: NOW - 9_900_000,
    spec: {
      ...spec,
      hostname: "RN",
      ikePolicies: [policy],
      preSharedKeys: [
        {
          virtualRouter: "default",
          peer: { prefix: { address: "10.10.10.2", length: 32 } },
          localAddress: undefined,
          key: new Secret("cisco"),
          group: false,
          label: "default",
        },
        {
          virtualRouter: "default",
          peer: { prefix: ANY_PREFIX },
          localAddress: undefined,
          key: new Secret("group"),
          group: false,
          label: "L2TP",
        },
      ],
      ipsecGateways: [gateway],
    },
    ikeSas: [ikeSa],
    ike: {
      receivedPackets: 41,
      receivedOctets: 9876,
      sentPackets: 29,
      sentOctets: 6543,
      phase1Initiated: 1,
      phase1Answered: 4,
      phase1InitiatorFailures: 2,
      phase1ResponderFailures: 3,
      quickModes: 6,
      quickModesRefused: 7,
      quickModesFailed: 8,
      notificationsReceived: 9,
      deletesReceived: 10,
      malformed: 100,
      unknownCookies: 20,
      unexpected: 3,
      notEncrypted: 11,
      notAuthentic: 12,
      duplicates: 13,
      evicted: 14,
      lockedOut: 1000,
      crowdedOut: 30_000,
    },
    connections: [connection],
    ports: {
      "GigabitEthernet0/1": {
        rxPackets: 22_513,
        rxOctets: 0,
        rxErrors: 0,
        txPackets: 38_688,
        txOctets: 0,
        txErrors: 0,
        lastInputAt: 0,
        lastOutputAt: 0,
      },
    },
    l2tp: {
      tunnels: [tunnel],
      totals: ONE_COUNTED,
    },
    sessions: [session],
    pools: [
      {
        virtualRouter: "default",
        name: "POOL-VPN",
        ranges: [{ first: "20.25.37.100", last: "20.25.37.103", free: 3, inUse: 1 }],
        available: ["20.25.37.101", "20.25.37.102", "20.25.37.103"],
        inUse: [{ address: "20.25.37.100", session: 2, user: "cliente1" }],
      },
    ],
    lineModule: newLineModuleCounters(),
    cryptoEngine: "node",
    ...parts,
  };
}

export const nothing: Partial<Snapshot> = {
  ikeSas: [],
  connections: [],
  sessions: [],
  l2tp: {
    tunnels: [],
    totals: NOTHING_COUNTED,
  },
};
