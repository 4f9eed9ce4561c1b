/** Every exec command of IOS, and those that work inside configuration under their own name. */

import { clockSet } from "../../common/clock-set.ts";
import { dashboardCommand } from "../../common/dashboard-command.ts";
import { civilTime } from "../log-style.ts";
import { whereCommand } from "./absent-features.ts";
import { archiveExecCommands } from "./archive.ts";
import { archiveLogCommands } from "./archive-log.ts";
import { clearCommands } from "./clear.ts";
import { configureCommands } from "./configure.ts";
import { copyCommand } from "./copy.ts";
import { debugCommands } from "./debug.ts";
import { ecKeyCommands } from "./ec-keys.ts";
import { fileExecCommands } from "./files.ts";
import { lineExecCommands } from "./lines.ts";
import { localUserCommands } from "./local-users.ts";
import { monitorCommands } from "./monitor.ts";
import { oneLineDialin } from "./one-line-dialin.ts";
import { reachCommands } from "./ping.ts";
import { pkiExecCommands } from "./pki.ts";
import { refusedCommands } from "./refused.ts";
import { reloadCommands } from "./reload.ts";
import { showConfigurationLock, showDerived, showRunning, showStartup } from "./running-config.ts";
import { savingCommands } from "./saving.ts";
import { end, exitMode, sessionCommands } from "./session.ts";
import { showCommands } from "./show.ts";
import { cryptoKeyCommands } from "./ssh.ts";
import { terminalCommands } from "./terminal.ts";
import { PRIVILEGED } from "./words.ts";

export const execCommands = [
  ...sessionCommands,
  whereCommand,
  ...terminalCommands,
  ...lineExecCommands,
  ...configureCommands,
  ...savingCommands,
  ...reloadCommands,
  copyCommand,
  ...fileExecCommands,
  ...archiveExecCommands,
  ...archiveLogCommands,
  showRunning,
  showDerived,
  showStartup,
  showConfigurationLock,
  ...showCommands,
  ...clearCommands,
  ...debugCommands,
  dashboardCommand,
  clockSet({ level: PRIVILEGED, time: civilTime }),
  ...reachCommands,
  ...monitorCommands,
  ...cryptoKeyCommands,
  ...ecKeyCommands,
  ...pkiExecCommands,
  ...localUserCommands,
  ...refusedCommands,
];

export const execInConfiguration = [
  exitMode,
  end,
  ...oneLineDialin,
  ...cryptoKeyCommands,
  ...ecKeyCommands,
  ...pkiExecCommands,
];
