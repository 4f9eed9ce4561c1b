/**
 * The network phase of a link (RFC 1661 §3.6) with the one protocol that is carried: IPCP (RFC 1332). A server asks which address
 * the peer shall have before IPCP speaks; a client takes what comes.
 */

import { type Address, ANY_ADDRESS } from "../kernel/address.ts";
import { type Deadline, earlier, type Millis } from "../kernel/machine.ts";
import { Outputs } from "../kernel/outputs.ts";
import type { ControlPacket } from "../wire/ppp-control.ts";
import { ControlProtocol } from "./control-protocol.ts";
import type { CpState, NetworkTerms, PppPlan } from "./events.ts";
import { IpcpOptions } from "./ipcp-options.ts";
import type { NegotiationLimits } from "./limits.ts";

export type NetworkOutput =
  | { readonly type: "packet"; readonly bytes: Uint8Array }
  | { readonly type: "requestAddress" }
  | {
      readonly type: "opened";
      readonly localAddress: Address;
      readonly peerAddress: Address;
      readonly dns: readonly Address[];
      readonly nbns: readonly Address[];
    }
  | { readonly type: "closed" }
  /** There will be no IP on this link; `fault` is false where the peer ended it in good order. */
  | { readonly type: "ended"; readonly reason: string; readonly fault: boolean };

export class NetworkPhase {
  readonly #plan: PppPlan;
  readonly #limits: NegotiationLimits;
  readonly #options: IpcpOptions;
  readonly #ipcp: ControlProtocol;
  readonly #outputs = new Outputs<NetworkOutput>();
  /** Addresses asked for and not yet given: after a renegotiation only the last one is to the point. */
  #questions = 0;
  #running = false;
  #openedAt: Millis | undefined;
  /** IPCP must be open by then. */
  #dueAt: Millis | undefined;

  constructor(plan: PppPlan, limits: NegotiationLimits) {
    this.#plan = plan;
    this.#limits = limits;
    this.#options = new IpcpOptions(plan);
    this.#ipcp = new ControlProtocol("IPCP", this.#options, limits);
  }

  get state(): CpState {
    return this.#ipcp.state;
  }

  get openedAt(): Millis | undefined {
    return this.#openedAt;
  }

  get localAddress(): Address | undefined {
    return this.#ipcp.opened ? this.#options.localAddress : this.#options.ownAddress;
  }

  get peerAddress(): Address | undefined {
    return this.#ipcp.opened ? this.#options.peerAddress : this.#options.assigned;
  }

  start(now: Millis): void {
    this.#running = true;
    this.#expect(this.#limits.networkMillis, now);
    if (this.#isClient) {
      this.#open(now);
      return;
    }
    this.#questions += 1;
    this.#outputs.push({ type: "requestAddress" });
  }

  /** The layer below is gone, or authentication starts anew. */
  stop(now: Millis): void {
    this.#running = false;
    this.#ipcp.down(now);
    this.#drain(now);
    this.#dueAt = undefined;
  }

  address(address: Address | undefined, now: Millis, terms?: NetworkTerms): void {
    this.#questions -= 1;
    if (this.#questions !== 0 || !this.#running) return;
    if (terms !== undefined) this.#options.useTerms(terms);
    if (address === undefined) {
      this.#outputs.push({ type: "ended", reason: "there is no address for the peer", fault: true });
      return;
    }
    this.#options.assigned = address;
    this.#open(now);
  }

  /** False for a code that IPCP does not have. */
  receive(packet: ControlPacket, now: Millis): boolean {
    const known = this.#ipcp.receive(packet, now);
    this.#drain(now);
    return known;
  }

  unknownCode(packet: ControlPacket, now: Millis): void {
    this.#ipcp.unknownCode(packet, now);
    this.#drain(now);
  }

  protocolRejected(now: Millis): void {
    this.#ipcp.protocolRejected(now);
    this.#drain(now);
  }

  handleTimeout(now: Millis): void {
    this.#ipcp.handleTimeout(now);
    if (this.#dueAt !== undefined && now >= this.#dueAt) {
      this.#dueAt = undefined;
      this.#outputs.push({ type: "ended", reason: "IPCP was not open in time", fault: true });
    }
    this.#drain(now);
  }

  pollOutput(): NetworkOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return earlier(
      this.#ipcp.pollTimeout(),
      this.#dueAt === undefined ? undefined : { at: this.#dueAt, why: "IPCP in time" },
    );
  }

  /** Without an address of its own, and ready to prove itself: that end asks, the other one gives. */
  get #isClient(): boolean {
    return this.#plan.credentials !== undefined && this.#plan.localAddress === undefined;
  }

  /** We say who we are without waiting for the peer: some clients open their mouth only then. */
  #open(now: Millis): void {
    this.#ipcp.open(now);
    this.#ipcp.up(now);
    this.#drain(now);
  }

  #drain(now: Millis): void {
    for (let output = this.#ipcp.pollOutput(); output !== undefined; output = this.#ipcp.pollOutput()) {
      switch (output.type) {
        case "packet":
          this.#outputs.push(output);
          break;
        case "up":
          this.#up(now);
          break;
        case "down":
          if (this.#openedAt !== undefined) this.#outputs.push({ type: "closed" });
          this.#openedAt = undefined;
          this.#expect(this.#limits.networkAgainMillis, now);
          break;
        case "finished":
          this.#outputs.push({ type: "ended", reason: output.reason, fault: output.fault });
          break;
      }
    }
  }

  #expect(within: Millis | undefined, now: Millis): void {
    this.#dueAt = within === undefined ? undefined : now + within;
  }

  #up(now: Millis): void {
    const { localAddress, peerAddress = ANY_ADDRESS, dns, nbns } = this.#options;
    if (this.#isClient && localAddress === ANY_ADDRESS) {
      this.#outputs.push({ type: "ended", reason: "the peer gives us no address", fault: true });
      return;
    }
    this.#openedAt = now;
    this.#dueAt = undefined;
    this.#outputs.push({ type: "opened", localAddress, peerAddress, dns, nbns });
  }
}
