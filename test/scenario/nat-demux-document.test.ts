/**
 * What Cisco's document on `set nat demux` says, sentence by sentence, on its sample configuration as it stands there: who loses
 * whom without the command, which ports clients have with it, and what ends a connection.
 */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { LabClient } from "../../src/cli/api/lab-client.ts";
import type { Nat } from "../../src/dataplane/sim/nat.ts";
import type { Endpoint } from "../../src/engine/kernel/address.ts";
import { TypedLab } from "../support/typed-lab.ts";

const SAMPLE = readFileSync(new URL("../../fixtures/configs/ios-nat-demux.cfg", import.meta.url), "utf8");
const OUTSIDE = "209.165.200.232";
const LNS = "11.0.0.8";
const INSIDE = "12.0.0.8";
/** The key that the document hides, and a user, whom it leaves out. */
const OURS = `crypto isakmp key cisco address 0.0.0.0 0.0.0.0
username fred password 0 fredPw
`;

interface Scene {
  readonly lab: TypedLab;
  readonly nat: Nat;
  /** Two of Windows 2000, as in the document's figure. */
  readonly first: LabClient;
  readonly second: LabClient;
}

function scene(...lines: readonly string[]): Scene {
  const lab = new TypedLab(SAMPLE.replace(/^end$/m, ""));
  lab.configure(...OURS.split("\n"), "no crypto keyring L2TP", ...lines);
  const nat = lab.nat(OUTSIDE);
  const client = (address: string) => lab.client({ psk: "cisco", behind: nat, address });
  return { lab, nat, first: client("10.0.0.2"), second: client("10.0.0.3") };
}

const WITHOUT = ["crypto dynamic-map DYN_MAP 10", "no set nat demux"];

function connected(...lines: readonly string[]): Scene {
  const here = scene(...lines);
  expect([here.first.connect(), here.second.connect()]).toEqual([true, true]);
  return here;
}

/** What L2TP takes the other ends to be. */
function ports({ lab }: Scene): (string | undefined)[] {
  const ends = lab.show("show vpdn tunnel all").filter((line) => line.includes(`Internet Address ${OUTSIDE}`));
  return ends.map((line) => /port (\d+)$/.exec(line)?.[1]);
}

/** How many of three pings of each are answered. */
const pings = ({ first, second }: Scene): number[] => [first, second].map((client) => client.ping(INSIDE, 3));

test("without the command the second client in effect ends the connection of the first", () => {
  const here = scene(...WITHOUT);
  const { first, second } = here;
  expect(first.connect()).toBe(true);
  expect(first.ping(INSIDE, 3)).toBe(3);
  expect(second.connect()).toBe(true);
  expect(ports(here)).toEqual(["1701", "1701"]);
  expect(pings(here)).toEqual([0, 3]);
});

test("with it the clients have ports 1024 and 1025, and both are connected at the same time", () => {
  const here = connected();
  expect(ports(here)).toEqual(["1024", "1025"]);
  expect(pings(here)).toEqual([3, 3]);
  expect(here.lab.show("show crypto ipsec sa").filter((line) => line.includes("current_peer"))).toHaveLength(2);
});

test("any new SA of a client has the port of the one before", () => {
  const here = connected();
  for (const client of [here.second, here.first]) {
    client.expireSa();
    here.lab.run(5000);
  }
  expect(ports(here)).toEqual(["1024", "1025"]);
  expect(pings(here)).toEqual([3, 3]);
});

test("without a NAT several clients need no such command", () => {
  const { lab } = scene(...WITHOUT);
  const clients = ["192.0.2.11", "192.0.2.12"].map((address) => lab.client({ psk: "cisco", address }));
  expect(clients.map((client) => client.connect())).toEqual([true, true]);
  expect(clients.map((client) => client.ping(INSIDE, 3))).toEqual([3, 3]);
});

test("without IPsec several clients behind a NAT need no such command: the NAT tells their ports apart", () => {
  const { lab, nat } = scene("interface FastEthernet0/0", "no crypto map");
  const clients = ["10.0.0.2", "10.0.0.3"].map((address) =>
    lab.client({ psk: "", behind: nat, address, gateway: LNS, transport: "clear" }),
  );
  expect(clients.map((client) => client.connect())).toEqual([true, true]);
  expect(clients.map((client) => client.ping(INSIDE, 3))).toEqual([3, 3]);
});

const endings: Readonly<Record<string, (here: Scene) => void>> = {
  "the IPsec connection is closed": ({ lab }) =>
    void lab.router.run("clear crypto session remote 209.165.200.232 port 20001"),
  "the NAT ends the session": ({ lab }) => {
    const isFirst = ({ port }: Endpoint) => port === 20_000 || port === 20_001;
    lab.network.setFilter(({ source, destination }) => !isFirst(source) && !isFirst(destination));
    lab.run(600_000);
  },
  "the LNS closes the session": ({ lab }) => void lab.router.run("clear interface Virtual-Access2.1"),
  "the client closes the session": ({ first }) => first.disconnect(),
};

test.each(Object.entries(endings))("a connection is kept until %s, and its neighbour's beyond that", (_, end) => {
  const here = connected();
  here.lab.run(900_000);
  expect(pings(here)).toEqual([3, 3]);
  end(here);
  here.lab.run(10_000);
  expect(here.first.state).not.toBe("up");
  expect(ports(here)).toEqual(["1025"]);
  expect(here.second.ping(INSIDE, 3)).toBe(3);
});

test("in an entry of a static crypto map the command does the same", () => {
  const here = connected(
    `access-list 100 permit udp host ${LNS} eq 1701 host ${OUTSIDE}`,
    "crypto map STATIC_MAP 5 ipsec-isakmp",
    `set peer ${OUTSIDE}`,
    "set transform-set TS1",
    "match address 100",
    "set nat demux",
    "interface FastEthernet0/0",
    "crypto map STATIC_MAP",
  );
  expect(ports(here)).toEqual(["1024", "1025"]);
  expect(pings(here)).toEqual([3, 3]);
});

test("the command counts from the next client on, and no session is lost over it", () => {
  const here = scene(...WITHOUT);
  const { lab, first, second } = here;
  first.connect();
  lab.configure("crypto dynamic-map DYN_MAP 10", "set nat demux");
  expect(first.ping(INSIDE, 3)).toBe(3);
  second.connect();
  expect(ports(here)).toEqual(["1701", "1024"]);
  expect(pings(here)).toEqual([3, 3]);
});
