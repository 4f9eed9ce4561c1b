/** Clients that connect and exchange traffic, on both dialects. */

import type { Case } from "../lab/case.ts";
import { expect } from "../lab/command.ts";
import { NAT_ADDRESS, ROUTED_CLIENT } from "../lab/network.ts";
import { ping, pingForSeconds, pingWithoutLoss } from "../lab/ping.ts";
import { connect } from "../lab/stage.ts";
import { ipsecPeers, translatedPorts } from "./ios-views.ts";
import { IOS_LOOPBACK, JUNOSE_LOOPBACK } from "./routers.ts";

/** What a second client takes to connect, generously. */
const CONNECT_SECONDS = 6;

/** An E-series knows DES and 3DES alone. */
export const JUNOSE_PROPOSALS = { ike: "3des-sha1-modp1024", esp: "3des-sha1" } as const;

export const oneClient: Case = {
  name: "one-client",
  async run(stage) {
    const client = await stage.connected(1);
    await pingWithoutLoss(client, IOS_LOOPBACK, 30);
    // As large as the link's MTU of 1400 allows: 20 octets IP and 8 octets ICMP.
    await pingWithoutLoss(client, IOS_LOOPBACK, 5, { payloadBytes: 1372 });
  },
};

export const twoClients: Case = {
  name: "two-clients-behind-one-nat",
  async run(stage) {
    const first = await stage.connected(1);
    // The first one pings while the second connects: that is when it used to be cut off.
    const during = pingForSeconds(first, IOS_LOOPBACK, CONNECT_SECONDS);
    const second = await stage.connected(2);
    await during;
    await Promise.all([first, second].map((client) => pingForSeconds(client, IOS_LOOPBACK, 30)));

    const ports = await translatedPorts(stage);
    expect(ports.join() === "1024,1025", `translated ports are ${ports.join(", ") || "none"}, not 1024 and 1025`);
    const peers = await ipsecPeers(stage);
    expect(peers.length === 2, `show crypto ipsec sa lists ${peers.length} peers, not 2`);
    const [a, b] = peers;
    expect(a?.port !== b?.port, "both peers in show crypto ipsec sa have the same NAT port");
    for (const peer of peers) {
      expect(peer.address === NAT_ADDRESS, "a peer in show crypto ipsec sa is not the NAT", peer.text);
      const carried = peer.encapsulated >= 150 && peer.decapsulated >= 150;
      expect(carried, "show crypto ipsec sa does not count the 150 pings", peer.text);
    }
  },
};

/** This client must find ESP without UDP, which root can carry, and must not count as translated. */
export const withoutNat: Case = {
  name: "client-without-nat",
  async run(stage) {
    const client = await stage.boot({}, ROUTED_CLIENT.number);
    await connect(client);
    await pingWithoutLoss(client, IOS_LOOPBACK, 15);
    const peer = (await ipsecPeers(stage)).find(({ address }) => address === ROUTED_CLIENT.address);
    expect(peer?.port === 500, "show crypto ipsec sa has no such peer on port 500", peer?.text);
    expect(!(peer?.text.includes("UDP-Encaps") ?? true), "its ESP is in UDP", peer?.text);
    const tunnels = await stage.gateway.show("show l2tp tunnel all");
    const untranslated = tunnels.includes(`Internet Address ${ROUTED_CLIENT.address}, port 1701`);
    expect(untranslated, "its L2TP port is not 1701", tunnels);
    await stage.powerOff(client);
  },
};

export const clientToClient: Case = {
  name: "client-to-client",
  async run(stage) {
    const clients = [await stage.connected(1), await stage.connected(2)];
    for (const client of clients) await client.run("ip route replace 20.0.0.0/24 dev ppp0");
    const [first, second] = clients;
    const address = /inet ([\d.]+)/.exec((await second?.run("ppp_address"))?.output ?? "")?.[1];
    expect(first !== undefined && address !== undefined, "client 2 has no address");
    await pingWithoutLoss(first, address, 15);
  },
};

/** Without the command the newer client gets what belongs to the older one: the lesson of Cisco's document. */
export const withoutDemux: Case = {
  name: "without-nat-demux-the-second-takes-over",
  async run(stage) {
    const first = await stage.connected(1);
    await pingWithoutLoss(first, IOS_LOOPBACK, 10);
    const second = await stage.connected(2);
    await pingWithoutLoss(second, IOS_LOOPBACK, 10);
    const { received, output } = await ping(first, IOS_LOOPBACK, 10);
    expect(received === 0, "the first client still gets answers", output);
  },
};

export const twoClientsJunose: Case = {
  name: "two-clients-junose",
  async run(stage) {
    const clients = await Promise.all([1, 2].map((number) => stage.boot(JUNOSE_PROPOSALS, number)));
    await Promise.all(clients.map(connect));
    await Promise.all(clients.map((client) => pingForSeconds(client, JUNOSE_LOOPBACK, 20)));

    const tunnels = await stage.gateway.show("show l2tp tunnel");
    expect(/^2 L2TP tunnels found/m.test(tunnels), "show l2tp tunnel does not find 2", tunnels);
    const sessions = await stage.gateway.show("show l2tp session");
    expect(/^2 L2TP sessions found/m.test(sessions), "show l2tp session does not find 2", sessions);
    const interfaces = await stage.gateway.show("show ipsec transport interface");
    const two = /^2 Ipsec transport interfaces found/m;
    expect(two.test(interfaces), "show ipsec transport interface does not find 2", interfaces);
  },
};
