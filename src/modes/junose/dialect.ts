/** The JunosE dialect: its commands and its ways, put together. */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import { bannersOf } from "../common/banner.ts";
import { onClock } from "../common/civil-time.ts";
import { clockSet } from "../common/clock-set.ts";
import { dashboardCommand } from "../common/dashboard-command.ts";
import type { Dialect } from "../dialect.ts";
import { namesIn } from "../live-names.ts";
import { withDefaults } from "../tree/defaults.ts";
import { banner } from "./commands/banner.ts";
import { keeping } from "./commands/commit.ts";
import { poolRange, vrf } from "./commands/ip.ts";
import { transformSet } from "./commands/ipsec.ts";
import { transportProfile } from "./commands/ipsec-transport-profile.ts";
import { destinationProfile } from "./commands/l2tp-destination-profile.ts";
import { privilegeLines } from "./commands/privilege.ts";
import { profile } from "./commands/profile.ts";
import { virtualRouter } from "./commands/system.ts";
import { access } from "./compile/access.ts";
import { civilTime } from "./compile/civil-time.ts";
import { compile } from "./compile/compile.ts";
import { hostnameOf } from "./compile/configuration.ts";
import { consoleThreshold, logThresholds } from "./compile/log-thresholds.ts";
import { document } from "./document.ts";
import { absentCommands } from "./exec/absent.ts";
import { baselineCommands } from "./exec/baseline.ts";
import { certificateExecCommands } from "./exec/certificates.ts";
import { clearCommands } from "./exec/clear.ts";
import { ENABLE_LEVEL } from "./exec/enable.ts";
import { fileCommands } from "./exec/files.ts";
import { l2tpPartCommands } from "./exec/l2tp-parts.ts";
import { lineExecCommands } from "./exec/lines.ts";
import { logCommands, logCommandsAnywhere } from "./exec/log.ts";
import { macroCommands } from "./exec/macro.ts";
import { monitorCommands } from "./exec/monitor.ts";
import { reachCommands } from "./exec/reach.ts";
import { reloadCommands } from "./exec/reload.ts";
import { sessionCommands, sessionCommandsAnywhere } from "./exec/session.ts";
import { showCommands } from "./exec/show.ts";
import { show } from "./exec/show-words.ts";
import { terminalCommands } from "./exec/terminal.ts";
import { testCommands } from "./exec/test-aaa.ts";
import { lineSettings } from "./line-settings.ts";
import { globalMode } from "./modes.ts";
import { render } from "./render.ts";
import { semantics } from "./semantics.ts";
import { atLeast, logLine, thresholdOf } from "./syslog.ts";
import { configCommands, SECTIONS } from "./table.ts";

const execCommands: Dialect["exec"] = [
  dashboardCommand,
  ...sessionCommands,
  ...lineExecCommands,
  ...fileCommands,
  ...reloadCommands,
  ...macroCommands,
  ...absentCommands,
  clockSet({ level: ENABLE_LEVEL, time: civilTime }),
  ...terminalCommands,
  ...logCommands,
  ...clearCommands,
  ...reachCommands,
  ...testCommands,
  ...monitorCommands,
  ...baselineCommands,
  ...certificateExecCommands,
  ...showCommands,
];

/** They need no word in front in configuration. */
function isShow({ form: [first] }: Dialect["exec"][number]): boolean {
  return first?.kind === "keyword" && first.word === show.word;
}

export const junose: Dialect = {
  name: "junose",
  globalMode,
  config: configCommands,
  exec: execCommands,
  execInConfiguration: [
    ...sessionCommandsAnywhere,
    ...logCommandsAnywhere,
    ...certificateExecCommands,
    ...l2tpPartCommands,
    ...macroCommands,
    ...execCommands.filter(isShow),
  ],
  escapeWords: ["run", "do"],
  sections: SECTIONS,
  virtualRouterCommand: virtualRouter,
  vrfCommand: vrf,
  privilegedLevel: 5,
  exitFromPrivileged: "userExec",
  configureBanner: "Enter configuration commands, one per line.  End with ^Z.",
  live: {
    pool: namesIn(poolRange),
    router: (store) => [DEFAULT_ROUTER, ...store.routers.keys()],
    profile: namesIn(profile),
    destinationProfile: namesIn(destinationProfile),
    transportProfile: namesIn(transportProfile),
    transformSet: namesIn(transformSet),
  },
  privileges: (store) => privilegeLines(store.chassis),
  configurationLevel: ENABLE_LEVEL,
  lineSettings: (store, line) => lineSettings(store.chassis, line),
  banners: (store) => bannersOf(store.chassis.all(banner)),
  // Programs tell the kind of router from its maker's name, which stands here on a real one too.
  welcome: (line) => [`Logged in on ${line} via ssh.`, "lnsh, in the words of a Juniper Networks E-series router", ""],
  interruptEndsConfiguration: false,
  modifiers: {
    names: ["begin", "exclude", "include", "json"],
    arrows: true,
    fileLevel: 10,
    behind: ["show", "more", "dir"],
  },
  help: { untitled: true, word: (placeholder) => placeholder.replace(/^<(\d+)-(\d+)>$/, "<$1 - $2>") },
  pager: { prompt: "--More--", erase: `${"\b".repeat(8)}${" ".repeat(8)}${"\b".repeat(8)}` },
  dropsGluedComment: false,
  /** The default virtual router is not shown. */
  prompt({ hostname, mode, privileged, virtualRouter: router }) {
    const where = router === DEFAULT_ROUTER ? hostname : `${hostname}:${router}`;
    return `${where}${mode?.prompt ?? ""}${mode !== undefined || privileged ? "#" : ">"}`;
  },
  hostname: hostnameOf,
  access,
  compile,
  semantics,
  render: (store) => render(store),
  renderAll: (store) => render(withDefaults(store, { config: configCommands, globalMode }), { all: true }),
  document: (body, record) => document(body, record),
  keeping: (store) => keeping(store.chassis),
  logs: ({ category, severity }) => atLeast(severity, thresholdOf(undefined, category)),
  logLine(event, at, debug, place) {
    if (place === undefined) return logLine(event, at, debug);
    const { config, destination } = place;
    const clock = onClock(civilTime(config), at);
    const least = destination === "console" ? consoleThreshold(config) : undefined;
    return logLine(event, clock, debug, logThresholds(config), least);
  },
  debugLines: () => [],
};
