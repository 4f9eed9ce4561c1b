/**
 * Writes `fixtures/corpus`: what sound clients say, each message in a file of its own that is named by what it is. The built-in
 * clients say it on a simulated network; what travels encrypted is taken from clients that use no IPsec, or written as the payloads that are
 * to be encrypted. Run with `node test/fuzz/record-corpus.ts`; the messages stay the same as long as the clients do.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PERSONA_NAMES, type PersonaName } from "../../src/engine/client/persona-names.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { offerPhase2 } from "../../src/engine/ike/phase2-proposals.ts";
import { decodeIsakmpHeader } from "../../src/engine/wire/isakmp-header.ts";
import { payloadType, writePayloads } from "../../src/engine/wire/isakmp-payload.ts";
import { writeSecurityAssociation } from "../../src/engine/wire/isakmp-sa.ts";
import { toHex } from "../support/hex.ts";
import { l2tpId, serverId } from "../support/ike-prober.ts";
import { GATEWAY, INSIDE, Lab } from "../support/lab.ts";
import { seededRandom } from "../support/random.ts";
import { specOf } from "../support/specs.ts";
import { CORPUS } from "./corpus.ts";

const WIDTH = 64;

function write(folder: string, name: string, bytes: Uint8Array): void {
  const lines = toHex(bytes).match(new RegExp(`.{1,${WIDTH}}`, "g")) ?? [];
  writeFileSync(join(CORPUS, folder, `${name}.hex`), `${lines.join("\n")}\n`);
}

/** What the persona sends to the gateway until it is up and has pinged. */
function said(
  persona: PersonaName,
  transport: "ipsec" | "clear",
): { readonly port: number; readonly bytes: Uint8Array }[] {
  const { policies, proposals } = personas[persona];
  const open = specOf({ gateway: { proposals: proposals.map((each) => ({ ...each, label: "TS" })) } });
  const spec = {
    ...open,
    ikePolicies: policies,
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
  const client = lab.client({ persona, plan: { transport }, manners: { l2tpPort: 1701 } }).connect();
  if (client.state !== "up") throw new Error(`${persona} is ${client.state}: ${client.reason}`);
  client.ping(INSIDE);
  client.disconnect();
  return heard;
}

rmSync(CORPUS, { recursive: true, force: true });
for (const folder of ["isakmp", "quick-mode", "l2tp", "ppp"]) mkdirSync(join(CORPUS, folder), { recursive: true });

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

const L2TP_TYPES: Readonly<Record<number, string>> = {
  1: "sccrq",
  3: "scccn",
  4: "stopccn",
  10: "icrq",
  12: "iccn",
  14: "cdn",
};
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
