/** How the configuration keeps itself: each change is saved at once, unless an operator wants to say when. */

import { shaped } from "../../../grammar/arguments.ts";
import { type ConfigReader, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, pick } from "../../../grammar/elements.ts";
import { renderForm } from "../../../grammar/render.ts";
import type { Keeping } from "../../dialect.ts";
import { globalMode } from "../modes.ts";

export const manualCommit = setting({
  mode: globalMode,
  section: "system",
  form: [kw("service", "Configure a service"), kw("manual-commit", "Save the configuration only on demand")],
});

/** A file of a whole configuration. */
const configurationFile = { ...shaped("NAME.cnf", /^[A-Za-z0-9_][\w.-]*\.cnf$/), examples: ["site1.cnf"] };

/** What the next start begins from; without it, what was saved last. */
export const bootConfig = setting({
  mode: globalMode,
  section: "system",
  form: [
    kw("boot", "Configure what the router starts with"),
    kw("config", "Configuration to start with"),
    oneOf(
      [
        pick("source", {
          "running-configuration": "What was saved last",
          "startup-configuration": "What was saved last",
        }),
      ],
      [arg("file", configurationFile, "A configuration file")],
    ),
    flag("once", "once", "Only the next time"),
  ],
});

export function keeping(chassis: ConfigReader): Keeping {
  const boot = chassis.all(bootConfig)[0]?.values;
  return {
    automatic: chassis.all(manualCommit).length === 0,
    archive: undefined,
    startFile:
      boot?.file === undefined
        ? undefined
        : { name: boot.file, line: boot.once === true ? undefined : renderForm(bootConfig.form, boot) },
  };
}
