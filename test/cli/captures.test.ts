import { expect, test } from "vitest";
import { lab } from "../../src/cli/api/api.ts";
import { decodeIsakmpHeader, exchangeType } from "../../src/engine/wire/isakmp-header.ts";
import { payloadType, readPayloads } from "../../src/engine/wire/isakmp-payload.ts";
import { type CapturedBlock, pcapngBlocks } from "../support/pcapng.ts";

const CONFIG = `hostname lns
username fred password 0 fredPw
vpdn enable
vpdn-group 1
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
crypto isakmp policy 1
 encr 3des
 authentication pre-share
 group 2
crypto isakmp key secret address 0.0.0.0
crypto ipsec transform-set TS esp-3des esp-sha-hmac
 mode transport
crypto dynamic-map DYN 10
 set nat demux
 set transform-set TS
crypto map MAP 10 ipsec-isakmp dynamic DYN
interface Loopback0
 ip address 12.0.0.8 255.255.255.255
interface FastEthernet0/0
 ip address 203.0.113.1 255.255.255.0
 crypto map MAP
interface Virtual-Template1
 ip unnumbered Loopback0
 peer default ip address pool POOL
 ppp authentication chap
ip local pool POOL 20.0.0.100 20.0.0.110
`;
const FRED = { psk: "secret", user: "fred", password: "fredPw" };
const WIRE = 0;
const INSIDE = 1;
const IP_AND_UDP = 28;

function captured(lines: readonly string[], connect = true) {
  const net = lab({ config: CONFIG });
  const client = net.client({ ...FRED, behind: net.nat() });
  for (const line of lines) expect(net.router.run(line)).toMatchObject({ ok: true });
  if (connect) {
    expect(client.connect()).toBe(true);
    expect(client.ping("12.0.0.8", 2)).toBe(2);
  }
  return { net, client };
}

function exported(net: ReturnType<typeof lab>): CapturedBlock[] {
  expect(net.router.run("monitor capture c1 export flash:c1.pcapng").text).toBe("Exported Successfully");
  return pcapngBlocks(net.router.file("c1.pcapng") ?? new Uint8Array(0));
}

/** The UDP ports and payloads of packets of one interface. */
function datagrams(blocks: readonly CapturedBlock[], index: number) {
  return blocks
    .filter((block) => block.interface === index)
    .map(({ octets }) => ({
      source: octets.readUInt16BE(20),
      destination: octets.readUInt16BE(22),
      payload: octets.subarray(IP_AND_UDP),
    }));
}

test("beside the wire a capture holds every encrypted ISAKMP message and every ESP packet opened", () => {
  const { net } = captured(["monitor capture c1 match any", "monitor capture c1 start"]);
  using _ = net;
  const blocks = exported(net);
  const wire = datagrams(blocks, WIRE);
  const inside = datagrams(blocks, INSIDE);

  const isEsp = (payload: Buffer) => payload.length > 4 && payload.readUInt32BE() !== 0;
  const esp = wire.filter(({ source, destination, payload }) => [source, destination].includes(4500) && isEsp(payload));
  const l2tp = inside.filter(({ source, destination }) => source === 1701 || destination === 1701);
  expect(esp.length).toBeGreaterThan(20);
  expect(l2tp).toHaveLength(esp.length);

  const messages = inside.filter(({ source, destination }) => source === 500 || destination === 500);
  const opened = messages.map(({ payload }) => {
    const header = decodeIsakmpHeader(payload);
    expect(header.flags & 1).toBe(0);
    return { header, payloads: readPayloads(header.nextPayload, payload.subarray(28), false).map(({ type }) => type) };
  });
  const mainMode = opened.filter(({ header }) => header.exchange === exchangeType.mainMode);
  expect(mainMode.map(({ payloads }) => payloads.includes(payloadType.identification))).toEqual([true, true]);
  const quickMode = opened.filter(({ header }) => header.exchange === exchangeType.quickMode);
  expect(quickMode.map(({ payloads }) => payloads[0])).toEqual([8, 8, 8]);
});

test("the keys are told once for each SA, in the words of Wireshark's tables, and a capture that starts late has them too", () => {
  const { net, client } = captured([]);
  using _ = net;
  net.router.run("monitor capture c1 match any");
  net.router.run("monitor capture c1 start");
  expect(client.ping("12.0.0.8", 1)).toBe(1);
  client.disconnect();
  net.drive(5);
  const [section] = exported(net);
  const lines = section?.comments ?? [];
  expect(lines.filter((line) => line.startsWith("esp_sa:"))).toHaveLength(2);
  expect(lines.filter((line) => /^ikev1_decryption_table:[0-9a-f]{16},[0-9a-f]{48}$/.test(line))).toHaveLength(1);
  for (const line of lines) expect(line).not.toContain("0".repeat(32));
});

test("a filter keeps what is between two addresses, a limit of packets ends the capture, a length cuts them", () => {
  const other = captured(["monitor capture c1 match ipv4 host 192.0.2.77 any", "monitor capture c1 start"]);
  expect(exported(other.net).filter(({ octets }) => octets.length > 0)).toEqual([]);
  const few = captured([
    "monitor capture c1 limit packets 7",
    "monitor capture c1 limit packet-len 64",
    "monitor capture c1 start",
  ]);
  const kept = exported(few.net).filter(({ octets }) => octets.length > 0);
  expect(kept).toHaveLength(7);
  expect(kept.every(({ octets, length }) => octets.length <= 64 && length >= octets.length)).toBe(true);
  expect(few.net.router.run("show monitor capture c1").text).toContain("Status : Inactive");
  expect(few.net.router.run("monitor capture c1 match any")).toMatchObject({ ok: true });
});

test("a time limit ends a capture, and a circular buffer keeps the newest", () => {
  const { net } = captured(["monitor capture c1 limit duration 5", "monitor capture c1 start"], false);
  using _ = net;
  net.drive(4);
  expect(net.router.run("show monitor capture c1").text).toContain("Status : Active");
  net.drive(2);
  expect(net.router.run("show monitor capture c1").text).toContain("Status : Inactive");
});

test("what cannot be is said: no such capture, one that runs, an interface without an address, a place that is not flash", () => {
  const { net } = captured(["monitor capture c1 buffer size 1 circular", "monitor capture c1 start"], false);
  using _ = net;
  const said = (line: string) => net.router.run(line);
  expect(said("monitor capture nix start")).toMatchObject({ ok: false, text: "% Capture nix does not exist" });
  expect(said("monitor capture c1 match any")).toMatchObject({ ok: false });
  expect(said("monitor capture c1 start").text).toContain("already active");
  expect(said("monitor capture c2 interface FastEthernet0/7 both").text).toContain("has no address");
  expect(said("monitor capture c1 export tftp:x")).toMatchObject({ ok: false });
  expect(said("no monitor capture c1")).toMatchObject({ ok: true });
  expect(said("show monitor capture c1")).toMatchObject({ ok: false });
});

test("packets are listed and dumped at the console", () => {
  const { net } = captured(["monitor capture c1 interface fa0/0 both", "monitor capture c1 start"]);
  using _ = net;
  const brief = net.router.run("show monitor capture c1 buffer brief").text.split("\n");
  expect(brief.some((line) => /203\.0\.113\.1:4500 +-> +198\.51\.100\.1:\d+ +UDP +wire/.test(line))).toBe(true);
  expect(brief.some((line) => /203\.0\.113\.1:1701 +-> .*UDP +inside/.test(line))).toBe(true);
  expect(net.router.run("show monitor capture c1 buffer dump").text).toMatch(/^ {2}0000: 4500 /m);
  expect(net.router.run("show monitor capture c1").text).toContain("Interface: FastEthernet0/0, Direction: both");
});

test("a capture that is full may begin again, and the time limit of the one before does not end it", () => {
  const { net, client } = captured([
    "monitor capture c1 limit packets 3",
    "monitor capture c1 limit duration 30",
    "monitor capture c1 start",
  ]);
  using _ = net;
  expect(net.router.run("show monitor capture c1").text).toContain("Status : Inactive");
  net.drive(20);
  for (const line of ["monitor capture c1 limit packets 1000", "monitor capture c1 start"]) {
    expect(net.router.run(line)).toMatchObject({ ok: true });
  }
  net.drive(15);
  expect(client.ping("12.0.0.8", 1)).toBe(1);
  expect(net.router.run("show monitor capture c1").text).toContain("Status : Active");
  net.drive(20);
  expect(net.router.run("show monitor capture c1").text).toContain("Status : Inactive");
});
