/**
 * The whole line module per packet: a client's packet in, decrypted and routed, and on into another client's session; one at a time, and as many together as come
 * when there is much to do. What comes out is lent, as where the host's own calls send it.
 */

import { systemRandom } from "../../src/dataplane/io/entropy.ts";
import { openOpensslSuite } from "../../src/dataplane/io/native/suite-openssl.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import type { CryptoSuite } from "../../src/engine/crypto/suite.ts";
import { nodeSuite } from "../../src/engine/crypto/suite-node.ts";
import { DEFAULT_ROUTER } from "../../src/engine/spec.ts";
import { ipv4Packet, simplePacket } from "../../src/engine/wire/ipv4.ts";
import { dataMessage, GATEWAY, LinePeer, NAT, pppIp, sessionIp } from "../support/line-peer.ts";
import type { Figures } from "./figures.ts";
import { measure } from "./measure.ts";

const HOSTS = [0x1400_0064, 0x1400_0065];
const OWN = 0x0c00_0008;
/** Without a replay window one packet can come in any number of times. */
const REPLAY_WINDOW = 0;
const TOGETHER = 32;

export function benchPath(figures: Figures): void {
  const openssl = openOpensslSuite();
  const suites = typeof openssl === "string" ? [nodeSuite] : [nodeSuite, openssl];
  for (const suite of suites) for (const length of [1400, 100]) benchLength(figures, suite, length);
}

function benchLength(figures: Figures, suite: CryptoSuite, length: number): void {
  const { gateway, peer } = setup(suite);
  const inward = (destination: number) =>
    peer.l2tp(
      dataMessage(
        100,
        1,
        pppIp(
          ipv4Packet.encode(
            simplePacket({
              protocol: 6,
              source: HOSTS[0] ?? 0,
              destination,
              payload: new Uint8Array(length - 20),
            }),
          ),
        ),
      ),
    );
  const toUs = inward(OWN);
  const through = inward(HOSTS[1] ?? 0);
  const downstream = ipv4Packet.encode(
    simplePacket({ protocol: 6, source: OWN, destination: HOSTS[1] ?? 0, payload: new Uint8Array(length - 20) }),
  );
  const [manyToUs, manyThrough] = [toUs, through].map((one) => Array.from({ length: TOGETHER }, () => one));
  figures.compare(`the line module, IP packets of ${length} octets, AES-128 SHA-1, suite ${suite.name}`, [
    measure("up: ESP to IP", () => {
      gateway.receive(toUs, 1);
      gateway.pollPunt();
    }),
    measure(
      `up, ${TOGETHER} together`,
      () => {
        gateway.receiveAll(manyToUs ?? [], 1);
        while (gateway.pollPunt() !== undefined);
      },
      TOGETHER,
    ),
    measure("down: IP to ESP", () => {
      gateway.transmit({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: downstream }, 1);
      drain(gateway);
    }),
    measure(
      `down, ${TOGETHER} together`,
      () => {
        for (let i = 0; i < TOGETHER; i += 1) {
          gateway.transmit({ type: "ip", virtualRouter: DEFAULT_ROUTER, bytes: downstream }, 1);
        }
        drain(gateway);
      },
      TOGETHER,
    ),
    measure("through: one client to another", () => {
      gateway.receive(through, 1);
      drain(gateway);
    }),
    measure(
      `through, ${TOGETHER} together`,
      () => {
        gateway.receiveAll(manyThrough ?? [], 1);
        drain(gateway);
      },
      TOGETHER,
    ),
  ]);
}

/** As the loop of a gateway does. */
function drain(gateway: LineModule): void {
  while (gateway.pollDatagram() !== undefined);
  while (gateway.pollHostPacket() !== undefined);
}

function setup(suite: CryptoSuite): { gateway: LineModule; peer: LinePeer } {
  const gateway = new LineModule({ random: systemRandom(), suite, lends: true });
  gateway.program({
    type: "configureRouter",
    virtualRouter: DEFAULT_ROUTER,
    addresses: ["12.0.0.8"],
    ipsecOnly: [],
    routes: [],
  });
  const [peer] = [1, 2].map((connection) => {
    const made = new LinePeer(gateway, { connection, replayWindow: REPLAY_WINDOW });
    gateway.program({
      type: "installSession",
      session: connection,
      path: {
        virtualRouter: DEFAULT_ROUTER,
        local: { address: GATEWAY, port: 1701 },
        remote: { address: NAT, port: 1701 },
        connection,
      },
      localTunnelId: 99 + connection,
      localSessionId: 1,
      remoteTunnelId: 1,
      remoteSessionId: 1,
      sequencing: false,
    });
    gateway.program(
      sessionIp({
        session: connection,
        localAddress: "12.0.0.8",
        peerAddress: connection === 1 ? "20.0.0.100" : "20.0.0.101",
        mtu: 1500,
      }),
    );
    return made;
  });
  if (peer === undefined) throw new Error("no peer");
  return { gateway, peer };
}
