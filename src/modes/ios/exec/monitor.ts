/** `monitor capture`, with IOS's names of interfaces and files. */

import { word } from "../../../grammar/arguments.ts";
import { monitorCaptureCommands } from "../../common/monitor-capture.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { localFile } from "../place.ts";
import { PRIVILEGED } from "./words.ts";

export const monitorCommands = monitorCaptureCommands({
  level: PRIVILEGED,
  interface: anyInterface,
  nameOf,
  file: word({ placeholder: "URL" }),
  fileIn(typed) {
    const file = localFile(typed);
    return file?.device === "flash" && file.name !== "" ? file.name : undefined;
  },
});
