/** How often and how long a link tries, and what an open link makes of a packet that it has seen before. */

import { expect, test } from "vitest";
import type { PppInput, PppOutput, PppPlan } from "../../../src/engine/ppp/events.ts";
import { controlCode, pppProtocol } from "../../../src/engine/wire/ppp-control.ts";
import { option, PppProbe } from "../../support/ppp-probe.ts";

const { lcp, ipcp, chap } = pppProtocol;
const { configureRequest, configureAck, configureNak, configureReject, terminateRequest } = controlCode;

const ASSIGNED = [10, 20, 0, 10];
const MAGIC = option(5, 1, 2, 3, 4);

function answer(output: PppOutput): PppInput | undefined {
  return output.type === "requestAddress" ? { type: "address", address: "10.20.0.10" } : undefined;
}

function open(plan: Partial<PppPlan> = {}): PppProbe {
  return new PppProbe(plan, answer).openLcp(MAGIC).openIpcp(option(3, ...ASSIGNED));
}

function count(probe: PppProbe, type: PppOutput["type"]): number {
  return probe.outputs.filter((output) => output.type === type).length;
}

test.each([
  [2, 1],
  [10, 3],
  [255, 2],
])("Max-Configure %i with a retry time of %i seconds: so many requests, so far apart", (maxConfigure, retrySeconds) => {
  const probe = new PppProbe({ negotiation: { maxConfigure, retrySeconds } });
  probe.run(maxConfigure * retrySeconds * 1000 - 1);
  expect(probe.sent(lcp, configureRequest)).toHaveLength(maxConfigure);
  expect(probe.view.phase).toBe("establish");
  probe.run(1);
  expect(probe.output("terminated")?.reason).toBe("the peer does not answer LCP");
});

test("Max-Failure Naks are followed by a Reject of what the peer insists on", () => {
  for (const maxFailure of [1, 2, 7]) {
    const probe = new PppProbe({ negotiation: { maxFailure } });
    for (let i = 0; i <= maxFailure; i += 1) probe.send(lcp, configureRequest, i, [option(1, 0, 1)]);
    expect(probe.sent(lcp, configureNak)).toHaveLength(maxFailure);
    expect(probe.sent(lcp, configureReject)).toHaveLength(1);
  }
});

test("Max-Terminate goodbyes without an answer, and then the link is gone", () => {
  const probe = open({ negotiation: { maxTerminate: 4, retrySeconds: 2 } });
  probe.input({ type: "close", reason: "test" }).run(7999);
  expect(probe.sent(lcp, terminateRequest)).toHaveLength(4);
  expect(probe.view.phase).toBe("terminate");
  probe.run(1);
  expect(probe.output("terminated")?.reason).toBe("test");
});

test("who does not prove himself within the authentication time is let go, and not a second later", () => {
  const probe = new PppProbe({ demand: ["chap"], negotiation: { authenticationSeconds: 7, retrySeconds: 2 } });
  probe.openLcp(MAGIC).run(6999);
  // At 0, 2, 4 and 6 seconds.
  expect(probe.sent(chap)).toHaveLength(4);
  expect(probe.view.phase).toBe("authenticate");
  probe.run(1);
  expect(probe.view.phase).toBe("terminate");
  probe.run(10_000);
  expect(probe.output("terminated")?.reason).toBe("the peer does not authenticate itself");
});

test("an IPCP that does not open within its time ends the link; one that does is left alone", () => {
  const quarrel = new PppProbe({ negotiation: { networkSeconds: 5 } }, answer).openLcp(MAGIC);
  quarrel.run(4999);
  expect(quarrel.view.phase).toBe("network");
  quarrel.run(1);
  expect(quarrel.view.phase).toBe("terminate");
  quarrel.run(10_000);
  expect(quarrel.output("terminated")?.reason).toBe("IPCP was not open in time");

  const quick = open({ negotiation: { networkSeconds: 5 } }).run(60_000);
  expect(quick.view).toMatchObject({ phase: "network", ipcp: "opened" });
});

test("an IPCP that went down has a time of its own to open again", () => {
  const probe = open({ negotiation: { networkSeconds: 5, networkAgainSeconds: 2 } });
  probe.send(ipcp, configureRequest, 9, [option(3, 0, 0, 0, 0)]);
  probe.run(1999);
  expect(probe.view.phase).toBe("network");
  probe.run(1);
  expect(probe.view.phase).toBe("terminate");
});

test.each([
  ["LCP", lcp, MAGIC],
  ["IPCP", ipcp, option(3, ...ASSIGNED)],
] as const)(
  "%s: a request that was acknowledged already is acknowledged again and disturbs nothing",
  (_, protocol, wish) => {
    const probe = open();
    const requests = probe.sent(protocol, configureRequest).length;
    // Our acknowledgement was lost: the peer asks again, under the same identifier or the next one.
    probe.send(protocol, configureRequest, 1, [wish]).send(protocol, configureRequest, 2, [wish]);
    expect(probe.sent(protocol, configureAck).map(({ identifier }) => identifier)).toEqual([1, 1, 2]);
    expect(probe.sent(protocol, configureRequest)).toHaveLength(requests);
    expect(probe.view).toMatchObject({ phase: "network", lcp: "opened", ipcp: "opened" });
    expect(count(probe, "closedIp")).toBe(0);
  },
);

test.each([
  ["LCP", lcp, MAGIC],
  ["IPCP", ipcp, option(3, ...ASSIGNED)],
] as const)(
  "%s: a peer that starts anew with the very same request is taken at its word after three",
  (_, protocol, wish) => {
    const probe = open();
    const requests = probe.sent(protocol, configureRequest).length;
    for (let i = 2; i <= 5; i += 1) probe.send(protocol, configureRequest, i, [wish]);
    expect(probe.sent(protocol, configureRequest)).toHaveLength(requests + 1);
    expect(count(probe, "closedIp")).toBe(1);
    probe.acknowledge(protocol);
    if (protocol === lcp) probe.openIpcp(option(3, ...ASSIGNED));
    expect(probe.view).toMatchObject({ lcp: "opened", ipcp: "opened" });
    expect(count(probe, "opened")).toBe(2);
  },
);

test("a request that differs by one octet is a new negotiation at once", () => {
  const probe = open().send(lcp, configureRequest, 1, [option(5, 1, 2, 3, 5)]);
  expect(probe.view).toMatchObject({ phase: "establish", lcp: "ackSent" });
});

test("an acknowledgement that the network doubles does not start a negotiation", () => {
  const probe = new PppProbe({}, answer);
  probe.send(lcp, configureRequest, 1, [MAGIC]).acknowledge(lcp).acknowledge(lcp).acknowledge(lcp);
  probe.openIpcp(option(3, ...ASSIGNED)).acknowledge(ipcp);
  expect(probe.view).toMatchObject({ phase: "network", lcp: "opened", ipcp: "opened" });
  expect(probe.sent(lcp, configureRequest)).toHaveLength(1);
  expect(count(probe, "closedIp")).toBe(0);
});
