/**
 * Writes `fixtures/corpus`: what sound clients say, each message in a file of its own that is named by what it is. The built-in
 * clients say it on a simulated network; what travels encrypted is taken from clients that use no IPsec, or written as the payloads that are
 * to be encrypted; certificates there are sound but for their signatures, which no key has made. Run with `node test/fuzz/record-corpus.ts`; the messages stay the same as long as the clients do.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PERSONA_NAMES, type PersonaName } from "../../src/engine/client/persona-names.ts";
import { personas } from "../../src/engine/client/personas.ts";
import type { Identity } from "../../src/engine/ike/events.ts";
import { identificationOf } from "../../src/engine/ike/identities.ts";
import { clearMessage } from "../../src/engine/ike/message.ts";
import { offerPhase2 } from "../../src/engine/ike/phase2-proposals.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { issueCertificate } from "../../src/engine/pki/issue.ts";
import { writeCertificateBag } from "../../src/engine/pki/pkcs7.ts";
import { writeIdentification } from "../../src/engine/wire/isakmp-body.ts";
import { certificateEncoding, writeCertificateBody } from "../../src/engine/wire/isakmp-certificate.ts";
import { decodeIsakmpHeader, exchangeType } from "../../src/engine/wire/isakmp-header.ts";
import { type Payload, payloadType, writePayloads } from "../../src/engine/wire/isakmp-payload.ts";
import { writeSecurityAssociation } from "../../src/engine/wire/isakmp-sa.ts";
import { Pair } from "../engine/l2tp/pair.ts";
import { nameOf, TODAY } from "../support/authority.ts";
import { toHex } from "../support/hex.ts";
import { l2tpId, serverId } from "../support/ike-prober.ts";
import { GATEWAY, INSIDE, Lab } from "../support/lab.ts";
import { seededRandom } from "../support/random.ts";
import { specOf } from "../support/specs.ts";
import { CORPUS, CORPUS_FOLDERS } from "./corpus.ts";

const WIDTH = 64;

function write(folder: string, name: string, bytes: Uint8Array): void {
  const lines = toHex(bytes).match(new RegExp(`.{1,${WIDTH}}`, "g")) ?? [];
  writeFileSync(join(CORPUS, folder, `${name}.hex`), `${lines.join("\n")}\n`);
}

/** What the persona sends to the gateway until it is up and has pinged. */
function said(
  persona: PersonaName,
  transport: "ipsec" | "clear",
  group?: string,
): { readonly port: number; readonly bytes: Uint8Array }[] {
  const { policies, proposals } = personas[persona];
  const open = specOf({ gateway: { proposals: proposals.map((each) => ({ ...each, label: "TS" })) } });
  const spec = {
    ...open,
    ikePolicies: policies.map((policy) =>
      group === undefined ? policy : { ...policy, aggressiveMode: "accepted" as const },
    ),
    virtualRouters: open.virtualRouters.map((router) => ({
      ...router,
      interfaces: router.interfaces.map((each) => ({ ...each, ipsecOnly: false })),
    })),
  };
  const lab = new Lab({ spec });
  const heard: { readonly port: number; readonly bytes: Uint8Array }[] = [];
  lab.network.observe(({ destination, payload }) => {
    if (destination.address === GATEWAY) heard.push({ port: destination.port, bytes: payload.slice() });
  });
  const plan = group === undefined ? { transport } : { transport, group };
  const client = lab.client({ persona, plan, manners: { l2tpPort: 1701 } }).connect();
  if (client.state !== "up") throw new Error(`${persona} is ${client.state}: ${client.reason}`);
  client.ping(INSIDE);
  client.disconnect();
  return heard;
}

rmSync(CORPUS, { recursive: true, force: true });
for (const folder of CORPUS_FOLDERS) mkdirSync(join(CORPUS, folder), { recursive: true });

for (const persona of PERSONA_NAMES) {
  const clear = said(persona, "ipsec").filter(({ port, bytes }) => port === 500 && (bytes[19] ?? 0) === 0);
  for (const [index, { bytes }] of clear.entries()) {
    decodeIsakmpHeader(bytes);
    write("isakmp", `main-mode-${index * 2 + 1}-${persona}`, bytes);
  }
  const { proposals, lifetimeSeconds, lifetimeKilobytes, longLifeAttributes } = personas[persona];
  const terms = { proposals, lifetimeSeconds, lifetimeKilobytes, pfsGroup: undefined };
  const offer = offerPhase2(terms, 0x0102_0304, "esp", undefined, longLifeAttributes);
  const payloads = [
    { type: payloadType.sa, body: writeSecurityAssociation([offer]) },
    { type: payloadType.nonce, body: seededRandom(7).bytes(20) },
    { type: payloadType.identification, body: l2tpId },
    { type: payloadType.identification, body: serverId },
  ];
  write("quick-mode", `offer-${persona}`, writePayloads(payloads));
}

for (const persona of ["macos", "android", "strongswan"] as const) {
  const first = said(persona, "ipsec", "sales").find(({ bytes }) => bytes[18] === exchangeType.aggressiveMode);
  if (first === undefined) throw new Error(`${persona} opens no aggressive mode`);
  write("aggressive-mode", `message-1-${persona}`, first.bytes);
}

/** The pieces of a message as they travel (payload 132): its number, theirs, and whether it is the last. */
const PIECE = 200;
const [whole] = said("windows-10", "ipsec").filter(({ port }) => port === 500);
if (whole === undefined) throw new Error("nothing was said");
const pieces = Math.ceil(whole.bytes.length / PIECE);
for (let index = 0; index < pieces; index += 1) {
  const head = Uint8Array.of(0, 1, index + 1, index + 1 === pieces ? 1 : 0);
  const body = Buffer.concat([head, whole.bytes.subarray(index * PIECE, (index + 1) * PIECE)]);
  const { initiatorCookie, responderCookie } = decodeIsakmpHeader(whole.bytes);
  const named = { initiatorCookie, responderCookie, exchange: exchangeType.mainMode, messageId: 0 };
  write("isakmp", `fragment-${index + 1}-of-${pieces}`, clearMessage(named, [{ type: payloadType.fragment, body }]));
}

/** Looks like a key of 1024 bits. */
function seemingKey(seed: number) {
  const modulus = seededRandom(seed).bytes(128);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  modulus[127] = (modulus[127] ?? 0) | 1;
  const publicKey = { modulus, exponent: Uint8Array.of(1, 0, 1) };
  return { publicKey, signDigest: () => seededRandom(seed + 1).bytes(128) };
}

const rootKey = seemingKey(11);
const middleKey = seemingKey(12);
const rootName = nameOf("cn=Root,o=Example");
const middleName = nameOf("cn=Middle,o=Example");
const ownName = nameOf("cn=pc.example.net");
const valid = { notBefore: TODAY, notAfter: TODAY + 365 * 86_400_000 };
const middle = issueCertificate(
  { ...valid, serial: 2, issuer: rootName, subject: middleName, publicKey: middleKey.publicKey, authority: {} },
  rootKey,
);
const own = issueCertificate(
  {
    ...valid,
    serial: 3,
    issuer: middleName,
    subject: ownName,
    publicKey: seemingKey(13).publicKey,
    extendedKeyUsage: ["1.3.6.1.5.5.7.3.17"],
    alternativeNames: [
      { type: "dns", name: "pc.example.net" },
      { type: "email", name: "fred@example.net" },
      { type: "address", address: "192.168.10.11" },
    ],
  },
  middleKey,
);
const certificate = (data: Uint8Array, encoding: number = certificateEncoding.x509Signature): Payload => ({
  type: payloadType.certificate,
  body: writeCertificateBody({ encoding, data }),
});
const asked = (data: Uint8Array): Payload => ({
  type: payloadType.certificateRequest,
  body: writeCertificateBody({ encoding: certificateEncoding.x509Signature, data }),
});
const called = (identity: Identity): Payload => ({
  type: payloadType.identification,
  body: writeIdentification(identificationOf(identity, 0, 0)),
});
const signature: Payload = { type: payloadType.signature, body: seededRandom(14).bytes(128) };
const byAddress = called({ type: "address", address: "192.168.10.11" });
const fifths: Readonly<Record<string, readonly Payload[]>> = {
  "certificate-and-its-authority": [byAddress, certificate(own), certificate(middle), signature],
  "certificate-by-name": [
    called({ type: "distinguishedName", der: ownName.der, text: "" }),
    certificate(own),
    signature,
    asked(rootName.der),
    asked(new Uint8Array(0)),
  ],
  "envelope-of-windows-xp": [
    byAddress,
    certificate(writeCertificateBag([own, middle]), certificateEncoding.pkcs7),
    signature,
    asked(rootName.der),
  ],
  "host-name-without-certificate": [called({ type: "fqdn", name: "pc.example.net" }), signature],
};
for (const [name, payloads] of Object.entries(fifths)) write("message-5", name, writePayloads(payloads));

const L2TP_TYPES: Readonly<Record<number, string>> = {
  1: "sccrq",
  3: "scccn",
  4: "stopccn",
  10: "icrq",
  12: "iccn",
  14: "cdn",
};
const L2TP_ANSWERS: Readonly<Record<number, string>> = { 2: "sccrp", 11: "icrp" };
const PPP_NAMES: Readonly<Record<number, string>> = {
  33: "ip",
  32801: "ipcp",
  33021: "ccp",
  49185: "lcp",
  49187: "pap",
  49699: "chap",
};

for (const persona of ["windows-2000", "windows-10", "macos", "android", "strongswan"] as const) {
  const counts = new Map<string, number>();
  const numbered = (name: string): string => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name}-${count}-${persona}`;
  };
  for (const { port, bytes } of said(persona, "clear")) {
    if (port !== 1701) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if ((view.getUint8(0) & 0x80) !== 0) {
      const type = bytes.length > 20 ? (L2TP_TYPES[view.getUint16(18)] ?? "other") : "zlb";
      if (type !== "zlb" || !counts.has("zlb")) write("l2tp", numbered(type), bytes);
      continue;
    }
    const at = bytes.findIndex((octet, index) => octet === 0xff && bytes[index + 1] === 3 && index >= 6);
    if (at < 0) continue;
    const frame = bytes.subarray(at + 2);
    const name = PPP_NAMES[new DataView(frame.buffer, frame.byteOffset).getUint16(0)] ?? "other";
    if ((counts.get(name) ?? 0) < 6) write("ppp", numbered(name), frame);
  }
}

/** Two ends that hide all they may from who does not know the password. */
const terms = { tunnelPassword: new Secret("TunnelPass"), hidesAttributes: true };
const pair = new Pair({ profile: { ...terms, tunnelAuthentication: true } });
for (const end of [pair.lac, pair.lns]) {
  const input = end.machine.handleInput.bind(end.machine);
  end.machine.handleInput = (given, now) => {
    if (given.type === "control") {
      const type = given.bytes.length > 20 ? given.bytes[19] : undefined;
      const name = type === undefined ? undefined : (L2TP_TYPES[type] ?? L2TP_ANSWERS[type]);
      if (name !== undefined) write("l2tp", `${name}-hidden`, given.bytes);
    }
    input(given, now);
  };
}
pair.open(terms);
pair.run(5000);
