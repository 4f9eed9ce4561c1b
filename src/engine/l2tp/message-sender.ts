/**
 * What the tunnel and its calls have to say, as octets into the control channel: in the clear, or with everything hidden
 * that may be (RFC 2661 §4.3) under a Random Vector of its own for each message.
 */

import type { Random } from "../kernel/random.ts";
import type { Secret } from "../kernel/secret.ts";
import type { AvpValues } from "../wire/l2tp-avp.ts";
import { encodeControlBody, type Hiding, type MessageName } from "../wire/l2tp-message.ts";
import { hideAvp } from "./authentication.ts";
import type { ControlChannel } from "./control-channel.ts";

const VECTOR_LENGTH = 16;

export class MessageSender {
  readonly #channel: ControlChannel;
  readonly #random: Random;
  /** With this; absent = nothing is hidden. */
  readonly #password: Secret | undefined;

  constructor(channel: ControlChannel, random: Random, password: Secret | undefined) {
    this.#channel = channel;
    this.#random = random;
    this.#password = password;
  }

  /** `sessionId` is the peer's; 0 = about the tunnel, or a session that it has not named yet. */
  send(sessionId: number, name: MessageName, values: Omit<AvpValues, "messageType">): void {
    this.#channel.send(sessionId, encodeControlBody(name, values, this.#hiding()), name === "hello");
  }

  #hiding(): Hiding | undefined {
    const password = this.#password;
    if (password === undefined) return undefined;
    const randomVector = this.#random.bytes(VECTOR_LENGTH);
    return { randomVector, hide: (type, value) => hideAvp(password, type, randomVector, value, this.#random) };
  }
}
