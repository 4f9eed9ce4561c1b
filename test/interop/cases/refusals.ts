/** Clients that must not get in, and what the operator is told about it. */

import type { Case } from "../lab/case.ts";
import { eventually, expect } from "../lab/command.ts";
import type { Stage } from "../lab/stage.ts";

export const wrongPreSharedKey: Case = {
  name: "wrong-pre-shared-key",
  async run(stage) {
    const client = await stage.boot({ psk: "not-the-key" });
    const attempt = async () => {
      const { status, output } = await client.run("ipsec_up 6");
      expect(status !== 0, "IPsec came up with the wrong key", output);
      await client.run("ipsec down l2tp");
    };
    const logged = stage.gateway.watch();
    await attempt();
    await expectReason(logged, /pre-?shared key/i, "the log");

    await withDebug(stage, "crypto isakmp", async () => {
      const debugged = stage.gateway.watch();
      await attempt();
      await expectReason(debugged, /ISAKMP[\s\S]*pre-?shared key/i, "debug crypto isakmp");
    });
    await stage.powerOff(client);
  },
};

export const wrongPassword: Case = {
  name: "wrong-password",
  async run(stage) {
    const client = await stage.boot({ login: "user3", password: "not-the-password" });
    const ipsec = await client.run("ipsec_up");
    expect(ipsec.status === 0, "IPsec did not come up", ipsec.output);
    const attempt = async () => {
      const { status, output } = await client.run("ppp_up");
      expect(status !== 0, "PPP came up with the wrong password", output);
      await client.run("sync");
      const log = client.file("ppp.log");
      expect(/authentication failed/i.test(log), "the client was not told that authentication failed");
      await client.run("ppp_down");
    };
    const reason = /user3[\s\S]{0,200}password|password[\s\S]{0,200}user3/i;
    const logged = stage.gateway.watch();
    await attempt();
    await expectReason(logged, reason, "the log");

    await withDebug(stage, "ppp authentication", async () => {
      const debugged = stage.gateway.watch();
      await attempt();
      await expectReason(debugged, /PPP|CHAP|PAP/, "debug ppp authentication");
      await expectReason(debugged, reason, "debug ppp authentication");
    });
    await client.run("tunnel_down");
    await stage.powerOff(client);
  },
};

async function withDebug(stage: Stage, what: string, body: () => Promise<void>): Promise<void> {
  await stage.gateway.show(`debug ${what}`);
  try {
    await body();
  } finally {
    await stage.gateway.show(`no debug ${what}`);
  }
}

/** What the gateway has written may be on its way here while the client has long given up. */
async function expectReason(logged: { since(): string }, reason: RegExp, where: string): Promise<void> {
  const told = await eventually(5, () => reason.test(logged.since()));
  expect(told, `${where} does not give the reason (${reason.source})`, logged.since());
}
