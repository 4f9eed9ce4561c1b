/** Connections that fail because somebody's settings do not fit: the settings, and what is to be said of it. */

import { Secret } from "../../src/engine/kernel/secret.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import type { ClientOptions, LabOptions } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

export interface FailingConnection {
  readonly spec: RouterSpec;
  readonly client: ClientOptions;
  /** How the gateway's host is. */
  readonly host?: Partial<LabOptions>;
  /** The step that `show` names, and the number that Windows gives it. */
  readonly told: readonly [string, number | undefined];
  /** What the gateway's log must say, in one line. */
  readonly says: RegExp;
  /** What `show` tells the operator to change, where others fail at the same step for other reasons. */
  readonly change?: RegExp;
}

const spec = specOf();
const [router] = spec.virtualRouters;
if (router === undefined) throw new Error("the specification has no virtual router");

export const failingConnections: Readonly<Record<string, FailingConnection>> = {
  "a wrong pre-shared key": {
    spec,
    client: { preSharedKey: "guess" },
    told: ["phase 1", 789],
    says: /pre-shared key/,
  },
  "no pre-shared key for the peer": {
    spec: { ...spec, preSharedKeys: [] },
    client: {},
    told: ["phase 1", 789],
    says: /no pre-shared key/i,
  },
  "no matching phase 1 policy": {
    spec: { ...spec, ikePolicies: spec.ikePolicies.filter(({ encryption }) => encryption === "aes") },
    client: {},
    told: ["phase 1", 789],
    says: /no phase 1 proposal was acceptable/i,
  },
  "no gateway for the address that is called": {
    spec: { ...spec, ipsecGateways: [] },
    client: {},
    told: ["phase 1", 809],
    says: /no IPsec gateway is configured for this address/,
  },
  "perfect forward secrecy that the client does not offer": {
    spec: specOf({ gateway: { pfsGroup: 2 } }),
    client: {},
    told: ["phase 2", 789],
    says: /perfect forward secrecy group missing is not 2/,
  },
  "no matching transform set": {
    spec: specOf({
      gateway: { proposals: [{ label: "TS", cipher: "aes", keyBits: 256, integrity: "sha256", mode: "transport" }] },
    }),
    client: {},
    told: ["phase 2", 789],
    says: /no phase 2 proposal was acceptable/,
  },
  "a transform set in tunnel mode": {
    spec: specOf({
      gateway: { proposals: [{ label: "TS", cipher: "3des", keyBits: 0, integrity: "sha1", mode: "tunnel" }] },
    }),
    client: {},
    told: ["phase 2", 789],
    says: /our own transform set is for tunnel mode/,
    change: /transport mode/,
  },
  "ESP without UDP, where only UDP passes": {
    spec,
    client: { manners: { vendorIds: [] } },
    host: { udpEncapsulationOnly: true },
    told: ["phase 2", 789],
    says: /ESP without UDP/,
  },
  "aggressive mode that nobody allowed": {
    spec,
    client: { plan: { group: "sales" } },
    told: ["phase 1", 789],
    says: /Aggressive mode was refused.*aggressive mode is not accepted/,
  },
  "a profile that does not take the client": {
    spec: specOf({ gateway: { peerProfile: "SALES" } }),
    client: {},
    told: ["phase 2", 789],
    says: /only peers of profile SALES are served, and the peer is of none/,
  },
  "a session limit": {
    spec: specOf({ lns: { maxSessions: 0 } }),
    client: {},
    told: ["L2TP", undefined],
    says: /L2TP session refused.*the session limit of L2TP is reached \(0\)/,
  },
  "a user who is there already": {
    spec: {
      ...spec,
      virtualRouters: [{ ...router, users: router.users.map((user) => ({ ...user, maxSessions: 0 })) }],
    },
    client: {},
    told: ["authentication", 691],
    says: /fred has the 0 sessions already that one user may have/,
  },
  "a wrong password": {
    spec,
    client: { password: "guess" },
    told: ["authentication", 691],
    says: /PPP authentication failed.*password/i,
  },
  "an unknown user": {
    spec,
    client: { user: "barney" },
    told: ["authentication", 691],
    says: /PPP authentication failed.*barney/,
  },
  "no common authentication protocol": {
    spec: specOf({ ppp: { authentication: ["pap"] } }),
    client: { manners: { authentication: ["msChapV2"] } },
    told: ["LCP", 691],
    says: /the peer refuses all of pap/,
  },
  "no address left": {
    spec: { ...spec, virtualRouters: [{ ...router, pools: [{ name: "POOL", ranges: [] }] }] },
    client: {},
    told: ["IPCP", 720],
    says: /no address left for the client.*POOL/,
  },
  "a pool that is not there": {
    spec: { ...spec, virtualRouters: [{ ...router, pools: [] }] },
    client: {},
    told: ["IPCP", 720],
    says: /no address left for the client.*there is no address pool POOL/,
    change: /configure the address pool/,
  },
  "L2TP that is draining": {
    spec: { ...spec, l2tp: { ...spec.l2tp, draining: true } },
    client: {},
    told: ["L2TP", undefined],
    says: /L2TP tunnel refused.*L2TP is draining/,
    change: /no l2tp drain/,
  },
  "a keyring that is not its profile's": {
    spec: {
      ...spec,
      peerProfiles: [
        {
          name: "SALES",
          keyLabels: ["SALES"],
          matches: [{ type: "address", prefix: { address: "0.0.0.0", length: 0 }, virtualRouter: undefined }],
        },
      ],
    },
    client: {},
    told: ["phase 1", 789],
    says: /its key is of keyring default, and profile SALES takes keys of SALES alone/,
    change: /keyring/,
  },
  "an unknown PPP profile": {
    spec: specOf({ lns: { pppProfile: "Virtual-Template9" } }),
    client: {},
    told: ["PPP", undefined],
    says: /the PPP profile Virtual-Template9 does not exist/,
  },
  "an unknown host name": {
    spec: specOf({ lns: { remoteHostName: "laptop" } }),
    client: {},
    told: ["L2TP tunnel", undefined],
    says: /L2TP tunnel refused.*no profile accepts the host name of the peer/,
  },
  "no LNS profile at all": {
    spec: { ...spec, lnsProfiles: [] },
    client: {},
    told: ["L2TP tunnel", undefined],
    says: /L2TP tunnel refused.*no profile of this virtual router accepts tunnels/,
  },
  "vpdn not enabled": {
    spec: { ...spec, l2tp: { ...spec.l2tp, enabled: false } },
    client: {},
    told: ["L2TP tunnel", 809],
    says: /L2TP tunnel refused.*L2TP is not enabled/,
  },
  "tunnel authentication without a password": {
    spec: specOf({ lns: { tunnelAuthentication: true, tunnelPassword: new Secret("tunnel") } }),
    client: {},
    told: ["L2TP tunnel", undefined],
    says: /not authorized to establish a control channel/,
  },
};
