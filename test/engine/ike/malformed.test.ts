/** Messages that lie about their own make-up, one fault at a time: each is refused or read as what it is, and a sound negotiation goes on. */

import { describe, expect, test } from "vitest";
import { ecpLength } from "../../../src/engine/crypto/ecp.ts";
import { choosePhase1 } from "../../../src/engine/ike/phase1-proposals.ts";
import { choosePhase2 } from "../../../src/engine/ike/phase2-proposals.ts";
import { type Attribute, shortAttribute } from "../../../src/engine/wire/isakmp-attribute.ts";
import { identificationType, writeDeletion, writeIdentification } from "../../../src/engine/wire/isakmp-body.ts";
import { decodeIsakmpHeader, exchangeType } from "../../../src/engine/wire/isakmp-header.ts";
import { type Payload, payloadType } from "../../../src/engine/wire/isakmp-payload.ts";
import { type Proposal, protocolId, writeSecurityAssociation } from "../../../src/engine/wire/isakmp-sa.ts";
import { aesSha1, policy3des, serverConfiguration } from "../../support/ike-pair.ts";
import { flowFrom, l2tpId, Prober, sent, serverId, Target } from "../../support/ike-prober.ts";

const { quickMode, informational, mainMode } = exchangeType;
const empty = new Uint8Array(0);
const GOOD_KE = new Uint8Array(128).fill(3);
const ke = (body: Uint8Array): Payload => ({ type: payloadType.keyExchange, body });
const nonce = (length: number): Payload => ({ type: payloadType.nonce, body: new Uint8Array(length).fill(1) });

/** A first message around other octets of the SA payload. */
function firstWith(prober: Prober, body: Uint8Array): Uint8Array {
  return prober.clear([{ type: payloadType.sa, body }]);
}

function isServed(target: Target): void {
  new Prober(target, flowFrom("198.51.100.99", 500), 99).establish();
}

describe("headers and chains", () => {
  test.each([
    ["one less than the datagram", (length: number) => length - 1],
    ["one more", (length: number) => length + 1],
    ["0", () => 0],
    ["2^32-1", () => 0xffff_ffff],
  ])("a header length of %s is not answered", (_what, lie) => {
    const prober = new Prober(new Target());
    const bytes = prober.first();
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(24, lie(bytes.length));
    expect(prober.say(bytes)).toEqual([]);
    expect(prober.target.machine.counters.malformed).toBe(1);
    isServed(prober.target);
  });

  test.each([0, 1, 3, 0xffff])("a payload length of %i is not answered", (length) => {
    const prober = new Prober(new Target());
    const bytes = prober.first();
    new DataView(bytes.buffer, bytes.byteOffset).setUint16(30, length);
    expect(prober.say(bytes)).toEqual([]);
    isServed(prober.target);
  });

  test("payloads that each announce another of their kind end with the datagram, and 200 of them are too many", () => {
    const prober = new Prober(new Target());
    const vendor: Payload = { type: payloadType.vendorId, body: new Uint8Array(4) };
    const sa = { type: payloadType.sa, body: prober.first().slice(32) };
    expect(sent(prober.say(prober.clear([sa, ...new Array<Payload>(199).fill(vendor)])))).toEqual([]);
    const endless = prober.clear([sa, vendor]);
    // The last one says that another vendor ID follows.
    endless[endless.length - 8] = payloadType.vendorId;
    expect(sent(prober.say(endless))).toEqual([]);
    expect(sent(prober.say(prober.clear([sa, vendor])))).toHaveLength(1);
  });

  test("reserved octets, unknown flags and a newer minor version change nothing", () => {
    const prober = new Prober(new Target());
    const bytes = prober.first();
    bytes[17] = 0x1f;
    bytes[19] = 0xf0;
    bytes[29] = 0xff;
    expect(sent(prober.say(bytes))).toHaveLength(1);
  });

  test.each([15, 16, 20, 21, 127, 128, 130, 131])(
    "a payload of type %i, reserved, of another document or of private use, is passed over",
    (type) => {
      const prober = new Prober(new Target());
      prober.begin();
      const stray = { type, body: new Uint8Array(20).fill(7) };
      expect(sent(prober.say(prober.clear([ke(GOOD_KE), nonce(20), stray])))).toHaveLength(1);
    },
  );

  test.each([
    [0, 0],
    [7, 0],
    [8, 1],
    [256, 1],
    [257, 0],
  ])("a nonce of %i octets gets %i answers", (length, answers) => {
    const prober = new Prober(new Target());
    prober.begin();
    expect(sent(prober.say(prober.clear([ke(GOOD_KE), nonce(length)])))).toHaveLength(answers);
  });

  test("public values of a curve: off it, compressed, or as long as another group's, are refused", () => {
    const policies = [{ ...policy3des, group: 19 as const }];
    const target = new Target(serverConfiguration({ policies }));
    const prober = new Prober(target);
    const proposal = transformOf([
      [1, 5],
      [2, 2],
      [3, 1],
      [4, 19],
    ]);
    const [answer] = sent(prober.say(firstWith(prober, writeSecurityAssociation([proposal]))));
    prober.responderCookie = decodeIsakmpHeader(answer ?? empty).responderCookie;
    const off = new Uint8Array(ecpLength(19)).fill(5);
    const compressed = new Uint8Array(33).fill(2);
    for (const value of [off, compressed, new Uint8Array(65).fill(4), new Uint8Array(64), GOOD_KE]) {
      expect(sent(prober.say(prober.clear([ke(value), nonce(20)])))).toEqual([]);
    }
    expect(target.machine.view().sas.map(({ state }) => state)).toEqual(["sentSa"]);
  });
});

function transformOf(attributes: readonly (readonly [number, number])[], id = 1): Proposal {
  return {
    number: 1,
    protocol: protocolId.isakmp,
    spi: empty,
    transforms: [{ number: 1, id, attributes: attributes.map(([type, value]) => shortAttribute(type, value)) }],
  };
}

describe("SA payloads", () => {
  const good = transformOf([
    [1, 5],
    [2, 2],
    [3, 1],
    [4, 2],
  ]);
  const [transform] = good.transforms;
  if (transform === undefined) throw new Error("a transform");

  test("no proposals, and no transforms, choose nothing", () => {
    for (const proposals of [[], [{ ...good, transforms: [] }]]) {
      const prober = new Prober(new Target());
      const [answer] = sent(prober.say(firstWith(prober, writeSecurityAssociation(proposals))));
      if (answer !== undefined) expect(decodeIsakmpHeader(answer).exchange).toBe(informational);
      expect(prober.target.machine.view().sas).toEqual([]);
    }
  });

  test("of 255 transforms the last is found, and its refusals do not fill the log", () => {
    const des = { ...transform, attributes: [shortAttribute(1, 1)] };
    const transforms = Array.from({ length: 255 }, (_, index) => ({
      ...(index === 254 ? transform : des),
      number: index + 1,
    }));
    const prober = new Prober(new Target());
    expect(sent(prober.say(firstWith(prober, writeSecurityAssociation([{ ...good, transforms }]))))).toHaveLength(1);
    expect(prober.target.logs.length).toBeLessThan(60);
  });

  test.each([1, 4, 8, 16, 255])("a phase 1 proposal may carry an SPI of %i octets; it means nothing", (length) => {
    const prober = new Prober(new Target());
    const body = writeSecurityAssociation([{ ...good, spi: new Uint8Array(length).fill(1) }]);
    expect(sent(prober.say(firstWith(prober, body)))).toHaveLength(1);
  });

  const long = (type: number, ...value: number[]): Attribute => ({ type, short: false, value: Uint8Array.from(value) });
  test("attributes in the short and the long form may be mixed; one of no octets or of nine is refused", () => {
    const choose = (...attributes: Attribute[]) =>
      choosePhase1([policy3des], [{ ...good, transforms: [{ ...transform, attributes }] }], false).choice;
    const rest = [long(2, 0, 2), shortAttribute(3, 1), long(4, 0, 0, 0, 2)];
    expect(choose(long(1, 0, 5), ...rest)).toBeDefined();
    expect(choose(long(1), ...rest)).toBeUndefined();
    expect(choose(long(1, 0, 0, 0, 0, 0, 0, 0, 0, 5), ...rest)).toBeUndefined();
  });

  test("an attribute that claims 65535 octets ends the message", () => {
    const prober = new Prober(new Target());
    const body = writeSecurityAssociation([{ ...good, transforms: [{ ...transform, attributes: [long(1, 0, 5)] }] }]);
    body.set([0xff, 0xff], body.length - 4);
    expect(sent(prober.say(firstWith(prober, body)))).toEqual([]);
  });

  test.each([0, 3, 1025, 0xffff])("Diffie-Hellman group %i is refused by its number", (group) => {
    const offered = transformOf([
      [1, 5],
      [2, 2],
      [3, 1],
      [4, group],
    ]);
    const { choice, refusals } = choosePhase1([policy3des], [offered], false);
    expect(choice).toBeUndefined();
    expect(refusals[0]?.reason).toBe(`Diffie-Hellman group ${group} is not 2`);
  });

  const terms = { proposals: [aesSha1], lifetimeSeconds: 3600, lifetimeKilobytes: undefined, pfsGroup: undefined };
  const way = { dialect: undefined, natFound: false, udpOnly: false, floated: false };
  const esp = (id: number, attributes: readonly (readonly [number, number])[], proposals = [aesSha1]) =>
    choosePhase2(
      { ...terms, proposals },
      [{ ...transformOf(attributes, id), protocol: protocolId.esp, spi: Uint8Array.of(1, 2, 3, 4) }],
      way,
    ).choice;

  test.each([0, 1, 64, 65_535])("an AES key of %i bits is not agreed on", (bits) => {
    expect(
      esp(12, [
        [4, 2],
        [5, 2],
        [6, bits],
      ]),
    ).toBeUndefined();
    expect(
      esp(12, [
        [4, 2],
        [5, 2],
        [6, 128],
      ]),
    ).toBeDefined();
  });

  test("GMAC, AES-GCM with a key of no bits and AES-GCM beside an integrity algorithm are not agreed on", () => {
    const gcm = { ...aesSha1, cipher: "aes-gcm", keyBits: 128, integrity: undefined } as const;
    const choose = (id: number, attributes: readonly (readonly [number, number])[]) =>
      choosePhase2(
        { ...terms, proposals: [gcm] },
        [{ ...transformOf(attributes, id), protocol: protocolId.esp, spi: Uint8Array.of(1, 2, 3, 4) }],
        way,
      ).choice;
    expect(
      choose(20, [
        [4, 2],
        [6, 128],
      ]),
    ).toBeDefined();
    expect(
      choose(23, [
        [4, 2],
        [6, 0],
      ]),
    ).toBeUndefined();
    expect(
      choose(23, [
        [4, 2],
        [6, 128],
      ]),
    ).toBeUndefined();
    expect(
      choose(20, [
        [4, 2],
        [6, 0],
      ]),
    ).toBeUndefined();
    expect(
      choose(20, [
        [4, 2],
        [6, 128],
        [5, 2],
      ]),
    ).toBeUndefined();
  });

  test.each([0, 1, 3, 8, 255])("a phase 2 proposal with an SPI of %i octets is not agreed on", (length) => {
    const proposal = {
      ...transformOf(
        [
          [4, 2],
          [5, 2],
          [6, 128],
        ],
        12,
      ),
      protocol: protocolId.esp,
    };
    expect(choosePhase2(terms, [{ ...proposal, spi: new Uint8Array(length).fill(1) }], way).choice).toBeUndefined();
  });
});

describe("identities of phase 1, under the right key", () => {
  const identity = (type: number, data: Uint8Array): Uint8Array =>
    writeIdentification({ type, protocol: 0, port: 0, data });

  test.each(Object.entries(identificationType))(
    "an identity of type %s is taken by its octets or refused",
    (_, type) => {
      for (const length of [0, 1, 3, 4, 5, 8, 15, 16, 20, 31, 32, 64, 1024, 1025, 60_000]) {
        const prober = new Prober(new Target());
        const outputs = prober.say(prober.halfway("cisco", identity(type, new Uint8Array(length).fill(0x30))));
        const { state } = prober.target.machine.view().sas[0] ?? {};
        if (length === 0 || length > 1024) expect(state, `${length} octets`).not.toBe("established");
        else if (state !== "established") expect(outputs.some((output) => output.type === "failed")).toBe(true);
      }
    },
  );

  test("a name with zero octets and line ends cannot write lines of its own into a log", () => {
    const prober = new Prober(new Target());
    prober.say(prober.halfway("cisco", identity(2, Buffer.from("good.example\0\n%SYS-5-CONFIG_I: forged"))));
    const { peerIdentity } = prober.target.machine.view().sas[0] ?? {};
    expect(peerIdentity).toMatchObject({ type: "fqdn", name: expect.stringContaining("good.example\\x00\\x0a%SYS") });
  });
});

describe("order and cookies", () => {
  test("a first message that comes again under a cookie we know, without the responder's, opens no second negotiation", () => {
    const prober = new Prober(new Target());
    prober.begin();
    prober.responderCookie = new Uint8Array(8);
    expect(sent(prober.say(prober.first()))).toHaveLength(1);
    const other = prober.clear([
      { type: payloadType.sa, body: prober.first().slice(32) },
      { type: 13, body: empty },
    ]);
    expect(prober.say(other)).toEqual([]);
    expect(prober.target.machine.view().sas).toHaveLength(1);
  });

  test("two clients with the same cookie stay apart, and neither speaks for the other", () => {
    const target = new Target();
    const one = new Prober(target, flowFrom("198.51.100.7", 500), 4);
    const two = new Prober(target, flowFrom("198.51.100.8", 500), 4);
    expect(two.initiatorCookie).toEqual(one.initiatorCookie);
    const fifth = one.halfway();
    const other = two.halfway();
    expect(target.receive(two.flow, fifth)).toEqual([]);
    expect(sent(one.say(fifth))).toHaveLength(1);
    expect(sent(two.say(other))).toHaveLength(1);
    expect(target.machine.view().sas.map(({ state }) => state)).toEqual(["established", "established"]);
  });

  test("the responder's cookie in the initiator's place names nothing", () => {
    const prober = new Prober(new Target()).establish();
    const swapped = prober.hashed(prober.offer(), quickMode);
    const bytes = swapped.slice();
    bytes.set(swapped.subarray(8, 16), 0);
    bytes.set(swapped.subarray(0, 8), 8);
    expect(prober.say(bytes)).toEqual([]);
    bytes.set(swapped.subarray(8, 16), 8);
    expect(prober.say(bytes)).toEqual([]);
    expect(prober.target.machine.view().connections).toEqual([]);
  });

  test.each([4, 5, 32, 33, 6, 0, 255])(
    "exchange type %i in the middle of a main mode ends and opens nothing",
    (exchange) => {
      const prober = new Prober(new Target());
      const fifth = prober.halfway();
      const changed = fifth.slice();
      changed[18] = exchange;
      expect(sent(prober.say(changed))).toEqual([]);
      expect(sent(prober.say(fifth))).toHaveLength(1);
    },
  );

  test("a message that is sealed with a vector of another chain is not believed, and the chain goes on", () => {
    const prober = new Prober(new Target()).establish();
    const { lastBlock } = prober;
    prober.lastBlock = new Uint8Array(8).fill(9);
    expect(prober.say(prober.hashed(prober.offer(), quickMode))).toEqual([]);
    prober.lastBlock = lastBlock;
    expect(sent(prober.say(prober.hashed(prober.offer(), quickMode)))).toHaveLength(1);
  });

  test.each([0, 5, 19, 21, 64])("a HASH of %i octets authenticates nothing", (length) => {
    const prober = new Prober(new Target()).establish();
    const hash = { type: payloadType.hash, body: new Uint8Array(length) };
    expect(prober.say(prober.sealed([hash, ...prober.offer()], quickMode))).toEqual([]);
    const own = new Uint8Array(16);
    own.set(prober.initiatorCookie);
    own.set(prober.responderCookie, 8);
    const deletion = { type: payloadType.delete, body: writeDeletion({ protocol: 1, spis: [own] }) };
    expect(prober.say(prober.sealed([hash, deletion], informational))).toEqual([]);
    expect(prober.target.machine.view().sas).toHaveLength(1);
  });

  test("a refused identity of quick mode is told under the keys, never in the clear", () => {
    const prober = new Prober(new Target()).establish();
    const [sa, ni] = prober.offer();
    if (sa === undefined || ni === undefined) throw new Error("an offer");
    const web = writeIdentification({ type: 1, protocol: 6, port: 80, data: Uint8Array.of(10, 0, 0, 1) });
    for (const ids of [
      [web, serverId],
      [l2tpId, web],
    ]) {
      const payloads = [sa, ni, ...ids.map((body) => ({ type: payloadType.identification, body }))];
      for (const answer of sent(prober.say(prober.hashed(payloads, quickMode)))) {
        expect(decodeIsakmpHeader(answer).flags & 1, "encrypted").toBe(1);
      }
    }
    expect(prober.target.machine.view().connections).toEqual([]);
  });

  test("under main mode's own exchange nothing can be deleted or notified", () => {
    const prober = new Prober(new Target()).establish();
    const own = new Uint8Array(16);
    const deletion = { type: payloadType.delete, body: writeDeletion({ protocol: 1, spis: [own] }) };
    expect(prober.say(prober.hashed([deletion], mainMode))).toEqual([]);
    expect(prober.target.machine.view().sas).toHaveLength(1);
  });
});
