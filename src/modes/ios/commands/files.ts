/** How much commands about files ask. */

import { type ConfigReader, setting } from "../../../grammar/declaration.ts";
import { kw, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";

const filePrompt = setting({
  mode: globalMode,
  section: "files",
  form: [
    kw("file", "Adjust file system parameters"),
    kw("prompt", "Prompt level of file commands"),
    pick("level", {
      alert: "Ask before something is destroyed",
      noisy: "Ask for everything",
      quiet: "Ask for nothing",
    }),
  ],
  initial: { level: "alert" },
  quiet: true,
});

export const fileCommands = [filePrompt];

/** Commands about files go on without asking. */
export function isQuiet(config: ConfigReader): boolean {
  return config.all(filePrompt)[0]?.values.level === "quiet";
}
