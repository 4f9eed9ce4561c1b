/** What `line con 0` and `line vty 0 4` set for a login at one of them. */

import type { ConfigReader } from "../../grammar/declaration.ts";
import type { LineSettings } from "../common/logins.ts";
import {
  configuredLine,
  DEFAULT_HISTORY,
  DEFAULT_LENGTH,
  DEFAULT_WIDTH,
  execTimeout,
  lineBanner,
  lineEditing,
  lineHistory,
  lineLength,
  lineSynchronous,
  lineWidth,
} from "./commands/line.ts";
import { levelNumber } from "./syslog.ts";

const VTY_IDLE_MILLIS = 600_000;

/** A console is left alone unless it is told a time: whoever owns the process may look away from it. */
export function lineSettings(config: ConfigReader, line: string): LineSettings {
  const [kind = "", number] = line.split(" ");
  const node = configuredLine(config, kind, Number(number));
  const defaultIdle = kind === "vty" ? VTY_IDLE_MILLIS : undefined;
  if (node === undefined) return { idleMillis: defaultIdle };
  const [timeout] = config.under(node, execTimeout);
  const [history] = config.under(node, lineHistory);
  const banners = config.under(node, lineBanner).filter(({ negated }) => negated);
  const shows = (banner: string): boolean => !banners.some(({ values }) => values.banner === banner);
  return {
    length: unless(DEFAULT_LENGTH, config.under(node, lineLength)[0]?.values.lines),
    width: unless(DEFAULT_WIDTH, config.under(node, lineWidth)[0]?.values.columns),
    historySize: history?.negated === true ? 0 : unless(DEFAULT_HISTORY, history?.values.size),
    idleMillis: timeout === undefined ? defaultIdle : millisOf(timeout.values),
    editing: config.under(node, lineEditing)[0]?.negated === true ? false : undefined,
    motdBanner: shows("motd-banner"),
    execBanner: shows("exec-banner"),
    reprintsBehind: synchronous(config.under(node, lineSynchronous)[0]?.values),
  };
}

/** What is no more than the default holds nothing fast: the size of the terminal window counts. */
function unless(byDefault: number, said: number | undefined): number | undefined {
  return said === byDefault ? undefined : said;
}

const never = (): boolean => false;
/** More urgent messages than this break in even where the line is synchronous. */
const ASYNCHRONOUS_LEVEL = 2;

/**
 * `level`: messages up to that severity break into what is typed; the others print it again behind them. Where the line is not
 * told, all of them do, which is kinder than the box.
 */
function synchronous(
  set: { readonly level?: string; readonly number?: number } | undefined,
): ((message: string) => boolean) | undefined {
  if (set === undefined) return undefined;
  if (set.level === "all") return never;
  const breaksIn = set.number ?? (set.level === undefined ? ASYNCHRONOUS_LEVEL : levelNumber(set.level));
  return (message) => Number(/%[A-Z0-9_]+-(\d)-/.exec(message)?.[1] ?? 7) > breaksIn;
}

function millisOf({ minutes, seconds = 0 }: { readonly minutes: number; readonly seconds?: number }): number {
  return (minutes * 60 + seconds) * 1000;
}
