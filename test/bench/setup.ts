/**
 * Clients that come, over loopback sockets: how long it takes until they are up and until the first ping, and what the gateway spends on each, thread by thread; the
 * clients are a process of their own. What it spends is held against the Diffie-Hellman computation alone, measured in the same run and by the very calls that the
 * gateway makes (OpenSSL's exponents of 225 bits). That runs on other threads, so of what it allows on one core the gateway reaches what its main thread
 * allows on another.
 */

import { diffieHellman, generateKeyPairSync, type KeyObject } from "node:crypto";
import { pairOptions } from "../../src/engine/crypto/dh.ts";
import { at, type Figures, median } from "./figures.ts";
import { loopbackCrowd } from "./loopback-crowd.ts";

/**
 * A few, many in their time, all at the same moment, as after a power cut, and without a pause, which is the rate that a gateway reaches.
 * SETUP_CLIENTS and SETUP_RATE make another crowd of the second.
 */
const CROWDS = [
  { count: 50, rate: 1000, atOnce: 50, name: "" },
  {
    count: Number(process.env.SETUP_CLIENTS ?? 2000),
    rate: Number(process.env.SETUP_RATE ?? 60),
    atOnce: 100,
    name: "",
  },
  { count: 1000, rate: 999_999, atOnce: 1000, name: " to a gateway that has just begun" },
  {
    count: 6000,
    rate: 999_999,
    atOnce: 100,
    warm: 2000,
    name: ", a hundred on their way all the time, the first 2000 not counted",
  },
] as const;
const AGREEMENTS = 200;
const ROUNDS = 5;
/** modp2048. */
const GROUP = 14;

export async function benchSetup(figures: Figures): Promise<void> {
  for (const { name, ...shape } of CROWDS) {
    const { count, rate } = shape;
    const alone = agreementAlone();
    const crowd = await loopbackCrowd(shape, []);
    const { ups, firstPings, mainThread, memory, memoryOfEach } = crowd;
    if (crowd.reasons.length > 0) figures.note(`not all came up: ${crowd.reasons.join("; ")}`);
    figures.list(
      `${count} clients over loopback${name}, ${rate <= count ? `${rate} begin each second` : "as many as may"}, IKE with modp2048`,
      [
        { name: "clients that came up", value: ups.length, unit: "" },
        { name: "up after, p50", value: at(ups, 0.5), unit: "ms" },
        { name: "up after, p99", value: at(ups, 0.99), unit: "ms" },
        { name: "the last one up after", value: Math.max(...ups), unit: "ms" },
        { name: "first ping answered after, p50", value: at(firstPings, 0.5), unit: "ms" },
        { name: "first ping answered after, p99", value: at(firstPings, 0.99), unit: "ms" },
        { name: "up each second", value: crowd.rate, unit: "" },
        { name: "CPU for each, all threads", value: crowd.process, unit: "ms" },
        { name: "CPU for each, the main thread", value: mainThread, unit: "ms" },
        { name: "CPU for each, the threads that agree on keys", value: crowd.agreements, unit: "ms" },
        { name: "CPU for each, the load generator", value: crowd.generator, unit: "ms" },
        { name: "CPU for each, Diffie-Hellman alone", value: alone, unit: "ms" },
        {
          name: "rate, of what Diffie-Hellman alone allows",
          value: (100 * alone) / Math.max(alone, mainThread),
          unit: "%",
        },
        { name: "rate on one core for all of it, of the same", value: (100 * alone) / crowd.process, unit: "%" },
        { name: "memory for each", value: memoryOfEach / 1000, unit: "kB" },
        { name: "memory of the gateway", value: memory / 1e6, unit: "MB" },
      ],
    );
  }
}

/** The declarations of Node lack the type `dh`. */
const generate = generateKeyPairSync as (
  type: "dh" | "ec",
  options: { readonly namedCurve: string } | { readonly group: string },
) => { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** Processor time of what one client costs its gateway: a key pair and a shared secret. Milliseconds. */
function agreementAlone(): number {
  const { type, options } = pairOptions(GROUP);
  const { publicKey } = generate(type, options);
  const round = (): number => {
    const begun = process.threadCpuUsage();
    for (let made = 0; made < AGREEMENTS; made += 1) {
      diffieHellman({ privateKey: generate(type, options).privateKey, publicKey });
    }
    const { user, system } = process.threadCpuUsage(begun);
    return (user + system) / 1000 / AGREEMENTS;
  };
  return median(Array.from({ length: ROUNDS }, round));
}
