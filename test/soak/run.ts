/**
 * `npm run soak -- [--minutes N] [--clients N] [--heap MEGABYTES] [--slack MEGABYTES]`: a gateway on loopback sockets for a while, with traffic all the time, keys that are renewed every
 * minute or two, clients that hang up, lose their power and come again; near the end it is killed (`kill -9`), begun again, and all clients must
 * return. Ends with 1 when memory is not flat, pings are lost, a client stays away or sessions are left over.
 */

import { setTimeout as after } from "node:timers/promises";
import { parseArgs } from "node:util";
import { SoakCrowd } from "./crowd.ts";
import { SoakGateway } from "./gateway.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    clients: { type: "string", default: "20" },
    heap: { type: "string", default: "40" },
    slack: { type: "string", default: "16" },
  },
});
const CLIENTS = Number(values.clients);
const TOTAL = Number(values.minutes) * 60_000;
const SLACK = Number(values.slack) * 1e6;

const TICK = 25;
/** Many come faster, so that they are there in their time. */
const CALL_EVERY = Math.min(100, 20_000 / CLIENTS);
const DISTURB_EVERY = 700;
const WAYS = ["rekey", "hangUp", "rekey", "powerOff"] as const;
/** Until everybody is up, at the beginning and after the kill. */
const RETURN_WITHIN = 300_000;
/** Whoever called twice, because the first call took too long, is known twice until the keepalives of the first one are missed. */
const GONE_WITHIN = 150_000;
const TELL_TIMES = 10;
/** Share of pings that may be lost: those that a client had under way when it was disturbed. */
const LOST_AT_MOST = 0.02;

const gateway = new SoakGateway(Number(values.heap));
const faults: string[] = [];
const say = (text: string): void => void process.stdout.write(`${text}\n`);
await gateway.start();
const crowd = new SoakCrowd(gateway.address);
const begun = performance.now();
const samples: { readonly at: number; readonly memory: number }[] = [];
let disturbances = 0;

/** Goes on for so long, or until `done`; false = time was up. */
async function live(millis: number, disturbed: boolean, done: () => boolean = () => false): Promise<boolean> {
  const end = performance.now() + millis;
  for (let now = performance.now(); now < end; now = performance.now()) {
    if (gateway.failure !== undefined) throw new Error(gateway.failure);
    if (crowd.size < CLIENTS && now - begun > crowd.size * CALL_EVERY) crowd.add(now);
    if (disturbed && now - begun > (disturbances + 1) * DISTURB_EVERY) {
      // A step that meets every client, and every way for each of them.
      crowd.disturb(disturbances * 7, WAYS[(disturbances >> 1) % WAYS.length] ?? "rekey", now);
      disturbances += 1;
    }
    crowd.step(now);
    const { memory } = gateway;
    if (memory !== undefined && now - (samples.at(-1)?.at ?? 0) > 500) samples.push({ at: now, memory });
    if (done()) return true;
    await after(TICK);
  }
  return done();
}

function told(): void {
  const { calls, pings, lost } = crowd.reports;
  const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(5);
  const memory = ((samples.at(-1)?.memory ?? 0) / 1e6).toFixed(0);
  say(`${seconds} s  ${crowd.up} of ${CLIENTS} up  ${calls} calls  ${pings} pings, ${lost} lost  ${memory} MB`);
}

/** The median of a part of the run, in octets. */
function memoryBetween(from: number, to: number): number {
  const part = samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
  return part.map(({ memory }) => memory).sort((a, b) => a - b)[part.length >> 1] ?? Number.NaN;
}

/** Whoever has an answer to a ping is there: a client alone may believe so for a while. */
async function allThere(what: string): Promise<void> {
  const asked = performance.now();
  if (await live(RETURN_WITHIN, false, () => crowd.answeredSince(asked) === CLIENTS)) {
    say(`${what}: all ${CLIENTS} there after ${((performance.now() - asked) / 1000).toFixed(1)} s`);
  } else {
    const there = crowd.answeredSince(asked);
    faults.push(`${what}: ${there} of ${CLIENTS} are there: ${[...new Set(crowd.reasons)].join("; ")}`);
  }
}

try {
  await allThere("at the beginning");
  if (faults.length > 0) throw new Error("a soak begins with everybody there");
  samples.length = 0;
  for (let part = 0; part < TELL_TIMES; part += 1) {
    await live(TOTAL / TELL_TIMES, true);
    told();
  }
  const [early, late] = [memoryBetween(0.25, 0.5), memoryBetween(0.75, 1)];
  say(`memory: ${(early / 1e6).toFixed(1)} MB in the second quarter, ${(late / 1e6).toFixed(1)} MB in the last`);
  if (late > early * 1.05 + SLACK) faults.push("memory is not flat");
  const { pings, lost } = crowd.reports;
  if (!(lost <= pings * LOST_AT_MOST)) faults.push(`${lost} of ${pings} pings were lost`);
  await allThere("left alone");
  await gateway.kill();
  say("the gateway is killed");
  await live(1000, false);
  await gateway.start();
  await allThere("after the kill");
  const wanted = `${CLIENTS} tunnels, ${CLIENTS} sessions`;
  let counts = await gateway.counts();
  for (const end = performance.now() + GONE_WITHIN; counts !== wanted && performance.now() < end; ) {
    await live(1000, false);
    counts = await gateway.counts();
  }
  if (counts !== wanted) faults.push(`the gateway has ${counts}, not ${wanted}`);
} catch (error) {
  faults.push(error instanceof Error ? error.message : String(error));
}
crowd.close();
await gateway.kill();
for (const fault of faults) say(`not ok: ${fault}`);
say(faults.length === 0 ? "ok" : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
