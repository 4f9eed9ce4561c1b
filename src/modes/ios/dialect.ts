/** The IOS dialect: its commands and its ways, put together. */

import type { Dialect } from "../dialect.ts";
import { renderBlocks } from "../tree/render-tree.ts";
import { aaaCommands } from "./commands/aaa.ts";
import { cryptoMapCommands } from "./commands/crypto-map.ts";
import { interfaceCommands } from "./commands/interface.ts";
import { ipCommands } from "./commands/ip.ts";
import { ipsecCommands } from "./commands/ipsec.ts";
import { isakmpCommands, keyring } from "./commands/isakmp.ts";
import { lineCommands } from "./commands/line.ts";
import { routerCommands } from "./commands/router.ts";
import { systemCommands } from "./commands/system.ts";
import { vpdnCommands } from "./commands/vpdn.ts";
import { compile, hostnameOf } from "./compile/compile.ts";
import { debugLines } from "./debug.ts";
import { execCommands, execInConfiguration } from "./exec/exec.ts";
import { globalMode } from "./modes.ts";
import { logLine } from "./syslog.ts";

/** Parts of the running configuration in the order the box prints them (ios.md 1.8). */
const SECTIONS = [
  "version",
  "service",
  "hostname",
  "boot",
  "logging",
  "enable",
  "aaa",
  "clock",
  "ip",
  "vrf",
  "vpdn",
  "username",
  "ssh",
  "keyring",
  "isakmp-policy",
  "isakmp-key",
  "isakmp",
  "ipsec",
  "transform-set",
  "dynamic-map",
  "crypto-map",
  "interface",
  "router",
  "ip-pool",
  "ip-late",
  "http",
  "nat",
  "route",
  "access-list",
  "snmp",
  "radius",
  "control-plane",
  "gatekeeper",
  "line",
  "scheduler",
] as const;

const config = [
  ...systemCommands,
  ...lineCommands,
  ...aaaCommands,
  ...ipCommands,
  ...routerCommands,
  ...vpdnCommands,
  ...isakmpCommands,
  ...ipsecCommands,
  ...cryptoMapCommands,
  ...interfaceCommands,
];

/** Lines that only this dialect has, for recognising a configuration. */
const TELLING = [
  /^version 1[25]\./,
  /^crypto (isakmp|ipsec|map|dynamic-map|keyring) /,
  /^vpdn(-group| enable)/,
  /^interface (FastEthernet|GigabitEthernet|Virtual-Template|Loopback)\d/i,
  /^aaa new-model/,
  /^service timestamps/,
];

/** A configuration prompt shows so much of the host name (ios.md 1.1). */
const HOSTNAME_IN_CONFIGURATION = 20;

export const ios: Dialect = {
  name: "ios",
  globalMode,
  config,
  exec: execCommands,
  execInConfiguration,
  escapeWords: ["do"],
  sections: SECTIONS,
  virtualRouterCommand: undefined,
  privilegedLevel: 2,
  exitFromPrivileged: "logout",
  configureBanner: "Enter configuration commands, one per line.  End with CNTL/Z.",
  dropsGluedComment: true,
  prompt: ({ hostname, mode, privileged }) =>
    mode === undefined
      ? `${hostname}${privileged ? "#" : ">"}`
      : `${hostname.slice(0, HOSTNAME_IN_CONFIGURATION)}${mode.prompt}#`,
  hostname: (store) => hostnameOf(store.chassis),
  compile: (store) => compile(store.chassis),
  render: (store) => {
    const style = {
      commands: config,
      sections: SECTIONS,
      indentOf: (command: (typeof config)[number]) => (command === keyring ? 2 : 1),
    };
    const lines: string[] = ["!"];
    let before: { readonly section: string; readonly length: number } | undefined;
    for (const { section, lines: block } of renderBlocks(store.chassis.lines, style)) {
      const single = block.length === 1 && before?.length === 1;
      if (before !== undefined && !(single && before.section === section)) lines.push("!");
      lines.push(...block);
      before = { section, length: block.length };
    }
    return [...lines, "!"];
  },
  logLine,
  debugLines,
  recognise: (text) => text.split(/\r?\n/).filter((line) => TELLING.some((pattern) => pattern.test(line))).length,
};
