/** What an operator finds out from the router: who answers, along which hops, and what filters let through. */

import { expect, test } from "vitest";
import { type AccessListEntrySpec, type AccessListSpec, ANY_WILDCARD } from "../../src/engine/access-list-spec.ts";
import type { ProbeReport, ProbeRequest } from "../../src/engine/ip/probes.ts";
import { DEFAULT_ROUTER } from "../../src/engine/spec.ts";
import { GATEWAY, INSIDE, Lab, NAT } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

function probe(lab: Lab, changes: Partial<ProbeRequest>): ProbeReport | undefined {
  const request: ProbeRequest = {
    kind: "echo",
    virtualRouter: DEFAULT_ROUTER,
    destination: INSIDE,
    source: undefined,
    sizeOctets: 100,
    timeToLive: 255,
    dontFragment: false,
    timeoutMillis: 2000,
    pattern: 0xabcd,
    port: 33_434,
    ...changes,
  };
  lab.request({ type: "probe", probe: 1, request });
  lab.run(3000);
  return lab.router.pollReport()?.report;
}

test("the router reaches itself and its clients, by echo and by traceroute", () => {
  const lab = new Lab({ spec: specOf() });
  const client = lab.client({ nat: lab.nat() }).connect();
  const address = client.address ?? "";
  expect(probe(lab, {})).toMatchObject({ type: "answered", by: INSIDE, answer: "echoReply" });
  expect(probe(lab, { kind: "udp", timeToLive: 1 })).toMatchObject({ by: INSIDE, answer: "unreachable", code: 3 });
  const reply = probe(lab, { destination: address });
  expect(reply).toMatchObject({ type: "answered", by: address, answer: "echoReply" });
  expect(reply?.type === "answered" && reply.roundTripMillis > 0).toBe(true);
  expect(probe(lab, { destination: address, kind: "udp", timeToLive: 1 })).toMatchObject({
    by: address,
    answer: "unreachable",
    code: 3,
  });
  expect(probe(lab, { destination: "192.0.2.200" })).toEqual({ type: "timedOut" });
});

const entry: AccessListEntrySpec = {
  sequence: 10,
  action: "permit",
  protocol: 17,
  source: { address: GATEWAY, wildcard: "0.0.0.0" },
  destination: ANY_WILDCARD,
  sourcePorts: { first: 1701, last: 1701, negated: false },
  destinationPorts: undefined,
  icmp: undefined,

  log: false,
};
const list = (...entries: AccessListEntrySpec[]): readonly AccessListSpec[] => [
  { name: "L2TP", kind: "extended", entries },
];

test("a crypto map's list decides whose selectors are taken", () => {
  const gateway = { matchAddress: "L2TP" };
  const connects = (accessLists: readonly AccessListSpec[]) => {
    const lab = new Lab({ spec: { ...specOf({ gateway }), accessLists } });
    const client = lab.client({ nat: lab.nat() }).connect(60_000);
    return { state: client.state, log: lab.log.join("\n") };
  };
  expect(connects(list(entry)).state).toBe("up");
  expect(connects([]).state).toBe("up");
  const refused = connects(list({ ...entry, destination: { address: "10.99.0.0", wildcard: "0.0.255.255" } }));
  expect(refused.state).toBe("failed");
  expect(refused.log).toContain(`access list L2TP does not permit UDP from ${GATEWAY}:1701 to ${NAT}:`);
});

test("an access list of the template filters a client, and its matches are counted", () => {
  const deny: AccessListEntrySpec = {
    ...entry,
    action: "deny",
    protocol: 1,
    source: ANY_WILDCARD,
    sourcePorts: undefined,
  };
  const accessLists = list({ ...deny, log: true }, { ...deny, sequence: 20, action: "permit", protocol: undefined });
  const lab = new Lab({ spec: { ...specOf({ ppp: { accessGroups: { in: "L2TP" } } }), accessLists } });
  const client = lab.client({ nat: lab.nat() }).connect();
  expect(client.ping(INSIDE, 3)).toBe(0);
  expect(lab.snapshot.accessListMatches).toEqual({ L2TP: [3, 0] });
  expect(lab.snapshot.sessions[0]?.counters.filtered).toBe(3);
  expect(lab.log.filter((line) => line.startsWith("access list matched"))).toHaveLength(1);
  lab.request({ type: "clearAccessLists", list: "L2TP" });
  expect(lab.snapshot.accessListMatches).toEqual({ L2TP: [0, 0] });
});
