/** The zone-based firewall: zones, their pairs and the parameters of inspection. Kept and printed back: packets are not inspected. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode, inspectionMapMode, policyClassMode, urlListMode, zoneMode, zonePairMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const words = {
  alert: "Messages of attacks",
  "allow-mode": "What is done where nobody answers",
  "audit-trail": "Messages of sessions",
  block: "Block it",
  "block-page": "What the user is told",
  description: "Description",
  destination: "Destination zone",
  "dns-timeout": "Seconds that a name is asked for",
  default: "Where no zone is named",
  "finwait-time": "Seconds after the first FIN",
  "block-time": "Minutes that the host is blocked",
  message: "A message",
  off: "Off",
  on: "On",
  high: "From this many on sessions are closed",
  host: "Of one host",
  icmp: "ICMP",
  "idle-time": "Seconds without a packet",
  inspect: "Parameters of inspection",
  local: "A list of this box",
  log: "Log it",
  low: "At this many it ends",
  maximum: "At most",
  "max-incomplete": "Sessions that are half open",
  "one-minute": "Within a minute",
  "parameter-map": "Parameter map",
  pass: "Let it through uninspected",
  "redirect-url": "Address that the user is sent to",
  "reply-only": "In one direction",
  reset: "Reset it",
  self: "This box itself",
  sessions: "Sessions",
  source: "Source zone",
  "source-interface": "Interface whose address is the source",
  security: "Of the firewall",
  "synwait-time": "Seconds until a session stands",
  tcp: "TCP",
  text: "This text",
  type: "Type",
  udp: "UDP",
  urlfpolicy: "Policy of addresses of the web",
  zone: "Zone of the firewall",
  "zone-pair": "Two zones in one direction",
} as const;
const firewall = { effect: inert("packets are neither inspected, marked nor shaped here"), words } as const;
const global = { ...firewall, mode: globalMode, section: "policy-map" } as const;

export const firewallCommands = [
  usageOpener(
    { ...global, section: "class-map", opens: inspectionMapMode },
    "parameter-map type inspect @WORD",
    "Parameters of inspection",
  ),
  usageLines(
    { ...firewall, mode: inspectionMapMode },
    {
      "alert {off | on}": "Messages of attacks",
      "audit-trail {off | on}": "Messages of sessions",
      "dns-timeout <1-2147483>": "Seconds that a name is asked for",
      "icmp idle-time <1-2147483>": "Seconds without a packet",
      "max-incomplete @{high | low} <1-2147483647>": "Sessions that are half open",
      "one-minute @{high | low} <1-2147483647>": "Sessions that begin within a minute",
      "sessions maximum <1-2147483647>": "Sessions at most",
      "tcp @{finwait-time | idle-time | synwait-time} <1-2147483>": "Seconds of TCP",
      "tcp max-incomplete host <1-2147483647> [block-time <0-35791>]": "Half open sessions of one host",
      "udp idle-time <1-2147483>": "Seconds without a packet",
    },
  ),
  usageOpener(
    { ...global, section: "class-map", opens: urlListMode },
    "parameter-map type urlfpolicy local @WORD",
    "Policy of addresses of the web",
  ),
  usageLines(
    { ...firewall, mode: urlListMode },
    {
      "alert {off | on}": "Messages of attacks",
      "allow-mode {off | on}": "What is done where nobody answers",
      "block-page {message WORD | redirect-url WORD}": "What the user is told",
    },
  ),
  usageLines(
    { ...firewall, mode: policyClassMode },
    {
      "inspect [WORD]": "Inspect what the class holds",
      "pass [log]": "Let it through uninspected",
      "reset [log]": "Reset it",
    },
  ),
  usageOpener({ ...global, opens: zoneMode }, "zone security @WORD", "Zone of the firewall"),
  usageLines({ ...firewall, mode: zoneMode }, { "description LINE": "Description of the zone" }),
  usageOpener(
    { ...global, opens: zonePairMode },
    "zone-pair security @WORD source {default | self | WORD} destination {default | self | WORD}",
    "Two zones in one direction",
  ),
  usageLines(
    { ...firewall, mode: zonePairMode },
    { "description LINE": "Description of the pair", "service-policy type inspect WORD": "Policy of the pair" },
  ),
].flat();
