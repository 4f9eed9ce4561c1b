/**
 * What IPCP negotiates (RFC 1332, RFC 1877): addresses, DNS and NBNS servers. The server gives, the client asks with 0.0.0.0.
 * Header compression and the old address pair are rejected.
 */

import { type Address, ANY_ADDRESS, ipv4FromNumber, ipv4ToNumber } from "../kernel/address.ts";
import type { ControlOption } from "../wire/ppp-control.ts";
import type { Judgement, OptionPolicy } from "./control-protocol.ts";
import type { NetworkTerms, PppPlan } from "./events.ts";
import { u32 } from "./lcp-options.ts";

const ADDRESS = 3;
/** Primary DNS, primary NBNS, secondary DNS, secondary NBNS (RFC 1877 §1). */
const PRIMARY_DNS = 129;
const PRIMARY_NBNS = 130;
const SECONDARY_DNS = 131;
const SECONDARY_NBNS = 132;
const SERVERS = [PRIMARY_DNS, PRIMARY_NBNS, SECONDARY_DNS, SECONDARY_NBNS] as const;

export class IpcpOptions implements OptionPolicy {
  readonly #requestServers: boolean;
  #terms: NetworkTerms;
  readonly #rejected = new Set<number>();
  /** What we ask for ourselves: option -> address. */
  readonly #wanted = new Map<number, Address>();
  /** What the peer shall use; `undefined` = whatever it says (we are the client). */
  assigned: Address | undefined;
  peerAddress: Address | undefined;
  /** We have told a peer that asked for no address which one it has. */
  #told = false;

  constructor(plan: PppPlan) {
    this.#requestServers = plan.requestServers;
    this.#terms = plan;
    this.renew();
  }

  /** Takes the place of what the plan says, for the negotiation that begins. */
  useTerms(terms: NetworkTerms): void {
    this.#terms = terms;
    this.renew();
  }

  renew(): void {
    this.#rejected.clear();
    this.#wanted.clear();
    this.#wanted.set(ADDRESS, this.#terms.localAddress ?? ANY_ADDRESS);
    if (this.#requestServers) for (const type of SERVERS) this.#wanted.set(type, ANY_ADDRESS);
    this.#told = false;
  }

  /** Before it is agreed on. */
  get ownAddress(): Address | undefined {
    return this.#terms.localAddress;
  }

  get localAddress(): Address {
    return this.#wanted.get(ADDRESS) ?? ANY_ADDRESS;
  }

  get dns(): readonly Address[] {
    return this.#learnt([PRIMARY_DNS, SECONDARY_DNS]);
  }

  get nbns(): readonly Address[] {
    return this.#learnt([PRIMARY_NBNS, SECONDARY_NBNS]);
  }

  request(): readonly ControlOption[] {
    // A server without an address of its own says nothing of it; a client asks with zeros.
    const silent = this.assigned !== undefined && this.localAddress === ANY_ADDRESS;
    return [...this.#wanted]
      .filter(([type]) => !this.#rejected.has(type) && !(silent && type === ADDRESS))
      .map(([type, address]) => ({ type, data: octets(address) }));
  }

  judge(options: readonly ControlOption[], mayNak: boolean): Judgement {
    const rejected = options.filter((option) => !this.#isKnown(option));
    if (rejected.length > 0) return { verdict: "reject", options: rejected };
    const counter = options.flatMap((option) => this.#counter(option));
    if (counter.length > 0 && !mayNak) {
      const types = new Set(counter.map((option) => option.type));
      return { verdict: "reject", options: options.filter((option) => types.has(option.type)) };
    }
    const address = options.find((option) => option.type === ADDRESS);
    if (address === undefined && this.assigned !== undefined && mayNak && !this.#told) {
      // RFC 1332 §3.3: an address that has to be agreed on is appended to a Nak when the peer does not name it.
      this.#told = true;
      counter.push({ type: ADDRESS, data: octets(this.assigned) });
    }
    if (counter.length > 0) return { verdict: "nak", options: counter };
    this.peerAddress = address === undefined ? this.assigned : text(address.data);
    return { verdict: "ack" };
  }

  nakked(options: readonly ControlOption[]): void {
    for (const { type, data } of options) {
      // A server keeps its own address; a client takes what it is given.
      const fixed = type === ADDRESS && this.#terms.localAddress !== undefined;
      if (this.#wanted.has(type) && data.length === 4 && !fixed) this.#wanted.set(type, text(data));
    }
  }

  rejected(options: readonly ControlOption[]): void {
    for (const { type } of options) this.#rejected.add(type);
  }

  #isKnown({ type, data }: ControlOption): boolean {
    if (data.length !== 4) return false;
    if (type === ADDRESS) return this.assigned !== undefined || text(data) !== ANY_ADDRESS;
    return this.#given(type) !== undefined;
  }

  #counter({ type, data }: ControlOption): ControlOption[] {
    const right = type === ADDRESS ? this.assigned : this.#given(type);
    return right === undefined || text(data) === right ? [] : [{ type, data: octets(right) }];
  }

  /** The server address that we hand out under this option. */
  #given(type: number): Address | undefined {
    const { dns, nbns } = this.#terms;
    const table: Readonly<Record<number, Address | undefined>> = {
      [PRIMARY_DNS]: dns[0],
      [SECONDARY_DNS]: dns[1],
      [PRIMARY_NBNS]: nbns[0],
      [SECONDARY_NBNS]: nbns[1],
    };
    return table[type];
  }

  #learnt(types: readonly number[]): Address[] {
    return types.flatMap((type) => {
      const address = this.#rejected.has(type) ? undefined : this.#wanted.get(type);
      return address === undefined || address === ANY_ADDRESS ? [] : [address];
    });
  }
}

function octets(address: Address): Uint8Array {
  return u32(ipv4ToNumber(address));
}

function text(data: Uint8Array): Address {
  return ipv4FromNumber(data.reduce((value, octet) => value * 256 + octet, 0));
}
