/** Every exec command of IOS, and those that work inside configuration under their own name. */

import { clearCommands } from "./clear.ts";
import { debugCommands } from "./debug.ts";
import { end, exit, sessionCommands } from "./session.ts";
import { showCommands } from "./show.ts";
import { terminalCommands } from "./terminal.ts";

export const execCommands = [
  ...sessionCommands,
  ...terminalCommands,
  ...showCommands,
  ...clearCommands,
  ...debugCommands,
];

export const execInConfiguration = [exit, end];
