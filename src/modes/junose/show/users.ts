/** `show users`: who is logged in, and through which line. */

import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { LoginView } from "../../common/logins.ts";
import { civilTime } from "../compile/civil-time.ts";
import { dateText } from "../document.ts";
import { lineName, linesOf } from "../line-settings.ts";
import { placed } from "./text.ts";

const COLUMNS = [2, 12, 28, 46, 77];
const NOBODY = "---";

/** `all`: the lines that wait for somebody too; `detail`: where each session stands. The star marks the one that asks. */
export function showUsers(context: ExecContext, view?: "all" | "detail"): ExecResult {
  const { all } = context.logins;
  const taken = all.map(({ line }) => lineName(line));
  const lines = view === "all" ? new Set([...linesOf(context.chassis), ...taken]) : new Set(taken);
  return {
    lines: [
      placed(COLUMNS, ["line", "user", "connected from", "connected since", "idle (s)"]),
      placed(COLUMNS, ["--------", "--------------", "----------------", "-----------------------------", "--------"]),
      ...[...lines].flatMap((line) => {
        const there = all.filter((login) => lineName(login.line) === line);
        return there.length === 0
          ? [placed(COLUMNS, [line, NOBODY])]
          : there.flatMap((one) => told(context, one, view));
      }),
    ],
    model: [
      ...all.map((login) => ({
        line: login.line,
        user: login.user,
        location: place(login),
        since: since(context, login),
        idleSeconds: idleSeconds(login),
        level: login.level,
        virtualRouter: login.virtualRouter,
        here: login.line === context.session.line,
      })),
      ...[...lines].filter((line) => !taken.includes(line)).map((line) => ({ line })),
    ],
  };
}

function told(context: ExecContext, login: LoginView, view: "all" | "detail" | undefined): string[] {
  const cells = [
    login.line === context.session.line ? "*" : "",
    lineName(login.line),
    login.user === "" ? NOBODY : login.user,
    place(login),
    dateText(since(context, login), civilTime(context.chassis)),
    idleSeconds(login),
  ];
  const standing = placed(COLUMNS.slice(1), [`privilege level ${login.level}, virtual router ${login.virtualRouter}`]);
  return [placed([0, ...COLUMNS], cells), ...(view === "detail" ? [standing] : [])];
}

function place({ location }: LoginView): string {
  return location === "" ? "local" : location;
}

function since({ clock }: ExecContext, { activeMillis }: LoginView): Date {
  return new Date(clock.now.getTime() - activeMillis);
}

function idleSeconds({ idleMillis }: LoginView): number {
  return Math.floor(idleMillis / 1000);
}
