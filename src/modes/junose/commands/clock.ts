/** Where the clock stands that times are shown by. The protocols that set it are kept and printed: time is the host's. */

import { inert, setting } from "../../../grammar/declaration.ts";
import { kw } from "../../../grammar/elements.ts";
import { summerTimeForm, timeZoneForm } from "../../common/summer-time.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const clock = kw("clock", "Configure the system clock");

export const clockTimezone = setting({
  mode: globalMode,
  section: "system",
  form: [clock, kw("timezone", "Configure the time zone"), ...timeZoneForm],
});

export const clockSummerTime = setting({
  mode: globalMode,
  section: "system",
  form: [clock, kw("summer-time", "Configure summer time"), ...summerTimeForm(5)],
});

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

export const clockCommands = [clockTimezone, clockSummerTime, ...ntp];
