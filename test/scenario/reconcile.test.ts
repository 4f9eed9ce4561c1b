/** The configuration changes while sessions stand: what a change does not touch keeps running. */

import { expect, test } from "vitest";
import { Secret } from "../../src/engine/kernel/secret.ts";
import type { RouterSpec, VirtualRouterSpec } from "../../src/engine/spec.ts";
import { INSIDE, Lab, type LabClient } from "../support/lab.ts";
import { gatewaySpec, lnsProfile, pppProfile, specOf } from "../support/specs.ts";

const base = specOf({ router: { deadPeerDetection: { intervalSeconds: 20, retrySeconds: 3, mode: "periodic" } } });

function withRouter(change: Partial<VirtualRouterSpec>): RouterSpec {
  return { ...base, virtualRouters: base.virtualRouters.map((router) => ({ ...router, ...change })) };
}

function labWithClient(): { lab: Lab; client: LabClient } {
  const lab = new Lab({ spec: base });
  return { lab, client: lab.client({ nat: lab.nat(), persona: "linux" }).connect() };
}

const changes: Readonly<Record<string, RouterSpec>> = {
  nothing: { ...base },
  "the host name": { ...base, hostname: "boston" },
  "an added user": withRouter({
    users: [
      ...(base.virtualRouters[0]?.users ?? []),
      { name: "wilma", password: new Secret("wilmaPw"), address: undefined, pool: undefined },
    ],
  }),
  "the user's password": withRouter({
    users: [{ name: "fred", password: new Secret("changed"), address: undefined, pool: undefined }],
  }),
  "an added pool": withRouter({
    pools: [
      ...(base.virtualRouters[0]?.pools ?? []),
      { name: "MORE", ranges: [{ first: "21.0.0.1", last: "21.0.0.9" }] },
    ],
  }),
  "a pool that has moved elsewhere": withRouter({
    pools: [{ name: "POOL", ranges: [{ first: "22.0.0.1", last: "22.0.0.9" }] }],
  }),
  "an added interface": withRouter({
    interfaces: [
      ...(base.virtualRouters[0]?.interfaces ?? []),
      {
        name: "Loopback9",
        address: { address: "14.0.0.1", length: 32 },
        enabled: true,
        ipsecOnly: false,
        loopback: true,
      },
    ],
  }),
  "another pre-shared key": {
    ...base,
    preSharedKeys: base.preSharedKeys.map((key) => ({ ...key, key: new Secret("changed") })),
  },
  "other phase 1 policies": { ...base, ikePolicies: base.ikePolicies.slice(1) },
  "other transform sets": specOf({
    gateway: { proposals: [{ label: "NEW", cipher: "aes", keyBits: 256, integrity: "sha256", mode: "transport" }] },
  }),
  "another PPP profile beside": { ...base, pppProfiles: [pppProfile, { ...pppProfile, name: "Other" }] },
  "another authentication protocol": specOf({ ppp: { authentication: ["pap"] } }),
  "another LNS profile beside": {
    ...base,
    lnsProfiles: [lnsProfile, { ...lnsProfile, name: "OTHER", remoteHostName: "x" }],
  },
  "another gateway beside": {
    ...base,
    ipsecGateways: [gatewaySpec, { ...gatewaySpec, localAddress: "203.0.113.9", interfaceName: "FastEthernet9/0" }],
  },
  "other L2TP timers": { ...base, l2tp: { ...base.l2tp, idleTimeoutSeconds: 60, destructTimeoutSeconds: 600 } },
  "dead peer detection off": { ...base, deadPeerDetection: undefined },
  "NAT traversal off": withRouter({ natTraversal: false }),
};

test.each(Object.entries(changes))("a session lives on through a change of %s", (_, spec) => {
  const { lab, client } = labWithClient();
  const { sessions, connections, l2tp } = lab.snapshot;
  lab.request({ type: "configure", spec });
  expect(client.ping(INSIDE, 50, 2000)).toBe(50);
  const after = lab.snapshot;
  expect(after.sessions).toMatchObject([{ session: sessions[0]?.session }]);
  expect(after.connections).toMatchObject([{ connection: connections[0]?.connection, demuxPort: 1024 }]);
  expect(after.l2tp.tunnels).toMatchObject([{ tunnel: l2tp.tunnels[0]?.tunnel, state: "established" }]);
  lab.request({ type: "configure", spec: base });
  expect(client.ping(INSIDE, 5)).toBe(5);
});

test("NAT traversal switched off affects only later negotiations", () => {
  const spec = specOf({ gateway: { lifetimeSeconds: 120 } });
  const lab = new Lab({ spec });
  const nat = lab.nat();
  const early = lab.client({ nat }).connect();
  const [router] = spec.virtualRouters;
  if (router === undefined) throw new Error("the specification has no virtual router");
  lab.request({ type: "configure", spec: { ...spec, virtualRouters: [{ ...router, natTraversal: false }] } });
  // Only a NAT that passes ESP lets another one in.
  const late = lab.client({ nat }).connect(130_000);
  expect(late.state).toBe("up");
  expect(lab.snapshot.connections.map(({ encapsulation }) => encapsulation)).toEqual(["udp", "esp"]);
  late.disconnect();
  // New IPsec SAs under the old IKE SA are no new negotiation of NAT traversal.
  expect(early.ping(INSIDE, 100, 3000)).toBe(100);
  // Without a NAT nothing is missed.
  const direct = lab.client().connect();
  expect(direct.ping(INSIDE, 3)).toBe(3);
  lab.request({ type: "configure", spec });
  expect(lab.client({ nat }).connect().state).toBe("up");
});

test("a new key, user and pool serve the next client, and the old ones no more", () => {
  const { lab, client } = labWithClient();
  const spec = withRouter({
    users: [{ name: "wilma", password: new Secret("wilmaPw"), address: undefined, pool: undefined }],
    pools: [{ name: "POOL", ranges: [{ first: "22.0.0.1", last: "22.0.0.9" }] }],
  });
  lab.request({
    type: "configure",
    spec: { ...spec, preSharedKeys: spec.preSharedKeys.map((key) => ({ ...key, key: new Secret("changed") })) },
  });
  const nat = lab.nat("198.51.100.9");
  expect(lab.client({ nat }).connect(130_000).state).toBe("failed");
  expect(lab.client({ nat, preSharedKey: "changed" }).connect().state).toBe("failed");
  const wilma = { user: "wilma", password: "wilmaPw" };
  const next = lab.client({ nat, preSharedKey: "changed", ...wilma }).connect();
  expect(next.client.view()).toMatchObject({ state: "up", address: "22.0.0.1" });
  expect(lab.pingTogether([client, next], INSIDE, 3)).toEqual([3, 3]);
});

test("a shorter L2TP idle timeout and another demultiplexing apply to what comes later", () => {
  const { lab, client } = labWithClient();
  lab.request({ type: "configure", spec: specOf({ gateway: { separation: "perConnection" } }) });
  const next = lab.client({ nat: lab.nat("198.51.100.9") }).connect();
  expect(lab.snapshot.connections.map(({ demuxPort }) => demuxPort)).toEqual([1024, undefined]);
  expect(lab.pingTogether([client, next], INSIDE, 5)).toEqual([5, 5]);
});

test("an address of the router that is taken away is not answered on any more", () => {
  const { lab, client } = labWithClient();
  const [router] = base.virtualRouters;
  const interfaces = (router?.interfaces ?? []).map((port) =>
    port.loopback ? port : { ...port, address: { address: "203.0.113.5", length: 24 } },
  );
  expect(client.ping("203.0.113.5", 2)).toBe(0);
  lab.request({ type: "configure", spec: withRouter({ interfaces }) });
  expect(client.ping("203.0.113.5", 2)).toBe(2);
  expect(client.ping("203.0.113.1", 2)).toBe(0);
});

test("what renews an SA after its transform set was taken away is offered under the new ones", () => {
  const suite = { cipher: "aes", mode: "transport" } as const;
  const before = specOf({
    gateway: { proposals: [{ ...suite, label: "OLD", keyBits: 128, integrity: "sha1" }], lifetimeKilobytes: 20 },
  });
  const after = specOf({
    gateway: { proposals: [{ ...suite, label: "NEW", keyBits: 256, integrity: "sha256" }], lifetimeKilobytes: 20 },
  });
  const lab = new Lab({ spec: before });
  const client = lab.client({ nat: lab.nat(), persona: "linux" }).connect();
  const labels = () => lab.snapshot.connections[0]?.sas.map(({ proposal }) => proposal.label);
  expect(labels()).toEqual(["OLD"]);
  // Renewed while its transform set is there, a pair is followed by one of its kind.
  expect(client.ping(INSIDE, 200, 500)).toBe(200);
  expect(new Set(labels())).toEqual(new Set(["OLD"]));
  lab.request({ type: "configure", spec: after });
  expect(client.ping(INSIDE, 200, 500)).toBe(200);
  expect(labels()?.at(-1)).toBe("NEW");
  expect(lab.snapshot.sessions).toHaveLength(1);
});
