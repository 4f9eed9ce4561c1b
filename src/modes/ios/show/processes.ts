/** `show processes …` and `show memory`: the process that plays the router, and line modules that have threads of their own. */

import type { LineModuleView } from "../../../engine/forwarding.ts";
import type { ProcessorLoad, ProcessUsage } from "../../common/process-usage.ts";

const NAME = "lnsh";

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}

function utilization({ load, userMillis, systemMillis }: ProcessUsage): string {
  const total = userMillis + systemMillis;
  // The second figure is what went to interrupts; here it is the kernel's part of the first.
  const kernel = total === 0 ? 0 : (load.fiveSeconds * systemMillis) / total;
  const whole = (value: number): string => `${Math.round(value)}%`;
  return `CPU utilization for five seconds: ${whole(load.fiveSeconds)}/${whole(kernel)}; one minute: ${whole(load.oneMinute)}; five minutes: ${whole(load.fiveMinutes)}`;
}

/** A thread of a line module; of the last seconds nobody keeps its time. */
function moduleRow(pid: number, { module, cpuMillis, datagrams }: LineModuleView): string {
  const cells = [
    String(pid).padStart(4),
    String(Math.round(cpuMillis)).padStart(10),
    String(datagrams).padStart(11),
    String(datagrams === 0 ? 0 : Math.round((cpuMillis * 1000) / datagrams)).padStart(10),
    ...["-", "-", "-"].map((cell) => cell.padStart(6)),
    "0".padStart(3),
  ];
  return `${cells.join(" ")} ${`line module ${module}`.padEnd(17)}`;
}

/** The whole process, of which line modules on threads of their own are a part. */
export function showProcesses(usage: ProcessUsage, lineModules: readonly LineModuleView[] = []): string[] {
  const { pid, userMillis, systemMillis, load } = usage;
  const cells = [
    String(pid).padStart(4),
    String(Math.round(userMillis + systemMillis)).padStart(11),
    "1".padStart(11),
    "0".padStart(10),
    percent(load.fiveSeconds).padStart(6),
    percent(load.oneMinute).padStart(6),
    percent(load.fiveMinutes).padStart(6),
    "0".padStart(3),
  ];
  return [
    utilization(usage),
    " PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process ",
    `${cells.join(" ").replace(/^( *\S+) /, "$1")} ${NAME.padEnd(17)}`,
    ...lineModules.map((one) => moduleRow(pid, one)),
  ];
}

const ROWS = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10];
const MARGIN = "     ";

/** A column for each span: its number above, `#` up to the mean and `*` up to the maximum. */
function graph(spans: readonly { readonly mean: number; readonly maximum: number }[], width: number): string[] {
  const columns = Array.from({ length: width }, (_, index) => spans[index]);
  const digits = columns.map((span) => (span === undefined ? "   " : String(Math.round(span.maximum)).padStart(3)));
  const heads = [0, 1, 2].map((place) => `${MARGIN}${digits.map((text) => text[place]).join("")}`);
  const bars = ROWS.map((row) => {
    const cells = columns.map((span) => {
      if (span === undefined || span.maximum <= row - 5) return " ";
      return span.mean > row - 5 ? "#" : "*";
    });
    return `${String(row).padStart(4)} ${cells.join("")}`;
  });
  const marks = Array.from({ length: width / 5 }, (_, index) => `....${index % 2 === 0 ? 5 : ((index + 1) / 2) % 10}`);
  return [...heads, ...bars, `${MARGIN.slice(1)}0${marks.join("")}`];
}

export function showProcessesHistory(load: ProcessorLoad): string[] {
  const bySecond = load.bySecond.map((value) => ({ mean: value, maximum: value }));
  const section = (
    title: string,
    spans: readonly { readonly mean: number; readonly maximum: number }[],
    width: number,
  ) => ["", ...graph(spans, width), `${MARGIN}          ${title}`];
  return [
    ...section("CPU% per second (last 60 seconds)", bySecond, 60),
    "",
    ...section("CPU% per minute (last 60 minutes)", load.byMinute, 60),
    `${MARGIN}         * = maximum CPU%   # = average CPU%`,
    "",
    ...section("CPU% per hour (last 72 hours)", load.byHour, 70),
    `${MARGIN}         * = maximum CPU%   # = average CPU%`,
    "",
  ];
}

/** The processor's pool is the machine's memory, of which the router holds a part. */
function poolLine({ machineBytes, residentBytes, machineFreeBytes }: ProcessUsage): string {
  const cell = (value: number): string => String(value).padStart(11);
  return `Processor Pool Total: ${cell(machineBytes)} Used: ${cell(residentBytes)} Free: ${cell(machineFreeBytes)}`;
}

export function showProcessesMemory(usage: ProcessUsage): string[] {
  const cell = (value: number): string => String(value).padStart(11);
  const { heapTotalBytes, heapUsedBytes, residentBytes } = usage;
  return [
    poolLine(usage),
    "",
    " PID TTY  Allocated      Freed    Holding    Getbufs    Retbufs Process",
    `${String(usage.pid).padStart(4)}   0 ${cell(heapTotalBytes).slice(1)} ${cell(heapTotalBytes - heapUsedBytes).slice(1)} ${cell(residentBytes).slice(1)} ${"0".padStart(10)} ${"0".padStart(10)} ${NAME}`,
    `                         ${cell(residentBytes)} Total`,
  ];
}

export function showMemoryStatistics(usage: ProcessUsage): string[] {
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `${name.padStart(9)}${cells.map((value) => String(value).padStart(12)).join("")}`;
  const { machineBytes, residentBytes, machineFreeBytes, heapTotalBytes, heapUsedBytes } = usage;
  const heapFree = heapTotalBytes - heapUsedBytes;
  return [
    row("", ["Head", "Total(b)", "Used(b)", "Free(b)", "Lowest(b)", "Largest(b)"]),
    row("Processor", ["0", machineBytes, residentBytes, machineFreeBytes, machineFreeBytes, machineFreeBytes]),
    row("Heap", ["0", heapTotalBytes, heapUsedBytes, heapFree, heapFree, heapFree]),
  ];
}
