/** One client for each cipher and each way to authenticate, and one that rekeys under traffic. */

import type { Case } from "../lab/case.ts";
import { expect } from "../lab/command.ts";
import type { ClientOptions, Guest } from "../lab/guest.ts";
import { pingForSeconds, pingWithoutLoss } from "../lab/ping.ts";
import { connect, type Stage } from "../lab/stage.ts";
import { IOS_LOOPBACK } from "./routers.ts";

interface Variant {
  readonly name: string;
  readonly options: ClientOptions;
  /** What the client's own log must say, so that the case proves what its name says. */
  readonly log: string;
  readonly proof: RegExp;
}

const variants: readonly Variant[] = [
  {
    name: "cipher-3des",
    options: { ike: "3des-sha1-modp1024", esp: "3des-sha1" },
    log: "charon.log",
    proof: /selected proposal: ESP:3DES_CBC\/HMAC_SHA1_96/,
  },
  {
    name: "cipher-aes-128",
    options: { ike: "aes128-sha1-modp2048", esp: "aes128-sha1" },
    log: "charon.log",
    proof: /selected proposal: ESP:AES_CBC_128\/HMAC_SHA1_96/,
  },
  {
    name: "cipher-aes-256",
    options: { ike: "aes256-sha256-modp2048", esp: "aes256-sha256" },
    log: "charon.log",
    proof: /selected proposal: ESP:AES_CBC_256\/HMAC_SHA2_256_128/,
  },
  {
    name: "cipher-aes-gcm",
    options: { esp: "aes128gcm16" },
    log: "charon.log",
    proof: /selected proposal: ESP:AES_GCM_16_128/,
  },
  {
    name: "group-ecp-384",
    options: { ike: "aes256-sha384-ecp384" },
    log: "charon.log",
    proof: /selected proposal: IKE:AES_CBC_256\/HMAC_SHA2_384_192\/PRF_HMAC_SHA2_384\/ECP_384/,
  },
  {
    name: "aggressive-mode",
    options: { aggressiveName: "named.example.net", psk: "named-key" },
    log: "charon.log",
    proof: /generating AGGRESSIVE request[\s\S]*IKE_SA l2tp\[1\] established/,
  },
  {
    name: "authentication-pap",
    options: { refuse: ["chap", "mschap", "mschap-v2"] },
    log: "ppp.log",
    proof: /^PAP authentication succeeded/m,
  },
  {
    name: "authentication-chap",
    options: { refuse: ["pap", "mschap", "mschap-v2"] },
    log: "ppp.log",
    proof: /sent \[LCP ConfAck .*<auth chap MD5>[\s\S]*^CHAP authentication succeeded/m,
  },
  {
    name: "authentication-ms-chap-v2",
    options: { refuse: ["pap", "chap", "mschap"] },
    log: "ppp.log",
    proof: /sent \[LCP ConfAck .*<auth chap MS-v2>[\s\S]*^CHAP authentication succeeded/m,
  },
];

/** What each variant does: connect, a few pings, disconnect. */
async function connectAndPing(stage: Stage, variant: Variant): Promise<void> {
  const client = await stage.boot(variant.options);
  await connect(client);
  await pingWithoutLoss(client, IOS_LOOPBACK, 10);
  await client.run("sync");
  const log = client.file(variant.log);
  expect(variant.proof.test(log), `${variant.log} does not show ${variant.proof.source}`);
  await client.run("tunnel_down");
  await stage.powerOff(client);
}

export const variantCases: readonly Case[] = variants.map((variant) => ({
  name: variant.name,
  run: (stage) => connectAndPing(stage, variant),
}));

const LIFETIMES = { ikeLifetimeSeconds: 40, espLifetimeSeconds: 30, rekeyMarginSeconds: 10 } as const;
/** If nothing else is asked for: past the second rekey of phase 2 and past the end of everything that was there at first. */
const TRAFFIC_SECONDS = Number(process.env.REKEY_SECONDS ?? 46);

export const rekey: Case = {
  name: "rekey-of-both-phases-under-traffic",
  async run(stage) {
    const client = await stage.boot(LIFETIMES);
    await connect(client);
    await pingForSeconds(client, IOS_LOOPBACK, TRAFFIC_SECONDS, 10);
    await expectRekeyed(client);
    await client.run("tunnel_down");
    await stage.powerOff(client);
  },
};

async function expectRekeyed(client: Guest): Promise<void> {
  const ikeSas = await ikeSasOf(client);
  const childSas = numbersIn(client.file("charon.log"), /\] CHILD_SA l2tp\{(\d+)\} established with SPIs/g);
  expect(ikeSas.length >= 2, `${ikeSas.length} IKE SA made in all: phase 1 was not rekeyed`);
  // One of them may be made anew with phase 1; two say that phase 2 was rekeyed on its own as well.
  expect(childSas.length >= 3, `${childSas.length} CHILD_SA made in all: phase 2 was not rekeyed`);
}

/** The numbers of all IKE SAs that a client has had. */
export async function ikeSasOf(client: Guest): Promise<readonly string[]> {
  await client.run("sync");
  return numbersIn(client.file("charon.log"), /IKE_SA l2tp\[(\d+)\] established between/g);
}

function numbersIn(log: string, what: RegExp): readonly string[] {
  return [...new Set([...log.matchAll(what)].map(([, number = ""]) => number))];
}
