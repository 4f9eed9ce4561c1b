import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import type { SocketClient } from "../../src/cli/client/socket-client.ts";
import { Gateway } from "../../src/cli/gateway.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { SocketClients } from "../support/socket-clients.ts";

const CONFIG = readFileSync(new URL("../../fixtures/configs/ios-nat-demux.cfg", import.meta.url), "utf8");

const gateway = new Gateway(dialects.ios);
const clients = new SocketClients(process.platform === "linux" ? "127.0.0.2" : "127.0.0.1");

afterEach(async () => {
  await gateway.stop("the test is over");
  await clients.close();
});

function client(hostName: string): SocketClient {
  const ports = gateway.wirePorts("127.0.0.1");
  if (ports === undefined) throw new Error("the gateway listens on nothing");
  return clients.add(ports, {
    hostName,
    preSharedKey: new Secret("*****"),
    user: "lab",
    password: new Secret("lab"),
  });
}

test("a reload tells the clients and drops them, and others may come to what was saved", async () => {
  gateway.load(`${CONFIG}\nusername lab password 0 lab\n`);
  await gateway.listen({ address: "127.0.0.1", ports: { ike: 0, natt: 0, l2tp: 0 } });
  gateway.running.save();
  const first = client("w2k01");
  first.connect();
  await expect.poll(() => first.view.state).toBe("up");
  expect(gateway.snapshot().sessions).toHaveLength(1);
  gateway.running.reloadNow("", "console");
  expect(gateway.snapshot().sessions).toHaveLength(0);
  await expect.poll(() => first.view.state).not.toBe("up");
  const second = client("w2k02");
  second.connect();
  await expect.poll(() => second.view.state).toBe("up");
  expect(gateway.snapshot().sessions).toHaveLength(1);
});
