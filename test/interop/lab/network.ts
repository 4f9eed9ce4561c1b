/** The lab's network, as `network.sh` lays it, and what the machine must have before that. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "./command.ts";

export const SERVER_NAMESPACE = "lnsh-srv";
export const NAT_NAMESPACE = "lnsh-nat";
export const SERVER_ADDRESS = "203.0.113.1";
export const NAT_ADDRESS = "203.0.113.2";
/** The same two ends of that wire in IPv6. */
export const SERVER_ADDRESS_6 = "2001:db8:1::1";
export const NAT_ADDRESS_6 = "2001:db8:1::2";
/** Where the NAT is after `networkMove`. */
export const NAT_ADDRESS_LATER = "203.0.113.3";
/** The client that no NAT stands before. */
export const ROUTED_CLIENT = { number: 4, address: "192.168.10.14", address6: "2001:db8:2::14" } as const;
/** In the namespace of the NAT: an address for each client that `lnsh client` plays there. */
export const LOAD_SOURCES = "192.168.10.101-192.168.10.110";
/** The interface at both ends of the wire between the gateway and the NAT. */
export const WIRE = "wan";

const script = fileURLToPath(new URL("../network.sh", import.meta.url));
const packageList = new URL("../packages.txt", import.meta.url);

/** What to do before the lab can run on this machine; `undefined` when nothing is missing. */
export function whatIsMissing(): string | undefined {
  if (process.getuid?.() !== 0) return "the lab makes network namespaces and needs root: run it with sudo";
  const wanted = readFileSync(packageList, "utf8").split("\n").filter(Boolean);
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length > 0)
    return `install what is missing: apt-get install --no-install-recommends ${missing.join(" ")}`;
  const pids = run(script, ["pids"]).split("\n").filter(Boolean);
  if (pids.length > 0) return `the lab's namespaces are in use (processes ${pids.join(", ")}): let that run end first`;
  return undefined;
}

function isInstalled(name: string): boolean {
  const listing = spawnSync("dpkg", ["-l", name], { encoding: "utf8" });
  return listing.status === 0 && /^ii /m.test(listing.stdout);
}

export function networkUp(): void {
  run(script, ["up"]);
}

/** The NAT gets another address in the middle of everything. */
export function networkMove(): void {
  run(script, ["move"]);
}

export function networkDown(): void {
  run(script, ["down"]);
}
