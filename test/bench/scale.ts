/**
 * Thousands of sessions in one process. In simulated time: what the gateway remembers for each, what its machine takes when nothing happens but
 * keepalives, what a change of the configuration takes, and the commands that show all of them, in processor time. Then with
 * sockets: how large the process is, and how long one waits. SCALE_SESSIONS sets how many (10000).
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DialectName } from "../../src/modes/dialect.ts";
import { type Figure, type Figures, median } from "./figures.ts";
import { loopbackCrowd } from "./loopback-crowd.ts";
import { Crowd, living, threadMillis } from "./scale/crowd.ts";

const SESSIONS = Number(process.env.SCALE_SESSIONS ?? 10_000);
const PER_SECOND = 200;
const IDLE_SECONDS = 30;
const ROUNDS = 5;
const LOOPBACK_PER_SECOND = Number(process.env.SCALE_RATE ?? 50);
const AT_ONCE = 100;
/** Until the last line is there, while the clients go on. */
const LOOPBACK_SHOWS = ["show crypto session brief", "show crypto ipsec sa", "show vpdn session", "show users"];
const GATEWAY = "203.0.113.1";

interface Case {
  readonly dialect: DialectName;
  readonly persona: "windows-2000" | "windows-10";
  readonly shows: readonly string[];
  /** Lines that change the configuration; the last one is acted on. */
  readonly change: readonly string[];
}

const cases: readonly Case[] = [
  {
    dialect: "ios",
    persona: "windows-10",
    shows: [
      "show crypto session brief",
      "show crypto session",
      "show crypto session detail",
      "show crypto isakmp sa",
      "show crypto ipsec sa",
      "show crypto engine connections active",
      "show vpdn",
      "show vpdn session",
      "show l2tp session",
      "show l2tp tunnel all",
      "show users",
      "show caller",
      "show ip route",
      "show ip interface brief",
      "show interfaces",
      "show ip local pool",
      "show aaa sessions",
      "show crypto map",
      "show vpdn session | json",
      "show clock",
    ],
    change: ["configure terminal", "hostname other"],
  },
  {
    dialect: "junose",
    persona: "windows-2000",
    shows: [
      "show ike sa",
      "show ipsec transport interface",
      "show ipsec transport interface detail",
      "show l2tp",
      "show l2tp tunnel",
      "show l2tp tunnel detail",
      "show l2tp session",
      "show l2tp session detail",
      "show l2tp destination",
      "show subscribers",
      "show ppp interface",
      "show ip interface brief",
      "show ip route",
      "show ip local pool",
      "show clock",
    ],
    change: ["configure terminal", "hostname other"],
  },
];

export async function benchScale(figures: Figures): Promise<void> {
  for (const each of cases) benchDialect(each, figures);
  await benchProcess(figures);
}

/** The same in a process of its own, with sockets and as many clients that stay. */
async function benchProcess(figures: Figures): Promise<void> {
  const { ups, reasons, memory, memoryOfEach, shown } = await loopbackCrowd(
    { count: SESSIONS, rate: LOOPBACK_PER_SECOND, atOnce: AT_ONCE },
    LOOPBACK_SHOWS,
  );
  if (reasons.length > 0) figures.note(`not all came up: ${reasons.join("; ")}`);
  figures.list(
    `ios: ${ups.length} sessions of lnsh client over loopback sockets, ${LOOPBACK_PER_SECOND} begin each second`,
    [
      { name: "clients that came up", value: ups.length, unit: "" },
      { name: "memory of the process", value: memory / 1e6, unit: "MB" },
      { name: "of that for each", value: memoryOfEach / 1000, unit: "kB" },
      ...shown.map(({ command, millis }): Figure => ({ name: command, value: millis, unit: "ms" })),
    ],
  );
}

function benchDialect({ dialect, persona, shows, change }: Case, figures: Figures): void {
  const empty = living();
  const config = readFileSync(join(import.meta.dirname, "scale", `${dialect}.cfg`), "utf8");
  const count = SESSIONS;
  const crowd = new Crowd({ dialect, config, gateway: GATEWAY, persona, psk: "secret", count, perSecond: PER_SECOND });
  const ms = (name: string, value: number, more?: string): Figure => ({
    name,
    value,
    unit: "ms",
    ...(more === undefined ? {} : { more }),
  });
  const up = crowd.up;
  if (up < SESSIONS) figures.note(`not all came up: ${crowd.reasons.join("; ")}`);
  const coming = crowd.busyMillis / SESSIONS;
  const idle = crowd.cost(() => crowd.drive(IDLE_SECONDS)) / IDLE_SECONDS;
  const shown = shows.map((command) => {
    let lines: readonly string[] = [];
    const times = Array.from({ length: ROUNDS }, () =>
      timed(() => {
        lines = answered(crowd, command);
      }),
    );
    const slowest = `slowest ${Math.max(...times).toFixed(0)} ms, ${lines.length} lines`;
    return ms(command, median(times), slowest);
  });
  const [last = "", ...before] = change.toReversed();
  for (const line of before.toReversed()) answered(crowd, line);
  const committed = timed(() => answered(crowd, last));
  crowd.dropClients();
  const { heap, buffers } = living();
  figures.list(`${dialect}: ${up} sessions in one process, simulated time`, [
    { name: "what is alive for each, heap", value: (heap - empty.heap) / count / 1000, unit: "kB" },
    { name: "what is alive for each, buffers", value: (buffers - empty.buffers) / count / 1000, unit: "kB" },
    ms("CPU for each that comes, keepalives of the others included, without the key agreement", coming),
    ms("CPU of an idle second, keepalives of all", idle),
    ms("a change of the configuration", committed),
  ]);
  figures.list(`${dialect}: commands with ${up} sessions, median of ${ROUNDS}`, shown);
  crowd.close();
}

function timed(work: () => void): number {
  const begun = threadMillis();
  work();
  return threadMillis() - begun;
}

function answered(crowd: Crowd, line: string): readonly string[] {
  const { ok, lines } = crowd.console.execute(line);
  if (!ok) throw new Error(`${line}: ${lines.join(" ")}`);
  return lines;
}
