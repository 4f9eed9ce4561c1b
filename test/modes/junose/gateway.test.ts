/** The minimal configuration as a running gateway: clients connect in simulated time, and show tells of them. */

import { expect, test } from "vitest";
import { ipv4ToNumber } from "../../../src/engine/kernel/address.ts";
import { icmpEcho, icmpType } from "../../../src/engine/wire/icmp.ts";
import { ipProtocol, ipv4Packet, simplePacket } from "../../../src/engine/wire/ipv4.ts";
import { Lab, type LabClient } from "../../support/lab.ts";
import { fixture, TestRouter } from "./router.ts";

const LOCAL = "10.0.0.1";

interface Setup {
  readonly lab: Lab;
  readonly router: TestRouter;
  readonly clients: readonly LabClient[];
  /** Types lines in configuration and has the gateway follow. */
  configure(...lines: readonly string[]): void;
  shown(command: string): string[];
}

function running(clients: number, extra = ""): Setup {
  const router = new TestRouter();
  router.load(fixture("configs/junose-l2tp-ipsec.cfg"));
  expect(router.load(extra).refused).toEqual([]);
  const lab = new Lab({ spec: router.snapshot().spec, addresses: [LOCAL] });
  const nat = lab.nat();
  const connected = Array.from({ length: clients }, (_, index) =>
    lab.client({ nat, gateway: LOCAL, preSharedKey: "groupSecret", address: `192.168.1.${index + 2}` }).connect(),
  );
  return {
    lab,
    router,
    clients: connected,
    configure(...lines) {
      expect(router.load(lines.join("\n")).refused).toEqual([]);
      router.doing = {};
      lab.request({ type: "configure", spec: router.snapshot().spec });
      lab.run(100);
    },
    shown(command) {
      router.doing = lab.snapshot;
      return router.session(command).split("\n").slice(1);
    },
  };
}

test("two clients behind one NAT connect, ping, and stand in every listing", () => {
  const { lab, clients, shown } = running(2);
  expect(clients.map(({ client }) => client.view())).toMatchObject([
    { state: "up", address: "10.20.0.10" },
    { state: "up", address: "10.20.0.11" },
  ]);
  expect(lab.pingTogether(clients, LOCAL, 5)).toEqual([5, 5]);
  expect(shown("show l2tp tunnel")).toEqual([
    "L2TP tunnel 1/1 is Up with 1 active session",
    "L2TP tunnel 2/1 is Up with 1 active session",
    "2 L2TP tunnels found",
  ]);
  expect(shown("show l2tp session").at(-1)).toBe("2 L2TP sessions found");
  expect(shown("show ipsec ike-sa").slice(2)).toEqual([
    expect.stringMatching(/^10\.0\.0\.1:4500 +198\.51\.100\.7:\d+ +\d+ +DONE +0x[0-9a-f]{16} {2}0x[0-9a-f]{16}$/),
    expect.stringMatching(/^10\.0\.0\.1:4500 +198\.51\.100\.7:\d+ +\d+ +DONE +0x[0-9a-f]{16} {2}0x[0-9a-f]{16}$/),
  ]);
  expect(shown("show ip local pool").at(-1)).toMatch(/^vpnpool +10\.20\.0\.10 +10\.20\.0\.250 +239 +2 +85 +75 +N$/);
  expect(shown("show subscribers").filter((line) => line.startsWith("fred"))).toHaveLength(6);
  const [traffic] = shown("show ipsec transport interface detail 1").filter((line) => line.includes("InUserPackets"));
  expect(Number(/InUserPackets (\d+)/.exec(traffic ?? "")?.[1])).toBeGreaterThan(10);
  expect(shown("show l2tp destination profile boston4")).toContain("  Destination profile current session count is 2");
});

test("`clear l2tp tunnel` ends the tunnel it names, and single-shot ends its connection too", () => {
  const { lab, router, clients, shown } = running(2);
  router.doing = lab.snapshot;
  router.session("clear l2tp tunnel 2/1");
  for (const request of router.requests) lab.request(request);
  lab.run(10_000);
  expect(clients[0]?.ping(LOCAL, 2)).toBe(2);
  expect(shown("show ipsec transport interface")).toEqual([
    "IPSEC transport interface 1 is Up",
    "1 Ipsec transport interface found",
  ]);
});

test("`l2tp drain` lets the clients stay and no new one in; `l2tp shutdown` ends them", () => {
  const { lab, clients, configure, shown } = running(1);
  configure("l2tp drain");
  expect(clients[0]?.ping(LOCAL, 2)).toBe(2);
  const late = lab.client({ gateway: LOCAL, preSharedKey: "groupSecret" }).connect(20_000);
  expect(late.state).not.toBe("up");
  expect(shown("show l2tp")).toContain("  L2TP administrative state is drain");
  configure("no l2tp drain", "l2tp shutdown");
  lab.run(5000);
  expect(clients[0]?.state).not.toBe("up");
  expect(shown("show l2tp tunnel summary")[1]).toMatch(/^ +0 +0 +\d+$/);
});

test("a tunnel is drained by its name and a session shut down by its own, and neither is a line of the configuration", () => {
  const { lab, clients, router, configure, shown } = running(2);
  const administrative = (tunnel: string) =>
    shown(`show l2tp tunnel detail ${tunnel}`).filter((line) => line.includes("dministrative state"));
  const type = (...lines: string[]): string[] => {
    router.requests.length = 0;
    router.doing = lab.snapshot;
    router.shell.enterConfiguration();
    const printed = lines.flatMap((line) => router.shell.execute(line).lines);
    router.shell.end();
    for (const request of router.requests) lab.request(request);
    lab.run(5000);
    return printed;
  };
  configure("l2tp destruct-timeout 700");
  const before = router.printed;
  expect(type("l2tp drain tunnel 9/9")).toEqual(["% L2TP tunnel 9/9 does not exist"]);
  expect(type("l2tp drain tunnel 1/1", "l2tp shutdown session 2/1/2")).toEqual([]);
  expect(administrative("1/1")).toEqual([
    "    Administrative state is drain",
    "    Effective administrative state is drain",
  ]);
  expect(clients.map((client) => client.state)).toEqual(["up", "failed"]);
  expect(type("no l2tp drain tunnel 1/1", "no l2tp shutdown session 1/1/1")).toEqual([]);
  expect(type("no l2tp shutdown session 9/9/9")).toEqual(["% L2TP session 9/9/9 does not exist"]);
  expect(administrative("1/1")[0]).toBe("    Administrative state is enabled");
  expect(type("l2tp shutdown tunnel 1/1")).toEqual([]);
  expect(clients[0]?.state).not.toBe("up");
  expect(router.printed).toBe(before);
});

test("removing the destination profile drops its tunnels, and changing something else does not", () => {
  const { lab, clients, configure } = running(1);
  configure("l2tp destruct-timeout 700", "aaa dns primary 10.9.0.1");
  expect(clients[0]?.ping(LOCAL, 2)).toBe(2);
  configure("no l2tp destination profile boston4");
  lab.run(5000);
  expect(clients[0]?.state).not.toBe("up");
});

test("`ip mtu` of a profile bounds what the gateway sends to its clients", () => {
  const answers = (octets: number, extra: string): number => {
    const { lab, clients } = running(1, extra);
    const [client] = clients;
    const data = new Uint8Array(octets - 28);
    client?.sendPacket(
      ipv4Packet.encode(
        simplePacket({
          protocol: ipProtocol.icmp,
          source: ipv4ToNumber(client.address ?? ""),
          destination: ipv4ToNumber(LOCAL),
          payload: icmpEcho.encode({ type: icmpType.echoRequest, identifier: 1, sequence: 1, data }),
        }),
      ),
    );
    const before = lab.snapshot.sessions[0]?.counters.txPackets ?? 0;
    lab.run(1000);
    return (lab.snapshot.sessions[0]?.counters.txPackets ?? 0) - before;
  };
  expect(answers(513, "")).toBe(1);
  expect(answers(512, "profile georgeProfile1\nip mtu 512")).toBe(1);
  // What is larger comes in two pieces.
  expect(answers(513, "profile georgeProfile1\nip mtu 512")).toBe(2);
});

test("a wrong pre-shared key, a wrong password and a missing user are refused", () => {
  const { lab, configure } = running(0);
  const state = (options: Parameters<Lab["client"]>[0]) =>
    lab.client({ gateway: LOCAL, preSharedKey: "groupSecret", ...options }).connect(20_000).state;
  expect(state({ preSharedKey: "wrong" })).not.toBe("up");
  expect(state({ password: "wrong" })).not.toBe("up");
  // `local none`: a user whom nobody knows is let in, as configured; `local` alone refuses him.
  expect(state({ user: "nobody" })).toBe("up");
  configure("aaa authentication ppp default local");
  expect(state({ user: "nobody" })).not.toBe("up");
});

test("interfaces, routes, PPP and decisions about users are those of the clients that are there", () => {
  const { lab, clients, shown } = running(2);
  const wrong = lab.client({ gateway: LOCAL, preSharedKey: "groupSecret", password: "wrong" }).connect(20_000);
  expect(wrong.state).not.toBe("up");
  const brief = shown("show ip interface brief").map((line) => line.replace(/ +/g, " "));
  expect(brief).toContain("l2tp 1/1/1 unnumbered up up");
  expect(shown("show ip interface l2tp 1/1/1")).toContain("  Peer address is 10.20.0.10");
  expect(shown("show ip route 10.20.0.11").at(-1)).toMatch(
    /^ {2}10\.20\.0\.11\/32 +AccIntern +10\.20\.0\.11 +2\/0 +l2tp /,
  );
  expect(shown("show ppp interface summary").at(-1)).toMatch(/^ +2 +0 +0 +0$/);
  expect(shown("show ppp interface status l2tp 1/1/1")).toContain("    Authentication protocol is CHAP");
  const statistics = shown("show aaa statistics").join("\n");
  expect(statistics).toMatch(/authentication grants: +2\n/);
  expect(statistics).toMatch(/authentication denies: +[1-9]\d*\n/);
  expect(statistics).toMatch(/most users at once: +2/);
  clients[1]?.disconnect();
  lab.run(5000);
  const later = shown("show aaa statistics").join("\n");
  expect(later).toMatch(/users now: +1\n/);
  expect(later).toMatch(/most users at once: +2/);
});

test("a baseline sets the counters of a live session to zero for delta, and they move again", () => {
  const { router, lab, clients, shown } = running(1);
  expect(clients[0]?.ping(LOCAL, 3)).toBe(3);
  router.doing = lab.snapshot;
  router.session("baseline ip", "baseline ipsec transport interface", "baseline aaa");
  const received = (command: string): number =>
    Number(/(?:Received Packets|InUserPackets) (\d+)/.exec(shown(command).join("\n"))?.[1]);
  expect(received("show ip interface delta l2tp 1/1/1")).toBe(0);
  expect(received("show ip interface l2tp 1/1/1")).toBeGreaterThanOrEqual(3);
  expect(received("show ipsec transport interface detail delta 1")).toBe(0);
  expect(clients[0]?.ping(LOCAL, 2)).toBe(2);
  expect(received("show ip interface delta l2tp 1/1/1")).toBe(2);
  expect(received("show ipsec transport interface detail delta 1")).toBeGreaterThanOrEqual(2);
  expect(shown("show aaa statistics delta").join("\n")).toMatch(/authentication requests: +0\n/);
});

test("a connection's counters go on over the renewal of its SAs, and so does their delta", () => {
  const { lab, router, clients, shown } = running(1);
  expect(clients[0]?.ping(LOCAL, 5)).toBe(5);
  const spis = (): string[] => shown("show ipsec transport interface detail 1").filter((line) => line.includes("spi"));
  const received = (delta = ""): number =>
    Number(/InUserPackets (\d+)/.exec(shown(`show ipsec transport interface detail ${delta} 1`).join("\n"))?.[1]);
  router.doing = lab.snapshot;
  router.session("baseline ipsec transport interface");
  const before = { spis: spis(), received: received() };
  for (let minute = 0; minute < 120; minute += 1) lab.run(60_000);
  expect(clients[0]?.ping(LOCAL, 5)).toBe(5);
  expect(spis().filter((line) => before.spis.includes(line))).toEqual([]);
  expect(received()).toBeGreaterThan(before.received + 300);
  expect(received("delta")).toBe(received() - before.received);
});
