/**
 * What LCP negotiates (RFC 1661 §6, RFC 1662 §7.1): MRU, who authenticates how, the magic number, field compression. Callback,
 * multilink and whatever else is not known are rejected.
 */

import { alternatives } from "../kernel/alternatives.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Sides } from "../kernel/log.ts";
import { type Random, randomBetween } from "../kernel/random.ts";
import type { PppAuthentication } from "../ppp-spec.ts";
import { type ControlOption, controlOptions, pppProtocol } from "../wire/ppp-control.ts";
import type { Judgement, OptionPolicy } from "./control-protocol.ts";
import type { PppPlan, ProxyLink } from "./events.ts";

const option = {
  mru: 1,
  asyncMap: 2,
  authentication: 3,
  magic: 5,
  protocolCompression: 7,
  addressCompression: 8,
  callback: 13,
} as const;

export const DEFAULT_MRU = 1500;
/** Less than this cannot carry what we must send ourselves. */
const SMALLEST_MRU = 128;
const CALLBACK_CONTROL_PROTOCOL = 6;
/** Equal magic numbers in a row that mean the line is looped back (RFC 1661 §6.4). */
const LOOPS = 3;
export const LOOPED_BACK = "the link is looped back";

/** Protocol and, for CHAP, algorithm (RFC 1994 §3, RFC 2433 §2, RFC 2759 §2). */
const AUTHENTICATION: Readonly<Record<PppAuthentication, readonly number[]>> = {
  pap: [0xc0, 0x23],
  chap: [0xc2, 0x23, 5],
  msChap: [0xc2, 0x23, 0x80],
  msChapV2: [0xc2, 0x23, 0x81],
};

export class LcpOptions implements OptionPolicy {
  readonly #plan: PppPlan;
  readonly #random: Random;
  readonly #rejected = new Set<number>();
  #demand: readonly PppAuthentication[];
  #mru: number;
  #loops = 0;
  magic: number;
  peerMru = DEFAULT_MRU;
  /** 0 = the peer has none. */
  peerMagic = 0;
  /** What the peer demands of us. */
  owed: PppAuthentication | undefined;
  compressProtocol = false;
  compressAddress = false;
  /** Set when the link cannot come up, and why. */
  impossible: { readonly reason: string; readonly sides?: Sides } | undefined;
  /** What the peer would rather prove itself with. */
  readonly #suggested = new Set<string>();

  constructor(plan: PppPlan, random: Random) {
    this.#plan = plan;
    this.#random = random;
    this.#demand = plan.demand;
    this.#mru = plan.mru;
    this.magic = this.#newMagic();
  }

  /** What the peer has to prove itself with; `undefined` = nothing. */
  get demanded(): PppAuthentication | undefined {
    return this.#demand[0];
  }

  get mru(): number {
    return this.#rejected.has(option.mru) ? DEFAULT_MRU : this.#mru;
  }

  renew(): void {
    this.#rejected.clear();
    this.#demand = this.#plan.demand;
    this.#mru = this.#plan.mru;
  }

  /**
   * Takes over what was asked in our name and what the peer asked, both agreed on; the reason when either is not what we
   * could have agreed to ourselves, and then nothing has changed.
   */
  adopt(proxy: ProxyLink): string | undefined {
    const read = tryDecode(() => [controlOptions.decode(proxy.sent), controlOptions.decode(proxy.received)] as const);
    if (!read.ok) return "it cannot be read";
    const [sent, received] = read.value;
    const provenBy = proxy.claim?.proof.protocol;
    const asked = sent.find(({ type }) => type === option.authentication);
    const protocol = asked === undefined ? undefined : authenticationOf(asked.data);
    const foreign = sent.find((each) => !this.#isOurs(each));
    if (foreign !== undefined) return `LCP option ${foreign.type} was agreed on, which is not spoken here`;
    if (asked !== undefined && protocol === undefined) return "an unknown authentication was agreed on";
    if (this.#plan.demand.length > 0 && (protocol === undefined || !this.#plan.demand.includes(protocol))) {
      return `${protocol ?? "no authentication"} was agreed on instead of ${this.#plan.demand.join(", ")}`;
    }
    // A peer that has given its password by PAP does not give it again unasked, and PAP cannot ask.
    if (protocol === "pap" && provenBy !== "pap") return "PAP was agreed on, and its proof is not at hand";
    if (this.judge(received, true).verdict !== "ack") return "the peer was granted options that it is not granted here";
    this.#demand = protocol === undefined ? [] : [protocol];
    for (const type of [option.mru, option.magic])
      if (!sent.some((each) => each.type === type)) this.#rejected.add(type);
    for (const { type, data } of sent) {
      if (type === option.mru) this.#mru = number(data);
      else if (type === option.magic) this.magic = number(data);
    }
    return undefined;
  }

  #isOurs({ type, data }: ControlOption): boolean {
    return type === option.authentication || this.#isKnown({ type, data });
  }

  /** Zero stands in packets until the option has been agreed on (RFC 1661 §6.4). */
  get agreedMagic(): number {
    return this.#rejected.has(option.magic) ? 0 : this.magic;
  }

  request(): readonly ControlOption[] {
    const wanted: ControlOption[] = [{ type: option.mru, data: u16(this.#mru) }];
    if (this.demanded !== undefined) {
      wanted.push({ type: option.authentication, data: Uint8Array.from(AUTHENTICATION[this.demanded]) });
    }
    wanted.push({ type: option.magic, data: u32(this.magic) });
    if (this.#plan.offerCcp) {
      wanted.push({ type: option.protocolCompression, data: new Uint8Array(0) });
      wanted.push({ type: option.addressCompression, data: new Uint8Array(0) });
      wanted.push({ type: option.callback, data: Uint8Array.of(CALLBACK_CONTROL_PROTOCOL) });
    }
    return wanted.filter((each) => !this.#rejected.has(each.type));
  }

  judge(options: readonly ControlOption[], mayNak: boolean): Judgement {
    // A request says everything anew: what an earlier one said no longer counts.
    this.peerMru = DEFAULT_MRU;
    this.peerMagic = 0;
    this.owed = undefined;
    this.compressProtocol = false;
    this.compressAddress = false;
    const rejected = options.filter((each) => !this.#isKnown(each));
    if (rejected.length > 0) return { verdict: "reject", options: rejected };
    const counter = options.flatMap((each) => this.#counter(each));
    if (counter.length > 0) {
      if (mayNak) return { verdict: "nak", options: counter };
      const types = new Set(counter.map((each) => each.type));
      return { verdict: "reject", options: options.filter((each) => types.has(each.type)) };
    }
    for (const each of options) this.#accept(each);
    return { verdict: "ack" };
  }

  nakked(options: readonly ControlOption[]): void {
    for (const each of options) {
      if (each.type === option.mru && each.data.length === 2) {
        // More than we would like is still what everybody has to take (RFC 1661 §6.1).
        const most = Math.max(this.#plan.mru, DEFAULT_MRU);
        this.#mru = Math.max(SMALLEST_MRU, Math.min(most, number(each.data)));
      } else if (each.type === option.magic) {
        this.magic = this.#newMagic();
      } else if (each.type === option.authentication) {
        this.#steer(each.data);
      }
    }
  }

  rejected(options: readonly ControlOption[]): void {
    for (const { type } of options) {
      if (type === option.authentication) {
        this.#refused(`the peer refuses to authenticate (asked for ${this.demanded ?? "nothing"})`);
      }
      this.#rejected.add(type);
    }
  }

  /** The peer would rather use another protocol: taken when it is one we accept, else ours in turn. */
  #steer(suggested: Uint8Array): void {
    const wanted = authenticationOf(suggested);
    this.#suggested.add(wanted ?? `protocol ${number(suggested.subarray(0, 2))}`);
    const others = this.#demand.filter((each) => each !== this.demanded);
    if (wanted !== undefined && others.includes(wanted)) {
      this.#demand = [wanted, ...others.filter((each) => each !== wanted)];
    } else if (others.length > 0) {
      this.#demand = others;
    } else {
      this.#refused(`the peer refuses all of ${this.#plan.demand.join(", ")}`);
    }
  }

  #refused(reason: string): void {
    if (this.#plan.demandOptional === true) this.#demand = [];
    else {
      const sides = { offered: alternatives([...this.#suggested]), configured: alternatives(this.#plan.demand) };
      this.impossible = { reason, sides };
    }
  }

  #isKnown({ type, data }: ControlOption): boolean {
    switch (type) {
      case option.mru:
        return data.length === 2;
      case option.asyncMap:
      case option.magic:
        return data.length === 4;
      case option.authentication:
        return (this.#plan.credentials?.protocols.length ?? 0) > 0 && data.length >= 2;
      case option.protocolCompression:
      case option.addressCompression:
        return data.length === 0;
      default:
        return false;
    }
  }

  /** What we would rather have; empty = it is fine as it is. */
  #counter({ type, data }: ControlOption): ControlOption[] {
    if (type === option.mru && number(data) < SMALLEST_MRU) return [{ type, data: u16(SMALLEST_MRU) }];
    if (type === option.magic) {
      const looped = number(data) === this.magic;
      this.#loops = looped ? this.#loops + 1 : 0;
      if (this.#loops >= LOOPS) this.impossible = { reason: LOOPED_BACK };
      // Zero is illegal (RFC 1661 §6.4).
      return looped || number(data) === 0 ? [{ type, data: u32(this.#newMagic()) }] : [];
    }
    if (type === option.authentication) {
      const asked = authenticationOf(data);
      const able = this.#plan.credentials?.protocols ?? [];
      const [first] = able;
      if ((asked === undefined || !able.includes(asked)) && first !== undefined) {
        return [{ type, data: Uint8Array.from(AUTHENTICATION[first]) }];
      }
    }
    return [];
  }

  #accept({ type, data }: ControlOption): void {
    if (type === option.mru) this.peerMru = number(data);
    else if (type === option.magic) this.peerMagic = number(data);
    else if (type === option.authentication) this.owed = authenticationOf(data);
    else if (type === option.protocolCompression) this.compressProtocol = true;
    else if (type === option.addressCompression) this.compressAddress = true;
  }

  #newMagic(): number {
    return randomBetween(this.#random, 1, 0xffff_ffff);
  }
}

function authenticationOf(data: Uint8Array): PppAuthentication | undefined {
  const protocol = number(data.subarray(0, 2));
  if (protocol === pppProtocol.pap) return "pap";
  if (protocol !== pppProtocol.chap) return undefined;
  const byAlgorithm: Readonly<Record<number, PppAuthentication>> = { 5: "chap", 128: "msChap", 129: "msChapV2" };
  return byAlgorithm[data[2] ?? 0];
}

function number(data: Uint8Array): number {
  return data.reduce((value, octet) => value * 256 + octet, 0);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 255);
}

export function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}
