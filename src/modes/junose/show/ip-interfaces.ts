/**
 * `show ip interface` and `show interfaces`: the configured interfaces of a virtual router, whose packets the host carries and
 * counts unless they are plugged into it, and the interface of each remote user, whose packets are counted here.
 */

import type { SessionCounters } from "../../../engine/forwarding.ts";
import { ipv4FromNumber, maskOf } from "../../../engine/kernel/address.ts";
import { interfaceText } from "../../../grammar/arguments.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { Interfaces } from "../compile/configuration.ts";
import { stated } from "../compile/standing.ts";
import { sessionNames } from "./l2tp-names.ts";
import { found, placed } from "./text.ts";

export interface IpInterface {
  readonly name: string;
  readonly up: boolean;
  readonly address: string | undefined;
  readonly prefixLength: number | undefined;
  /** The interface that lends its address, with that address. */
  readonly unnumbered: { readonly interface: string; readonly address: string | undefined } | undefined;
  readonly peerAddress: string | undefined;
  readonly operationalMtu: number;
  /** 0 = not configured. */
  readonly administrativeMtu: number;
  readonly description: string | undefined;
  /** Absent where the host counts. */
  readonly counters: Readonly<SessionCounters> | undefined;
  /** The TUN device of the host that it is plugged into. */
  readonly hostDevice: string | undefined;
  /** Its device is not there. */
  readonly unplugged: boolean;
}

const LINK_MTU = 1500;

/** Configured ones first, then those of users by their names. */
export function ipInterfaces(context: ExecContext): IpInterface[] {
  return [...configured(context), ...dynamic(context)];
}

function configured(context: ExecContext): IpInterface[] {
  const { snapshot, virtualRouter } = context;
  const specs = snapshot.spec.virtualRouters.find((router) => router.name === virtualRouter)?.interfaces ?? [];
  const addressOf = (name: string): string | undefined => specs.find((one) => one.name === name)?.address?.address;
  return new Interfaces(context).of(virtualRouter).map(({ tree, node, name, commands }) => {
    const spec = specs.find((one) => one.name === name);
    const lender = stated(tree, commands.unnumbered, node)?.interface;
    const mtu = stated(tree, commands.mtu, node)?.octets;
    return {
      name,
      up: spec?.enabled === true && !spec.unplugged,
      unplugged: spec?.unplugged === true,
      address: spec?.address?.address,
      prefixLength: spec?.address?.length,
      unnumbered:
        lender === undefined
          ? undefined
          : { interface: interfaceText(lender, " "), address: addressOf(interfaceText(lender, " ")) },
      peerAddress: undefined,
      operationalMtu: mtu ?? LINK_MTU,
      administrativeMtu: mtu ?? 0,
      description: unquoted(
        stated(tree, commands.ipDescription, node)?.text ?? stated(tree, commands.description, node)?.text,
      ),
      counters: spec?.hostDevice === undefined ? undefined : snapshot.hostLinks?.[spec.hostDevice],
      hostDevice: spec?.hostDevice,
    };
  });
}

function dynamic(context: ExecContext): IpInterface[] {
  const { snapshot } = context;
  const names = sessionNames(snapshot);
  return snapshot.sessions
    .filter((session) => session.virtualRouter === context.virtualRouter)
    .map((session) => {
      const lender = session.pppProfile?.unnumbered;
      const address = session.ppp.localAddress ?? session.pppProfile?.localAddress;
      return {
        name: `l2tp ${names.get(session.session) ?? session.session}`,
        up: session.ppp.ipcp === "opened",
        address: lender === undefined ? address : undefined,
        prefixLength: lender === undefined ? 32 : undefined,
        unnumbered: lender === undefined ? undefined : { interface: lender, address },
        peerAddress: session.ppp.peerAddress,
        operationalMtu: session.mtu,
        administrativeMtu: session.pppProfile?.ipMtu ?? 0,
        description: undefined,
        counters: session.counters,
        hostDevice: undefined,
        unplugged: false,
      };
    });
}

type IpView = "brief" | "full" | "summary";

const BRIEF = [0, 22, 42, 50, 60];

export function showIpInterfaces(context: ExecContext, view: IpView, name: string | undefined): ExecResult {
  const all = ipInterfaces(context).filter((one) => name === undefined || one.name === name);
  if (name !== undefined && all.length === 0) return { ok: false, lines: [`% Interface ${name} does not exist`] };
  if (view === "summary") {
    const up = all.filter((one) => one.up).length;
    const counts = { total: all.length, up, down: all.length - up };
    return {
      lines: [`${found(all.length, "IP interface")}: ${counts.up} up, ${counts.down} down`],
      model: counts,
    };
  }
  if (view === "full")
    return { lines: all.flatMap((one, index) => [...(index === 0 ? [] : [""]), ...interfaceLines(one)]), model: all };
  return {
    lines: [
      placed(BRIEF, ["Interface", "IP-Address", "Status", "Protocol", "Description"]),
      placed(BRIEF, ["--------------------", "------------------", "------", "--------", "-----------"]),
      ...all.map((one) =>
        placed(BRIEF, [oneWord(one.name), addressText(one), upDown(one), upDown(one), one.description ?? ""]),
      ),
    ],
    model: all,
  };
}

function upDown({ up }: IpInterface): string {
  return up ? "up" : "down";
}

function addressText({ address, prefixLength, unnumbered }: IpInterface): string {
  if (address !== undefined) return `${address}/${prefixLength}`;
  return unnumbered === undefined ? "none" : "unnumbered";
}

/** As listings of the box have it and programs look for it: a single word. A user's is named as it is typed. */
export function oneWord(name: string): string {
  return name.startsWith("l2tp ") ? name : name.replace(" ", "");
}

/** What lies below IP stands between the name and its state, where there is something. */
const LINE_PROTOCOLS: readonly (readonly [front: RegExp, protocol: string])[] = [
  [/^(?:fast|gigabit|tenGigabit)Ethernet/, " Ethernet"],
  [/^atm/, " Atm1483"],
  [/^(?:l2tp|pos|serial)/, " Ppp"],
];

function headOf({ name }: IpInterface): string {
  const protocol = LINE_PROTOCOLS.find(([front]) => front.test(name))?.[1] ?? "";
  return `${oneWord(name)} line protocol${protocol}`;
}

function interfaceLines(one: IpInterface): string[] {
  const { address, prefixLength, unnumbered, peerAddress, counters } = one;
  const state = upDown(one);
  return [
    `${headOf(one)} is ${state}, ip is ${state}`,
    `  Description: ${one.description ?? ""}`.trimEnd(),
    "  Network Protocols: IP",
    ...(unnumbered === undefined
      ? []
      : [
          `  Unnumbered Interface on ${oneWord(unnumbered.interface)}`,
          `    ( IP address  ${unnumbered.address ?? "none"} )`,
        ]),
    ...(address === undefined ? [] : [`  Internet address is ${address}/${ipv4FromNumber(maskOf(prefixLength ?? 0))}`]),
    ...(address === undefined ? [] : ["  Broadcast address is 255.255.255.255"]),
    `  Operational MTU = ${one.operationalMtu}  Administrative MTU = ${one.administrativeMtu}`,
    ...(peerAddress === undefined ? [] : [`  Peer address is ${peerAddress}`]),
    ...(counters === undefined ? ["  Packets are carried and counted by the host"] : counterLines(counters)),
  ];
}

function counterLines(counters: Readonly<SessionCounters>): string[] {
  return [
    `  In Received Packets ${counters.rxPackets}, Bytes ${counters.rxOctets}`,
    `  In Invalid Source Address Packets ${counters.spoofed}`,
    `  In Discarded Packets ${counters.rxDiscards}`,
    `  Out Forwarded Packets ${counters.txPackets}, Bytes ${counters.txOctets}`,
    `  Out Discarded Packets ${counters.txDiscards}`,
    `  Filtered Packets ${counters.filtered}`,
  ];
}

function hardwareOf({ counters, hostDevice }: IpInterface): string {
  if (hostDevice !== undefined) return `TUN device ${hostDevice} of the host`;
  return counters === undefined ? "the host's" : "L2TP, dynamic";
}

/** The layer below IP. */
export function showInterfaces(context: ExecContext, view: "brief" | "full", name: string | undefined): ExecResult {
  const all = ipInterfaces(context).filter((one) => name === undefined || one.name === name);
  if (name !== undefined && all.length === 0) return { ok: false, lines: [`% Interface ${name} does not exist`] };
  const lines = all.flatMap((one) => [
    `${oneWord(one.name)} is ${one.up ? "Up" : "Down"}, Administrative status is ${one.up || one.unplugged || one.counters !== undefined ? "Up" : "Down"}`,
    ...(view === "brief"
      ? []
      : [
          ...(one.description === undefined ? [] : [`  Description: ${one.description}`]),
          `  Hardware is ${hardwareOf(one)}`,
          `  MTU: Operational ${one.operationalMtu}, Administrative ${one.administrativeMtu}`,
          ...(one.counters === undefined
            ? []
            : [
                `  In: Bytes ${one.counters.rxOctets}, Packets ${one.counters.rxPackets}, Discards ${one.counters.rxDiscards}`,
                `  Out: Bytes ${one.counters.txOctets}, Packets ${one.counters.txPackets}, Discards ${one.counters.txDiscards}`,
              ]),
        ]),
  ]);
  return { lines: lines.length === 0 ? [found(0, "interface")] : lines, model: all };
}

/** A text as it was meant: the marks around it are the command line's. */
function unquoted(text: string | undefined): string | undefined {
  return text?.replace(/^"(.*)"$/, "$1");
}
