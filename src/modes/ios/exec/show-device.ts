/** The lines and names of the box, what it starts from, and everything at once for whoever is asked for help. */

import { uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { maskSecrets } from "../../common/mask-secrets.ts";
import { showCryptoEngineConnections } from "../show/crypto-engine.ts";
import { showIpsecSa } from "../show/crypto-ipsec.ts";
import { showIsakmpSaDetail } from "../show/crypto-isakmp.ts";
import { showCryptoSession } from "../show/crypto-session.ts";
import { interfaceList } from "../show/interface-list.ts";
import { showInterfaces } from "../show/interfaces.ts";
import { showIpRoute } from "../show/ip-route.ts";
import { lineViews, showLine } from "../show/line.ts";
import { loggingView, showLogging } from "../show/logging.ts";
import { showMemoryStatistics, showProcesses } from "../show/processes.ts";
import { showTerminal } from "../show/terminal.ts";
import { OTHER_LINES } from "../show/users.ts";
import { showVersion } from "../show/version.ts";
import { showL2tpSessionAll, showL2tpTunnelAll } from "../show/vpdn.ts";
import { terminalLines, terminalView } from "./terminal-lines.ts";
import { PRIVILEGED, print, show } from "./words.ts";

/** The parts of `show tech-support`, by the command that each stands for. */
const PARTS: readonly (readonly [string, (context: ExecContext) => readonly string[]])[] = [
  ["show version", ({ snapshot, version, process }) => showVersion(snapshot, version, process())],
  ["show running-config", (context) => [...context.renderConfiguration().map((line) => maskSecrets(line)), "end"]],
  ["show interfaces", (context) => showInterfaces(interfaceList(context.snapshot, context.renderConfiguration()))],
  ["show ip route", ({ snapshot }) => showIpRoute(snapshot)],
  ["show crypto isakmp sa detail", ({ snapshot }) => showIsakmpSaDetail(snapshot)],
  ["show crypto ipsec sa detail", ({ snapshot }) => showIpsecSa(snapshot, {}, { detail: true })],
  ["show crypto session detail", ({ snapshot }) => showCryptoSession(snapshot, true)],
  ["show crypto engine connections active", ({ snapshot }) => showCryptoEngineConnections(snapshot)],
  ["show vpdn tunnel all", ({ snapshot }) => showL2tpTunnelAll(snapshot)],
  ["show vpdn session all", ({ snapshot }) => showL2tpSessionAll(snapshot)],
  ["show processes cpu", ({ process, snapshot }) => showProcesses(process(), snapshot.lineModules)],
  ["show memory statistics", ({ process }) => showMemoryStatistics(process())],
  ["show logging", ({ chassis, logBuffer }) => showLogging(loggingView(chassis, logBuffer, []))],
];

const aLine = oneOf(
  [arg("line", uint(0, 935), "First line number")],
  [kw("console", "Primary terminal line"), arg("console", uint(0, 0), "Line number")],
  [
    kw("vty", "Virtual terminal"),
    arg("vty", uint(0, 935), "First line number"),
    opt(arg("last", uint(0, 935), "Last line number")),
  ],
);

interface WhichLines {
  readonly line?: number;
  readonly vty?: number;
  readonly last?: number;
}

/** The first and the last number among all lines. */
function numbersOf({ line = 0, vty, last = vty }: WhichLines): readonly [number, number] {
  if (vty === undefined || last === undefined) return [line, line];
  return [1 + OTHER_LINES + vty, 1 + OTHER_LINES + last];
}

function lineName(number: number): string {
  if (number === 0) return "con 0";
  return number <= OTHER_LINES ? "aux 0" : `vty ${number - 1 - OTHER_LINES}`;
}

function hosts(body: readonly string[]) {
  return body.flatMap((line) => {
    const [, name, address] = /^ip host (?:vrf \S+ )?(\S+) (\d+\.\d+\.\d+\.\d+)/.exec(line) ?? [];
    return name === undefined || address === undefined ? [] : [{ name, address }];
  });
}

export function domainOf(body: readonly string[]): string | null {
  return body.map((line) => /^ip domain[ -]name (\S+)/.exec(line)?.[1]).find((name) => name !== undefined) ?? null;
}

export const showDeviceCommands = [
  exec({
    form: [show, kw("line", "TTY line information"), flag("summary", "summary", "Summary of line status")],
    run: (context: ExecContext) => {
      const views = lineViews(terminalLines(context));
      return print(showLine(views), views);
    },
  }),
  exec({
    form: [show, kw("line", "TTY line information"), aLine],
    run: (context: ExecContext, which) => {
      const rows = lineViews(terminalLines(context));
      const [from, to] = numbersOf(which);
      const chosen = rows.filter(({ number }) => number >= from && number <= to);
      if (chosen.length === 0) return { ok: false, lines: [`% There is no line ${from}`] };
      const views = chosen.map(({ number }) => terminalView(context, lineName(number)));
      const blocks = views.flatMap((view) => [...showTerminal(view), ""]);
      return print([...showLine(chosen), ...blocks.slice(0, -1)], views);
    },
  }),
  exec({
    form: [
      show,
      kw("hosts", "IP domain-name, lookup style, nameservers, and host table"),
      opt(arg("name", word(), "Host name")),
      flag("summary", "summary", "Summary"),
    ],
    run: (context: ExecContext, { name }) => {
      const body = context.renderConfiguration();
      const known = hosts(body).filter((host) => host.name === (name ?? host.name));
      const domain = domainOf(body);
      return print(
        [
          `Default domain is ${domain ?? "not set"}`,
          "Name/address lookup uses static mappings",
          "",
          "Codes: UN - unknown, EX - expired, OK - OK, ?? - revalidate",
          "       temp - temporary, perm - permanent",
          "       NA - Not Applicable None - Not defined",
          "",
          "Host                      Port  Flags      Age Type   Address(es)",
          ...known.map((host) => `${host.name.padEnd(25)} None  (perm, OK)  0   IP    ${host.address}`),
        ],
        { domain, hosts: known },
      );
    },
  }),
  exec({
    form: [
      show,
      pick("what", {
        boot: "Show boot and related environment variable",
        bootvar: "Boot and related environment variable",
      }),
    ],
    run: () =>
      print(
        ["BOOT variable = ", "CONFIG_FILE variable = ", "BOOTLDR variable = ", "Configuration register is 0x2102"],
        { configurationRegister: "0x2102" },
      ),
  }),
  exec({
    level: PRIVILEGED,
    form: [show, kw("crypto", "Encryption module"), kw("tech-support", "Everything of crypto")],
    run: (context: ExecContext) => techSupport(context, (command) => command.startsWith("show crypto")),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      show,
      kw("tech-support", "Show system information for Tech-Support"),
      opt(pick("about", { ipsec: "About IPsec", vpdn: "About VPDN" })),
    ],
    run: (context: ExecContext, { about }) => {
      const other = about === "ipsec" ? "show vpdn" : "show crypto";
      return techSupport(context, (command) => about === undefined || !command.startsWith(other));
    },
  }),
];

function techSupport(context: ExecContext, wanted: (command: string) => boolean): ExecResult {
  const chosen = PARTS.filter(([command]) => wanted(command));
  const parts = chosen.map(([command, render]) => ({ command, lines: render(context) }));
  return print(
    parts.flatMap(({ command, lines }) => ["", `------------------ ${command} ------------------`, "", ...lines]),
    parts,
  );
}
