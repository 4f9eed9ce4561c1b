/**
 * Clients against a gateway, this one or another's: so many, so fast, each with its own inside address behind a PAT of this process, or behind one of
 * several where sources are given. What became of each is kept as times; nothing here prints.
 */

import type { ClientCertificate, ClientPlan } from "../../engine/client/client-plan.ts";
import type { PersonaName } from "../../engine/client/persona-names.ts";
import { type Persona, personas } from "../../engine/client/personas.ts";
import { type Address, ANY_ADDRESS, ANY_IPV6_PREFIX, isIpv6 } from "../../engine/kernel/address.ts";
import { Bug } from "../../engine/kernel/errors.ts";
import type { Log } from "../../engine/kernel/log.ts";
import type { Secret } from "../../engine/kernel/secret.ts";
import { clientFlows, SocketClient } from "./socket-client.ts";
import { SocketPat } from "./socket-pat.ts";

export interface ClientRunPlan {
  readonly persona: PersonaName;
  /** The name for aggressive mode; absent = main mode. */
  readonly group?: string;
  readonly gateway: Address;
  readonly ikePort: number;
  readonly nattPort: number;
  /** Addresses of this host that clients speak from, each in turn; absent = the one that leads to the gateway, for all. */
  readonly sources?: readonly Address[];
  readonly preSharedKey: Secret;
  readonly certificate?: ClientCertificate;
  /** `%` stands for the client's number, from 1. */
  readonly user: string;
  readonly password: Secret;
  readonly count: number;
  /** Clients that begin each second. */
  readonly ratePerSecond: number;
  /** Clients that are neither up nor have failed, at most; absent = as many as come to be. */
  readonly atOnce?: number;
  readonly pings: { readonly to: Address; readonly count: number } | undefined;
  /** How long sessions are kept after the last client is up. */
  readonly holdSeconds: number;
  /** A client that is not up by then has failed. */
  readonly patienceSeconds: number;
}

export interface ClientOutcome {
  readonly number: number;
  readonly user: string;
  readonly address: Address | undefined;
  readonly upAfterMillis: number | undefined;
  readonly firstPingAfterMillis: number | undefined;
  readonly pings: { readonly sent: number; readonly answered: number };
  /** Why it did not come up, or ended before it was told to. */
  readonly reason: string | undefined;
}

export interface ClientRunListener {
  said: Log;
  /** A client is up, or has failed. */
  settled(outcome: ClientOutcome): void;
  /** The run ends before its time; those who are up hang up all the same. */
  readonly ended?: AbortSignal;
}

const POLL_MILLIS = 10;
const PING_MILLIS = 200;
const GOODBYE_MILLIS = 2000;
/** A server may call the link open before it has made the interface for it, as pppd does: so long the first ping is sent again until it is answered. */
const INTERFACE_MILLIS = 3000;
/** The last ping of a run has at least so long: a gateway under full load answers late, but it answers. */
const LAST_ANSWER_MILLIS = 5000;

interface Running {
  readonly number: number;
  readonly user: string;
  readonly client: SocketClient;
  readonly startedAt: number;
  upAt: number | undefined;
  sent: number;
  nextPingAt: number;
  told: boolean;
}

/** Resolves when every client was up (or failed), pinged, and hung up. */
export async function runClients(plan: ClientRunPlan, listener: ClientRunListener): Promise<readonly ClientOutcome[]> {
  const pats = (plan.sources ?? [isIpv6(plan.gateway) ? ANY_IPV6_PREFIX.address : ANY_ADDRESS]).map(
    (address) => new SocketPat(address),
  );
  const clients: Running[] = [];
  /** Those with which something is to happen yet: of thousands that are up, nobody looks at each all the time. */
  const busy = new Set<Running>();
  const { atOnce = Number.POSITIVE_INFINITY } = plan;
  let settled = 0;
  const begun = performance.now();
  let heldUntil: number | undefined;
  for (;;) {
    const now = performance.now();
    const due = Math.min(plan.count, Math.floor(((now - begun) / 1000) * plan.ratePerSecond) + 1);
    while (clients.length < due && clients.length - settled < atOnce) {
      const pat = pats[clients.length % pats.length];
      if (pat === undefined) throw new Bug("clients have no address to speak from");
      const started = start(plan, pat, clients.length + 1, listener.said);
      clients.push(started);
      busy.add(started);
    }
    for (const each of busy) {
      if (step(each, plan, now, listener)) settled += 1;
      if (each.told && hasPinged(each, plan)) busy.delete(each);
    }
    if (clients.length === plan.count && busy.size === 0) heldUntil ??= now + plan.holdSeconds * 1000;
    if ((heldUntil !== undefined && now >= heldUntil) || listener.ended?.aborted === true) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
  }
  const outcomes = clients.map(outcomeOf);
  for (const { client } of clients) if (client.view.state === "up") client.disconnect();
  const patience = performance.now() + GOODBYE_MILLIS;
  while (performance.now() < patience && clients.some(({ client }) => client.view.state === "closing")) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
  }
  for (const { client } of clients) client.stop();
  for (const pat of pats) pat.close();
  return outcomes;
}

function start(plan: ClientRunPlan, pat: SocketPat, number: number, log: Log): Running {
  const user = plan.user.replaceAll("%", String(number));
  const address = isIpv6(plan.gateway)
    ? `fd00::${number.toString(16)}`
    : `10.${Math.floor(number / 0x1_0000)}.${Math.floor(number / 0x100) % 0x100}.${number % 0x100}`;
  const at = (port: number) => ({ address: plan.gateway, port });
  const persona = withOwnPort(personas[plan.persona], number);
  const client: ClientPlan = {
    persona,
    hostName: `client${number}`,
    ...clientFlows(address, at(plan.ikePort), at(plan.nattPort)),
    preSharedKey: plan.preSharedKey,
    ...(plan.certificate === undefined ? {} : { certificate: plan.certificate }),
    ...(plan.group === undefined ? {} : { group: plan.group }),
    user,
    password: plan.password,
    remoteL2tpPort: 1701,
  };
  const made = new SocketClient(client, pat, log);
  made.connect();
  return {
    number,
    user,
    client: made,
    startedAt: performance.now(),
    upAt: undefined,
    sent: 0,
    nextPingAt: 0,
    told: false,
  };
}

const L2TP_PORT = 1701;
const PORTS_OF_CHOICE = { first: 49_152, count: 16_384 } as const;

/** Who does not keep to the port of L2TP has one that is free at the time: no two have the same, by which a server may tell them apart behind one NAT. */
function withOwnPort(persona: Persona, number: number): Persona {
  if (persona.l2tpPort === L2TP_PORT) return persona;
  return { ...persona, l2tpPort: PORTS_OF_CHOICE.first + (number % PORTS_OF_CHOICE.count) };
}

/** True = it came up or failed just now. */
function step(each: Running, plan: ClientRunPlan, now: number, listener: ClientRunListener): boolean {
  const { state } = each.client.view;
  if (state === "up") each.upAt ??= now;
  const isOver = state === "failed" || state === "closed" || now - each.startedAt > plan.patienceSeconds * 1000;
  const settles = !each.told && (each.upAt !== undefined || isOver);
  if (settles) {
    each.told = true;
    listener.settled(outcomeOf(each));
  }
  if (state === "up" && plan.pings !== undefined && now >= each.nextPingAt) {
    const repeats = repeatsFirst(each, now);
    if (repeats || each.sent < plan.pings.count) {
      each.client.ping(plan.pings.to, repeats);
      if (!repeats) each.sent += 1;
      each.nextPingAt = now + PING_MILLIS;
    }
  }
  return settles;
}

function repeatsFirst(each: Running, now: number): boolean {
  return each.sent === 1 && now < (each.upAt ?? now) + INTERFACE_MILLIS && each.client.answered === 0;
}

/** Every ping was sent, and the last one had its time. */
function hasPinged(each: Running, { pings }: ClientRunPlan): boolean {
  if (pings === undefined || each.client.view.state !== "up") return true;
  return (
    each.sent >= pings.count &&
    (each.client.answered >= each.sent || performance.now() > each.nextPingAt + LAST_ANSWER_MILLIS)
  );
}

function outcomeOf(each: Running): ClientOutcome {
  const { address, reason, pingTotals, state } = each.client.view;
  const upAfterMillis = each.upAt === undefined ? undefined : each.upAt - each.startedAt;
  const { firstAnswerMillis, answered } = pingTotals;
  return {
    number: each.number,
    user: each.user,
    address,
    upAfterMillis,
    firstPingAfterMillis:
      upAfterMillis === undefined || firstAnswerMillis === undefined ? undefined : upAfterMillis + firstAnswerMillis,
    pings: { sent: each.sent, answered },
    reason: state === "up" ? undefined : (reason ?? "it did not come up in time"),
  };
}
