/** Real sockets of IPv6: a gateway at ::1 in either dialect, with and without line modules of its own, and clients that call it there. */

import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ClientRunPlan, runClients } from "../../../src/cli/client/client-run.ts";
import { Gateway } from "../../../src/cli/gateway.ts";
import type { PersonaName } from "../../../src/engine/client/persona-names.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { junose } from "../../../src/modes/junose/dialect.ts";

const LOOPBACK = "::1";
const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/configs/${name}`, import.meta.url), "utf8");
const IOS = `${fixture("ios-every-client.cfg").replace(/^end\s*$/m, "")}
crypto isakmp key secret address ipv6 ::/0
interface FastEthernet0/0
 ipv6 address 2001:db8::1/64
end
`;

const hasIpv6 = await new Promise<boolean>((resolve) => {
  const socket = createSocket("udp6");
  socket.once("error", () => resolve(false));
  socket.bind({ address: LOOPBACK, port: 0 }, () => socket.close(() => resolve(true)));
});

async function connected(gateway: Gateway, personas: readonly PersonaName[], changes: Partial<ClientRunPlan>) {
  const wire = gateway.wirePorts(LOOPBACK);
  return Promise.all(
    personas.map((persona) =>
      runClients(
        {
          persona,
          gateway: LOOPBACK,
          ikePort: wire?.ike.port ?? 0,
          nattPort: wire?.natt.port ?? 0,
          preSharedKey: new Secret("secret"),
          user: "u1",
          password: new Secret("pw"),
          count: 1,
          ratePerSecond: 100,
          pings: { to: "12.0.0.8", count: 3 },
          holdSeconds: 0,
          patienceSeconds: 200,
          ...changes,
        },
        { said: () => undefined, settled: () => undefined },
      ),
    ),
  );
}

const good = [{ pings: { sent: 3, answered: 3 }, reason: undefined }];
const options = { address: LOOPBACK, ports: { ike: 0, natt: 0, l2tp: 0 } };

test.skipIf(!hasIpv6).each([0, 2])(
  "an address of IPv6 in the configuration, and %d line modules on threads",
  async (workers) => {
    const gateway = new Gateway(ios);
    gateway.load(IOS);
    const told = await gateway.listen({ ...options, workers });
    expect(told[0]).toContain("::1 for 2001:db8::1");
    const outcomes = await connected(gateway, ["windows-10", "macos", "strongswan"], {});
    const { connections } = gateway.snapshot();
    await gateway.stop("the test is over");
    expect(outcomes).toMatchObject([good, good, good]);
    expect(connections.every(({ flow }) => flow.local.address === "2001:db8::1")).toBe(true);
  },
);

test.skipIf(!hasIpv6)(
  "JunosE, which names no end of IPv6: the host's address stands for that of the profile",
  async () => {
    const gateway = new Gateway(junose);
    gateway.load(fixture("junose-l2tp-ipsec.cfg"));
    await gateway.listen(options);
    const [outcome] = await connected(gateway, ["windows-xp"], {
      preSharedKey: new Secret("groupSecret"),
      user: "fred",
      password: new Secret("fredPw"),
      pings: { to: "10.0.0.1", count: 3 },
    });
    await gateway.stop("the test is over");
    expect(outcome).toMatchObject(good);
  },
);
