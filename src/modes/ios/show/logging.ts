/** `show logging`: what goes where, and the last lines that fit the buffer. */

import type { ConfigReader } from "../../../grammar/declaration.ts";
import type { LogBuffer, LogDestination } from "../../common/log-buffer.ts";
import { LOG_LEVELS, logLine, logTarget } from "../syslog.ts";

interface DestinationView {
  readonly level: string | null;
  readonly logged: number;
}

export interface LoggingView {
  readonly destinations: Readonly<Record<LogDestination, DestinationView>>;
  readonly sizeBytes: number;
  readonly hosts: readonly string[];
  readonly lines: readonly string[];
}

export function loggingView(config: ConfigReader, buffer: LogBuffer, hosts: readonly string[]): LoggingView {
  const view = (destination: LogDestination): DestinationView => {
    const target = logTarget(config, destination);
    return {
      level: target === undefined ? null : (LOG_LEVELS[target.level] ?? "debugging"),
      logged: buffer.logged[destination],
    };
  };
  const sizeBytes = logTarget(config, "buffer")?.sizeBytes ?? 0;
  return {
    destinations: { console: view("console"), monitor: view("monitor"), buffer: view("buffer") },
    sizeBytes,
    hosts,
    lines: lastLines(linesOf(config, buffer), sizeBytes),
  };
}

function linesOf(config: ConfigReader, buffer: LogBuffer): string[] {
  return buffer.events.flatMap(({ event, at, sequence = 0, uptimeMillis = 0, vouched, debugging = [] }) => {
    const line = logLine(event, at, undefined, { config, destination: "buffer", sequence, uptimeMillis, vouched });
    return line === undefined ? debugging : [line, ...debugging];
  });
}

/** Those at the end that fit into so many octets. */
function lastLines(lines: readonly string[], sizeBytes: number): string[] {
  let room = sizeBytes;
  const first = lines.findLastIndex((line) => {
    room -= line.length + 2;
    return room < 0;
  });
  return lines.slice(first + 1);
}

const NAMES: Readonly<Record<LogDestination, string>> = { console: "Console", monitor: "Monitor", buffer: "Buffer" };

function destinationLines(name: LogDestination, { level, logged }: DestinationView): string[] {
  const label = `${NAMES[name]} logging:${name === "buffer" ? " " : ""}`;
  if (level === null) return [`    ${label} disabled`];
  return [
    `    ${label} level ${level}, ${logged} messages logged, xml disabled,`,
    `${" ".repeat(21)}filtering disabled`,
  ];
}

export function showLogging({ destinations, sizeBytes, hosts, lines }: LoggingView): string[] {
  return [
    "Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)",
    "",
    "No Active Message Discriminator.",
    "",
    "",
    "",
    "No Inactive Message Discriminator.",
    "",
    "",
    ...destinationLines("console", destinations.console),
    ...destinationLines("monitor", destinations.monitor),
    ...destinationLines("buffer", destinations.buffer),
    "    Exception Logging: size (4096 bytes)",
    "    Count and timestamp logging messages: disabled",
    "    Persistent logging: disabled",
    "",
    "No active filter modules.",
    "",
    `    Trap logging: level informational, 0 message lines logged`,
    ...hosts.map((host) => `        Logging to ${host}: not sent, lnsh has no syslog client`),
    "",
    `Log Buffer (${sizeBytes} bytes):`,
    "",
    ...lines,
  ];
}
