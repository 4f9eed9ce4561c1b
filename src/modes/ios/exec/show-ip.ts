/** `show ip …`: routes, access lists, VRFs, sockets, and what of IP is asked for and is not here. */

import type { SessionCounters } from "../../../engine/forwarding.ts";
import { ipv4, mask, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { hostRefusalsText } from "../../common/host-refusals.ts";
import { anyInterface } from "../arguments.ts";
import { accessLists, showAccessLists } from "../show/access-lists.ts";
import { isWithin } from "../show/ip-cef.ts";
import {
  type IpRoute,
  ipRouteSummary,
  ipRoutes,
  showIpRoute,
  showIpRouteSummary,
  showIpRouteTo,
} from "../show/ip-route.ts";
import { ipSockets, showIpSockets } from "../show/ip-sockets.ts";
import { showTcpBrief, tcpConnections } from "../show/tcp.ts";
import { showIpVrf, showVrf, showVrfDetail, vrfs } from "../show/vrf.ts";
import { viewsOf } from "./show-interfaces.ts";
import { ip, print, show } from "./words.ts";

const ARP_HEADING = "Protocol  Address          Age (min)  Hardware Addr   Type   Interface";

const vrfName = [kw("vrf", "VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")] as const;

function noTable(vrf: string | undefined) {
  return { lines: [`% IP routing table ${vrf} does not exist`], ok: false };
}

export const showIpCommands = [
  exec({
    form: [
      show,
      ip,
      kw("route", "IP routing table"),
      opt(...vrfName),
      opt(
        oneOf(
          [
            pick("source", {
              connected: "Connected",
              local: "Addresses of the box",
              static: "Static routes",
              bgp: "Border Gateway Protocol",
              eigrp: "Enhanced Interior Gateway Routing Protocol",
              ospf: "Open Shortest Path First",
              rip: "Routing Information Protocol",
            }),
          ],
          [
            arg("network", ipv4(), "Network to display information about"),
            opt(
              arg("mask", mask(), "Network mask"),
              flag("longer", "longer-prefixes", "Show routes matching the specified prefix only"),
            ),
          ],
        ),
      ),
    ],
    run: ({ snapshot }: ExecContext, { vrf, source, network, mask: length, longer }) => {
      const routes = ipRoutes(snapshot, vrf);
      if (routes === undefined) return noTable(vrf);
      if (network !== undefined && length !== undefined && longer === true) {
        const within = (route: IpRoute): boolean => isWithin(route, network, length);
        return print(showIpRoute(snapshot, vrf, within), routes.filter(within));
      }
      if (network !== undefined) return print(showIpRouteTo(routes, network), routes);
      const wanted = (route: IpRoute): boolean => route.source === (source ?? route.source);
      return print(showIpRoute(snapshot, vrf, wanted), routes.filter(wanted));
    },
  }),
  exec({
    form: [show, ip, kw("route", "IP routing table"), opt(...vrfName), kw("summary", "Summary of all routes")],
    run: ({ snapshot }: ExecContext, { vrf }) => {
      const routes = ipRoutes(snapshot, vrf);
      if (routes === undefined) return noTable(vrf);
      const summary = ipRouteSummary(routes);
      return print(showIpRouteSummary(summary, vrf), summary);
    },
  }),
  ...[[show, ip] as const, [show] as const].map((head) =>
    exec({
      form: [...head, kw("access-lists", "List access lists"), opt(arg("name", word(), "Access list"))],
      run: ({ snapshot }: ExecContext, values) => {
        const lists = accessLists(snapshot, (values as { readonly name?: string }).name);
        return print(showAccessLists(lists), lists);
      },
    }),
  ),
  exec({
    form: [
      show,
      ip,
      kw("vrf", "VPN Routing/Forwarding instance information"),
      opt(pick("style", { brief: "Brief", detail: "Detailed" })),
      opt(arg("name", word(), "VRF name")),
    ],
    run: (context: ExecContext, { style, name }) =>
      vrfAnswer(context, style === "detail" ? showVrfDetail : showIpVrf, name),
  }),
  exec({
    form: [
      show,
      kw("vrf", "VPN Routing/Forwarding instance information"),
      opt(pick("style", { brief: "Brief", detail: "Detailed" })),
      opt(arg("name", word(), "VRF name")),
    ],
    run: (context: ExecContext, { style, name }) =>
      vrfAnswer(context, style === "detail" ? showVrfDetail : showVrf, name),
  }),
  exec({
    form: [show, ip, kw("static", "Static routes"), kw("route", "Static routes"), opt(...vrfName)],
    run: ({ snapshot }: ExecContext, { vrf }) => {
      const routes = ipRoutes(snapshot, vrf);
      if (routes === undefined) return noTable(vrf);
      const fixed = routes.filter(({ source }) => source === "static");
      return print(
        [
          "Codes: M - Manual static, A - AAA download, N - IP NAT, D - DHCP,",
          "",
          ...fixed.map(
            ({ network, length, via, interface: name }) => `M  ${network}/${length} [1/0] via ${via ?? name} [A]`,
          ),
        ],
        fixed,
      );
    },
  }),
  exec({
    form: [
      show,
      ip,
      pick("what", { sockets: "Open IP sockets", udp: "UDP sockets" }),
      flag("detail", "detail", "Everything of each"),
    ],
    run: ({ snapshot }: ExecContext) => {
      const sockets = ipSockets(snapshot);
      return print(showIpSockets(sockets), sockets);
    },
  }),
  exec({
    form: [show, kw("udp", "UDP details"), flag("detail", "detail", "Everything of each")],
    run: ({ snapshot }: ExecContext) => print(showIpSockets(ipSockets(snapshot)), ipSockets(snapshot)),
  }),
  exec({
    form: [
      show,
      kw("tcp", "Status of TCP connections"),
      opt(kw("brief", "Brief display"), flag("all", "all", "Ports that are listened on too")),
    ],
    run: ({ ssh }: ExecContext, { all }) => {
      const connections = tcpConnections(ssh, all === true);
      return print(showTcpBrief(connections), connections);
    },
  }),
  exec({ form: [show, kw("arp", "ARP table"), opt(...vrfName)], run: () => print([ARP_HEADING], []) }),
  exec({
    form: [
      show,
      ip,
      kw("arp", "IP ARP table"),
      opt(oneOf([arg("address", ipv4(), "IP address")], [arg("interface", anyInterface, "Interface")])),
    ],
    run: () => print([ARP_HEADING], []),
  }),
  exec({
    form: [
      show,
      ip,
      kw("protocols", "IP routing protocol process parameters and statistics"),
      flag("summary", "summary", "Summary"),
    ],
    run: () => print(["*** IP Routing is NSF aware ***", ""], []),
  }),
  exec({
    form: [show, ip, kw("traffic", "IP protocol statistics")],
    run: ({ snapshot, hostRefusals }: ExecContext) => {
      const { lineModule, sessions, hostLinks = {} } = snapshot;
      const refused = hostRefusals?.();
      const ways = [...sessions.map(({ counters }) => counters), ...Object.values(hostLinks)];
      const sum = (...fields: readonly (keyof SessionCounters)[]): number =>
        ways.reduce((total, counters) => fields.reduce((more, field) => more + counters[field], total), 0);
      const model = {
        ...lineModule,
        received: sum("rxPackets"),
        sent: sum("txPackets"),
        dropped: sum("rxDiscards", "txDiscards"),
        spoofed: sum("spoofed"),
        filtered: lineModule.filtered + sum("filtered"),
        ...(refused === undefined ? {} : { host: refused }),
      };
      return print(
        [
          "IP statistics:",
          `  Rcvd:  ${model.received} total`,
          `         ${model.malformed} malformed, ${model.spoofed} with a source that is not behind the wire they came by`,
          `  Frags: ${model.reassembled} reassembled, ${model.reassemblyTimeouts} timeouts, ${model.reassemblyFailures} couldn't reassemble`,
          `         ${model.fragmented} fragmented, ${model.fragments} fragments, ${model.fragmentationRefused} couldn't fragment`,
          `  Sent:  ${model.sent} total`,
          `  Drop:  ${model.noRoute} no route, ${model.dropped} discarded, ${model.filtered} by access lists`,
          ...(refused === undefined ? [] : hostRefusalsText(refused).map((text) => `         ${text}`)),
          "",
          "ICMP statistics:",
          `  Sent: ${model.icmpErrors} errors`,
          "",
          "UDP statistics:",
          `  ${model.keepalives} NAT keepalives, ${model.clearRefused} L2TP in the clear refused, ${model.unknownSpi} ESP with an unknown SPI`,
          "",
        ],
        model,
      );
    },
  }),
];

function vrfAnswer(context: ExecContext, render: typeof showVrf, name: string | undefined) {
  const found = vrfs(context.snapshot, context.renderConfiguration(), viewsOf(context));
  const shown = found.filter((vrf) => vrf.name === (name ?? vrf.name));
  if (name !== undefined && shown.length === 0) return { lines: [`% No VRF named ${name}`], ok: false };
  return print(render(shown), shown);
}
