/** Lines of chassis and cards that have no hardware here to act on: they are kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

export const hardwareCommands = usageLines(
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
    "controller @LINE": "Configure a specific controller",
    "facility-alarm @{core-temperature | intake-temperature} @{critical | major | minor} <0-100>":
      "Facility alarm thresholds",
  },
);
