/** Clients and gateway that prove themselves by certificates of one authority, and one whose authority is another. */

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { Authority } from "../lab/authority.ts";
import type { Case } from "../lab/case.ts";
import { eventually, expect } from "../lab/command.ts";
import { pingWithoutLoss } from "../lab/ping.ts";
import { connect, type Stage } from "../lab/stage.ts";
import { IOS_LOOPBACK } from "./routers.ts";

const PASSWORD = "interop";
const GATEWAY_NAME = "lns.example.net";

/** Gives the gateway its certificate, and makes that of a client, from the same authority or from another one. */
async function prepare(stage: Stage, others?: string) {
  const authority = new Authority(join(stage.directory, "authority"), "Interop Root");
  copyFileSync(authority.bundle("gateway", GATEWAY_NAME, PASSWORD), stage.gateway.flash("gateway.p12"));
  const said = await stage.gateway.show(`crypto pki import LAB pkcs12 flash:gateway.p12 ${PASSWORD}`);
  expect(said.includes("Imported PKCS12 file successfully"), "the gateway did not take its certificate", said);
  const issuer = others === undefined ? authority : new Authority(join(stage.directory, "other-authority"), others);
  const { key, certificate } = issuer.issue("client", "client.example.net");
  return { key, certificate, authority: authority.certificate, gatewayName: GATEWAY_NAME };
}

export const certificates: Case = {
  name: "certificates",
  async run(stage) {
    const client = await stage.boot({ ike: "aes128-sha1-modp2048", credentials: await prepare(stage) });
    await connect(client);
    await pingWithoutLoss(client, IOS_LOOPBACK, 10);
    await client.run("sync");
    const log = client.file("charon.log");
    expect(
      /authentication of '.*lns\.example\.net.*' with RSA_EMSA_PKCS1_NULL successful/.test(log),
      "no RSA in charon.log",
    );
    await client.run("tunnel_down");
    await stage.powerOff(client);
  },
};

/** Certificates make messages that not every way lets through whole: both ends cut theirs, as both have announced. */
export const fragments: Case = {
  name: "certificates-in-fragments",
  async run(stage) {
    const options = { ike: "aes128-sha1-modp2048", credentials: await prepare(stage), fragmentBytes: 600 };
    const client = await stage.boot(options);
    await connect(client);
    await pingWithoutLoss(client, IOS_LOOPBACK, 5);
    await client.run("sync");
    const log = client.file("charon.log");
    expect(/splitting IKE message \(\d+ bytes\) into \d+ fragments/.test(log), "the client sent its messages whole");
    await client.run("tunnel_down");
    await stage.powerOff(client);
  },
};

export const strangeCertificate: Case = {
  name: "certificate-of-another-authority",
  async run(stage) {
    const client = await stage.boot({
      ike: "aes128-sha1-modp2048",
      credentials: await prepare(stage, "Somebody Else"),
    });
    const { status } = await client.run("ipsec_up 15");
    expect(status !== 0, "a client came in whose authority is not known");
    const told = await eventually(5, async () =>
      (await stage.gateway.show("show crypto isakmp failures")).includes("Somebody Else"),
    );
    expect(
      told,
      "show crypto isakmp failures does not name the authority",
      await stage.gateway.show("show crypto isakmp failures"),
    );
    await stage.powerOff(client);
  },
};
