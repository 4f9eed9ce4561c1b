/**
 * Show commands that automation sends to every box and that have nothing to show here: what they ask about does not run, and the
 * answer is what a box says on which it does not run. What a box of this kind does not know at all is not declared: a caret is
 * the right answer to it.
 */

import { word } from "../../../grammar/arguments.ts";
import { type ExecCommand, exec } from "../../../grammar/declaration.ts";
import { arg, type Element, flag, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { ip, print, show } from "./words.ts";

/** A command that always answers the same, with an empty value. */
function absent(form: readonly Element[], lines: readonly string[], model: unknown = []): ExecCommand<ExecContext> {
  return exec({ form: [show, ...form], run: () => print(lines, model) });
}

const NTP_DOWN = [
  "Clock is unsynchronized, stratum 16, no reference clock",
  "nominal freq is 250.0000 Hz, actual freq is 250.0000 Hz, precision is 2**10",
  "reference time is 00000000.00000000 (00:00:00.000 UTC Mon Jan 1 1900)",
  "clock offset is 0.0000 msec, root delay is 0.00 msec",
  "root dispersion is 0.00 msec, peer dispersion is 0.00 msec",
];

const neighbors = [
  kw("neighbors", "Neighbor entries"),
  opt(arg("interface", word(), "Interface")),
  flag("detail", "detail", "Show detailed information"),
];
const ntp = kw("ntp", "Network time protocol");
const snmp = kw("snmp", "SNMP statistics");

export const showAbsentCommands = [
  absent([kw("cdp", "CDP information")], ["% CDP is not enabled"]),
  absent([kw("cdp", "CDP information"), ...neighbors], ["% CDP is not enabled"]),
  absent([kw("lldp", "LLDP information")], ["% LLDP is not enabled"]),
  absent([kw("lldp", "LLDP information"), ...neighbors], ["% LLDP is not enabled"]),
  absent([ntp, kw("status", "NTP status")], NTP_DOWN, { synchronized: false, stratum: 16 }),
  absent(
    [
      ntp,
      pick("what", { associations: "NTP associations", information: "NTP information" }),
      flag("detail", "detail", "Show detail"),
    ],
    [],
  ),
  absent([snmp], ["%SNMP agent not enabled"]),
  absent(
    [
      snmp,
      pick("what", {
        chassis: "SNMP chassis",
        community: "SNMP communities",
        contact: "SNMP contact",
        host: "SNMP hosts",
        location: "SNMP location",
        user: "SNMPv3 users",
      }),
    ],
    ["%SNMP agent not enabled"],
  ),
  absent(
    [
      kw("environment", "Environmental information"),
      opt(pick("what", { all: "All of it", status: "Status", table: "Limits" })),
    ],
    ["This platform has no environmental monitoring"],
  ),
  absent(
    [
      kw("license", "Show license information"),
      opt(pick("what", { all: "All of it", udi: "Unique device identifier" })),
    ],
    [],
  ),
  absent(
    [
      kw("redundancy", "Redundancy Facility (RF) information"),
      opt(pick("what", { states: "RF states", history: "RF history" })),
    ],
    [
      "Redundant System Information :",
      "------------------------------",
      "       Hardware Mode = Simplex",
      "    Maintenance Mode = Disabled",
    ],
    { mode: "simplex" },
  ),
  absent([kw("diag", "Show diagnostic information"), opt(arg("slot", word(), "Slot"))], []),
  absent([kw("controllers", "Interface controller status"), opt(arg("interface", word(), "Interface"))], []),
  absent([kw("standby", "HSRP information"), flag("brief", "brief", "Brief output")], []),
  absent([kw("spanning-tree", "Spanning tree topology")], ["No spanning tree instances exist."]),
  absent([kw("sessions", "Information about Telnet connections")], ["% No connections open"]),
  absent([kw("tacacs", "Shows tacacs+ server statistics")], []),
  absent(
    [kw("ipv6", "IPv6 information"), kw("interface", "IPv6 interface status"), flag("brief", "brief", "Brief summary")],
    [],
  ),
  absent([kw("ipv6", "IPv6 information"), kw("route", "IPv6 routing table")], ["% IPv6 routing table does not exist"]),
  absent([ip, kw("igmp", "IGMP information"), pick("what", { groups: "Groups", interface: "Interfaces" })], []),
  absent([ip, kw("cache", "IP fast-switching route cache")], ["IP routing cache 0 entries, 0 bytes"]),
];
