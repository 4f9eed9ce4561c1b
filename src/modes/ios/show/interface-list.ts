/**
 * Every interface that the box shows, in the order in which it shows them: those of the configuration, the virtual-access
 * interfaces with one for each session, the virtual templates. A port here is a UDP socket: what its SAs carried stands for its counters,
 * and what a TUN device carried where it is plugged into the host.
 */

import type { Prefix } from "../../../engine/kernel/address.ts";
import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import { type InterfaceCounts, NOTHING_CARRIED, portTraffic } from "../../common/port-traffic.ts";
import { DEFAULT_LOAD_INTERVAL } from "../../common/rate-meter.ts";
import { configBlocks, valuesOf } from "./config-block.ts";
import { sessionsByInterface } from "./sessions-by-interface.ts";
import { virtualAccess } from "./words.ts";

export interface InterfaceView {
  readonly name: string;
  readonly kind: "port" | "loopback" | "virtualAccess" | "session" | "template";
  readonly shutdown: boolean;
  readonly up: boolean;
  readonly description: string | null;
  readonly address: Prefix | null;
  readonly secondary: readonly Prefix[];
  readonly ipv6: readonly Prefix[];
  readonly unnumbered: { readonly interface: string; readonly address: string | null } | null;
  /** The TUN device of the host that it is plugged into. */
  readonly hostDevice: string | null;
  readonly peerAddress: string | null;
  readonly virtualRouter: string;
  readonly mtu: number;
  readonly bandwidthKilobits: number;
  readonly delayMicroseconds: number;
  /** Over what time rates are averaged, in seconds. */
  readonly loadIntervalSeconds: number;
  readonly accessGroups: { readonly in: string | null; readonly out: string | null };
  readonly cryptoMap: string | null;
  readonly counters: InterfaceCounts;
  /** Seconds since the last packet; `null` = there was none, or nobody knows. */
  readonly idleSeconds: { readonly input: number | null; readonly output: number | null };
  readonly template: string | null;
  readonly session: SessionSnapshot | undefined;
}

const MEDIA: readonly (readonly [RegExp, number, number])[] = [
  [/^Ten/, 10_000_000, 10],
  [/^Gigabit/, 1_000_000, 10],
  [/^Fast/, 100_000, 100],
  [/^Ethernet/, 10_000, 1000],
  [/^Loopback/, 8_000_000, 5000],
  [/^Virtual/, 100_000, 100_000],
];

function mediumOf(name: string): { readonly bandwidthKilobits: number; readonly delayMicroseconds: number } {
  const [, bandwidthKilobits = 100_000, delayMicroseconds = 100] = MEDIA.find(([type]) => type.test(name)) ?? [];
  return { bandwidthKilobits, delayMicroseconds };
}

const ETHERNET_MTU = 1500;
const LOOPBACK_MTU = 1514;

/** `body` is the running configuration, which knows what the engine has no use for: descriptions, bandwidths. */
export function interfaceList(snapshot: Snapshot, body: readonly string[] = []): InterfaceView[] {
  const blocks = new Map(configBlocks(body, "interface").map((block) => [block.name, block]));
  const configured = (name: string) => {
    const block = blocks.get(name) ?? { name, lines: [] };
    const number = (word: string): number | undefined => {
      const [text] = valuesOf(block, word);
      return text === undefined ? undefined : Number(text);
    };
    const groups = valuesOf(block, "ip access-group").map((text) => text.split(" "));
    const group = (direction: string): string | null => groups.find(([, end]) => end === direction)?.[0] ?? null;
    const medium = mediumOf(name);
    return {
      description: valuesOf(block, "description")[0] ?? null,
      mtu: number("mtu"),
      bandwidthKilobits: number("bandwidth") ?? medium.bandwidthKilobits,
      delayMicroseconds: number("delay") === undefined ? medium.delayMicroseconds : 10 * (number("delay") ?? 0),
      loadIntervalSeconds: number("load-interval") ?? DEFAULT_LOAD_INTERVAL,
      accessGroups: { in: group("in"), out: group("out") },
      cryptoMap: valuesOf(block, "crypto map")[0] ?? null,
      isDown: block.lines.includes("shutdown"),
    };
  };
  const virtual = (name: string, kind: InterfaceView["kind"], over: Partial<InterfaceView>): InterfaceView => {
    const { isDown, mtu, ...facts } = configured(name);
    return {
      name,
      kind,
      shutdown: isDown,
      up: false,
      ...facts,
      mtu: mtu ?? ETHERNET_MTU,
      address: null,
      secondary: [],
      ipv6: [],
      unnumbered: null,
      hostDevice: null,
      peerAddress: null,
      virtualRouter: DEFAULT_ROUTER,
      counters: NOTHING_CARRIED,
      idleSeconds: { input: null, output: null },
      template: null,
      session: undefined,
      ...over,
    };
  };
  const templates = snapshot.spec.pppProfiles;
  const traffic = portTraffic(snapshot);
  const sessions = sessionsByInterface(snapshot);
  const under = new Map<number | undefined, Snapshot["connections"]>(
    snapshot.connections.map((connection) => [connection.connection, [connection]]),
  );
  const access =
    templates.length === 0
      ? []
      : [
          virtual("Virtual-Access1", "virtualAccess", {}),
          ...(sessions.length === 0
            ? []
            : [
                virtual("Virtual-Access2", "virtualAccess", {
                  up: true,
                  counters: sumOf(sessions),
                  idleSeconds: idleOf(snapshot, snapshot.connections),
                }),
              ]),
        ];
  return [
    ...ports(snapshot).map((port) =>
      virtual(port.name, port.loopback ? "loopback" : "port", {
        shutdown: !port.enabled,
        up: port.enabled && !port.unplugged,
        address: port.address,
        secondary: port.secondary,
        ipv6: port.ipv6,
        virtualRouter: port.virtualRouter,
        mtu: configured(port.name).mtu ?? (port.loopback ? LOOPBACK_MTU : ETHERNET_MTU),
        hostDevice: port.hostDevice,
        counters: traffic.get(port.name) ?? NOTHING_CARRIED,
        idleSeconds: portIdle(snapshot, port.name, port.hostDevice),
      }),
    ),
    ...access,
    ...sessions.map((session) => {
      const { ppp, pppProfile } = session;
      return virtual(virtualAccess(session.index).long, "session", {
        up: ppp.phase === "network",
        mtu: ppp.peerMru,
        unnumbered: lent(pppProfile),
        peerAddress: ppp.peerAddress ?? null,
        virtualRouter: session.virtualRouter,
        accessGroups: configured(pppProfile?.name ?? "").accessGroups,
        counters: sumOf([session]),
        idleSeconds: idleOf(snapshot, under.get(session.connection) ?? []),
        template: pppProfile?.name ?? null,
        session,
      });
    }),
    ...templates.map((profile) =>
      virtual(profile.name, "template", { unnumbered: lent(profile), virtualRouter: profile.virtualRouter }),
    ),
  ];
}

function lent(profile: SessionSnapshot["pppProfile"]): InterfaceView["unnumbered"] {
  if (profile === undefined) return null;
  return { interface: profile.unnumbered ?? "nothing", address: profile.localAddress ?? null };
}

/** Each interface once, with its primary address, which stands before its secondary ones. */
function ports(snapshot: Snapshot) {
  const found = new Map<string, ReturnType<typeof portOf> & { secondary: Prefix[] }>();
  for (const router of snapshot.spec.virtualRouters) {
    for (const port of router.interfaces) {
      const known = found.get(port.name);
      if (known === undefined) found.set(port.name, { ...portOf(port, router.name), secondary: [] });
      else if (port.address !== undefined) known.secondary.push(port.address);
    }
  }
  return [...found.values()].sort((a, b) => comparePlaces(placeOf(a.name), placeOf(b.name)));
}

/** Interfaces that no slot holds: they come behind the ports. */
const SLOTLESS =
  /^(BDI|BVI|Dialer|Group-Async|Loopback|Multilink|NVI|Null|Port-channel|Tunnel|Virtual|Vlan|nve|overlay|pseudowire)/;

/** Ports by slot and number, those of modules behind those of the box, an interface below a port behind it; the rest by name. */
function placeOf(name: string): readonly (string | number)[] {
  const [, type = "", port = "", below = "-1"] = /^([A-Za-z-]+)([\d/:]*)(?:\.(\d+))?/.exec(name) ?? [];
  const numbers = port.split(/[/:]/).map(Number);
  if (SLOTLESS.test(type)) return [1, type, ...numbers, Number(below)];
  return [0, numbers.length, ...numbers, type, Number(below)];
}

function comparePlaces(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? -1;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

function portOf(port: Snapshot["spec"]["virtualRouters"][number]["interfaces"][number], virtualRouter: string) {
  const { name, enabled, loopback, address = null, ipv6 = [], hostDevice = null, unplugged = false } = port;
  return { name, enabled, loopback, address, ipv6, virtualRouter, hostDevice, unplugged };
}

function sumOf(sessions: readonly SessionSnapshot[]): InterfaceCounts {
  const sum = (field: keyof SessionSnapshot["counters"]): number =>
    sessions.reduce((total, { counters }) => total + counters[field], 0);
  return {
    rxPackets: sum("rxPackets"),
    rxOctets: sum("rxOctets"),
    rxErrors: sum("rxDiscards") + sum("spoofed"),
    txPackets: sum("txPackets"),
    txOctets: sum("txOctets"),
    txErrors: sum("txDiscards"),
  };
}

/** The port as a socket, and as the end of a wire to the host. */
function portIdle(
  { now, ports: counted, hostLinks }: Snapshot,
  name: string,
  device: string | null,
): InterfaceView["idleSeconds"] {
  const ends = [counted?.[name], device === null ? undefined : hostLinks?.[device]];
  const since = (times: readonly (number | undefined)[]): number | null => {
    const last = Math.max(...times.map((at = 0) => at));
    return last === 0 ? null : Math.floor((now - last) / 1000);
  };
  return {
    input: since(ends.map((end) => end?.lastInputAt)),
    output: since(ends.map((end) => end?.lastOutputAt)),
  };
}

/** The SAs know when they were last used. */
function idleOf({ now }: Snapshot, connections: Snapshot["connections"]): InterfaceView["idleSeconds"] {
  const sas = connections.flatMap((connection) => connection.sas);
  const since = (times: readonly number[]): number | null => {
    const last = Math.max(0, ...times);
    return last === 0 ? null : Math.floor((now - last) / 1000);
  };
  return {
    input: since(sas.map(({ inbound }) => inbound.lastUsedAt)),
    output: since(sas.map(({ outbound }) => outbound.lastUsedAt)),
  };
}

/** `administratively down`, `up` or `down`, and the state of the line protocol. */
export function statesOf(view: InterfaceView): readonly [string, string] {
  if (view.shutdown && view.kind !== "template") return ["administratively down", "down"];
  return view.up ? ["up", "up"] : ["down", "down"];
}

/** The view without the session behind it, for `| json`. */
export function interfaceModel(views: readonly InterfaceView[]) {
  return views.map(({ session, ...view }) => view);
}
