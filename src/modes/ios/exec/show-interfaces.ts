/** `show interfaces …` and `show ip interface …`. */

import { uint } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { portTraffic } from "../../common/port-traffic.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { derivedBlock } from "../show/derived-config.ts";
import { type InterfaceView, interfaceList, interfaceModel } from "../show/interface-list.ts";
import {
  type ClearedAgo,
  NO_RATES,
  type RatesOf,
  showInterfaceAccounting,
  showInterfaceCounters,
  showInterfaceDescriptions,
  showInterfaceStats,
  showInterfaceStatus,
  showInterfaceSummary,
  showInterfaces,
  showIpInterfaceBrief,
} from "../show/interfaces.ts";
import { showIpInterface } from "../show/ip-interface.ts";
import { showIpv6Interface, showIpv6InterfaceBrief } from "../show/ipv6-interface.ts";
import { clearedMark, INTERFACE_MARKS } from "./counter-marks.ts";
import { ip, ipv6, print, refused, show } from "./words.ts";

const interfaces = kw("interfaces", "Interface status and configuration");
const port = arg("interface", anyInterface, "Interface");

/** Every interface, or the one that was named; counters run from where they were last cleared. */
export function viewsOf(context: ExecContext, name?: string): InterfaceView[] {
  const snapshot = context.baselines.since(INTERFACE_MARKS, context.snapshot);
  return interfaceList(snapshot, context.renderConfiguration()).filter((view) => view.name === (name ?? view.name));
}

function clearedAgoOf(context: ExecContext): ClearedAgo {
  return (view) => {
    const at = context.baselines.setAt(clearedMark(view.name));
    return at === undefined ? undefined : context.snapshot.now - at;
  };
}

function ratesOf({ rates, snapshot }: ExecContext): RatesOf {
  rates?.sample(snapshot.now, portTraffic(snapshot));
  return ({ name, loadIntervalSeconds }) => rates?.rates(name, loadIntervalSeconds) ?? NO_RATES;
}

const PARTS = {
  accounting: showInterfaceAccounting,
  counters: showInterfaceCounters,
  description: showInterfaceDescriptions,
  stats: showInterfaceStats,
  status: showInterfaceStatus,
} as const;

const parts = pick("part", {
  accounting: "Show interface accounting",
  counters: "Show interface counters",
  description: "Show interface description",
  stats: "Show interface packets & octets, in & out, by switching path",
  status: "Show interface line status",
  summary: "Show interface summary",
});

export const showInterfaceCommands = [
  exec({
    form: [show, interfaces, opt(port), opt(parts), opt(pick("errors", { errors: "Show error counters" }))],
    run: (context: ExecContext, { interface: name, part, errors }) => {
      const views = viewsOf(context, name === undefined ? undefined : nameOf(name));
      if (views.length === 0 && name !== undefined) return notThere(nameOf(name));
      const rates = ratesOf(context);
      const model = interfaceModel(views).map((one, index) => {
        const view = views[index];
        return view === undefined || view.kind === "session" ? one : { ...one, rates: rates(view) };
      });
      if (part === undefined) return print(showInterfaces(views, clearedAgoOf(context), rates), model);
      if (part === "summary") return print(showInterfaceSummary(views, rates), model);
      return print(PARTS[part](views, errors !== undefined), model);
    },
  }),
  exec({
    form: [show, ip, kw("interface", "IP interface status and configuration"), opt(port)],
    run: (context: ExecContext, { interface: name }) => {
      const views = viewsOf(context, name === undefined ? undefined : nameOf(name));
      if (views.length === 0 && name !== undefined) return notThere(nameOf(name));
      return print(showIpInterface(views), interfaceModel(views));
    },
  }),
  exec({
    form: [
      show,
      ip,
      kw("interface", "IP interface status and configuration"),
      opt(port),
      kw("brief", "Brief summary of IP status and configuration"),
    ],
    run: (context: ExecContext, { interface: name }) => {
      const views = viewsOf(context, name === undefined ? undefined : nameOf(name));
      return print(showIpInterfaceBrief(views), interfaceModel(views));
    },
  }),
  exec({
    form: [show, ipv6, kw("interface", "IPv6 interface status and configuration"), opt(port)],
    run: (context: ExecContext, { interface: name }) => {
      const views = viewsOf(context, name === undefined ? undefined : nameOf(name));
      if (views.length === 0 && name !== undefined) return notThere(nameOf(name));
      return print(showIpv6Interface(views), interfaceModel(views));
    },
  }),
  exec({
    form: [
      show,
      ipv6,
      kw("interface", "IPv6 interface status and configuration"),
      opt(port),
      kw("brief", "Brief summary of IPv6 status and configuration"),
    ],
    run: (context: ExecContext, { interface: name }) => {
      const views = viewsOf(context, name === undefined ? undefined : nameOf(name));
      return print(showIpv6InterfaceBrief(views), interfaceModel(views));
    },
  }),
  exec({
    form: [show, interfaces, port, kw("configuration", "What a virtual-access interface was made with")],
    run: (context: ExecContext, { interface: name }) => {
      const [view] = viewsOf(context, nameOf(name));
      if (view === undefined) return notThere(nameOf(name));
      if (view.template === null) return refused(`% ${view.name} is not a virtual-access interface in use`);
      const block = derivedBlock(view, context.renderConfiguration());
      return print(
        [`${view.name} is a VPDN link (sub)interface, cloned from ${view.template}`, "!", ...block, "end", ""],
        { interface: view.name, template: view.template, lines: block.slice(1).map((text) => text.trim()) },
      );
    },
  }),
  exec({
    form: [
      kw("test", "Test subsystems, memory, and interfaces"),
      kw("virtual-template", "Virtual template"),
      arg("number", uint(1, 4095), "Virtual template number"),
      kw("subinterface", "Whether sessions are given subinterfaces"),
    ],
    run: ({ snapshot }: ExecContext, { number }) => {
      const name = `Virtual-Template${number}`;
      const exists = snapshot.spec.pppProfiles.some((profile) => profile.name === name);
      if (!exists) return refused(`%Virtual-Template${number} does not exist`);
      return print([`Subinterfaces can be created using ${name}`], { name, subinterfaces: true });
    },
  }),
  exec({
    form: [show, kw("vtemplate", "Virtual template information")],
    run: (context: ExecContext) => {
      const { pppProfiles } = context.snapshot.spec;
      const used = pppProfiles.map(({ name }) => ({
        name,
        sessions: context.snapshot.sessions.filter(({ pppProfile }) => pppProfile?.name === name).length,
      }));
      return print(showVirtualTemplates(used), used);
    },
  }),
];

function notThere(name: string) {
  return { lines: [`% Interface ${name} does not exist`], ok: false };
}

function showVirtualTemplates(used: readonly { readonly name: string; readonly sessions: number }[]): string[] {
  const total = used.reduce((sum, { sessions }) => sum + sessions, 0);
  return [
    "Virtual access subinterface creation is globally enabled",
    "",
    "         Active     Active    Subint  Pre-clone Pre-clone Interface",
    "       Interface  Subinterface Capable Available   Limit     Type",
    "       ---------  ------------ ------- --------- --------- ---------",
    ...used.map(
      ({ name, sessions }) =>
        `${name.replace("Virtual-Template", "Vt").padEnd(7)}${String(sessions > 0 ? 1 : 0).padStart(9)}  ${String(sessions).padStart(12)}  Yes     --        --        Serial`,
    ),
    "",
    "Usage Summary",
    `  Current Virtual Access subinterfaces: ${total}`,
    "",
  ];
}
