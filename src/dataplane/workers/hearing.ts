/**
 * What the line modules beside number 0 have said and the engine has not heard yet. Some of it goes back, because the engine has told by now what the module did not know when it
 * asked. Some of it waits: who has our half of quick mode may speak L2TP at once, and the message that gives us the way back comes by another socket and may be read after that. An
 * answer that cannot leave would be said again a second later.
 */

import type { ConnectionId, Punt } from "../../engine/forwarding.ts";
import { Outputs } from "../../engine/kernel/outputs.ts";
import type { Early } from "../path/far.ts";
import { isIp } from "../path/ppp-data.ts";
import type { FromModule } from "./messages.ts";
import type { ModuleSlots } from "./module-slots.ts";
import type { Places } from "./places.ts";

export type Said = Extract<FromModule, { type: "punt" | "early" }>;

interface Heard {
  readonly module: number;
  readonly message: Said;
}

/** Messages that wait for one connection: a client says little before it is answered. */
const MOST_WAITING = 4;

export class Hearing {
  readonly #places: Places;
  readonly #slots: ModuleSlots;
  readonly #heard = new Outputs<Heard>();
  readonly #waiting = new Map<ConnectionId, Heard[]>();

  constructor(places: Places, slots: ModuleSlots) {
    this.#places = places;
    this.#slots = slots;
  }

  say(module: number, message: Said): void {
    const connection =
      message.type === "punt" && message.punt.type === "l2tp" ? message.punt.path.connection : undefined;
    if (connection === undefined || !this.#places.isOneWay(connection)) this.#heard.push({ module, message });
    else this.#wait(connection, { module, message });
  }

  /** The connection has a way back now. */
  answerable(connection: ConnectionId): void {
    for (const heard of this.#waiting.get(connection) ?? []) this.#heard.push(heard);
    this.#waiting.delete(connection);
  }

  forget(connection: ConnectionId): void {
    this.#waiting.delete(connection);
  }

  poll(): Punt | undefined {
    for (let heard = this.#heard.poll(); heard !== undefined; heard = this.#heard.poll()) {
      const { module, message } = heard;
      const early = message.type === "early" ? message.early : this.#earlyIn(message.punt);
      if (message.type === "punt" && early === undefined) return message.punt;
      // What the engine made of everything before it is on its way there already.
      if (early !== undefined) this.#slots.tell(module, { type: "again", early });
    }
    return undefined;
  }

  #wait(connection: ConnectionId, heard: Heard): void {
    const waiting = this.#waiting.get(connection);
    if (waiting === undefined) this.#waiting.set(connection, [heard]);
    else if (waiting.length < MOST_WAITING) waiting.push(heard);
  }

  /** An IP packet that was punted before the module knew that IP is open. */
  #earlyIn(punt: Punt): Early | undefined {
    if (punt.type !== "ppp" || !isIp(punt.bytes)) return undefined;
    const { session, bytes } = punt;
    return this.#places.session(session)?.ip === undefined ? undefined : { type: "frame", session, bytes };
  }
}
