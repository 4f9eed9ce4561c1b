/** `show` of the router itself: version, configuration, virtual routers, licenses, clock. */

import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { isVrf } from "../../tree/vrfs.ts";
import { vrf } from "../commands/ip.ts";
import { license } from "../commands/system.ts";
import { civilTime } from "../compile/civil-time.ts";
import { routerNames, routerOf } from "../compile/configuration.ts";
import { COPYRIGHT, dateText, MODEL, PRODUCT, versionText } from "../document.ts";
import { CARDS, CHASSIS_SLOTS } from "./cards.ts";

export function release(context: ExecContext): string {
  return `lnsh_${context.version.replaceAll(".", "-")}.rel`;
}

interface Uptime {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

function uptime({ snapshot }: ExecContext): Uptime {
  const total = Math.max(0, Math.floor((snapshot.now - snapshot.startedAt) / 1000));
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor(total / 3600) % 24,
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
  };
}

const NOTHING = "---";
const SLOT_HEADS = ["slot", "state", "type", "admin", "spare", "running release", "slot uptime"];

/** Columns are as wide as what stands in them; heads and what is not there stand in their middle. */
function slotTable(rows: readonly (readonly string[])[]): string[] {
  const widths = SLOT_HEADS.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const isCentered = cell === NOTHING || cells === SLOT_HEADS;
        return (isCentered ? " ".repeat(Math.floor((width - cell.length) / 2)) + cell : cell).padEnd(width);
      })
      .join(" ")
      .trimEnd();
  return [line(SLOT_HEADS), widths.map((width) => "-".repeat(width)).join(" "), ...rows.map(line)];
}

export function showVersion(context: ExecContext): ExecResult {
  const since = dateText(context.clock.toDate(context.snapshot.startedAt), civilTime(context.chassis));
  const { days, hours, minutes, seconds } = uptime(context);
  const two = (number: number): string => String(number).padStart(2, "0");
  const up = `${days}d${two(hours)}h:${two(minutes)}m:${two(seconds)}s`;
  const running = release(context);
  const slots = Array.from({ length: CHASSIS_SLOTS }, (_, slot) => {
    const card = CARDS.find((one) => one.slot === slot);
    const known = card === undefined ? undefined : ["online", card.type, "enabled", NOTHING, running, up];
    return [String(slot), ...(known ?? SLOT_HEADS.slice(1).map(() => NOTHING))];
  });
  return {
    lines: [
      PRODUCT,
      COPYRIGHT,
      `System Release: ${running}`,
      `        ${versionText(context.version)}`,
      `System running for: ${days} days, ${hours} hours, ${minutes} minutes, ${seconds} seconds`,
      `        (since ${since})`,
      "",
      ...slotTable(slots),
    ],
    model: { model: MODEL, version: context.version, uptime: uptime(context), crypto: context.snapshot.cryptoEngine },
  };
}

export function showVirtualRouters(
  context: ExecContext,
  view: "brief" | "detail" | "summary",
  wanted: string | undefined,
): ExecResult {
  const { spec, sessions, connections } = context.snapshot;
  const all = routerNames(context)
    .filter((name) => (wanted === undefined ? !isVrf(name) : name === wanted))
    .map((name) => {
      const router = spec.virtualRouters.find((one) => one.name === name);
      return {
        name,
        vrfs: routerOf(context, name)
          .all(vrf)
          .map(({ values }) => values.name),
        interfaces: new Set(router?.interfaces.map((one) => one.name)).size,
        routes: router?.routes.length ?? 0,
        subscribers: sessions.filter((one) => one.virtualRouter === name).length,
        transportInterfaces: connections.filter((one) => one.virtualRouter === name).length,
      };
    });
  if (wanted !== undefined && all.length === 0) {
    return { ok: false, lines: [`% Virtual router ${wanted} does not exist`] };
  }
  if (view === "summary") {
    const withVrfs = all.filter(({ vrfs }) => vrfs.length > 0).length;
    const vrfs = all.reduce((sum, one) => sum + one.vrfs.length, 0);
    const counts = { withoutVrfs: all.length - withVrfs, withVrfs, vrfs, total: all.length + vrfs };
    return {
      lines: [
        `Virtual routers without VRFs: ${counts.withoutVrfs}`,
        `Virtual routers with VRFs:    ${counts.withVrfs}`,
        `VRFs:                         ${counts.vrfs}`,
        `Total:                        ${counts.total}`,
      ],
      model: counts,
    };
  }
  return {
    lines: all.flatMap((one) => [
      `Virtual Router : ${one.name}`,
      ...one.vrfs.map((inner) => `        VRF : ${inner}`),
      ...(view === "detail"
        ? [
            `        Interfaces : ${one.interfaces}, static routes : ${one.routes}`,
            `        Subscribers : ${one.subscribers}, IPSEC transport interfaces : ${one.transportInterfaces}`,
          ]
        : []),
    ]),
    model: all,
  };
}

/** No license limits anything; the words are the box's. */
export function showLicenses({ chassis }: ExecContext, feature: string | undefined): ExecResult {
  const all = chassis
    .all(license)
    .map(({ values }) => values)
    .filter((one) => feature === undefined || one.feature === feature);
  return {
    lines:
      all.length === 0
        ? ["No licenses found"]
        : all.map(({ feature: name, key }) => `${name} license key is ${key} which allows unlimited use`),
    model: all,
  };
}

export function showClock({ clock, chassis }: ExecContext): ExecResult {
  return { lines: [dateText(clock.now, civilTime(chassis))], model: clock.now };
}

export function showPrivilege({ session }: ExecContext): ExecResult {
  return { lines: [`Privilege level is ${session.level}`], model: session.level };
}
