/** What `line con 0` and `line vty 0 4` set for a login at one of them. */

import type { ConfigReader } from "../../grammar/declaration.ts";
import type { LineSettings } from "../common/logins.ts";
import { execTimeout, lineBanner, lineHistory, lineLength, lineOpener, lineWidth } from "./commands/line.ts";

const VTY_IDLE_MILLIS = 600_000;
const DEFAULT_HISTORY = 20;

/** A console is left alone unless it is told a time: whoever owns the process may look away from it. */
export function lineSettings(config: ConfigReader, line: string): LineSettings {
  const [kind, number] = line.split(" ");
  const at = Number(number);
  const node = config
    .all(lineOpener)
    .find(({ values }) => values.kind === kind && values.first <= at && at <= (values.last ?? values.first));
  const defaultIdle = kind === "vty" ? VTY_IDLE_MILLIS : undefined;
  if (node === undefined) return { idleMillis: defaultIdle };
  const [timeout] = config.under(node, execTimeout);
  const [history] = config.under(node, lineHistory);
  const banners = config.under(node, lineBanner).filter(({ negated }) => negated);
  const shows = (banner: string): boolean => !banners.some(({ values }) => values.banner === banner);
  return {
    length: config.under(node, lineLength)[0]?.values.lines,
    width: config.under(node, lineWidth)[0]?.values.columns,
    historySize: history === undefined ? undefined : history.negated ? 0 : (history.values.size ?? DEFAULT_HISTORY),
    idleMillis: timeout === undefined ? defaultIdle : timeout.negated ? 0 : millisOf(timeout.values),
    motdBanner: shows("motd-banner"),
    execBanner: shows("exec-banner"),
  };
}

function millisOf({ minutes, seconds = 0 }: { readonly minutes: number; readonly seconds?: number }): number {
  return (minutes * 60 + seconds) * 1000;
}
