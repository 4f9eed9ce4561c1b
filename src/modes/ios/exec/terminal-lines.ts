/** Who is logged in, as the show commands number and time them. */

import type { ExecContext } from "../../common/exec-context.ts";
import { lineNumber } from "../../common/logins.ts";
import { configuredLine, lineLocation, lineTransport } from "../commands/line.ts";
import { lineSettings } from "../line-settings.ts";
import type { TerminalView } from "../show/terminal.ts";
import { OTHER_LINES, type TerminalLine } from "../show/users.ts";

export function terminalLines({ session, logins, chassis }: ExecContext): TerminalLine[] {
  const limitOf = (line: string) => {
    const seconds = Math.floor((lineSettings(chassis, line).idleMillis ?? 0) / 1000);
    return seconds === 0 ? {} : { idleLimitSeconds: seconds };
  };
  return logins.all.map(({ line, user, idleMillis, activeMillis, location }) => ({
    number: lineNumber(line, OTHER_LINES),
    name: line,
    user,
    idleSeconds: Math.floor(idleMillis / 1000),
    activeSeconds: Math.floor(activeMillis / 1000),
    current: line === session.line,
    ...limitOf(line),
    location,
  }));
}

const DEFAULTS = { length: 24, width: 80, historySize: 20 };

/** A line as it is set: that of this login as the login has it now, any other as the configuration says. */
export function terminalView({ session, logins, terminal, chassis }: ExecContext, name: string): TerminalView {
  const configured = lineSettings(chassis, name);
  const isOwn = name === session.line;
  const login = logins.all.find(({ line }) => line === name);
  const [kind = "", number] = name.split(" ");
  const node = configuredLine(chassis, kind, Number(number));
  const transport = node === undefined ? undefined : chassis.under(node, lineTransport);
  const input = transport?.find(({ values }) => values.direction === "input")?.values.protocols;
  return {
    number: lineNumber(name, OTHER_LINES),
    name,
    location: (node === undefined ? undefined : chassis.under(node, lineLocation)[0]?.values.text) ?? "",
    length: isOwn ? terminal.length : (configured.length ?? DEFAULTS.length),
    width: isOwn ? terminal.width : (configured.width ?? DEFAULTS.width),
    historySize: isOwn ? terminal.historySize : (configured.historySize ?? DEFAULTS.historySize),
    editing: (isOwn ? terminal.editing : configured.editing) ?? true,
    idleMillis: configured.idleMillis ?? 0,
    activeMillis: login?.activeMillis,
    monitor: isOwn ? terminal.monitor || kind === "con" : kind === "con",
    transport: kind === "vty" ? (input?.join(" ") ?? "ssh") : "none",
  };
}
