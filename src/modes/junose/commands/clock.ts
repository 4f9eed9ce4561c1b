/** The clock and the protocols that set it: kept and printed. Time is the host's. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const DATE = "{<1-31> MONTH | MONTH <1-31>} <1993-2035> hh:mm";
const EACH_YEAR = "{<1-5> | first | last} DAY MONTH hh:mm";

const clock = usageLines(
  {
    mode: globalMode,
    section: "system",
    effect: inert("times are printed in UTC"),
    words: {
      clock: "Configure the system clock",
      "timezone WORD": "Name of the zone",
      "timezone HOURS": "Hours from UTC, -23 to 23",
      "summer-time WORD": "Name of the zone in summer",
      date: "Once, between two dates",
      recurring: "Each year",
      first: "First week of the month",
      last: "Last week of the month",
      "date <>": "Day of the month, year, or minutes that the clock is put forward",
      "recurring <>": "Week of the month, or minutes that the clock is put forward",
      "first <>": "Minutes that the clock is put forward",
      "last <>": "Minutes that the clock is put forward",
      "summer-time <>": "Minutes that the clock is put forward",
    },
  },
  {
    "clock timezone WORD HOURS [<0-59>]": "Configure the time zone",
    [`clock summer-time WORD {date ${DATE} ${DATE} [<1-1440>] | recurring [${EACH_YEAR} ${EACH_YEAR} [<1-1440>]]}`]:
      "Configure summer time",
  },
);

const ntp = usageLines(
  {
    mode: globalMode,
    scope: "virtualRouter",
    section: "services",
    effect: inert("the clock is the host's"),
    words: {
      ntp: "Configure the Network Time Protocol",
      sntp: "Configure the Simple Network Time Protocol",
      peer: "Who may ask everything and be asked",
      "query-only": "Who may send control queries",
      serve: "Who may ask for the time and send queries",
      "serve-only": "Who may ask for the time",
      "peer WORD": "Name of the access list",
      "query-only WORD": "Name of the access list",
      "serve WORD": "Name of the access list",
      "serve-only WORD": "Name of the access list",
      "broadcast-delay <>": "Microseconds",
      "master <>": "Stratum",
      version: "Version of the protocol",
      prefer: "Ask this server first",
      source: "Interface whose address is the source",
    },
  },
  {
    "ntp access-group @{peer | query-only | serve | serve-only} WORD": "Configure who may ask",
    "ntp broadcast-client": "Listen to broadcasts",
    "ntp broadcast-delay <0-999999>": "Configure the delay of broadcasts",
    "ntp disable": "Ignore an interface",
    "ntp enable": "Set the clock by NTP",
    "ntp master [<1-15>]": "Be a source of time",
    "ntp server @A.B.C.D [version <1-4>] [prefer] [source IFNAME]": "Configure a server",
    "ntp source IFNAME": "Configure the source address",
    "sntp server @A.B.C.D [version <1-4>]": "Configure a server",
  },
);

export const clockCommands = [...clock, ...ntp];
