/** A process that replaces one file without end and says which text is down: made to be killed. */

import { DeviceDirectory } from "../../src/cli/device-directory.ts";
import { numberedText } from "./numbered-text.ts";

const [root = "", first = "0"] = process.argv.slice(2);
const files = new DeviceDirectory(root);
for (let number = Number(first); ; number += 1) {
  files.write("nvram", "startup-config", numberedText(number));
  process.stdout.write(`${number}\n`);
}
