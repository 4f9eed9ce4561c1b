/**
 * What a change of the configuration does to interfaces, for the log: a port that is shut down or brought up, a loopback that comes
 * or goes. Other interfaces that are new say nothing: what they are plugged into is told elsewhere.
 */

import type { Log } from "../engine/kernel/log.ts";
import type { InterfaceSpec, RouterSpec } from "../engine/spec.ts";

/** Tells the difference; before the first configuration there is none. */
export function tellInterfaces(log: Log, before: RouterSpec | undefined, after: RouterSpec): void {
  if (before === undefined) return;
  const was = portsOf(before);
  const is = portsOf(after);
  for (const [name, port] of is) {
    const wasUp = was.get(name)?.enabled ?? (port.loopback ? false : port.enabled);
    if (port.enabled && !wasUp) tellUp(log, port);
    if (!port.enabled && wasUp) tellDown(log, name);
  }
  for (const [name, port] of was) if (port.loopback && port.enabled && !is.has(name)) tellDown(log, name);
}

function tellUp(log: Log, { name, loopback }: InterfaceSpec): void {
  if (!loopback) log("ip", "info", "interface link is up", { interface: name });
  log("ip", "info", "interface carries IP", { interface: name });
}

function tellDown(log: Log, name: string): void {
  log("ip", "info", "interface was shut down", { interface: name });
  log("ip", "info", "interface carries IP no more", { interface: name });
}

/** Further addresses of an interface are entries of its name, and as enabled as the first. */
function portsOf(spec: RouterSpec): ReadonlyMap<string, InterfaceSpec> {
  return new Map(spec.virtualRouters.flatMap(({ interfaces }) => interfaces.map((port) => [port.name, port] as const)));
}
