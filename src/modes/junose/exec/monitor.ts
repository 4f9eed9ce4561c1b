/** `monitor capture`, which the E-series does not have, with its names of interfaces and files. */

import { interfaceText, shaped } from "../../../grammar/arguments.ts";
import { monitorCaptureCommands } from "../../common/monitor-capture.ts";
import { interfaceReference } from "../arguments.ts";

const HIGHEST = 15;

export const monitorCommands = monitorCaptureCommands({
  level: HIGHEST,
  interface: interfaceReference,
  nameOf: (name) => interfaceText(name, " "),
  file: { ...shaped("NAME", /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/), examples: ["clients.pcapng"] },
  fileIn: (typed) => typed,
});
