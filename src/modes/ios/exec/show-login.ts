/** `show login` and `show login failures`: who failed to log in, and whether the door is shut because of it. */

import { type ExecResult, exec, inert } from "../../../grammar/declaration.ts";
import { flag, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { LoginGuardSpec, LoginWatchView } from "../../common/login-watch.ts";
import { hasDefaultDelay, loginGuard } from "../commands/login-guard.ts";
import { dateText } from "../document.ts";
import { civilTime } from "../log-style.ts";
import { PRIVILEGED, print, show } from "./words.ts";

const INDENT = "     ";
const NOTHING_SEEN: LoginWatchView = {
  totalFailures: 0,
  countedFailures: 0,
  windowMillis: 0,
  quietMillis: 0,
  failures: [],
};

/** Whole seconds; what is not over yet is at least one. */
function seconds(millis: number): number {
  return Math.ceil(millis / 1000);
}

function showLogin({ chassis, ssh }: ExecContext): ExecResult {
  const guard = loginGuard(chassis);
  const seen = ssh?.loginWatch ?? NOTHING_SEEN;
  const { delaySeconds, quietList } = guard;
  const delay =
    delaySeconds === 0
      ? "No login delay has been applied."
      : `A ${hasDefaultDelay(chassis) ? "default " : ""}login delay of ${delaySeconds} second${delaySeconds === 1 ? "" : "s"} is applied.`;
  const list =
    quietList === undefined
      ? "No Quiet-Mode access list has been configured."
      : `Quiet-Mode access list ${quietList} is applied.`;
  const lines = [delay, list, "", ...watching(guard, seen), `Total login failures: ${seen.totalFailures}.`];
  return print(
    lines.map((line) => (line === "" ? "" : INDENT + line)),
    {
      delaySeconds,
      quietModeAccessList: quietList ?? null,
      block: guard.block ?? null,
      quietSeconds: seconds(seen.quietMillis),
      countedFailures: seen.countedFailures,
      totalFailures: seen.totalFailures,
    },
  );
}

function watching({ block, quietList }: LoginGuardSpec, seen: LoginWatchView): readonly string[] {
  if (block === undefined) return ["Router NOT enabled to watch for login Attacks"];
  const { attempts, withinSeconds } = block;
  const enabled = [
    "Router enabled to watch for login Attacks.",
    `If more than ${attempts} login failures occur in ${withinSeconds} seconds or less,`,
    `logins will be disabled for ${block.seconds} seconds.`,
    "",
  ];
  if (seen.quietMillis > 0) {
    return [
      ...enabled,
      "Router presently in Quiet-Mode.",
      `Will remain in Quiet-Mode for ${seconds(seen.quietMillis)} seconds.`,
      quietList === undefined
        ? "Denying logins from all sources."
        : `Restricted logins filtered by applied ACL ${quietList}.`,
    ];
  }
  return [
    ...enabled,
    "Router presently in Normal-Mode.",
    "Current Watch Window",
    `    Time remaining: ${seconds(seen.windowMillis)} seconds.`,
    `    Login failures for current window: ${seen.countedFailures}.`,
  ];
}

function showFailures({ chassis, ssh }: ExecContext): ExecResult {
  const { failures } = ssh?.loginWatch ?? NOTHING_SEEN;
  const zone = civilTime(chassis);
  const rows = failures.map(({ user, from, port, count, at }) =>
    [user.padEnd(15), from.padEnd(15), `${port}`.padEnd(6), `${count}`.padEnd(6), dateText(at, zone)].join(" "),
  );
  const model = failures.map((failure) => ({ ...failure, at: failure.at.toISOString() }));
  if (rows.length === 0) return print(["*** No logged failed login attempts with the device.***"], model);
  const columns = ["Username".padEnd(15), "SourceIPAddr".padEnd(15), "lPort".padEnd(6), "Count".padEnd(6), "TimeStamp"];
  const total = failures.reduce((sum, { count }) => sum + count, 0);
  return print(
    [`Total failed logins: ${total}`, "Detailed information about last failures", "", columns.join(" "), ...rows],
    model,
  );
}

export const showLoginCommands = [
  exec({
    level: PRIVILEGED,
    form: [
      show,
      kw("login", "Display Secure Login Configurations and State"),
      opt(pick("part", { failures: "Display failed login information" })),
    ],
    run: (context: ExecContext, { part }) => (part === undefined ? showLogin(context) : showFailures(context)),
  }),
  exec({
    level: PRIVILEGED,
    form: [
      show,
      kw("parser", "Display parser information"),
      kw("view", "Display current view"),
      flag("all", "all", "Views that are configured"),
    ],
    effect: inert("there are no views here"),
    run: () => print(["No view is active ! Currently in Privilege Level Context"], []),
  }),
];
