/** `lnsh`: what was asked for is done, and the exit code tells what came of it. */

import { CommanderError } from "commander";
import { BadUsage, CannotStart } from "./cannot-start.ts";
import { EXIT } from "./exit-codes.ts";
import { program } from "./program.ts";

// Whoever read our output has seen enough: `lnsh check x | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const [first, ...rest] = process.argv.slice(2);
const topic = first === "help" ? rest[0] : undefined;
const isHelpOfNothing = topic !== undefined && !program.commands.some((command) => command.name() === topic);

try {
  // Typed alone, a word that is no command is named, and what it may have meant.
  await (isHelpOfNothing ? program.parseAsync(rest, { from: "user" }) : program.parseAsync());
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version end through the same door with code 0.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else if (error instanceof CannotStart) {
    process.stderr.write(`lnsh: ${error.message}\n`);
    process.exitCode = error instanceof BadUsage ? EXIT.usage : EXIT.cannotStart;
  } else {
    throw error;
  }
}
