/** `show subscribers`: the remote users of a virtual router. */

import { splitName } from "../../../engine/aaa/domains.ts";
import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import { onClock } from "../../common/civil-time.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { civilTime } from "../compile/civil-time.ts";
import { IPSEC_SLOT, PORT_SLOT } from "./cards.ts";
import { sessionNames } from "./l2tp-names.ts";
import { placed } from "./text.ts";

interface Subscriber {
  readonly user: string;
  readonly domain: string;
  readonly virtualRouter: string;
  readonly address: string;
  readonly source: "local" | "user";
  readonly interface: string;
  /** Of the card that ends the tunnel: that of IPsec, or the port's. */
  readonly slot: number;
  readonly login: Date;
}

/** Which of them; absent = whoever it is. */
export interface WantedSubscribers {
  readonly virtualRouter?: string | undefined;
  readonly user?: string | undefined;
  readonly address?: string | undefined;
  readonly domain?: string | undefined;
  readonly session?: string | undefined;
}

/** What stands behind the delimiter of a user's name; `none` = it has no domain. */
export function domainOf({ spec }: Snapshot, { ppp, virtualRouter }: SessionSnapshot): string {
  const delimiters = spec.virtualRouters.find((router) => router.name === virtualRouter)?.domainDelimiters;
  return splitName(ppp.peerName, delimiters).domain;
}

/** The default virtual router sees every user, another one its own. */
function subscribersOf(context: ExecContext, wanted: WantedSubscribers): Subscriber[] {
  const { snapshot, virtualRouter } = context;
  const names = sessionNames(snapshot);
  return snapshot.sessions
    .filter((session) => virtualRouter === DEFAULT_ROUTER || session.virtualRouter === virtualRouter)
    .map(
      (session: SessionSnapshot): Subscriber => ({
        user: session.ppp.peerName,
        domain: domainOf(snapshot, session),
        virtualRouter: session.virtualRouter,
        address: session.ppp.peerAddress ?? "0.0.0.0",
        source: session.pool === undefined ? "user" : "local",
        interface: `l2tp ${names.get(session.session) ?? session.session}`,
        slot: session.connection === undefined ? PORT_SLOT : IPSEC_SLOT,
        login: context.clock.toDate(session.ppp.openedAt ?? session.openedAt),
      }),
    )
    .filter(
      (one) =>
        (wanted.virtualRouter === undefined || one.virtualRouter === wanted.virtualRouter) &&
        (wanted.user === undefined || one.user === wanted.user) &&
        (wanted.domain === undefined || one.domain === wanted.domain) &&
        (wanted.address === undefined || one.address === wanted.address) &&
        (wanted.session === undefined || one.interface === `l2tp ${wanted.session}`),
    );
}

const LIST = [0, 22, 29, 61];
const PLACES = [0, 23];
const TIMES = [0, 23, 43, 56];

export function showSubscribers(context: ExecContext, wanted: WantedSubscribers): ExecResult {
  const time = civilTime(context.chassis);
  const all = subscribersOf(context, wanted);
  return {
    lines: [
      `${" ".repeat(32)}Subscriber List`,
      `${" ".repeat(32)}---------------`,
      placed([61], ["Virtual"]),
      placed([5, 21, 32, 62], ["User Name", "Type", "Addr|Endpt", "Router"]),
      placed(LIST, ["--------------------", "-----", "------------------------------", "------------"]),
      ...all.map((one) => placed(LIST, [one.user, "ppp", `${one.address}/${one.source}`, one.virtualRouter])),
      "",
      placed([5, 23], ["User Name", "Interface"]),
      placed(PLACES, ["--------------------", "--------------------------------"]),
      ...all.map((one) => placed(PLACES, [one.user, one.interface])),
      "",
      placed([5, 25, 43, 56], ["User Name", "Login Time", "Circuit Id", "Remote Id"]),
      placed(TIMES, ["--------------------", "-------------------", "-----------", "-----------"]),
      ...all.map((one) => placed(TIMES, [one.user, loginText(onClock(time, one.login))])),
    ],
    model: all,
  };
}

/** What `summary` counts by, and the heading of that column. */
const SUMMARIES = {
  virtualRouter: "Virtual Router",
  domain: "Domain",
  interface: "Interface",
  slot: "Slot",
} as const;

export type SubscriberPart = keyof typeof SUMMARIES;

/** How many users each virtual router, domain or interface has. */
export function showSubscribersSummary(
  context: ExecContext,
  wanted: WantedSubscribers,
  part: SubscriberPart = "virtualRouter",
): ExecResult {
  const counts = new Map<string | number, number>();
  for (const one of subscribersOf(context, wanted)) counts.set(one[part], (counts.get(one[part]) ?? 0) + 1);
  const heading = SUMMARIES[part];
  const columns = [0, Math.max(16, ...[...counts.keys()].map((name) => `${name}`.length + 2))];
  const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
  return {
    lines: [
      placed(columns, [heading, "Subscribers"]),
      placed(columns, ["-".repeat(heading.length), "-----------"]),
      ...[...counts].map(([name, number]) => placed(columns, [name, number])),
      `Total: ${total}`,
    ],
    model: [...counts].map(([name, subscribers]) => ({ [part]: name, subscribers })),
  };
}

/** `08/12/04 22:57:33`: year, month, day. */
function loginText(at: Date): string {
  return at.toISOString().slice(2, 19).replaceAll("-", "/").replace("T", " ");
}
