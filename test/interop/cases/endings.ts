/** How sessions end: the client leaves, or the gateway stops. */

import type { Case } from "../lab/case.ts";
import { eventually, expect } from "../lab/command.ts";
import type { Guest } from "../lab/guest.ts";
import { addressesInUse, translatedPorts } from "./ios-views.ts";

export const disconnectFrees: Case = {
  name: "disconnect-frees-address-and-port",
  async run(stage) {
    const leaving = await stage.connected(1);
    await stage.connected(2);
    const before = await translatedPorts(stage);
    expect(before.join() === "1024,1025", `translated ports before: ${before.join(", ")}`);
    const inUse = await addressesInUse(stage);
    expect(inUse === 2, `${inUse} pool addresses in use before, not 2`);

    await leaving.run("tunnel_down");
    const freed = await eventually(10, async () => (await addressesInUse(stage)) === 1);
    expect(freed, "the address did not go back to the pool");
    const portGone = await eventually(10, async () => (await translatedPorts(stage)).join() === "1025");
    expect(portGone, `translated ports after: ${(await translatedPorts(stage)).join(", ")}`);
    await stage.powerOff(leaving);

    await stage.connected(3);
    const after = await translatedPorts(stage);
    expect(after.join() === "1024,1025", `the next client's ports: ${after.join(", ")}; 1024 was not given again`);
    expect((await addressesInUse(stage)) === 2, "the next client has no address of the pool");
  },
};

export const gatewayStops: Case = {
  name: "gateway-stop-tells-the-clients",
  async run(stage) {
    const clients = await Promise.all([stage.connected(2), stage.connected(3)]);
    const stopped = await stage.gateway.stop();
    expect(stopped, `the gateway did not end by itself with exit code 0: ${stage.gateway.ending}`);
    for (const client of clients) await expectTold(client);
  },
};

const signs = [
  {
    log: "xl2tpd.log",
    sign: /Stop-Control-Connection-Notification|Connection closed to 203\.0\.113\.1/,
    what: "StopCCN",
  },
  { log: "charon.log", sign: /received DELETE for ESP CHILD_SA/, what: "delete of its phase 2" },
  { log: "charon.log", sign: /received DELETE for IKE_SA/, what: "delete of its phase 1" },
] as const;

async function expectTold(client: Guest): Promise<void> {
  for (const { log, sign, what } of signs) {
    const told = await eventually(3, () => sign.test(client.file(log)));
    expect(told, `client ${client.number} got no ${what}`);
  }
}
