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
    "card @LINE": "Configure a line card",
    "controller @LINE": "Configure a specific controller",
    "facility-alarm @LINE": "Facility alarm thresholds",
  },
);
