/** What was wrong is counted by its kind, where `show` finds it: keys, selectors, proposals, replays, forged and foreign packets. */

import { expect, test } from "vitest";
import type { OuterPacket } from "../../src/dataplane/packet.ts";
import { ikeCountLines, ikeCountModel } from "../../src/modes/common/ike-counts.ts";
import { type ClientOptions, GATEWAY, INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const other = [{ label: "TS", cipher: "aes", keyBits: 256, integrity: "sha256", mode: "transport" }] as const;

test.each<[string, Lab, ClientOptions, string, RegExp]>([
  ["a wrong pre-shared key", new Lab({ spec: specOf() }), { preSharedKey: "guess" }, "authFails", /^Auth Fails: [1-9]/],
  [
    "an offer that no policy takes",
    new Lab({ spec: { ...specOf(), ikePolicies: [] } }),
    {},
    "responderFails",
    /^Responder Fails: [1-9]/,
  ],
  [
    "a transform set that is not ours",
    new Lab({ spec: specOf({ gateway: { proposals: other } }) }),
    {},
    "inP2ExchangeRejects",
    /^In P2 Exchange Rejects: [1-9]/,
  ],
])("%s is counted", (_, lab, options, name, line) => {
  expect(ikeCountModel(lab.snapshot)[name]).toBe(0);
  lab.client({ nat: lab.nat(), ...options }).connect(130_000);
  expect(
    ikeCountLines(lab.snapshot).some((text) => line.test(text)),
    ikeCountLines(lab.snapshot).join("\n"),
  ).toBe(true);
});

test("what a port carried stays counted when its clients rekey and leave", () => {
  const lab = new Lab({ spec: specOf() });
  const carried = () => lab.snapshot.ports?.["FastEthernet0/0"];
  expect(carried()).toBeUndefined();
  const client = lab.client({ nat: lab.nat() }).connect();
  expect(client.ping(INSIDE, 3)).toBe(3);
  const standing = carried();
  expect(standing?.rxPackets).toBeGreaterThan(3);
  expect(standing?.txOctets).toBeGreaterThan(3 * 84);
  expect(standing?.lastInputAt).toBeGreaterThan(0);
  client.disconnect();
  lab.run(120_000);
  expect(lab.snapshot.connections).toEqual([]);
  const after = carried();
  expect(after?.rxPackets).toBeGreaterThan(standing?.rxPackets ?? 0);
  const second = lab.client({ nat: lab.nat() }).connect();
  expect(second.ping(INSIDE, 1)).toBe(1);
  expect(carried()?.rxPackets).toBeGreaterThan(after?.rxPackets ?? 0);
  expect(carried()?.txOctets).toBeGreaterThan(after?.txOctets ?? 0);
});

test("replayed, forged and foreign packets each raise a counter of their own, and nobody notices", () => {
  const lab = new Lab({ spec: specOf() });
  const client = lab.client({ nat: lab.nat() });
  const esp: OuterPacket[] = [];
  const ike: OuterPacket[] = [];
  lab.network.observe((packet) => {
    if (packet.destination.address !== GATEWAY) return;
    const isIke = packet.destination.port === 500 || packet.payload.subarray(0, 4).every((octet) => octet === 0);
    (isIke ? ike : esp).push({ ...packet, payload: packet.payload.slice() });
  });
  client.connect();
  expect(client.ping(INSIDE, 3)).toBe(3);
  const [packet] = esp;
  const [first] = ike;
  if (packet === undefined || first === undefined) throw new Error("nothing was sent");
  for (let i = 0; i < 5; i += 1) lab.network.inject(packet);
  const forged = packet.payload.slice();
  forged.set([0, 0, 0x7f, 0xff], 4);
  forged.set([1, 2, 3], forged.length - 3);
  lab.network.inject({ ...packet, payload: forged });
  const foreign = packet.payload.slice();
  foreign.set([0xde, 0xad, 0xbe, 0xef], 0);
  lab.network.inject({ ...packet, payload: foreign });
  const strange = first.payload.slice();
  strange.set([9, 9, 9, 9, 9, 9, 9, 9], 8);
  lab.network.inject({ ...first, payload: strange });
  lab.network.inject({ ...first, payload: first.payload.slice(0, 40) });
  lab.run(100);
  const { connections, ike: counted, lineModule } = lab.snapshot;
  const inbound = connections.flatMap(({ sas }) => sas.map((sa) => sa.inbound));
  expect(inbound.reduce((sum, { replayErrors }) => sum + replayErrors, 0)).toBe(5);
  expect(inbound.reduce((sum, { authenticationErrors }) => sum + authenticationErrors, 0)).toBe(1);
  expect(lineModule.unknownSpi).toBe(1);
  expect(counted).toMatchObject({ unknownCookies: 1, malformed: 1 });
  expect(client.ping(INSIDE, 3)).toBe(3);
});
