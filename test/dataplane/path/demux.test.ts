import { expect, test } from "vitest";
import type { PortRole } from "../../../src/dataplane/datagram.ts";
import { LineModule } from "../../../src/dataplane/path/line-module.ts";
import type { Flow } from "../../../src/engine/kernel/address.ts";
import { DEFAULT_ROUTER } from "../../../src/engine/spec.ts";
import { hex, toHex } from "../../support/hex.ts";
import { controlMessage, datagramsOf, GATEWAY, NAT, puntsOf } from "../../support/line-peer.ts";
import { seededRandom } from "../../support/random.ts";

const ports: Record<PortRole, number> = { ike: 500, natt: 4500, l2tp: 1701, esp: 0 };

function flowOf(role: PortRole): Flow {
  const local = { address: GATEWAY, port: ports[role] };
  return { local, remote: { address: NAT, port: 33_000 }, wire: local };
}

function received(role: PortRole, octets: string) {
  const module = new LineModule({ random: seededRandom(1) });
  module.receive({ role, flow: flowOf(role), bytes: hex(octets) }, 1);
  const answers = datagramsOf(module);
  const punts = puntsOf(module).map((punt) => `${punt.type} ${"bytes" in punt ? toHex(punt.bytes) : ""}`);
  return { answers: answers.length, punts, totals: module.totals() };
}

test("a NAT keepalive is discarded and counted, and nothing answers it (case 6.05)", () => {
  expect(received("natt", "ff")).toMatchObject({ answers: 0, punts: [], totals: { keepalives: 1, malformed: 0 } });
});

test.each([
  ["one octet other than 0xff (case 6.06)", "00"],
  ["nothing (case 6.07)", ""],
  ["three zero octets (case 6.08)", "000000"],
  ["the marker alone", "00000000"],
  ["an SPI without a sequence number", "1234567800"],
])("%s on 4500 is malformed", (_what, octets) => {
  expect(received("natt", octets)).toMatchObject({ answers: 0, punts: [], totals: { malformed: 1, keepalives: 0 } });
});

test("IKE behind the marker goes up without it; ESP with SPI 0 is the same octets (case 6.09)", () => {
  expect(received("natt", "00000000 aabbcc").punts).toEqual(["ike aabbcc"]);
});

test("IKE on 4500 without the marker is an unknown SPI (case 6.11)", () => {
  expect(received("natt", "aabbccdd 00000001 0000")).toMatchObject({ punts: [], totals: { unknownSpi: 1 } });
});

test("whatever comes to 500 is IKE's to judge, but nothing is not (cases 6.07, 6.10)", () => {
  expect(received("ike", "aabb").punts).toEqual(["ike aabb"]);
  expect(received("ike", "")).toMatchObject({ punts: [], totals: { malformed: 1 } });
});

test("ten thousand random SPIs are met with silence (cases 8.01, 8.13)", () => {
  const module = new LineModule({ random: seededRandom(1) });
  const random = seededRandom(2);
  for (let i = 0; i < 10_000; i += 1) {
    const bytes = random.bytes(64);
    bytes[0] = 0xc0;
    module.receive({ role: i % 2 === 0 ? "natt" : "esp", flow: flowOf("natt"), bytes }, 1);
  }
  expect(module.totals().unknownSpi).toBe(10_000);
  expect(puntsOf(module)).toEqual([]);
  expect(datagramsOf(module)).toEqual([]);
});

test("L2TP in the clear is refused where only IPsec may speak, control and data alike (case 9.27)", () => {
  const module = new LineModule({ random: seededRandom(1) });
  module.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: [GATEWAY],
    ipsecOnly: [GATEWAY],
    routes: [],
  });
  for (const bytes of [controlMessage(1), hex("0002 0001 0001 ff03c021"), hex("")]) {
    module.receive({ role: "l2tp", flow: flowOf("l2tp"), bytes }, 1);
  }
  expect(module.totals().clearRefused).toBe(3);
  // The first is told of, and of many only some.
  expect(puntsOf(module)).toEqual([{ type: "clearRefused", flow: flowOf("l2tp") }]);
  for (let now = 2; now < 102; now += 1) {
    module.receive({ role: "l2tp", flow: flowOf("l2tp"), bytes: controlMessage(1) }, now);
  }
  expect(puntsOf(module)).toHaveLength(2);
});

test("L2TP in the clear elsewhere reaches the virtual router that owns the address, without a connection", () => {
  const module = new LineModule({ random: seededRandom(1) });
  module.program({ type: "configureRouter", virtualRouter: "boston", addresses: [GATEWAY], ipsecOnly: [], routes: [] });
  module.receive({ role: "l2tp", flow: flowOf("l2tp"), bytes: controlMessage(7) }, 1);
  const { local, remote } = flowOf("l2tp");
  expect(puntsOf(module)).toEqual([
    { type: "l2tp", path: { virtualRouter: "boston", local, remote, connection: undefined }, bytes: controlMessage(7) },
  ]);
});

test("IKE leaves by the port it is for, with the marker on 4500 only", () => {
  const module = new LineModule({ random: seededRandom(1) });
  module.transmit({ type: "ike", flow: flowOf("ike"), bytes: hex("aa") }, 1);
  module.transmit({ type: "ike", flow: flowOf("natt"), bytes: hex("aa") }, 1);
  expect(datagramsOf(module).map(({ role, bytes }) => `${role} ${toHex(bytes)}`)).toEqual([
    "ike aa",
    "natt 00000000aa",
  ]);
});

test("L2TP in the clear leaves from the end that the peer knows", () => {
  const module = new LineModule({ random: seededRandom(1) });
  const wire = { address: "127.0.0.1", port: 31_701 };
  const flow = { ...flowOf("l2tp"), wire };
  module.receive({ role: "l2tp", flow, bytes: controlMessage(1) }, 1);
  const punt = puntsOf(module)[0];
  expect(punt?.type).toBe("l2tp");
  if (punt?.type !== "l2tp") return;
  module.transmit({ type: "l2tp", path: punt.path, bytes: controlMessage(2) }, 1);
  expect(datagramsOf(module)).toEqual([{ role: "l2tp", flow, bytes: controlMessage(2) }]);
});
