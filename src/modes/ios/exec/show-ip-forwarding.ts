/** `show ip cef`, `show protocols`, and other views of the addresses and ports of the box. */

import { ipv4, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { onClock } from "../../common/civil-time.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { civilTime } from "../log-style.ts";
import { accessLists, showAccessLists } from "../show/access-lists.ts";
import { interfaceModel, statesOf } from "../show/interface-list.ts";
import { cefEntries, cefEntryFor, showCefEntry, showCefSummary, showIpCef } from "../show/ip-cef.ts";
import { ipSockets } from "../show/ip-sockets.ts";
import { objectGroups, showObjectGroups } from "../show/object-group.ts";
import { showTimeRanges, timeRanges } from "../show/time-range.ts";
import { vrfs } from "../show/vrf.ts";
import { viewsOf } from "./show-interfaces.ts";
import { ip, print, refused, show } from "./words.ts";

const port = arg("interface", anyInterface, "Interface");

function isOff(context: ExecContext): boolean {
  return context.renderConfiguration().includes("no ip cef");
}

export const showForwardingCommands = [
  exec({
    form: [show, kw("time-range", "Time range"), opt(arg("name", word(), "Name of the time range"))],
    run: ({ chassis, clock, renderConfiguration }: ExecContext, { name }) => {
      const ranges = timeRanges(renderConfiguration(), onClock(civilTime(chassis), clock.now), name);
      return print(showTimeRanges(ranges), ranges);
    },
  }),
  exec({
    form: [
      show,
      kw("object-group", "Object groups"),
      opt(kw("name", "One group"), arg("name", word(), "Name of the group")),
    ],
    run: ({ chassis }: ExecContext, { name }) => {
      const groups = objectGroups(chassis, name);
      return print(showObjectGroups(groups), groups);
    },
  }),
  exec({
    form: [
      show,
      ip,
      kw("cef", "Cisco Express Forwarding"),
      opt(kw("vrf", "VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
      opt(
        oneOf(
          [pick("style", { detail: "Every entry in detail", summary: "Number of entries" })],
          [arg("address", ipv4(), "Address to look up")],
        ),
      ),
    ],
    run: (context: ExecContext, { vrf, style, address }) => {
      if (isOff(context)) return print(["%CEF not running"], []);
      const entries = cefEntries(context.snapshot, vrf);
      if (entries === undefined) return refused(`% IP routing table ${vrf} does not exist`);
      if (style === "summary") return print(showCefSummary(entries, vrf), entries);
      if (style === "detail")
        return print([...showCefSummary(entries, vrf), ...entries.flatMap(showCefEntry)], entries);
      if (address === undefined) return print(showIpCef(entries), entries);
      const entry = cefEntryFor(entries, address);
      return entry === undefined ? print(["%Prefix not found"], []) : print(showCefEntry(entry), [entry]);
    },
  }),
  exec({
    form: [show, ip, kw("aliases", "IP alias table")],
    run: ({ snapshot }: ExecContext) => {
      const own = snapshot.spec.virtualRouters.flatMap(({ interfaces }) =>
        interfaces.flatMap(({ name, address }) => (address === undefined ? [] : [{ address: address.address, name }])),
      );
      return print(
        [
          "Address Type             IP Address      Port",
          ...own.map(({ address }) => `${"Interface".padEnd(24)} ${address}`),
        ],
        own,
      );
    },
  }),
  exec({
    form: [show, kw("protocols", "Active network routing protocols"), opt(port)],
    run: (context: ExecContext, { interface: name }) => {
      const views = viewsOf(context, name === undefined ? undefined : nameOf(name));
      if (views.length === 0 && name !== undefined) return refused(`% Interface ${nameOf(name)} does not exist`);
      const lines = views.flatMap((view) => {
        const [status, protocol] = statesOf(view);
        const { address, unnumbered } = view;
        return [
          `${view.name} is ${status}, line protocol is ${protocol}`,
          ...(address === null ? [] : [`  Internet address is ${address.address}/${address.length}`]),
          ...(unnumbered === null
            ? []
            : [
                `  Interface is unnumbered. Using address of ${unnumbered.interface} (${unnumbered.address ?? "0.0.0.0"})`,
              ]),
        ];
      });
      const head = name === undefined ? ["Global values:", "  Internet Protocol routing is enabled"] : [];
      return print([...head, ...lines], interfaceModel(views));
    },
  }),
  exec({
    form: [show, ip, kw("access-lists", "List access lists"), kw("interface", "Lists of an interface"), port],
    run: (context: ExecContext, { interface: name }) => {
      const [view] = viewsOf(context, nameOf(name));
      if (view === undefined) return refused(`% Interface ${nameOf(name)} does not exist`);
      const { in: inbound, out: outbound } = view.accessGroups;
      const named = (list: string | null) => (list === null ? [] : accessLists(context.snapshot, list));
      const both = { in: named(inbound), out: named(outbound) };
      return print(
        [...both.in.flatMap((list) => headed(list, "in")), ...both.out.flatMap((list) => headed(list, "out"))],
        both,
      );
    },
  }),
  exec({
    form: [
      show,
      ip,
      kw("vrf", "VPN Routing/Forwarding instance information"),
      kw("interfaces", "Interfaces of VRFs"),
      opt(arg("name", word(), "VRF name")),
    ],
    run: (context: ExecContext, { name }) => vrfInterfaces(context, name),
  }),
  exec({
    form: [
      show,
      kw("vrf", "VPN Routing/Forwarding instance information"),
      kw("ipv4", "IPv4"),
      kw("interfaces", "Interfaces of VRFs"),
      opt(arg("name", word(), "VRF name")),
    ],
    run: (context: ExecContext, { name }) => vrfInterfaces(context, name),
  }),
  exec({
    form: [
      show,
      kw("control-plane", "Control plane"),
      kw("host", "Of the box itself"),
      kw("open-ports", "Ports that are listened on"),
    ],
    run: ({ snapshot, ssh }: ExecContext) => {
      const sockets = ipSockets(snapshot).map(({ address, port: number }) => ({
        protocol: "udp",
        address,
        port: number,
      }));
      const row = (cells: readonly [string, string, string, string, string]): string => {
        const [protocol, local, remote, service, state] = cells;
        return `${protocol.padStart(4)} ${local.padStart(24)} ${remote.padStart(24)} ${service.padStart(19)} ${state.padStart(8)}`;
      };
      return print(
        [
          "Active internet connections (servers and established)",
          row(["Prot", "Local Address", "Foreign Address", "Service", "State"]),
          ...sockets.map(({ protocol, address, port: number }) =>
            row([protocol, `${address}:${number}`, "*:0", SERVICES[number] ?? "", "LISTEN"]),
          ),
          ...(ssh === undefined ? [] : [row(["tcp", `${ssh.address}:${ssh.port}`, "*:0", "SSH-Server", "LISTEN"])]),
          "",
        ],
        sockets,
      );
    },
  }),
  exec({
    form: [show, kw("arp", "ARP table"), kw("summary", "Number of entries")],
    run: () => print(["Total number of entries in the ARP table: 0."], { entries: 0 }),
  }),
  exec({
    form: [show, ip, kw("name-server", "Name servers"), flag("all", "all", "Every one")],
    run: (context: ExecContext) => {
      const servers = context
        .renderConfiguration()
        .flatMap((line) => /^ip name-server (?:vrf \S+ )?(.*)/.exec(line)?.[1]?.split(" ") ?? []);
      return print(servers, servers);
    },
  }),
];

const SERVICES: Readonly<Record<number, string>> = { 500: "ISAKMP", 1701: "L2TP", 4500: "ISAKMP" };

function headed(list: ReturnType<typeof accessLists>[number], direction: string): string[] {
  const [head = "", ...entries] = showAccessLists([list]);
  return [`${head} ${direction}`, ...entries];
}

function vrfInterfaces(context: ExecContext, name: string | undefined) {
  const views = viewsOf(context);
  const found = vrfs(context.snapshot, context.renderConfiguration(), views).filter(
    (vrf) => vrf.name === (name ?? vrf.name),
  );
  if (name !== undefined && found.length === 0) return refused(`% No VRF named ${name}`);
  const rows = views.flatMap((view) => {
    if (!found.some((vrf) => vrf.name === view.virtualRouter)) return [];
    const address = view.address?.address ?? view.unnumbered?.address ?? "unassigned";
    return [{ interface: view.name, address, vrf: view.virtualRouter, protocol: statesOf(view)[1] }];
  });
  return print(
    [
      "Interface              IP-Address      VRF                              Protocol",
      ...rows.map(
        (row) => `${row.interface.padEnd(22)} ${row.address.padEnd(15)} ${row.vrf.padEnd(32)} ${row.protocol}`,
      ),
    ],
    rows,
  );
}
