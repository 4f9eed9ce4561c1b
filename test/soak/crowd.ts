/**
 * Clients of a soak and the users before them: each pings the router without end, hangs up or loses its power now and then, and calls
 * again when nothing has been answered for a while, as users do.
 */

import { clientFlows, SocketClient } from "../../src/cli/client/socket-client.ts";
import { SocketPat } from "../../src/cli/client/socket-pat.ts";
import type { PersonaName } from "../../src/engine/client/persona-names.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { IKE_PORT, NATT_PORT } from "./gateway.ts";

const INSIDE = "12.0.0.8";
const PERSONAS: readonly PersonaName[] = ["linux", "windows-10", "android", "strongswan", "macos"];
/** Milliseconds without an answer after which a user tries again. */
const PATIENCE = 10_000;
/** Between hanging up and calling again. */
const PAUSE = 1500;
/** Milliseconds between pings of one: of many, a thousand pings a second in all. */
const PING_EVERY = 50;
/** A ping that is younger may still be answered. */
const ANSWER_WITHIN = 5000;

interface Member {
  readonly number: number;
  client: SocketClient;
  /** When it pings for the first time in this call; `undefined` = it is not up. */
  upAt: number | undefined;
  heardAt: number;
  /** It has hung up, and the user makes a pause. */
  callsAgainAt: number | undefined;
  pingedAt: number;
  /** The last ping that was counted. */
  counted: number;
}

export class SoakCrowd {
  readonly #pat = new SocketPat("127.0.0.2");
  readonly #gateway: string;
  readonly #members: Member[] = [];
  #calls = 0;
  #pings = 0;
  #lost = 0;

  constructor(gateway: string) {
    this.#gateway = gateway;
  }

  get size(): number {
    return this.#members.length;
  }

  get up(): number {
    return this.#members.filter(({ client }) => client.view.state === "up").length;
  }

  get reports() {
    return { calls: this.#calls, pings: this.#pings, lost: this.#lost };
  }

  /** What the clients that are not up say of it. */
  get reasons(): readonly string[] {
    return this.#members.flatMap(({ client: { view } }) => (view.state === "up" ? [] : [view.reason ?? view.state]));
  }

  add(now: number): void {
    const number = this.#members.length + 1;
    const rest = { upAt: undefined, callsAgainAt: undefined, pingedAt: 0, counted: 0 };
    this.#members.push({ number, client: this.#called(number), heardAt: now, ...rest });
  }

  /** Time has passed: everybody pings who can, and calls again who has waited long enough. */
  step(now: number): void {
    for (const member of this.#members) this.#stepOf(member, now);
  }

  /** One of them asks for new keys, hangs up, or has the power cut. */
  disturb(index: number, how: "rekey" | "hangUp" | "powerOff", now: number): void {
    const member = this.#members[index % this.#members.length];
    if (member === undefined) return;
    if (how === "rekey") member.client.expireSa();
    else if (how === "hangUp") {
      member.client.disconnect();
      member.callsAgainAt = now + PAUSE;
    } else this.#callAgain(member, now);
  }

  /** How many have had an answer to a ping that was sent since. */
  answeredSince(then: number): number {
    return this.#members.filter(({ client }) =>
      client.view.pings.some(({ sentAt, answeredAt }) => sentAt > then && answeredAt !== undefined),
    ).length;
  }

  close(): void {
    for (const { client } of this.#members) client.stop();
    this.#pat.close();
  }

  #called(number: number): SocketClient {
    const at = (port: number) => ({ address: this.#gateway, port });
    const persona = PERSONAS[number % PERSONAS.length] ?? "linux";
    const client = new SocketClient(
      {
        persona: personas[persona],
        hostName: `client${number}`,
        ...clientFlows(`10.0.${number >> 8}.${number & 255}`, at(IKE_PORT), at(NATT_PORT)),
        preSharedKey: new Secret("secret"),
        user: "fred",
        password: new Secret("fredPw"),
        remoteL2tpPort: 1701,
      },
      this.#pat,
      () => undefined,
    );
    this.#calls += 1;
    client.connect();
    return client;
  }

  #stepOf(member: Member, now: number): void {
    const { client, callsAgainAt } = member;
    if (callsAgainAt === undefined && client.view.state === "up") {
      if (member.upAt === undefined) member.heardAt = now;
      member.upAt ??= now;
      if (now - member.pingedAt >= Math.max(PING_EVERY, this.size)) {
        member.pingedAt = now;
        client.ping(INSIDE);
      }
    }
    if (member.upAt !== undefined) this.#count(member, now);
    if (now > (callsAgainAt ?? member.heardAt + PATIENCE)) this.#callAgain(member, now);
  }

  /** Pings that have had their time. */
  #count(member: Member, now: number): void {
    const begun = member.counted;
    for (const { sentAt, answeredAt } of member.client.view.pings) {
      if (answeredAt !== undefined) member.heardAt = Math.max(member.heardAt, answeredAt);
      if (sentAt <= begun || sentAt > now - ANSWER_WITHIN) continue;
      member.counted = Math.max(member.counted, sentAt);
      this.#pings += 1;
      if (answeredAt === undefined) this.#lost += 1;
    }
  }

  #callAgain(member: Member, now: number): void {
    member.client.stop();
    member.client = this.#called(member.number);
    member.heardAt = now;
    member.upAt = undefined;
    member.callsAgainAt = undefined;
    member.counted = now;
  }
}
