/** Parts of a running gateway, made by hand, with the numbers of the reference's examples. */

import type { SaCounters } from "../../../src/engine/forwarding.ts";
import type { IkeSaView } from "../../../src/engine/ike/events.ts";
import type { CallView, ControlCounters, TunnelView } from "../../../src/engine/l2tp/events.ts";
import type { ConnectionSnapshot, SessionSnapshot } from "../../../src/engine/snapshot.ts";

const NOW = 187_496_000;

export function hexOctets(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

export function ikeSa(
  over: Partial<IkeSaView> & { readonly localPort: number; readonly remote: string; readonly port: number },
): IkeSaView {
  const { localPort, remote, port, ...rest } = over;
  const local = { address: "10.0.0.1", port: localPort };
  return {
    id: 1001,
    virtualRouter: "default",
    flow: { local, wire: local, remote: { address: remote, port } },
    initiator: false,
    state: "established",
    initiatorCookie: hexOctets("afa2cf4a260399a4"),
    responderCookie: hexOctets("87a943562124c711"),
    policy: undefined,
    lifetimeSeconds: 28_800,
    createdAt: 0,
    expiresAt: NOW + 26_133_400,
    natTraversal: false,
    deadPeerDetection: false,
    peerIdentity: undefined,
    connection: 1,
    ...rest,
  };
}

const control: ControlCounters = {
  txPackets: 195,
  txOctets: 9684,
  rxPackets: 195,
  rxOctets: 9684,
  txZlb: 12,
  rxZlb: 17,
  retransmissions: 8,
  rxOutOfSequence: 0,
  rxOutOfWindow: 0,
  discards: 0,
  authenticationFailures: 0,
};

export function call(over: Partial<CallView> = {}): CallView {
  return {
    session: 1,
    state: "established",
    changedAt: 0,
    localSessionId: 63,
    remoteSessionId: 3,
    callSerialNumber: 0,
    txSpeed: 0,
    rxSpeed: 0,
    framingType: 1,
    bearerType: 0,
    sequencing: false,
    lastResult: undefined,
    ...over,
  };
}

export function tunnel(over: Partial<TunnelView> = {}): TunnelView {
  return {
    tunnel: 1,
    path: {
      virtualRouter: "default",
      local: { address: "192.168.1.230", port: 1701 },
      remote: { address: "172.31.1.98", port: 1701 },
      connection: undefined,
    },
    profile: undefined,
    localInitiated: false,
    state: "established",
    changedAt: 0,
    localTunnelId: 14,
    remoteTunnelId: 34,
    localHostName: "host1",
    remoteHostName: "LAC",
    remoteVendorName: "XYZ",
    remoteFirmware: 0x1120,
    remoteFraming: 3,
    remoteBearer: 3,
    ns: 0,
    nr: 0,
    localWindow: 4,
    remoteWindow: 4,
    congestionWindow: 4,
    resendQueue: 0,
    resendQueueMax: 1,
    unsentQueue: 0,
    unsentQueueMax: 1,
    retransmitSeconds: 1,
    counters: control,
    sessionsTotal: 1,
    sessionsFailed: 0,
    singleShot: false,
    lastResult: undefined,
    sessions: [call()],
    ...over,
  };
}

export function session(over: Partial<SessionSnapshot> & { readonly user: string }): SessionSnapshot {
  const { user, ...rest } = over;
  return {
    session: 1,
    connection: undefined,
    index: 1,
    virtualRouter: "default",
    localTunnelId: 14,
    localSessionId: 63,
    pppProfile: undefined,
    mtu: 1400,
    ppp: {
      phase: "network",
      lcp: "opened",
      ipcp: "opened",
      authentication: "chap",
      peerName: user,
      localAddress: "10.0.0.1",
      peerAddress: "10.20.0.10",
      localMru: 1500,
      peerMru: 1500,
      openedAt: NOW,
      reason: undefined,
    },
    pool: "vpnpool",
    openedAt: NOW,
    counters: {
      rxPackets: 5,
      rxOctets: 111,
      txPackets: 6,
      txOctets: 144,
      spoofed: 0,
      rxDiscards: 0,
      txDiscards: 0,
      filtered: 0,
      rxOutOfOrder: 0,
    },
    ...rest,
  };
}

const counted: SaCounters = {
  packets: 5,
  octets: 520,
  wireOctets: 800,
  lastSequence: 5,
  authenticationErrors: 0,
  replayErrors: 0,
  policyErrors: 0,
  decryptErrors: 0,
  padErrors: 0,
  otherErrors: 0,
  lastUsedAt: NOW,
};

export function connection(over: Partial<ConnectionSnapshot> = {}): ConnectionSnapshot {
  const local = { address: "10.0.0.1", port: 500 };
  return {
    connection: 1,
    virtualRouter: "default",
    flow: { local, wire: local, remote: { address: "172.31.1.98", port: 500 } },
    encapsulation: "esp",
    behindNat: false,
    gateway: undefined,
    peerIdentity: { type: "address", address: "172.31.1.98" },
    peerPort: 1701,
    openedAt: 0,
    demuxPort: undefined,
    sas: [
      {
        inboundSpi: 0x15c50506,
        outboundSpi: 0x2a0f1c44,
        proposal: { label: "esp-3des-hmac-sha", cipher: "3des", keyBits: 0, integrity: "sha1", mode: "transport" },
        lifetimeSeconds: 28_800,
        lifetimeKilobytes: undefined,
        pfsGroup: undefined,
        createdAt: 0,
        expiresAt: NOW + 1000,
        superseded: false,
        inbound: counted,
        outbound: counted,
      },
    ],
    ...over,
  };
}
