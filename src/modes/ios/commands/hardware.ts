/** Lines of chassis and cards that have no hardware here to act on: they are kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { controllerMode, globalMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const chassis = usageLines(
  {
    mode: globalMode,
    section: "boot",
    effect: inert("there is no such hardware here"),
    words: {
      big: "Big buffers",
      "facility-alarm": "Facility alarm thresholds",
      huge: "Huge buffers",
      type: "Type of a port",
      "core-temperature": "Inside",
      critical: "Critical temperature",
      e1: "E1",
      e3: "E3",
      "intake-temperature": "Where air comes in",
      t1: "T1",
      t3: "T3",
      initial: "Buffers at the start",
      large: "Large buffers",
      major: "Major temperature",
      "max-free": "Free buffers at most",
      middle: "Middle buffers",
      "min-free": "Free buffers at least",
      minor: "Minor temperature",
      permanent: "Buffers that stay",
      platform: "Platform settings",
      serial: "The serial port",
      small: "Small buffers",
      tune: "Tune by themselves",
      verybig: "VeryBig buffers",
      virtual: "The virtual screen",
      auto: "Whichever is there",
      buffers: "Adjust system buffer pool parameters",
    },
  },
  {
    "buffers @{big | huge | large | middle | small | verybig} @{initial | max-free | min-free | permanent} <0-65536>":
      "Adjust system buffer pool parameters",
    "buffers tune automatic": "Tune by themselves",
    "card @{type @{e1 | e3 | t1 | t3} @<0-14> [@<0-14>] | SLOT @WORD}": "Configure a line card",
    "facility-alarm @{core-temperature | intake-temperature} @{critical | major | minor} <0-100>":
      "Facility alarm thresholds",
  },
);

const effect = inert("there is no such hardware here");
const words = {
  48: "48",
  56: "56",
  64: "64",
  adsl1: "ADSL",
  adsl2: "ADSL 2",
  "adsl2+": "ADSL 2+",
  ami: "AMI",
  auto: "Whichever the other end speaks",
  b3zs: "B3ZS",
  b8zs: "B8ZS",
  bits: "From the building",
  cablelength: "Length of the cable",
  Cellular: "Cellular modem",
  "channel-group": "Time slots of an interface",
  clock: "Clock of the line",
  controller: "Configure a specific controller",
  crc4: "CRC-4",
  "ds0-group": "Time slots of voice",
  DSL: "DSL",
  E1: "E1",
  E3: "E3",
  esf: "Extended superframe",
  framing: "Framing",
  hdb3: "HDB3",
  internal: "From this box",
  ISA: "Accelerator of encryption",
  J1: "J1",
  line: "From the line",
  linecode: "Code of the line",
  long: "Far",
  mode: "Mode of operation",
  "no-crc4": "Without CRC-4",
  operating: "Mode of operation",
  "pri-group": "Time slots of ISDN",
  sf: "Superframe",
  short: "Near",
  SHDSL: "SHDSL",
  shutdown: "Shut it down",
  SONET: "SONET",
  source: "Where it comes from",
  speed: "Kilobits in a second for each slot",
  T1: "T1",
  T3: "T3",
  timeslots: "Time slots",
  type: "Type",
  VDSL: "VDSL",
  vdsl2: "VDSL 2",
} as const;

/** Controllers of lines: their modes are kept as well. */
const controllers = [
  usageOpener(
    { mode: globalMode, section: "controller", effect, words, opens: controllerMode },
    "controller @{Cellular | DSL | E1 | E3 | ISA | J1 | SHDSL | SONET | T1 | T3 | VDSL} @SLOT",
    "Configure a specific controller",
  ),
  usageLines(
    { mode: controllerMode, effect, words },
    {
      "cablelength {long WORD | short WORD}": "Length of the cable",
      "channel-group @<0-30> timeslots NUMBERS [speed {48 | 56 | 64}]": "Time slots of an interface",
      "clock source {bits | internal | line}": "Clock of the line",
      "description LINE": "Description",
      "ds0-group @<0-30> timeslots NUMBERS type WORD": "Time slots of voice",
      "framing {crc4 | esf | no-crc4 | sf}": "Framing",
      "linecode {ami | b3zs | b8zs | hdb3}": "Code of the line",
      "operating mode {adsl1 | adsl2 | adsl2+ | auto | vdsl2}": "Mode of operation",
      "pri-group timeslots NUMBERS": "Time slots of ISDN",
      shutdown: "Shut it down",
    },
  ),
].flat();

export const hardwareCommands = [...chassis, ...controllers];
