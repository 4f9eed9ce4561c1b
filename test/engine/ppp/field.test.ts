/** Whole negotiations as clients in the field conduct them, octet by octet where it matters. */

import { expect, test } from "vitest";
import type { PppInput, PppOutput, PppPlan } from "../../../src/engine/ppp/events.ts";
import { chapCode } from "../../../src/engine/wire/ppp-chap.ts";
import { controlCode, pppProtocol } from "../../../src/engine/wire/ppp-control.ts";
import { hex } from "../../support/hex.ts";
import { option, PppProbe } from "../../support/ppp-probe.ts";

const { lcp, ipcp, chap, ccp } = pppProtocol;
const { configureRequest, configureAck, configureNak, configureReject, protocolReject } = controlCode;

const IPV6CP = 0x8057;
const NBFCP = 0x803f;
const ACSP = 0x8235;
const CBCP = 0xc029;
const MULTILINK = 0x003d;
const COMPRESSED = 0x00fd;
const ADDRESS = [10, 20, 0, 10];

/** Accepts any proof and gives one address. */
function accepting(output: PppOutput): PppInput | undefined {
  if (output.type === "requestAddress") return { type: "address", address: "10.20.0.10" };
  if (output.type !== "authenticate") return undefined;
  return { type: "authenticated", verdict: { accepted: true, authenticatorResponse: "S=0000" } };
}

function server(plan: Partial<PppPlan> = {}): PppProbe {
  return new PppProbe(
    { demand: ["msChapV2"], dns: ["10.0.0.53"], nbns: ["10.0.0.137"], mru: 1400, ...plan },
    accepting,
  );
}

/** The answer to a packet of LCP or an NCP. */
function answer(probe: PppProbe, protocol: number, identifier: number, octets: string) {
  probe.send(protocol, configureRequest, identifier, hex(octets));
  const { code, data } = probe.last(protocol);
  return { code, octets: Buffer.from(data).toString("hex") };
}

function prove(probe: PppProbe): void {
  const { identifier } = probe.last(chap, chapCode.challenge);
  probe.send(chap, chapCode.response, identifier, Uint8Array.from([49, ...new Uint8Array(49), ...Buffer.from("fred")]));
}

test("Windows comes up: callback and multilink are rejected as they came, its identification is heard in silence", () => {
  const probe = server();
  // MRU 1400, magic, PFC, ACFC, callback by CBCP, MRRU 1614, endpoint discriminator, link discriminator.
  const wishes = "0104 0578 0506 4d2a11c9 0702 0802";
  const refused = "0d03 06 1104 064e 1317 01 2e5f7d0c9f0a4d1b8c2c3a5e6f708192 00000000 1704 0001".replaceAll(" ", "");
  expect(answer(probe, lcp, 0, `${wishes} ${refused}`)).toEqual({ code: configureReject, octets: refused });
  expect(answer(probe, lcp, 1, wishes)).toEqual({ code: configureAck, octets: wishes.replaceAll(" ", "") });
  probe.acknowledge(lcp);
  const frames = probe.frames.length;
  probe.send(lcp, controlCode.identification, 2, hex("4d2a11c9 4d53524153 56352e3230"));
  probe.send(lcp, controlCode.identification, 3, hex("4d2a11c9 4d53524153 2d302d 5043"));
  expect(probe.frames).toHaveLength(frames);
  prove(probe);
  expect(probe.view).toMatchObject({ phase: "network", peerName: "fred", peerMru: 1400 });

  // What else it wants over the link: IPv6CP, CCP with MPPC and MPPE, NetBEUI.
  for (const [protocol, name, octets] of [
    [IPV6CP, "IPv6CP", "010a 1234567890abcdef"],
    [ccp, "CCP", "1206 010000e1"],
    [NBFCP, "NBFCP", "0102"],
    [CBCP, "CBCP", "01"],
  ] as const) {
    probe.send(protocol, configureRequest, 9, hex(octets));
    const reject = probe.last(lcp, protocolReject);
    expect((reject.data[0] ?? 0) * 256 + (reject.data[1] ?? 0), name).toBe(protocol);
    expect(probe.view.protocolsRejected?.[name], name).toBe(1);
  }

  // Header compression is rejected, zeros are led to addresses, and only servers that are there are named.
  expect(
    answer(probe, ipcp, 5, "0206 002d 0f01 0306 00000000 8106 00000000 8206 00000000 8306 00000000 8406 00000000"),
  ).toEqual({
    code: configureReject,
    octets: "0206002d0f01830600000000840600000000",
  });
  expect(answer(probe, ipcp, 6, "0306 00000000 8106 00000000 8206 00000000")).toEqual({
    code: configureNak,
    octets: "03060a14000a81060a00003582060a000089",
  });
  const agreed = "0306 0a14000a 8106 0a000035 8206 0a000089";
  expect(answer(probe, ipcp, 7, agreed)).toEqual({ code: configureAck, octets: agreed.replaceAll(" ", "") });
  probe.acknowledge(ipcp);
  expect(probe.output("opened")).toMatchObject({
    peerAddress: "10.20.0.10",
    compressProtocol: true,
    compressAddress: true,
  });
  // Compressed or encrypted data, and pieces of a bundle, were never agreed on.
  for (const protocol of [COMPRESSED, MULTILINK]) {
    probe.run(1000).raw(protocol >> 8, protocol & 255, 1, 2, 3, 4);
    expect(probe.last(lcp, protocolReject).data.subarray(0, 2)).toEqual(Uint8Array.of(protocol >> 8, protocol & 255));
  }
  expect(probe.view).toMatchObject({ phase: "network", ipcp: "opened" });
});

test("Windows with its own list of authentications steers by Nak, and ends with reason where nothing suits it", () => {
  const probe = server({ demand: ["pap", "chap", "msChapV2"] });
  const first = probe.last(lcp, configureRequest);
  probe.send(lcp, configureNak, first.identifier, [option(3, 0xc2, 0x23, 0x81)]);
  expect(probe.lastOptions(lcp, configureRequest)).toContainEqual(option(3, 0xc2, 0x23, 0x81));
  probe.send(lcp, configureRequest, 1, [option(5, 1, 2, 3, 4)]).acknowledge(lcp);
  expect(probe.last(chap, chapCode.challenge).data[0]).toBe(16);

  const stubborn = server({ demand: ["chap"] });
  stubborn.send(lcp, configureNak, stubborn.last(lcp, configureRequest).identifier, [option(3, 0xc2, 0x27)]);
  stubborn.run(10_000);
  expect(stubborn.output("terminated")?.reason).toBe("the peer refuses all of chap");
});

test("Apple comes up: asyncmap, magic, PFC and ACFC are taken, and ACSP is rejected without harm", () => {
  const probe = server();
  const wishes = "0206 00000000 0506 0badcafe 0702 0802";
  expect(answer(probe, lcp, 1, wishes)).toEqual({ code: configureAck, octets: wishes.replaceAll(" ", "") });
  probe.acknowledge(lcp);
  prove(probe);
  probe.send(ACSP, configureRequest, 1, hex("0102")).send(ACSP, configureRequest, 2, hex("0102"));
  expect(probe.view.protocolsRejected).toEqual({ ACSP: 2 });
  probe.openIpcp(option(3, ...ADDRESS));
  expect(probe.view).toMatchObject({ phase: "network", ipcp: "opened", peerMru: 1500 });
  // A client without a wish for an MRU takes what everybody takes.
  expect(probe.output("opened")).toMatchObject({ peerMru: 1500 });
});

test("a client that waits for our address before it names its own hears it at once", () => {
  const probe = server().openLcp(option(5, 1, 2, 3, 4));
  prove(probe);
  expect(probe.lastOptions(ipcp, configureRequest)).toEqual([option(3, 10, 20, 0, 1)]);
  expect(probe.sent(ipcp)).toHaveLength(1);
});

test("pppd with nothing of its own demanded asks EAP of us first and is refused, then goes on without", () => {
  const probe = server({ demand: ["chap"] });
  expect(answer(probe, lcp, 1, "0206 00000000 0304 c227 0506 01020304 0702 0802")).toEqual({
    code: configureReject,
    octets: "0304c227",
  });
  expect(answer(probe, lcp, 2, "0206 00000000 0506 01020304 0702 0802").code).toBe(configureAck);
});

test("a client that takes no more than 128 octets is sent no more, whatever it sends us", () => {
  const probe = server({ demand: [] }).openLcp(option(1, 0, 128));
  probe.raw(0x80, 0x57, ...new Uint8Array(1400));
  expect(probe.last(lcp, protocolReject).data.length + 4).toBe(128);
});
