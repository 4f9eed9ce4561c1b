/**
 * PPP under mutation: recorded frames and options of every kind, changed where their lengths and counts stand, in every phase of a link, at
 * both ends. Nothing throws; nobody is let in who did not prove himself; nothing is answered more than once, or longer than the link
 * carries; a link that stops making sense comes to its end.
 */

import { expect } from "vitest";
import { verifyProof } from "../../src/engine/aaa/local-users.ts";
import { tryDecode } from "../../src/engine/kernel/errors.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import type { PppInput, PppOutput } from "../../src/engine/ppp/events.ts";
import type { PppAuthentication } from "../../src/engine/ppp-spec.ts";
import {
  type ControlOption,
  controlCode,
  controlOptions,
  controlPacket,
  pppProtocol,
} from "../../src/engine/wire/ppp-control.ts";
import { fuzz } from "../support/fuzzing.ts";
import { Chance, mutated, mutatedList } from "../support/mutation.ts";
import { PppProbe } from "../support/ppp-probe.ts";
import { seededRandom } from "../support/random.ts";
import { corpus } from "./corpus.ts";

const LINKS = 30;
const FRAMES = 60;
const MTU = 1500;
const methods: readonly PppAuthentication[] = ["pap", "chap", "msChap", "msChapV2"];
const users = [{ name: "fred", password: new Secret("pw"), address: undefined, pool: undefined }];
const samples = corpus("ppp").map(({ bytes }) => bytes);
const { lcp, ipcp, pap, chap } = pppProtocol;
const PROTOCOLS = [lcp, ipcp, pap, chap, 0x80fd, 0x8057, 0xc227, 0xc021, 0x0021, 0x00fd, 0x003d, 0xc025];

function answer(output: PppOutput): PppInput | undefined {
  if (output.type === "authenticate") {
    return { type: "authenticated", verdict: verifyProof({ users, methods: ["local"] }, output.name, output.proof) };
  }
  return output.type === "requestAddress" ? { type: "address", address: "10.20.0.10" } : undefined;
}

function anyOption(chance: Chance): ControlOption {
  return {
    type: chance.oneIn(3) ? chance.between(0, 255) : chance.pick([1, 2, 3, 5, 7, 8, 13, 17, 129, 131]),
    data: chance.octets(12),
  };
}

function frame(probe: PppProbe, chance: Chance): Uint8Array {
  const sample = chance.pick(samples);
  if (chance.oneIn(3)) return mutated(sample, chance);
  const protocol = chance.oneIn(3) ? chance.pick(PROTOCOLS) : ((sample[0] ?? 0) << 8) | (sample[1] ?? 0);
  const packet = tryDecode(() => controlPacket.decode(sample.subarray(2)));
  const options = packet.ok ? tryDecode(() => controlOptions.decode(packet.value.data)) : packet;
  const list = options.ok && Array.isArray(options.value) ? (options.value as readonly ControlOption[]) : [];
  const changed = mutatedList(
    list,
    chance,
    ({ type, data }) => ({ type, data: mutated(data, chance).subarray(0, 253) }),
    [anyOption(chance), anyOption(chance)],
  );
  const last = probe.frames.findLast((sent) => sent.protocol === protocol);
  const code = chance.oneIn(2) ? chance.between(0, 16) : controlCode.configureRequest;
  const identifier = chance.oneIn(2) ? (last?.identifier ?? 0) : chance.between(0, 255);
  const data = chance.oneIn(4) ? chance.octets(80) : encoded(changed);
  const body = controlPacket.encode({ code, identifier, data });
  return Uint8Array.from([protocol >> 8, protocol & 255, ...(chance.oneIn(5) ? mutated(body, chance) : body)]);
}

function encoded(options: readonly ControlOption[]): Uint8Array {
  const octets = tryDecode(() => controlOptions.encode(options.slice(0, 60)));
  return octets.ok ? octets.value : new Uint8Array(0);
}

function feed(probe: PppProbe, chance: Chance): void {
  for (let count = 0; count < FRAMES; count += 1) {
    const before = probe.frames.length;
    const bytes = frame(probe, chance);
    probe.input({ type: "frame", bytes });
    const answers = probe.frames.slice(before);
    // An answer, and at most the packets that open the next layer.
    expect(answers.length).toBeLessThanOrEqual(4);
    for (const { data } of answers) expect(data.length).toBeLessThanOrEqual(MTU);
    if (chance.oneIn(10)) probe.run(chance.between(0, 5000));
  }
}

/** Some way up the link, as a sound peer goes it. */
function climb(probe: PppProbe, chance: Chance): void {
  const height = chance.between(0, 2);
  if (height >= 1) tryToOpen(() => probe.openLcp({ type: 5, data: Uint8Array.of(9, 9, 9, 9) }));
  if (height >= 2) tryToOpen(() => probe.openIpcp({ type: 3, data: Uint8Array.of(10, 20, 0, 10) }));
}

/** A link that demands a proof is not opened by options alone. */
function tryToOpen(open: () => unknown): void {
  try {
    open();
  } catch (error) {
    if (!(error instanceof Error) || !/nothing was sent|LCP is/.test(error.message)) throw error;
  }
}

fuzz("PPP of clients: LCP, authentication and IPCP of a link that demands a proof", 401, (seed) => {
  const chance = new Chance(seededRandom(seed));
  for (let link = 0; link < LINKS; link += 1) {
    const probe = new PppProbe({ demand: [chance.pick(methods)] }, answer, seed + link);
    climb(probe, chance);
    feed(probe, chance);
    const proven = probe.outputs.some(({ type }) => type === "opened");
    expect(proven, "let in without a proof").toBe(false);
    probe.run(700_000);
    expect(probe.view.phase).toBe("dead");
    expect(probe.machine.pollTimeout()).toBeUndefined();
  }
});

fuzz(
  "PPP of clients on a link without authentication: whatever opens or not, one address is asked for",
  402,
  (seed) => {
    const chance = new Chance(seededRandom(seed));
    for (let link = 0; link < LINKS; link += 1) {
      const probe = new PppProbe({ demand: [] }, answer, seed + link);
      climb(probe, chance);
      feed(probe, chance);
      for (const output of probe.outputs) if (output.type === "opened") expect(output.peerAddress).toBe("10.20.0.10");
      probe.input({ type: "close", reason: "enough" }).run(700_000);
      expect(probe.view.phase).toBe("dead");
    }
  },
);

fuzz("PPP of servers: a client that proves itself and asks for options", 403, (seed) => {
  const chance = new Chance(seededRandom(seed));
  for (let link = 0; link < LINKS; link += 1) {
    const credentials = { name: "fred", password: new Secret("swordfish"), protocols: methods };
    const plan = { credentials, localAddress: undefined, offerCcp: true, requestServers: true };
    const probe = new PppProbe(plan, () => undefined, seed + link);
    climb(probe, chance);
    feed(probe, chance);
    expect(JSON.stringify(probe.log)).not.toContain("swordfish");
    probe.input({ type: "close", reason: "enough" }).run(700_000);
    expect(probe.view.phase).toBe("dead");
  }
});
