/** Clients whose names carry a domain, against a gateway that places them by it. */

import { expect, test } from "vitest";
import { Lab, type LabClient } from "../../support/lab.ts";
import { fixture, TestRouter } from "./router.ts";

const LOCAL = "10.0.0.1";
const WESTFORD = "10.1.1.1";

const ROUTERS = `
  aaa local database west
  aaa local username bob database west
    password bobPw
  aaa local username ann database west
    password annPw
    operational-virtual-router boston
  virtual-router westford
  interface loopback 1
    ip address ${WESTFORD} 255.255.255.255
  ip local pool westpool 10.30.0.1 10.30.0.9
  ip local pool spare 10.31.0.1 10.31.0.9
  aaa local select database west
  aaa authentication ppp default local
  virtual-router boston
  interface loopback 1
    ip address 10.2.2.2 255.255.255.255
  ip local pool bostonpool 10.40.0.1 10.40.0.9
  virtual-router default
  aaa authentication ppp default local`;

function gateway(extra: string) {
  const router = new TestRouter();
  expect(router.load(`${fixture("configs/junose-l2tp-ipsec.cfg")}\n${ROUTERS}\n${extra}`).refused).toEqual([]);
  const lab = new Lab({ spec: router.snapshot().spec, addresses: [LOCAL] });
  return {
    lab,
    connect: (user: string, password: string): LabClient =>
      lab.client({ gateway: LOCAL, preSharedKey: "groupSecret", user, password }).connect(),
  };
}

const MAP = `
  aaa domain-map west.example
    router-name westford
    loopback 1
    strip-domain enable`;

test("a domain takes its users into its virtual router, its pools and its address", () => {
  const { lab, connect } = gateway(MAP);
  const bob = connect("bob@west.example", "bobPw");
  const fred = connect("fred", "fredPw");
  expect([bob.address, fred.address]).toEqual(["10.30.0.1", "10.20.0.10"]);
  expect(lab.snapshot.sessions.map(({ virtualRouter, pool }) => [virtualRouter, pool])).toEqual([
    ["westford", "westpool"],
    ["default", "vpnpool"],
  ]);
  expect(bob.client.view().gatewayAddress).toBe(WESTFORD);
  expect([bob.ping(WESTFORD), fred.ping(LOCAL)]).toEqual([1, 1]);
  // Neither reaches the address of the other's virtual router.
  expect([bob.ping(LOCAL), fred.ping(WESTFORD)]).toEqual([0, 0]);
  bob.disconnect();
  expect(lab.snapshot.pools.flatMap((pool) => pool.inUse).map(({ user }) => user)).toEqual(["fred"]);
});

test.each([
  ["the users of the other virtual router are unknown in this one", "", "bob", "bobPw", undefined],
  ["a domain without a map stays", MAP, "fred@elsewhere.example", "fredPw", "10.20.0.10"],
  ["a wrong password is wrong there too", MAP, "bob@west.example", "no", undefined],
  ["the map of `default` takes other domains", MAP.replace("west.example", "default"), "bob@a.b", "bobPw", "10.30.0.1"],
  ["the map of `none` takes users without one", MAP.replace("west.example", "none"), "bob", "bobPw", "10.30.0.1"],
  ["a map names its pools", `${MAP}\naddress-pool-name spare`, "bob@west.example", "bobPw", "10.31.0.1"],
  [
    "users are looked up here and stand there",
    `${MAP}\nauth-router-name default`,
    "fred@west.example",
    "fredPw",
    "10.30.0.1",
  ],
  ["a user's own virtual router comes last", MAP, "ann@west.example", "annPw", "10.40.0.1"],
  [
    "everybody of a domain is one user",
    `${MAP}\noverride-user name bob password bobPw`,
    "anyone@west.example",
    "anything",
    "10.30.0.1",
  ],
  ["another delimiter", `${MAP}\naaa delimiter domainName "@!"`, "bob!west.example", "bobPw", "10.30.0.1"],
  [
    "an AAA profile keeps a domain out",
    `${MAP}\naaa profile p\ndeny west.example\nprofile georgeProfile1\nppp aaa-profile p`,
    "bob@west.example",
    "bobPw",
    undefined,
  ],
  [
    "an AAA profile takes one domain for another",
    `${MAP}\naaa profile p\ntranslate old.example west.example\nprofile georgeProfile1\nppp aaa-profile p`,
    "bob@old.example",
    "bobPw",
    "10.30.0.1",
  ],
  [
    "a profile may say who authenticates, whatever the domain says",
    `${MAP}\nprofile georgeProfile1\nppp authentication virtual-router westford chap`,
    "bob",
    "bobPw",
    "10.20.0.10",
  ],
  [
    "a virtual router that is not there lets nobody in",
    MAP.replace("westford", "ghost"),
    "bob@west.example",
    "x",
    undefined,
  ],
])("%s", (_what, extra, user, password, address) => {
  const { lab, connect } = gateway(extra);
  const client = connect(user, password);
  expect(client.address).toBe(address);
  expect(client.state).toBe(address === undefined ? "failed" : "up");
  expect(lab.log.some((line) => line.includes("PPP authentication failed"))).toBe(address === undefined);
});

test("a map says what it asks for and cannot have", () => {
  const router = new TestRouter();
  router.load(`${ROUTERS}
    aaa domain-map a.example ghost
    aaa domain-map b.example westford
      address-pool-name none1
      loopback 7
    aaa domain-map c.example
      tunnel 1
    profile p
      ppp aaa-profile ghost`);
  expect(router.warnings().filter((text) => text.startsWith("domain map"))).toEqual([
    "domain map a.example: virtual router ghost does not exist",
    "domain map b.example: virtual router westford has no pool none1",
    "domain map b.example: loopback 7 has no address in virtual router westford",
    "domain map c.example: the router opens no tunnels, so its users stand here",
  ]);
});

test("a virtual router ends sessions whose time is over and takes no more users than it may", () => {
  const { lab, connect } = gateway("aaa timeout session 120\naaa subscriber limit 1");
  const first = connect("fred", "fredPw");
  const second = connect("fred", "fredPw");
  expect([first.state, second.state]).toEqual(["up", "failed"]);
  expect(lab.log.some((line) => line.includes("virtual router default has its 1 subscribers already"))).toBe(true);
  lab.run(120_000);
  expect(first.state).not.toBe("up");
  expect(lab.log.some((line) => line.includes("the session timeout is over"))).toBe(true);
  expect(connect("fred", "fredPw").state).toBe("up");
});
