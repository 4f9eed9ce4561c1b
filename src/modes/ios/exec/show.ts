/** The show commands: which there are, and what each prints. */

import { exec } from "../../../grammar/declaration.ts";
import { kw } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { showPasteReport } from "../../common/show-paste-report.ts";
import { absentShowCommands } from "./absent-features.ts";
import { showDebugCommands } from "./debug.ts";
import { showAliases } from "./session.ts";
import { showCryptoCommands } from "./show-crypto.ts";
import { showDeviceCommands } from "./show-device.ts";
import { showInterfaceCommands } from "./show-interfaces.ts";
import { showIpCommands } from "./show-ip.ts";
import { showForwardingCommands } from "./show-ip-forwarding.ts";
import { showIpsecCommands } from "./show-ipsec.ts";
import { showIsakmpCommands } from "./show-isakmp.ts";
import { showLoginCommands } from "./show-login.ts";
import { showPkiCommands } from "./show-pki.ts";
import { showSubscriberCommands } from "./show-subscribers.ts";
import { showSystemCommands } from "./show-system.ts";
import { showVpdnCommands } from "./show-vpdn.ts";
import { sshShowCommands } from "./ssh.ts";
import { showSubscriberSessionCommands } from "./subscriber-session.ts";
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
  ...showForwardingCommands,
  ...showSystemCommands,
  ...showDeviceCommands,
  ...showPkiCommands,
  ...sshShowCommands,
  ...showLoginCommands,
  ...showAliases,
  ...showSubscriberSessionCommands,
  ...absentShowCommands,
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
