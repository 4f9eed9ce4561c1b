/**
 * Two ends of L2TP for tests: whole machines that meet over a simulated link with delay, loss, duplication and
 * reordering, and a scripted peer that speaks to an LNS message by message.
 */

import { newSessionCounters } from "../../../src/engine/counters.ts";
import type { L2tpPath } from "../../../src/engine/forwarding.ts";
import { sameEndpoint } from "../../../src/engine/kernel/address.ts";
import { fieldsOf, type LogEvent } from "../../../src/engine/kernel/log.ts";
import type { Millis } from "../../../src/engine/kernel/machine.ts";
import { randomBetween } from "../../../src/engine/kernel/random.ts";
import type { L2tpInput, L2tpOutput, LacPlan, TunnelView } from "../../../src/engine/l2tp/events.ts";
import { L2tpMachine } from "../../../src/engine/l2tp/l2tp.ts";
import type { L2tpSystemSpec, LnsProfileSpec } from "../../../src/engine/l2tp-spec.ts";
import type { AvpValues } from "../../../src/engine/wire/l2tp-avp.ts";
import { decodeL2tpControl, encodeL2tpControl } from "../../../src/engine/wire/l2tp-control.ts";
import { decodeControlBody, encodeControlBody, type MessageName } from "../../../src/engine/wire/l2tp-message.ts";
import { seededRandom } from "../../support/random.ts";

export const SYSTEM: L2tpSystemSpec = {
  enabled: true,
  idleTimeoutSeconds: 60,
  destructTimeoutSeconds: 600,
  retransmitRetriesEstablished: 5,
  retransmitRetriesNotEstablished: 5,
  retransmitTimeoutSeconds: { min: 1, max: 8 },
  ignoreUdpChecksums: false,
};

export const PROFILE: LnsProfileSpec = {
  name: "boston4",
  virtualRouter: "default",
  remote: { address: "0.0.0.0", length: 0 },
  remoteHostName: undefined,
  localAddress: undefined,
  localHostName: "lns1",
  tunnelPassword: undefined,
  tunnelAuthentication: false,
  transport: "either",
  singleShot: false,
  helloSeconds: 0,
  receiveWindow: 4,
  pppProfile: "georgeProfile1",
  maxSessions: undefined,
  resultCodeOverride: false,
  disconnectCause: false,
};

const PLAN: LacPlan = {
  hostName: "client1",
  vendorName: "Microsoft",
  firmwareRevision: 0x0500,
  assignedTunnelId: 1,
  framingCapabilities: 1,
  bearerCapabilities: 0,
  receiveWindow: 8,
  tunnelPassword: undefined,
};

export function pathOf(overrides: Partial<L2tpPath> = {}): L2tpPath {
  return {
    virtualRouter: "default",
    local: { address: "10.0.0.1", port: 1701 },
    remote: { address: "192.0.2.7", port: 1701 },
    connection: undefined,
    ...overrides,
  };
}

/** The same path from the other end. */
function turned(path: L2tpPath): L2tpPath {
  return { ...path, local: path.remote, remote: path.local };
}

/** A machine with its outputs sorted: what it sends, and what else it says. */
export class End {
  readonly machine: L2tpMachine;
  readonly events: Exclude<L2tpOutput, { type: "send" }>[] = [];
  readonly log: LogEvent[] = [];
  readonly sent: { readonly path: L2tpPath; readonly bytes: Uint8Array }[] = [];
  /** The types of all outputs, in their order. */
  readonly order: string[] = [];
  #nextSession: number;

  constructor(seed: number, firstSession: number, packetsFrom: () => number = () => 0) {
    this.#nextSession = firstSession;
    this.machine = new L2tpMachine({
      random: seededRandom(seed),
      log: (category, severity, text, said) => void this.log.push({ category, severity, text, fields: fieldsOf(said) }),
      allocateSession: () => this.#nextSession++,
      carriedBy: () => ({ ...newSessionCounters(), rxPackets: packetsFrom() }),
    });
  }

  input(input: L2tpInput, now: Millis): void {
    this.machine.handleInput(input, now);
    this.drain();
  }

  drain(): void {
    for (let output = this.machine.pollOutput(); output !== undefined; output = this.machine.pollOutput()) {
      this.order.push(output.type);
      if (output.type === "send") this.sent.push(output);
      else this.events.push(output);
    }
  }

  /** Fires every deadline up to `until`; the time it stopped at. */
  run(from: Millis, until: Millis): void {
    let now = from;
    for (;;) {
      const next = this.machine.pollTimeout();
      if (next === undefined || next.at > until) return;
      now = Math.max(now, next.at);
      this.machine.handleTimeout(now);
      this.drain();
    }
  }

  types(): readonly string[] {
    return this.events.map((event) => event.type);
  }

  event<Type extends L2tpOutput["type"]>(type: Type): Extract<L2tpOutput, { type: Type }> | undefined {
    return this.events.find((event) => event.type === type) as Extract<L2tpOutput, { type: Type }> | undefined;
  }

  tunnels(now: Millis): readonly TunnelView[] {
    return this.machine.view(now).tunnels;
  }
}

export interface LinkPlan {
  readonly seed?: number;
  readonly delay?: { readonly min: number; readonly max: number };
  /** In a thousand. */
  readonly loss?: number;
  readonly duplication?: number;
}

export const LAC_SESSION = 7001;

/** A LAC and an LNS over a link. */
export class Pair {
  readonly lac: End;
  readonly lns: End;
  readonly path: L2tpPath;
  now: Millis = 1000;
  /** Set to cut the link. */
  cut = false;
  readonly #link: LinkPlan;
  readonly #random;
  #flying: { readonly at: Millis; readonly to: End; readonly path: L2tpPath; readonly bytes: Uint8Array }[] = [];

  constructor(
    options: {
      readonly profile?: Partial<LnsProfileSpec>;
      readonly system?: Partial<L2tpSystemSpec>;
      readonly path?: Partial<L2tpPath>;
      readonly link?: LinkPlan;
    } = {},
  ) {
    this.#link = options.link ?? {};
    this.#random = seededRandom(this.#link.seed ?? 1);
    this.lac = new End(11 + (this.#link.seed ?? 0), LAC_SESSION + 1);
    this.lns = new End(23 + (this.#link.seed ?? 0), 1);
    this.path = pathOf(options.path);
    this.configure([{ ...PROFILE, ...options.profile }], options.system);
  }

  configure(profiles: readonly LnsProfileSpec[], system: Partial<L2tpSystemSpec> = {}): void {
    this.lns.input({ type: "configure", configuration: { system: { ...SYSTEM, ...system }, profiles } }, this.now);
    this.#launch();
  }

  open(plan: Partial<LacPlan> = {}): void {
    const path = turned(this.path);
    this.lac.input({ type: "open", path, session: LAC_SESSION, plan: { ...PLAN, ...plan } }, this.now);
    this.#launch();
  }

  input(end: End, input: L2tpInput): void {
    end.input(input, this.now);
    this.#launch();
  }

  /** Lets time pass. */
  run(millis: Millis): void {
    const until = this.now + millis;
    for (;;) {
      const timeouts = [this.lac, this.lns].map((end) => end.machine.pollTimeout()?.at ?? Number.POSITIVE_INFINITY);
      const next = Math.min(...timeouts, ...this.#flying.map((packet) => packet.at));
      if (next > until) break;
      this.now = Math.max(this.now, next);
      const landed = this.#flying.filter((packet) => packet.at <= this.now);
      this.#flying = this.#flying.filter((packet) => packet.at > this.now);
      for (const { to, path, bytes } of landed) to.input({ type: "control", path, bytes }, this.now);
      for (const end of [this.lac, this.lns]) {
        end.machine.handleTimeout(this.now);
        end.drain();
      }
      this.#launch();
    }
    this.now = until;
  }

  #launch(): void {
    for (const [from, to] of [
      [this.lac, this.lns],
      [this.lns, this.lac],
    ] as const) {
      for (const { path, bytes } of from.sent.splice(0)) {
        if (this.cut) continue;
        const copies = this.#happens(this.#link.duplication) ? 2 : 1;
        for (let i = 0; i < copies; i += 1) {
          if (this.#happens(this.#link.loss)) continue;
          const { min, max } = this.#link.delay ?? { min: 10, max: 10 };
          const at = this.now + randomBetween(this.#random, min, max);
          this.#flying.push({ at, to, path: turned(path), bytes });
        }
      }
    }
  }

  #happens(perMille = 0): boolean {
    return perMille > 0 && randomBetween(this.#random, 1, 1000) <= perMille;
  }
}

export interface Seen {
  readonly name: MessageName | "zlb" | undefined;
  readonly tunnelId: number;
  readonly sessionId: number;
  readonly ns: number;
  readonly nr: number;
  readonly values: AvpValues;
}

function see(bytes: Uint8Array): Seen {
  const { header, body } = decodeL2tpControl(bytes);
  const { name, values } = decodeControlBody(body);
  const { tunnelId, sessionId, ns, nr } = header;
  return { name: body.length === 0 ? "zlb" : name, tunnelId, sessionId, ns, nr, values };
}

/** A peer that is played by the test: it says what it is told to, and numbers it. */
export class ScriptedPeer {
  readonly lns: End;
  path: L2tpPath;
  now: Millis = 1000;
  ns = 0;
  nr = 0;
  /** The LNS's tunnel identifier, once SCCRP told it. */
  lnsTunnelId = 0;
  readonly tunnelId: number;
  #read: number;

  constructor(lns: End, options: { readonly path?: L2tpPath; readonly tunnelId?: number } = {}) {
    this.lns = lns;
    this.path = options.path ?? pathOf();
    this.tunnelId = options.tunnelId ?? 1;
    this.#read = lns.sent.length;
  }

  /** What the LNS sent to this peer since the last call, or since the peer was made. */
  hear(): readonly Seen[] {
    const { remote, connection } = this.path;
    const heard = this.lns.sent
      .slice(this.#read)
      .filter(({ path }) => sameEndpoint(path.remote, remote) && path.connection === connection)
      .map(({ bytes }) => see(bytes))
      .filter((seen) => seen.tunnelId === this.tunnelId);
    this.#read = this.lns.sent.length;
    for (const seen of heard) {
      if (seen.name !== "zlb" && seen.ns === this.nr) this.nr = (this.nr + 1) & 0xffff;
      if (seen.name === "sccrp") this.lnsTunnelId = seen.values.assignedTunnelId ?? 0;
    }
    return heard;
  }

  raw(bytes: Uint8Array): readonly Seen[] {
    this.lns.input({ type: "control", path: this.path, bytes }, this.now);
    return this.hear();
  }

  /** A numbered message with any body. */
  body(body: Uint8Array, sessionId = 0, tunnelId = this.lnsTunnelId): readonly Seen[] {
    const bytes = encodeL2tpControl({ tunnelId, sessionId, ns: this.ns, nr: this.nr }, body);
    this.ns = (this.ns + 1) & 0xffff;
    return this.raw(bytes);
  }

  say(name: MessageName, values: Omit<AvpValues, "messageType"> = {}, sessionId = 0): readonly Seen[] {
    return this.body(encodeControlBody(name, values), sessionId);
  }

  zlb(): readonly Seen[] {
    return this.raw(encodeL2tpControl({ tunnelId: this.lnsTunnelId, sessionId: 0, ns: this.ns, nr: this.nr }));
  }

  /** Fires the LNS's deadlines for a while. */
  wait(millis: Millis): readonly Seen[] {
    this.lns.run(this.now, this.now + millis);
    this.now += millis;
    return this.hear();
  }

  request(values: Omit<AvpValues, "messageType"> = {}): readonly Seen[] {
    const said = {
      protocolVersion: 0x0100,
      framingCapabilities: 3,
      hostName: "anonymous",
      assignedTunnelId: this.tunnelId,
      receiveWindowSize: 4,
      ...values,
    };
    return this.body(encodeControlBody("sccrq", said), 0, 0);
  }

  /** SCCRQ to SCCCN. */
  establish(values: Omit<AvpValues, "messageType"> = {}): void {
    this.request(values);
    this.say("scccn");
  }

  /** ICRQ to ICCN; our session as the LNS knows it. */
  call(assignedSessionId = 1): number {
    const icrp = this.say("icrq", { assignedSessionId, callSerialNumber: 1 }).find((seen) => seen.name === "icrp");
    const session = icrp?.values.assignedSessionId ?? 0;
    this.say("iccn", { txConnectSpeed: 100_000_000, framingType: 1 }, session);
    return session;
  }

  view(): TunnelView | undefined {
    return this.lns.tunnels(this.now)[0];
  }
}

export function lnsWith(profile: Partial<LnsProfileSpec> = {}, system: Partial<L2tpSystemSpec> = {}, seed = 5): End {
  const lns = new End(seed, 1);
  const configuration = { system: { ...SYSTEM, ...system }, profiles: [{ ...PROFILE, ...profile }] };
  lns.input({ type: "configure", configuration }, 0);
  return lns;
}
