/** From JunosE configurations to the intent of the chassis, and what is said about what cannot be had. */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { RouterSpec } from "../../../src/engine/spec.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";
import { fixture, TestRouter } from "./router.ts";

const MINIMAL = fixture("configs/junose-l2tp-ipsec.cfg");
const EVERYTHING = fixture("configs/junose-everything.cfg");

function compiled(...texts: readonly string[]): { readonly spec: RouterSpec; readonly warnings: readonly string[] } {
  const router = new TestRouter();
  for (const text of texts) expect(router.load(text).refused).toEqual([]);
  return junose.compile(router.store);
}

test("the minimal configuration is a whole gateway, and nothing about it is doubtful", () => {
  const { spec, warnings } = compiled(MINIMAL);
  expect(warnings).toEqual([]);
  const expected: RouterSpec = {
    accessLists: [],
    hostname: "host1",
    virtualRouters: [
      {
        name: "default",
        domainDelimiters: "@",
        interfaces: [
          {
            name: "loopback 0",
            address: { address: "10.0.0.1", length: 32 },
            enabled: true,
            ipsecOnly: false,
            loopback: true,
          },
        ],
        routes: [],
        pools: [
          {
            name: "vpnpool",
            ranges: [{ first: "10.20.0.10", last: "10.20.0.250" }],
            warning: { high: 85, abated: 75 },
          },
        ],
        users: [{ name: "fred", password: new Secret("fredPw"), address: undefined, pool: undefined }],
        pppAuthenticationMethods: ["local", "none"],
        natTraversal: true,
      },
    ],
    ikePolicies: [
      {
        priority: 5,
        encryption: "3des",
        keyBits: 0,
        hash: "sha1",
        group: 2,
        authentication: "preShared",
        lifetimeSeconds: 28_800,
      },
    ],
    preSharedKeys: [
      {
        virtualRouter: "default",
        peer: { prefix: { address: "0.0.0.0", length: 0 } },
        localAddress: "10.0.0.1",
        key: new Secret("groupSecret"),
        group: true,
        label: "remoteL2tp",
      },
    ],
    deadPeerDetection: undefined,
    ipsecGateways: [
      {
        virtualRouter: "default",
        localAddress: "10.0.0.1",
        remote: { address: "0.0.0.0", length: 0 },
        interfaceName: "loopback 0",
        proposals: [
          { label: "esp-3des-hmac-sha", cipher: "3des", integrity: "sha1", keyBits: 0, mode: "transport" },
          { label: "esp-3des-hmac-md5", cipher: "3des", integrity: "md5", keyBits: 0, mode: "transport" },
        ],
        lifetimeSeconds: 864_000,
        lifetimeKilobytes: undefined,
        pfsGroup: undefined,
        separation: "perConnection",
        replayWindow: 64,
        ignoreUdpChecksums: false,
        label: { map: "remoteL2tp", sequence: 0, dynamicMap: undefined, dynamicSequence: undefined },
      },
    ],
    l2tp: {
      enabled: true,
      draining: false,
      idleTimeoutSeconds: 60,
      destructTimeoutSeconds: 600,
      retransmitRetriesEstablished: 5,
      retransmitRetriesNotEstablished: 5,
      retransmitTimeoutSeconds: { min: 1, max: 8 },
      ignoreUdpChecksums: true,
    },
    lnsProfiles: [
      {
        name: "boston4",
        virtualRouter: "default",
        remote: { address: "0.0.0.0", length: 0 },
        remoteHostName: undefined,
        localAddress: "10.0.0.1",
        localHostName: "host1",
        tunnelPassword: undefined,
        tunnelAuthentication: false,
        transport: "ipsec",
        singleShot: true,
        helloSeconds: 60,
        receiveWindow: 4,
        pppProfile: "georgeProfile1",
        maxSessions: undefined,
        resultCodeOverride: false,
        disconnectCause: false,
        dropsLateData: true,
        proxyLcp: "fitting",
        proxyAuthentication: false,
      },
    ],
    pppProfiles: [
      {
        name: "georgeProfile1",
        virtualRouter: "default",
        authentication: ["chap"],
        localAddress: "10.0.0.1",
        unnumbered: "loopback 0",
        pools: ["vpnpool"],
        dns: [],
        nbns: [],
        mru: 1500,
        mtuAdaptive: false,
        keepaliveSeconds: 30,
        keepaliveRetries: 3,
        chapChallengeLength: { min: 16, max: 32 },
        authenticationRetries: 0,
      },
    ],
  };
  expect(spec).toEqual(expected);
  expect(spec.preSharedKeys[0]?.key.reveal()).toBe("groupSecret");
  expect(spec.virtualRouters[0]?.users[0]?.password?.reveal()).toBe("fredPw");
});

test("masked secrets are the same secrets", () => {
  const router = new TestRouter();
  router.load(MINIMAL);
  const { spec } = compiled(router.printed().join("\n"));
  expect(spec.preSharedKeys[0]?.key.reveal()).toBe("groupSecret");
  expect(spec.virtualRouters[0]?.users[0]?.password?.reveal()).toBe("fredPw");
});

test("an empty configuration is a router that accepts nobody and could still speak IKE", () => {
  const { spec, warnings } = compiled("");
  expect(warnings).toEqual([]);
  expect(spec).toMatchObject({
    hostname: "host1",
    virtualRouters: [{ name: "default", pppAuthenticationMethods: [], natTraversal: true }],
    ikePolicies: [{ encryption: "3des", hash: "sha1", group: 2, authentication: "preShared", lifetimeSeconds: 28_800 }],
    ipsecGateways: [],
    lnsProfiles: [],
  });
});

test("NAT traversal is on in each virtual router until its own `no ipsec option nat-t`", () => {
  const of = (text: string) =>
    compiled(text).spec.virtualRouters.map((router) => [router.name, router.natTraversal] as const);
  expect(of("virtual-router westford\nno ipsec option nat-t")).toEqual([
    ["default", true],
    ["westford", false],
  ]);
  expect(of("virtual-router westford\nno ipsec option nat-t\nipsec option nat-t")).toContainEqual(["westford", true]);
  expect(of("no ipsec option nat-t\ndefault ipsec option nat-t")).toEqual([["default", true]]);
});

test("IKE rules come by priority, with the box's values where nothing is typed", () => {
  const { spec } = compiled("ipsec ike-policy-rule 20\nencryption des\nipsec isakmp-policy-rule 3\ngroup 5\nhash md5");
  expect(spec.ikePolicies).toMatchObject([
    { priority: 3, encryption: "3des", group: 5, hash: "md5", lifetimeSeconds: 28_800 },
    { priority: 20, encryption: "des", group: 2, hash: "sha1" },
  ]);
});

test("a transport profile that says everything is compiled to what it says", () => {
  const { spec } = compiled(EVERYTHING);
  expect(spec.ipsecGateways[0]).toMatchObject({
    virtualRouter: "westford",
    localAddress: "10.0.1.1",
    interfaceName: "loopback 1",
    proposals: [{ label: "both", cipher: "3des", integrity: "sha1" }],
    lifetimeSeconds: 3600,
    lifetimeKilobytes: 150_000,
    pfsGroup: 2,
    ignoreUdpChecksums: true,
  });
  expect(spec.preSharedKeys.map(({ key, ...rest }) => ({ ...rest, key: key.reveal() }))).toEqual([
    {
      virtualRouter: "westford",
      peer: { prefix: { address: "172.31.1.98", length: 32 } },
      localAddress: undefined,
      group: false,
      label: "manual",
      key: "peerKey",
    },
    {
      virtualRouter: "westford",
      peer: { hostname: "lac.example.com" },
      localAddress: undefined,
      group: false,
      label: "manual",
      key: "namedKey",
    },
    {
      virtualRouter: "westford",
      peer: { prefix: { address: "0.0.0.0", length: 0 } },
      localAddress: "10.0.1.1",
      group: true,
      label: "secure",
      key: "a key with blanks",
    },
  ]);
  expect(spec.deadPeerDetection).toBeUndefined();
  expect(spec.ipsecGateways.map(({ answersUnknownCookies }) => answersUnknownCookies)).toEqual([true]);
  expect(
    spec.ipsecGateways.map(({ virtualRouter, deadPeerDetection }) => [virtualRouter, deadPeerDetection?.mode]),
  ).toEqual([["westford", "onDemand"]]);
  expect(spec.ikePolicies[0]?.boundTo).toEqual({ address: "10.0.0.1", virtualRouter: "default" });
});

test("a virtual router keeps the servers of users who come to it by their domain, and its delimiters", () => {
  const [westford] = compiled(EVERYTHING).spec.virtualRouters.filter(({ name }) => name === "westford");
  expect(westford).toMatchObject({ domainDelimiters: "@", dns: ["10.9.0.1", "10.9.0.2"], nbns: ["10.9.0.3"] });
});

test("each address of an interface is ours", () => {
  const { spec, warnings } = compiled(
    MINIMAL,
    `interface loopback 0
       ip address 10.0.0.2 255.255.255.255 secondary
     ipsec transport profile remoteL2tp
       local ip address 10.0.0.2
       pre-share other`,
  );
  expect(spec.virtualRouters[0]?.interfaces.map(({ name, address }) => [name, address?.address])).toEqual([
    ["loopback 0", "10.0.0.1"],
    ["loopback 0", "10.0.0.2"],
  ]);
  expect(spec.ipsecGateways.map(({ localAddress, interfaceName }) => [localAddress, interfaceName])).toEqual([
    ["10.0.0.1", "loopback 0"],
    ["10.0.0.2", "loopback 0"],
  ]);
  expect(warnings).toEqual([]);
});

test("a transport profile without a lifetime takes all of the box's range; `ipsec lifetime` is of tunnels", () => {
  const { spec } = compiled(MINIMAL, "ipsec lifetime seconds 7200\nipsec lifetime kilobytes 200000");
  expect(spec.ipsecGateways).toMatchObject([{ lifetimeSeconds: 864_000, lifetimeKilobytes: undefined }]);
});

test("remote hosts: the peer's own address and name before any other, with what each of them says", () => {
  const { spec } = compiled(EVERYTHING);
  expect(spec.lnsProfiles).toMatchObject([
    {
      name: "east",
      virtualRouter: "westford",
      remote: { address: "172.31.1.98", length: 32 },
      remoteHostName: "LAC",
      localAddress: "10.0.1.1",
      localHostName: "LNS",
      tunnelAuthentication: false,
      transport: "clear",
      singleShot: false,
      pppProfile: "users:westford",
      maxSessions: 5,
      resultCodeOverride: true,
      disconnectCause: true,
    },
    { name: "east", remoteHostName: undefined, transport: "ipsec", singleShot: true, maxSessions: undefined },
  ]);
  const whole = [{ of: "westford:east as a whole", maxSessions: 10 }];
  expect(spec.lnsProfiles.map(({ sharedLimits }) => sharedLimits)).toEqual([whole, whole]);
  expect(spec.lnsProfiles[0]?.tunnelPassword?.reveal()).toBe("TunnelPass");
});

test("a tunnel password is demanded unless `l2tp disable challenge` says otherwise", () => {
  const host = "l2tp destination profile p ip address 0.0.0.0\nremote host default\ntunnel password pw";
  expect(compiled(host).spec.lnsProfiles[0]).toMatchObject({ tunnelAuthentication: true });
  expect(compiled(host, "l2tp disable challenge").spec.lnsProfiles[0]).toMatchObject({ tunnelAuthentication: false });
});

test("a profile stands in the virtual router it names, with that router's pools, servers and addresses", () => {
  const { spec } = compiled(EVERYTHING);
  expect(spec.pppProfiles).toEqual([
    {
      name: "users:westford",
      virtualRouter: "westford",
      authentication: ["pap", "chap"],
      localAddress: "10.0.1.1",
      unnumbered: "loopback 1",
      pools: ["vpnpool"],
      dns: ["10.9.0.1", "10.9.0.2"],
      nbns: ["10.9.0.3"],
      mru: 1460,
      ipMtu: 1400,
      tcpMss: 1360,
      mtuAdaptive: false,
      keepaliveSeconds: 60,
      keepaliveRetries: 3,
      chapChallengeLength: { min: 20, max: 24 },
      authenticationRetries: 3,
      authenticationRouter: "westford",
    },
  ]);
});

test("one profile that two virtual routers use is made for each of them", () => {
  const { spec } = compiled(
    MINIMAL,
    "virtual-router boston\nl2tp destination profile b ip address 0.0.0.0\nremote host default\nprofile georgeProfile1",
  );
  expect(spec.pppProfiles.map(({ name, virtualRouter }) => ({ name, virtualRouter }))).toEqual([
    { name: "georgeProfile1", virtualRouter: "default" },
    { name: "georgeProfile1:boston", virtualRouter: "boston" },
  ]);
  expect(spec.lnsProfiles.map(({ pppProfile }) => pppProfile).sort()).toEqual([
    "georgeProfile1",
    "georgeProfile1:boston",
  ]);
});

test("a key is missed only where one could be asked for", () => {
  const lines = [
    "interface loopback 0",
    "ip address 10.0.0.1 255.255.255.255",
    "ipsec transport profile t virtual-router default ip address 0.0.0.0",
    "local ip address 10.0.0.1",
  ];
  const missed = (...more: readonly string[]) => {
    const router = new TestRouter();
    router.load([...lines, ...more].join("\n"));
    return router.warnings().filter((text) => text.includes("has no `pre-share`")).length;
  };
  expect(missed()).toBe(1);
  expect(missed("ipsec key manual pre-share 192.0.2.9")).toBe(1);
  expect(missed("ipsec key manual pre-share 192.0.2.9", "key secret")).toBe(0);
  expect(missed("ipsec ike-policy-rule 1", "authentication rsa-sig")).toBe(0);
  expect(missed("ipsec ike-policy-rule 1", "authentication rsa-sig", "ipsec ike-policy-rule 2")).toBe(1);
});

test("`no ppp keepalive` is off, and without a line it is 30 seconds", () => {
  const keepalive = (text: string) => compiled(MINIMAL, text).spec.pppProfiles[0]?.keepaliveSeconds;
  expect(keepalive("profile georgeProfile1\nno ppp keepalive")).toBe(0);
  expect(keepalive("profile georgeProfile1\nppp keepalive 90")).toBe(90);
  expect(keepalive("profile georgeProfile1\nppp keepalive 90\ndefault ppp keepalive")).toBe(30);
});

test("a virtual router knows the users of the database it selects; one-way secrets leave only their one-way form", () => {
  const { spec } = compiled(EVERYTHING);
  const users = (name: string) =>
    spec.virtualRouters
      .find((router) => router.name === name)
      ?.users.map((user) => ({ ...user, password: user.password?.reveal(), passwordHash: user.passwordHash?.scheme }));
  expect(users("default")).toEqual([
    { name: "bob", password: "bob pw", address: undefined, pool: undefined },
    { name: "eve", password: undefined, passwordHash: "sha256Base64", address: undefined, pool: undefined },
  ]);
  expect(users("westford")).toEqual([
    { name: "fred", password: "fredPw", address: "10.20.0.9", pool: "vpnpool", virtualRouter: "westford" },
    { name: "ann", password: undefined, passwordHash: "sha256Base64", address: undefined, pool: undefined },
  ]);
});

test("interfaces, routes and pools of a virtual router", () => {
  const { spec } = compiled(EVERYTHING);
  expect(spec.virtualRouters.find((router) => router.name === "westford")).toMatchObject({
    interfaces: [
      { name: "loopback 1", address: { address: "10.0.1.1", length: 32 }, loopback: true, enabled: true },
      { name: "fastEthernet 0/0", address: { address: "192.0.2.2", length: 24 }, loopback: false },
      { name: "fastEthernet 0/0", address: { address: "192.0.2.3", length: 24 }, loopback: false },
      { name: "atm 2/0.1", address: undefined, enabled: false },
    ],
    routes: [
      { prefix: { address: "10.50.0.0", length: 16 }, via: "192.0.2.254" },
      { prefix: { address: "10.51.0.0", length: 16 }, via: { interface: "fastEthernet 0/0" } },
    ],
    pools: [
      {
        name: "vpnpool",
        ranges: [
          { first: "10.20.0.10", last: "10.20.0.20" },
          { first: "10.20.1.10", last: "10.20.1.20" },
        ],
      },
    ],
    natTraversal: false,
  });
});

test("`drain` keeps tunnels and `shutdown` does not; either `no` form enables L2TP again", () => {
  const state = (text: string) => {
    const { enabled, draining } = compiled(text).spec.l2tp;
    return { enabled, draining };
  };
  expect(state("l2tp drain")).toEqual({ enabled: true, draining: true });
  expect(state("l2tp drain\nl2tp shutdown")).toEqual({ enabled: false, draining: false });
  expect(state("l2tp shutdown\nno l2tp drain")).toEqual({ enabled: true, draining: false });
  expect(state("l2tp drain\nno l2tp shutdown")).toEqual({ enabled: true, draining: false });
});

test("retransmissions may be set for one kind of tunnel or for both", () => {
  const retries = (text: string) => {
    const { l2tp } = compiled(text).spec;
    return [l2tp.retransmitRetriesEstablished, l2tp.retransmitRetriesNotEstablished];
  };
  expect(retries("l2tp retransmission 9")).toEqual([9, 9]);
  expect(retries("l2tp retransmission 9\nl2tp retransmission 3 not-established")).toEqual([9, 3]);
  expect(retries("l2tp retransmission 7 established\nno l2tp retransmission")).toEqual([5, 5]);
});

test.each([
  [
    "a profile that is not there",
    "l2tp destination profile p ip address 0.0.0.0\nremote host default\nprofile ghost",
    "L2TP destination profile p host default: profile ghost does not exist",
  ],
  [
    "no profile",
    "l2tp destination profile p ip address 0.0.0.0\nremote host LAC",
    "L2TP destination profile p host LAC: it names no `profile`, so its sessions are refused",
  ],
  [
    "no remote host",
    "l2tp destination profile p ip address 0.0.0.0",
    "L2TP destination profile p: it has no `remote host`, so it accepts nobody",
  ],
  [
    "IPsec without a transport profile",
    "l2tp destination profile p ip address 0.0.0.0\nremote host default\nenable ipsec-transport\nlocal ip address 10.0.0.1",
    "L2TP destination profile p host default: no IPsec transport profile for L2TP covers 10.0.0.1",
  ],
  [
    "RADIUS alone",
    `${MINIMAL}aaa authentication ppp default radius`,
    "profile georgeProfile1: virtual router default authenticates PPP users by RADIUS, which is not spoken; configure `aaa authentication ppp default local`",
  ],
  [
    "an interface without an address",
    `${MINIMAL}interface loopback 0\nno ip address`,
    "profile georgeProfile1: loopback 0 has no address in virtual router default",
  ],
  [
    "a transform set that is not there",
    `${MINIMAL}ipsec transport profile remoteL2tp\ntransform-set ghost`,
    "IPsec transport profile remoteL2tp: transform set ghost does not exist",
  ],
  [
    "AH",
    `${MINIMAL}ipsec transform-set ah ah-hmac-sha\nipsec transport profile remoteL2tp\ntransform-set ah`,
    "IPsec transport profile remoteL2tp: AH is not spoken; only its ESP transforms are offered",
  ],
  [
    "another application",
    "ipsec transport profile t virtual-router default ip address 0.0.0.0\napplication gre",
    "IPsec transport profile t: none of its applications is L2TP, which is all that is carried",
  ],
  [
    "a virtual router that is not there",
    "ipsec transport profile t virtual-router ghost ip address 0.0.0.0",
    "IPsec transport profile t: virtual router ghost does not exist",
  ],
  [
    "a profile without keys",
    `${MINIMAL}ipsec transport profile remoteL2tp\nlocal ip address 10.0.0.1\nno pre-share`,
    "IPsec transport profile remoteL2tp: 10.0.0.1 has no `pre-share`, and virtual router default no manual keys",
  ],
  [
    "DHCP",
    "ip address-pool dhcp",
    "ip address-pool dhcp: addresses cannot come from DHCP in virtual router default; configure `ip address-pool local`",
  ],
])("%s is said in plain words", (_name, text, warning) => {
  expect(compiled(text).warnings).toContain(warning);
});
