/** The show commands: which there are, and what each prints. */

import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { showPasteReport } from "../../common/show-paste-report.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { runningConfiguration, runningInterface } from "../show/running-config.ts";
import { showDebugCommands } from "./debug.ts";
import { showCryptoCommands } from "./show-crypto.ts";
import { showInterfaceCommands } from "./show-interfaces.ts";
import { showIpCommands } from "./show-ip.ts";
import { showIpsecCommands } from "./show-ipsec.ts";
import { showIsakmpCommands } from "./show-isakmp.ts";
import { showSubscriberCommands } from "./show-subscribers.ts";
import { showSystemCommands } from "./show-system.ts";
import { showVpdnCommands } from "./show-vpdn.ts";
import { PRIVILEGED, print, show } from "./words.ts";

export const showCommands = [
  showPasteReport(show, PRIVILEGED),
  ...showIsakmpCommands,
  ...showIpsecCommands,
  ...showCryptoCommands,
  ...showVpdnCommands,
  ...showSubscriberCommands,
  ...showInterfaceCommands,
  ...showIpCommands,
  exec({
    level: 15,
    form: [
      show,
      kw("running-config", "Current operating configuration"),
      opt(kw("interface", "Show interface configuration"), arg("interface", anyInterface, "Interface")),
    ],
    run: (context: ExecContext, { interface: port }) => {
      const body = context.renderConfiguration();
      const lines = port === undefined ? runningConfiguration(body) : runningInterface(body, nameOf(port));
      return print(lines, lines);
    },
  }),
  exec({
    level: 15,
    form: [kw("write", "Write running configuration to memory or terminal"), kw("terminal", "Write to terminal")],
    run: (context: ExecContext) => print(runningConfiguration(context.renderConfiguration()), undefined),
  }),
  ...showSystemCommands,
  ...showDebugCommands,
  exec({
    form: [show, kw("privilege", "Show current privilege level")],
    run: ({ session }: ExecContext) => print([`Current privilege level is ${session.level}`], session.level),
  }),
  exec({
    form: [show],
    run: () => ({ lines: ['% Type "show ?" for a list of subcommands', ""], ok: false }),
  }),
];
