/** A small specification of a gateway, to be varied by tests. */

import { ANY_PREFIX } from "../../src/engine/kernel/address.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import type { LnsProfileSpec } from "../../src/engine/l2tp-spec.ts";
import type { PppProfileSpec } from "../../src/engine/ppp-spec.ts";
import type { IpsecGatewaySpec, RouterSpec } from "../../src/engine/spec.ts";
import { GATEWAY } from "./lab.ts";

export const gatewaySpec: IpsecGatewaySpec = {
  virtualRouter: "default",
  localAddress: GATEWAY,
  remote: ANY_PREFIX,
  interfaceName: "FastEthernet0/0",
  proposals: [
    { label: "TS1", cipher: "3des", keyBits: 0, integrity: "sha1", mode: "transport" },
    { label: "TS2", cipher: "aes", keyBits: 128, integrity: "sha1", mode: "transport" },
  ],
  lifetimeSeconds: 3600,
  lifetimeKilobytes: 4_608_000,
  pfsGroup: undefined,
  separation: "portDemux",
  replayWindow: 64,
  ignoreUdpChecksums: true,
  label: { map: "MAP", sequence: 10, dynamicMap: "DYN", dynamicSequence: 10 },
};

export const lnsProfile: LnsProfileSpec = {
  name: "L2TP",
  virtualRouter: "default",
  remote: ANY_PREFIX,
  remoteHostName: undefined,
  localAddress: undefined,
  localHostName: "lns",
  tunnelPassword: undefined,
  tunnelAuthentication: false,
  transport: "either",
  singleShot: false,
  helloSeconds: 60,
  receiveWindow: 16,
  pppProfile: "Virtual-Template1",
  maxSessions: undefined,
  resultCodeOverride: false,
  disconnectCause: false,
};

export const pppProfile: PppProfileSpec = {
  name: "Virtual-Template1",
  virtualRouter: "default",
  authentication: ["chap", "msChap"],
  localAddress: "12.0.0.8",
  unnumbered: "Loopback0",
  pools: ["POOL"],
  dns: [],
  nbns: [],
  mru: 1500,
  mtuAdaptive: true,
  keepaliveSeconds: 10,
  keepaliveRetries: 5,
  chapChallengeLength: { min: 16, max: 16 },
  authenticationRetries: 0,
};

export interface SpecVariation {
  readonly gateway?: Partial<IpsecGatewaySpec>;
  readonly lns?: Partial<LnsProfileSpec>;
  readonly ppp?: Partial<PppProfileSpec>;
  readonly router?: Partial<RouterSpec>;
}

export function specOf(variation: SpecVariation = {}): RouterSpec {
  return {
    hostname: "lns",
    virtualRouters: [
      {
        name: "default",
        interfaces: [
          {
            name: "FastEthernet0/0",
            address: { address: GATEWAY, length: 24 },
            enabled: true,
            ipsecOnly: true,
            loopback: false,
          },
          {
            name: "Loopback0",
            address: { address: "12.0.0.8", length: 32 },
            enabled: true,
            ipsecOnly: false,
            loopback: true,
          },
        ],
        routes: [],
        pools: [{ name: "POOL", ranges: [{ first: "20.0.0.100", last: "20.0.0.110" }] }],
        users: [{ name: "fred", password: new Secret("fredPw"), address: undefined, pool: undefined }],
        pppAuthenticationMethods: ["local"],
        natTraversal: true,
      },
    ],
    ikePolicies: [
      {
        priority: 1,
        encryption: "3des",
        keyBits: 0,
        hash: "sha1",
        group: 2,
        authentication: "preShared",
        lifetimeSeconds: 28_800,
      },
      {
        priority: 2,
        encryption: "aes",
        keyBits: 128,
        hash: "sha1",
        group: 14,
        authentication: "preShared",
        lifetimeSeconds: 28_800,
      },
    ],
    preSharedKeys: [
      {
        virtualRouter: "default",
        peer: { prefix: ANY_PREFIX },
        localAddress: undefined,
        key: new Secret("secret"),
        group: false,
        label: "default",
      },
    ],
    deadPeerDetection: undefined,
    ipsecGateways: [{ ...gatewaySpec, ...variation.gateway }],
    l2tp: {
      enabled: true,
      idleTimeoutSeconds: 10,
      destructTimeoutSeconds: 10,
      retransmitRetriesEstablished: 10,
      retransmitRetriesNotEstablished: 5,
      retransmitTimeoutSeconds: { min: 1, max: 8 },
      ignoreUdpChecksums: true,
    },
    lnsProfiles: [{ ...lnsProfile, ...variation.lns }],
    pppProfiles: [{ ...pppProfile, ...variation.ppp }],
    ...variation.router,
  };
}
