import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { clientFlows, SocketClient } from "../../src/cli/client/socket-client.ts";
import { SocketPat } from "../../src/cli/client/socket-pat.ts";
import { Gateway } from "../../src/cli/gateway.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { dialects } from "../../src/modes/dialects.ts";

const CONFIG = readFileSync(new URL("../../fixtures/configs/ios-nat-demux.cfg", import.meta.url), "utf8");

const gateway = new Gateway(dialects.ios);
const pat = new SocketPat(process.platform === "linux" ? "127.0.0.2" : "127.0.0.1");
const clients: SocketClient[] = [];

afterEach(async () => {
  await gateway.stop("the test is over");
  for (const client of clients) client.stop();
  pat.close();
});

function client(hostName: string, address: string): SocketClient {
  const ports = gateway.wirePorts("127.0.0.1");
  if (ports === undefined) throw new Error("the gateway listens on nothing");
  const made = new SocketClient(
    {
      persona: personas["windows-2000"],
      hostName,
      ...clientFlows(address, ports.ike, ports.natt),
      preSharedKey: new Secret("*****"),
      user: "lab",
      password: new Secret("lab"),
      remoteL2tpPort: 1701,
    },
    pat,
    () => undefined,
  );
  clients.push(made);
  return made;
}

test("a reload tells the clients and drops them, and others may come to what was saved", async () => {
  gateway.load(`${CONFIG}\nusername lab password 0 lab\n`);
  await gateway.listen({ address: "127.0.0.1", ports: { ike: 0, natt: 0, l2tp: 0 } });
  gateway.running.save();
  const first = client("w2k01", "10.0.0.2");
  first.connect();
  await expect.poll(() => first.view.state).toBe("up");
  expect(gateway.snapshot().sessions).toHaveLength(1);
  gateway.running.reloadNow("", "console");
  expect(gateway.snapshot().sessions).toHaveLength(0);
  await expect.poll(() => first.view.state).not.toBe("up");
  const second = client("w2k02", "10.0.0.3");
  second.connect();
  await expect.poll(() => second.view.state).toBe("up");
  expect(gateway.snapshot().sessions).toHaveLength(1);
});
