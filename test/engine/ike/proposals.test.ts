/** Which offers are accepted and what is said about the others: transforms, selectors, keys, lifetimes. */

import { expect, test } from "vitest";
import { identificationOf } from "../../../src/engine/ike/identities.ts";
import { agreedKilobytes, agreedSeconds, rekeyTime } from "../../../src/engine/ike/lifetimes.ts";
import { natDialects } from "../../../src/engine/ike/nat-traversal.ts";
import { choosePhase1, offerPhase1, policiesAt } from "../../../src/engine/ike/phase1-proposals.ts";
import {
  choosePhase2,
  offerPhase2,
  type Phase2Terms,
  readLifetime,
  writeLifetime,
} from "../../../src/engine/ike/phase2-proposals.ts";
import { findPreSharedKey } from "../../../src/engine/ike/pre-shared-keys.ts";
import { checkSelectors, type SelectorContext } from "../../../src/engine/ike/selectors.ts";
import type { Flow } from "../../../src/engine/kernel/address.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { IkePolicySpec, PreSharedKeySpec } from "../../../src/engine/spec.ts";
import { type Attribute, shortAttribute } from "../../../src/engine/wire/isakmp-attribute.ts";
import { writeIdentification } from "../../../src/engine/wire/isakmp-body.ts";
import type { Proposal } from "../../../src/engine/wire/isakmp-sa.ts";
import { aesSha1, policy3des, SERVER } from "../../support/ike-pair.ts";
import { seededRandom } from "../../support/random.ts";

const aes256: IkePolicySpec = {
  ...policy3des,
  priority: 2,
  encryption: "aes",
  keyBits: 256,
  hash: "sha256",
  group: 14,
};

/** A phase 1 proposal with attributes given as type and value. */
function phase1(...transforms: readonly (readonly [number, number][])[]): Proposal {
  return {
    number: 1,
    protocol: 1,
    spi: new Uint8Array(0),
    transforms: transforms.map((attributes, index) => ({
      number: index + 1,
      id: 1,
      attributes: attributes.map(([type, value]) => shortAttribute(type, value)),
    })),
  };
}

const offered3des: [number, number][] = [
  [1, 5],
  [2, 2],
  [3, 1],
  [4, 2],
  [11, 1],
  [12, 3600],
];
const offeredAes: [number, number][] = [
  [1, 7],
  [14, 256],
  [2, 4],
  [3, 1],
  [4, 14],
  [11, 1],
  [12, 3600],
];

test("a policy bound to an address of ours serves no other one", () => {
  const here = { ...policy3des, boundTo: { address: SERVER, virtualRouter: undefined } };
  const there = { ...policy3des, boundTo: { address: SERVER, virtualRouter: "boston" } };
  expect(policiesAt([here, there, aes256], "default", SERVER)).toEqual([here, aes256]);
  expect(policiesAt([here, there, aes256], "boston", SERVER)).toEqual([here, there, aes256]);
  expect(policiesAt([here, there, aes256], "boston", "192.0.2.77")).toEqual([aes256]);
});

test("our priority decides, whatever the peer's order", () => {
  const proposals = [phase1(offeredAes, offered3des)];
  expect(choosePhase1([aes256, policy3des], proposals).choice?.policy.priority).toBe(1);
  const { choice } = choosePhase1([{ ...aes256, priority: 0 }, policy3des], proposals);
  expect(choice?.policy.priority).toBe(0);
  expect(choice?.proposal.transforms.map(({ number }) => number)).toEqual([1]);
});

test.each([
  [
    [
      [1, 7],
      [14, 128],
      [2, 2],
      [3, 1],
      [4, 2],
    ],
    "encryption aes is not 3des",
  ],
  [
    [
      [1, 5],
      [2, 1],
      [3, 1],
      [4, 2],
    ],
    "hash md5 is not sha1",
  ],
  [
    [
      [1, 5],
      [2, 2],
      [3, 3],
      [4, 2],
    ],
    "authentication method rsaSignature is not preShared",
  ],
  [
    [
      [1, 5],
      [2, 2],
      [3, 65001],
      [4, 2],
    ],
    "authentication method 65001 is not preShared",
  ],
  [
    [
      [1, 5],
      [2, 2],
      [3, 1],
      [4, 1025],
    ],
    "Diffie-Hellman group 1025 is not 2",
  ],
  [
    [
      [1, 5],
      [2, 2],
      [3, 1],
    ],
    "Diffie-Hellman group missing is not 2",
  ],
  [
    [
      [1, 5],
      [2, 2],
      [3, 1],
      [4, 2],
      [14, 192],
    ],
    "a key length is given for a cipher without one",
  ],
  [
    [
      [1, 5],
      [2, 2],
      [3, 1],
      [4, 2],
      [13, 1],
    ],
    "attribute 13 is not known or has no proper value",
  ],
] as [[number, number][], string][])("a phase 1 transform %j is refused because %s", (attributes, reason) => {
  const { choice, refusals } = choosePhase1([policy3des], [phase1(attributes)]);
  expect(choice).toBeUndefined();
  expect(refusals).toMatchObject([{ proposal: 1, transform: 1, against: 1, reason }]);
});

test("AES needs a key length, which may have come with its octets swapped", () => {
  const withLength = (...length: [number, number][]): Proposal[] => [
    phase1([[1, 7], ...length, [2, 4], [3, 1], [4, 14], [11, 1], [12, 3600]]),
  ];
  expect(choosePhase1([aes256], withLength([14, 256])).choice).toBeDefined();
  expect(choosePhase1([{ ...aes256, keyBits: 128 }], withLength([14, 0x8000])).choice).toBeDefined();
  for (const length of [0, 1, 128, 65_535])
    expect(choosePhase1([aes256], withLength([14, length])).choice).toBeUndefined();
  expect(choosePhase1([aes256], withLength()).refusals[0]?.reason).toBe("AES key length missing is not 256");
});

test("a policy with signatures is not used, nor offered", () => {
  const signed: IkePolicySpec = { ...policy3des, authentication: "rsaSignature" };
  const { choice, refusals } = choosePhase1([signed], [phase1(offered3des)]);
  expect(choice).toBeUndefined();
  expect(refusals.map(({ reason }) => reason)).toEqual([expect.stringMatching(/need a certificate of ours/)]);
  expect(offerPhase1([signed, aes256], false).transforms).toHaveLength(1);
});

test("what we offer we accept, in the short and the long form of lives", () => {
  for (const long of [true, false]) {
    const offer = offerPhase1([policy3des, aes256], long);
    expect(choosePhase1([aes256], [offer]).choice?.lifetimeSeconds).toBe(3600);
  }
});

test("lives: the shorter counts, 0 leaves it to us, and Windows' volume is clamped", () => {
  expect([
    agreedSeconds(3600, 600),
    agreedSeconds(600, 3600),
    agreedSeconds(600, 0),
    agreedSeconds(600, undefined),
  ]).toEqual([600, 600, 600, 600]);
  expect(agreedKilobytes(4_608_000, 250_000)).toBe(4_000_000);
  expect(agreedKilobytes(4_608_000, 0xffff_ffff)).toBe(4_608_000);
  expect(agreedKilobytes(2560, 250_000)).toBe(2560);
  expect(agreedKilobytes(undefined, 250_000)).toBe(4_000_000);
  expect(agreedKilobytes(undefined, undefined)).toBeUndefined();
  expect(readLifetime(writeLifetime(600))).toBe(600);
  expect(readLifetime(Uint8Array.of(0x80))).toBeUndefined();
  const random = seededRandom(3);
  for (let i = 0; i < 100; i += 1) {
    const [first, second] = [rekeyTime(0, 1000, true, random), rekeyTime(0, 1000, false, random)];
    expect(first).toBeLessThan(second);
    expect(first >= 800_000 && second <= 970_000).toBe(true);
  }
});

const terms: Phase2Terms = {
  proposals: [aesSha1, { ...aesSha1, label: "3DES", cipher: "3des", keyBits: 0 }],
  lifetimeSeconds: 3600,
  lifetimeKilobytes: undefined,
  pfsGroup: undefined,
};
const [rfc, , draft] = natDialects;
const direct = { dialect: rfc, natFound: false, udpOnly: false, floated: false };
const natted = { dialect: rfc, natFound: true, udpOnly: false, floated: true };

function phase2(id: number, attributes: readonly [number, number][], change: Partial<Proposal> = {}): Proposal {
  const list: Attribute[] = attributes.map(([type, value]) => shortAttribute(type, value));
  const transforms = [{ number: 1, id, attributes: list }];
  return { number: 1, protocol: 3, spi: Uint8Array.of(1, 2, 3, 4), transforms, ...change };
}

const goodAes: [number, number][] = [
  [6, 128],
  [5, 2],
];

test.each([
  [
    "AES-GCM as ChromeOS offers it",
    phase2(20, [
      [4, 2],
      [6, 128],
    ]),
    "cipher aes-gcm is not aes",
  ],
  ["tunnel mode", phase2(12, [[4, 1], ...goodAes]), "tunnel mode is not supported: L2TP needs transport mode"],
  ["UDP tunnel mode of the draft", phase2(12, [[4, 61443], ...goodAes]), "tunnel mode is not supported"],
  ["an unknown mode", phase2(12, [[4, 9], ...goodAes]), "encapsulation mode 9 is not known"],
  [
    "AES without a key length",
    phase2(12, [
      [4, 2],
      [5, 2],
    ]),
    "AES key length missing is not 128",
  ],
  [
    "no integrity",
    phase2(12, [
      [4, 2],
      [6, 128],
    ]),
    "integrity missing is not sha1",
  ],
  [
    "SHA-512",
    phase2(12, [
      [4, 2],
      [6, 128],
      [5, 7],
    ]),
    "integrity sha512 is not sha1",
  ],
  ["an unknown attribute", phase2(12, [[4, 2], ...goodAes, [11, 1]]), "attribute 11 is not known"],
  ["group 1025", phase2(12, [[4, 2], ...goodAes, [3, 1025]]), "Diffie-Hellman group 1025 is not supported"],
  ["AH", phase2(2, [[4, 2]], { protocol: 2 }), "AH is not supported"],
  ["a long SPI", phase2(12, [[4, 2], ...goodAes], { spi: new Uint8Array(8) }), "the SPI has 8 octets"],
  ["SPI 0", phase2(12, [[4, 2], ...goodAes], { spi: new Uint8Array(4) }), "the SPI is 0"],
])("a phase 2 offer of %s is refused with the reason", (_name, proposal, reason) => {
  const { choice, refusals } = choosePhase2(terms, [proposal], direct);
  expect(choice).toBeUndefined();
  expect(refusals[0]?.reason).toContain(reason);
});

test("a bundle of ESP and AH is refused, an alternative of the two is not", () => {
  const esp = phase2(12, [[4, 2], ...goodAes]);
  const ah = phase2(2, [[4, 2]], { protocol: 2 });
  expect(choosePhase2(terms, [ah, esp], direct).choice).toBeUndefined();
  expect(choosePhase2(terms, [ah, { ...esp, number: 2 }], direct).choice?.answer.number).toBe(2);
});

test("encapsulation follows what phase 1 found", () => {
  const offer = (mode: number): Proposal[] => [phase2(12, [[4, mode], ...goodAes])];
  expect(choosePhase2(terms, offer(2), direct).choice?.encapsulation).toBe("esp");
  expect(choosePhase2(terms, offer(2), { ...direct, udpOnly: true }).refusals[0]?.reason).toContain(
    "cannot be carried",
  );
  expect(choosePhase2(terms, offer(2), natted).refusals[0]?.reason).toContain("cannot pass the NAT");
  expect(choosePhase2(terms, offer(4), natted).choice?.encapsulation).toBe("udp");
  expect(choosePhase2(terms, offer(61444), { ...natted, dialect: draft }).choice?.encapsulation).toBe("udp");
  expect(choosePhase2(terms, offer(4), { ...natted, dialect: undefined }).refusals[0]?.reason).toContain("without NAT");
  expect(choosePhase2(terms, offer(4), { ...natted, floated: false }).refusals[0]?.reason).toContain("not moved");
});

test("perfect forward secrecy is granted when asked for and demanded when configured", () => {
  const offer = (group: number): Proposal[] => [phase2(12, [[4, 2], ...goodAes, [3, group]])];
  expect(choosePhase2(terms, offer(5), direct).choice?.pfsGroup).toBe(5);
  const demanding: Phase2Terms = { ...terms, pfsGroup: 2 };
  expect(choosePhase2(demanding, offer(2), direct).choice?.pfsGroup).toBe(2);
  expect(choosePhase2(demanding, offer(5), direct).choice).toBeUndefined();
  expect(choosePhase2(demanding, [phase2(12, [[4, 2], ...goodAes])], direct).refusals[0]?.reason).toBe(
    "perfect forward secrecy group missing is not 2",
  );
});

test("a transform set in tunnel mode says so itself", () => {
  const tunnel: Phase2Terms = { ...terms, proposals: [{ ...aesSha1, mode: "tunnel" }] };
  expect(choosePhase2(tunnel, [phase2(12, [[4, 2], ...goodAes])], direct).refusals[0]?.reason).toContain("our own");
});

test("what we offer in phase 2 we accept", () => {
  const offer = offerPhase2({ ...terms, lifetimeKilobytes: 250_000 }, 0x1234_5678, "udp", draft, true);
  const { choice } = choosePhase2(terms, [offer], natted);
  expect(choice).toMatchObject({ peerSpi: 0x1234_5678, encapsulation: "udp", lifetimeKilobytes: 4_000_000 });
  expect(choice?.shortened).toBe(false);
});

const flow: Flow = {
  local: { address: SERVER, port: 4500 },
  wire: { address: SERVER, port: 4500 },
  remote: { address: "203.0.113.2", port: 1024 },
};
const context: SelectorContext = { flow, natFound: true, groupKey: false, localPort: 1701 };

function id(address: string, protocol: number, port: number): Uint8Array {
  return writeIdentification(identificationOf({ type: "address", address }, protocol, port));
}
const fqdn = writeIdentification(identificationOf({ type: "fqdn", name: "w2k01" }, 17, 1701));
const ours = id(SERVER, 17, 1701);

test.each([
  ["the private address and 1701", id("10.0.0.2", 17, 1701), 1701],
  ["port 0, as Windows 2000", id("10.0.0.2", 17, 0), 0],
  ["any port, as Apple", id("10.0.0.2", 17, 51_234), 51_234],
  ["a host name, as with update 818043", fqdn, 1701],
  ["any protocol", id("10.0.0.2", 0, 0), 0],
])("the peer's end may be %s", (_name, remote, peerPort) => {
  expect(checkSelectors(ours, remote, context)).toMatchObject({ ok: true, peerPort });
  expect(checkSelectors(ours, remote, { ...context, groupKey: true })).toMatchObject({ ok: true });
});

const subnet = (length: number): Uint8Array =>
  writeIdentification({
    type: 4,
    protocol: 17,
    port: 1701,
    data: Uint8Array.of(203, 0, 113, 1, ...new Uint8Array(4).fill(length)),
  });

test.each([
  ["another port", id(SERVER, 17, 80), "port 80"],
  ["TCP", id(SERVER, 6, 1701), "protocol 6"],
  ["a host name", fqdn, "names no single address"],
  ["a subnet", subnet(0), "names no single address"],
  [
    "an empty identity",
    writeIdentification({ type: 1, protocol: 17, port: 1701, data: new Uint8Array(0) }),
    "no single",
  ],
  ["three octets", new Uint8Array(3), "truncated"],
])("our end may not be %s", (_name, local, reason) => {
  const verdict = checkSelectors(local, id("10.0.0.2", 17, 1701), context);
  expect(verdict).toMatchObject({ ok: false });
  if (!verdict.ok) expect(verdict.reason).toContain(reason);
});

test("our end may be a subnet of one host, and port 0 except under a group key", () => {
  const peer = id("10.0.0.2", 17, 1701);
  expect(checkSelectors(subnet(255), peer, context).ok).toBe(true);
  for (const local of [id(SERVER, 17, 0), id(SERVER, 0, 0), new Uint8Array(0)]) {
    const remote = local.length === 0 ? local : peer;
    expect(checkSelectors(local, remote, context).ok).toBe(true);
    const verdict = checkSelectors(local, remote, { ...context, groupKey: true });
    expect(verdict).toMatchObject({ ok: false });
    if (!verdict.ok) expect(verdict.reason).toContain("a group key serves L2TP only");
  }
});

test("another address of ours is let pass behind a NAT, with a note, and refused without", () => {
  const local = id("192.0.2.77", 17, 1701);
  const peer = id("10.0.0.2", 17, 1701);
  expect(checkSelectors(local, peer, context)).toMatchObject({ ok: true, note: "the peer calls us 192.0.2.77" });
  expect(checkSelectors(local, peer, { ...context, natFound: false }).ok).toBe(false);
});

test("keys: the narrower block first, keys of a peer's own before group keys, other routers' never", () => {
  const key = (label: string, change: Partial<PreSharedKeySpec>): PreSharedKeySpec => ({
    virtualRouter: "default",
    peer: { prefix: { address: "0.0.0.0", length: 0 } },
    localAddress: undefined,
    key: new Secret(label),
    group: false,
    label,
    ...change,
  });
  const keys = [
    key("group", { group: true, localAddress: SERVER }),
    key("named", { peer: { hostname: "w2k01" } }),
    key("elsewhere", { virtualRouter: "other", peer: { prefix: { address: "203.0.113.2", length: 32 } } }),
    key("not here", { localAddress: "192.0.2.1", peer: { prefix: { address: "203.0.113.2", length: 32 } } }),
  ];
  const found = (...more: PreSharedKeySpec[]): string | undefined =>
    findPreSharedKey([...keys, ...more], "default", flow)?.label;
  expect(found()).toBe("group");
  const any = key("any", {});
  const block = key("block", { peer: { prefix: { address: "203.0.113.0", length: 24 } } });
  const host = key("host", { peer: { hostname: "203.0.113.2" } });
  expect(found(any)).toBe("any");
  expect(found(block, any)).toBe("block");
  expect(found(host, block, any)).toBe("host");
  expect(findPreSharedKey(keys, "third", flow)).toBeUndefined();
});
