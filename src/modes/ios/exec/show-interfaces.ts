/** `show interfaces …` and `show ip interface …`. */

import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { type InterfaceView, interfaceList, interfaceModel } from "../show/interface-list.ts";
import {
  type ClearedAgo,
  showInterfaceCounters,
  showInterfaceDescriptions,
  showInterfaceStats,
  showInterfaceStatus,
  showInterfaceSummary,
  showInterfaces,
  showIpInterfaceBrief,
} from "../show/interfaces.ts";
import { showIpInterface } from "../show/ip-interface.ts";
import { clearedMark, INTERFACE_MARKS } from "./counter-marks.ts";
import { ip, print, show } from "./words.ts";

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

const PARTS = {
  counters: showInterfaceCounters,
  description: showInterfaceDescriptions,
  stats: showInterfaceStats,
  status: showInterfaceStatus,
  summary: showInterfaceSummary,
} as const;

const parts = pick("part", {
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
      const model = interfaceModel(views);
      if (part === undefined) return print(showInterfaces(views, clearedAgoOf(context)), model);
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
