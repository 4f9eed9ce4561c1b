/** More clients behind one NAT than a desk has, a NAT that moves under them, and peers that ask whether we are alive. */

import type { Case } from "../lab/case.ts";
import { eventually, expect } from "../lab/command.ts";
import { NAT_ADDRESS_LATER, networkMove, ROUTED_CLIENT } from "../lab/network.ts";
import { ping, pingForSeconds, pingWithoutLoss } from "../lab/ping.ts";
import { connect } from "../lab/stage.ts";
import { ikeSasOf } from "./algorithms.ts";
import { ipsecPeers, translatedPorts } from "./ios-views.ts";
import { IOS_LOOPBACK } from "./routers.ts";

const TRANSLATED = [1, 2, 3, 4, 5, 6].filter((number) => number !== ROUTED_CLIENT.number);

export const fiveClients: Case = {
  name: "five-clients-behind-one-nat",
  async run(stage) {
    const clients = await Promise.all(TRANSLATED.map((number) => stage.boot({}, number)));
    await Promise.all(clients.map(connect));
    await Promise.all(clients.map((client) => pingForSeconds(client, IOS_LOOPBACK, 15)));
    const ports = await translatedPorts(stage);
    expect(ports.join() === "1024,1025,1026,1027,1028", `translated ports are ${ports.join(", ")}`);
    for (const client of clients.slice(2)) {
      await client.run("tunnel_down");
      await stage.powerOff(client);
    }
  },
};

/** Long enough that every client has said something from the new address. */
const FIRST_WORD_SECONDS = 20;

export const natMoves: Case = {
  name: "nat-moves-to-another-address",
  async run(stage) {
    const clients = [await stage.connected(1), await stage.connected(2)];
    for (const client of clients) await pingWithoutLoss(client, IOS_LOOPBACK, 10);
    networkMove();
    for (const client of clients) {
      const heard = await eventually(
        FIRST_WORD_SECONDS,
        async () => (await ping(client, IOS_LOOPBACK, 5)).received === 5,
      );
      expect(heard, `client ${client.number} does not reach the gateway from the NAT's new address`);
    }
    await Promise.all(clients.map((client) => pingForSeconds(client, IOS_LOOPBACK, 10)));
    const peers = await ipsecPeers(stage);
    const moved = peers.filter(({ address }) => address === NAT_ADDRESS_LATER);
    expect(moved.length === clients.length, "show crypto ipsec sa does not name the new address", peers[0]?.text);
    for (const client of clients) {
      const [only, ...more] = await ikeSasOf(client);
      expect(only !== undefined && more.length === 0, `client ${client.number} had to negotiate phase 1 anew`);
    }
  },
};

export const deadPeerDetection: Case = {
  name: "client-asks-whether-the-gateway-is-alive",
  async run(stage) {
    const client = await stage.boot({ dpdSeconds: 2 });
    await connect(client);
    const answered = await eventually(20, async () => {
      await client.run("sync");
      return /parsed INFORMATIONAL_V1 request \d+ \[ HASH N\(DPD_ACK\) \]/.test(client.file("charon.log"));
    });
    expect(answered, "charon.log has no answer to a DPD question");
    await pingWithoutLoss(client, IOS_LOOPBACK, 5);
    await client.run("tunnel_down");
    await stage.powerOff(client);
  },
};
