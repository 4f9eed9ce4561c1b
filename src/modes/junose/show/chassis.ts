/**
 * `show` of the chassis: hardware, environment, redundancy, what it starts from and what it uses. There is no chassis here:
 * what a process has of it is told from the process, and what it has not (fans, temperatures, serial numbers) is said to be absent.
 */

import type { Snapshot } from "../../../engine/snapshot.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import { descriptorTexts } from "../../common/descriptors.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { lineModuleTable } from "../../common/line-modules.ts";
import { bootConfig } from "../commands/commit.ts";
import { bootBackup, bootSystem } from "../commands/system.ts";
import { civilTime } from "../compile/civil-time.ts";
import { dateText, MODEL } from "../document.ts";
import { CARDS, CHASSIS_SLOTS, emptySlots } from "./cards.ts";
import { release } from "./system.ts";
import { placed } from "./text.ts";

const MEGABYTE = 1024 * 1024;
const ABSENT = "---";

function megabytes(octets: number): number {
  return Math.round(octets / MEGABYTE);
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((100 * part) / whole);
}

const HARDWARE = [0, 6, 16, 28, 40, 52, 58];

export function showHardware(context: ExecContext): ExecResult {
  const { machineBytes } = context.process();
  const rows = CARDS.map((card) => ({ ...card, ramMegabytes: card.slot === 0 ? megabytes(machineBytes) : undefined }));
  return {
    lines: [
      `chassis: ${CHASSIS_SLOTS} slot ${MODEL}, in software`,
      "",
      placed([16, 28, 40], ["serial", "assembly", "assembly"]),
      placed([0, 6, 16, 28, 40, 52, 58], ["slot", "type", "number", "number", "rev.", "ram", "runs as"]),
      placed(HARDWARE, ["----", "--------", "----------", "----------", "--------", "----", "--------------------"]),
      ...rows.map((row) =>
        placed(HARDWARE, [row.slot, row.type, ABSENT, ABSENT, ABSENT, row.ramMegabytes ?? ABSENT, row.role]),
      ),
      "",
      `Ciphers are computed by ${context.snapshot.cryptoEngine}${besideOneAnother(context.snapshot)}`,
      ...descriptorTexts(context.snapshot).map(({ name, manner }) => `Packets of ${name}: ${manner}`),
      ...lineModuleTable(context.snapshot),
    ],
    model: {
      model: MODEL,
      cards: rows,
      cryptoEngine: context.snapshot.cryptoEngine,
      descriptors: context.snapshot.cryptoEngineDetails?.descriptors ?? [],
    },
  };
}

/** Tools read `nvs` and take the percentage out, which changes; and they refuse a redundancy that is out of step. */
export function showEnvironment(context: ExecContext): ExecResult {
  const { totalBytes, freeBytes } = context.files.space("flash");
  const model = {
    slots: CHASSIS_SLOTS,
    online: CARDS.map((card) => card.slot),
    empty: emptySlots(),
    flash: { totalBytes, freeBytes },
    operational: true,
  };
  return {
    lines: [
      `chassis: ${CHASSIS_SLOTS} slot (${MODEL}, in software)`,
      "fabric: none, cards are one process",
      "fans: not present",
      `nvs: ok (${megabytes(totalBytes)}MB flash disk, ${percent(totalBytes - freeBytes, totalBytes)}% full)`,
      "power: the host's",
      "srp redundancy: none",
      "slots: ok",
      `  online: ${model.online.join(" ")}`,
      "  standby: none",
      "  offline: none",
      `  empty: ${model.empty.join(" ")}`,
      "line redundancy: none",
      "temperature: not measured",
      "timing: the host's clock",
      "system operational: yes",
    ],
    model,
  };
}

export function showRedundancy(): ExecResult {
  return {
    lines: [
      "SRP",
      "---",
      "SRP module in slot 0 is active; there is no other",
      "high-availability state: disabled",
      "",
      "line modules",
      "------------",
      "No redundancy groups configured",
    ],
    model: { activeSlot: 0, standbySlot: undefined, highAvailability: false, groups: [] },
  };
}

/** What the next start begins from, by configuration; what runs now where nothing is configured. */
export function showBoot(context: ExecContext): ExecResult {
  const backup = context.chassis.all(bootBackup)[0]?.values;
  const start = context.chassis.all(bootConfig)[0]?.values;
  const model = {
    systemRelease: context.chassis.all(bootSystem)[0]?.values.release ?? release(context),
    systemConfiguration: start?.file ?? start?.source ?? "running-configuration",
    backup: backup?.release,
    backupConfiguration: backup?.configuration,
  };
  return {
    lines: [
      `System Release:        ${model.systemRelease}`,
      `System Configuration:  ${model.systemConfiguration}`,
      `Backup Release:        ${[model.backup ?? "none", model.backupConfiguration ?? ""].join(" ").trimEnd()}`,
    ],
    model,
  };
}

export function showLastReset(context: ExecContext): ExecResult {
  const at = context.clock.toDate(context.snapshot.startedAt);
  return {
    lines: [`last reset: process started at ${dateText(at, civilTime(context.chassis))}`],
    model: { at, reason: "process started" },
  };
}

const UTILIZATION = [0, 6, 19, 28, 36];

/**
 * One process, which stands for the route processor: only that row has numbers. Memory is what it has of the machine's; `detail`
 * tells memory and load in figures.
 */
export function showUtilization(context: ExecContext, view?: "detail"): ExecResult {
  const { residentBytes, machineBytes, load } = context.process();
  const memoryPercent = percent(residentBytes, machineBytes);
  const cpuPercent = Math.round(load.fiveSeconds);
  return {
    lines: [
      placed([19, 28, 36], ["memory", "cpu", "bw"]),
      placed(UTILIZATION, ["slot", "type", "(%)", "(%)", "exceeded"]),
      placed(UTILIZATION, ["----", "-----------", "------", "-----", "--------"]),
      ...CARDS.map(({ slot, type }) =>
        placed(
          UTILIZATION,
          slot === 0 ? [slot, type, memoryPercent, cpuPercent, ABSENT] : [slot, type, ABSENT, ABSENT, ABSENT],
        ),
      ),
      ...(view === "detail"
        ? [
            "",
            `slot 0 memory: ${megabytes(residentBytes)}MB of ${megabytes(machineBytes)}MB`,
            `slot 0 cpu: ${cpuPercent}% of 5 seconds, ${Math.round(load.oneMinute)}% of 1 minute, ${Math.round(load.fiveMinutes)}% of 5 minutes`,
          ]
        : []),
    ],
    model: { slot: 0, memoryPercent, cpuPercent, residentBytes, machineBytes },
  };
}

function besideOneAnother({ cryptoEngineDetails: details }: Snapshot): string {
  return details === undefined || details.lanes === 1 ? "" : `, ${details.lanes} packets side by side`;
}

/** Line modules on threads of their own are a part of the process. */
export function showProcessCpu(context: ExecContext): ExecResult {
  const { pid, userMillis, systemMillis, load } = context.process();
  const columns = [0, 8, 18, 30, 42, 51, 60];
  const loads = [load.fiveSeconds, load.oneMinute, load.fiveMinutes].map((value) => `${Math.round(value)}%`);
  return {
    lines: [
      placed([18, 30, 42, 51, 60], ["user", "system", "5 sec", "1 min", "5 min"]),
      placed(columns, ["pid", "process", "time (ms)", "time (ms)", "cpu", "cpu", "cpu"]),
      placed(columns, ["------", "--------", "----------", "----------", "-------", "-------", "-------"]),
      placed(columns, [pid, "lnsh", Math.round(userMillis), Math.round(systemMillis), ...loads]),
      ...lineModuleTable(context.snapshot),
    ],
    model: {
      ...(context.snapshot.lineModules === undefined ? {} : { lineModules: context.snapshot.lineModules }),
      pid,
      userMillis,
      systemMillis,
      fiveSecondsPercent: load.fiveSeconds,
      oneMinutePercent: load.oneMinute,
      fiveMinutesPercent: load.fiveMinutes,
    },
  };
}

export function showProcessMemory(context: ExecContext): ExecResult {
  const { pid, residentBytes, heapTotalBytes, heapUsedBytes, machineBytes, machineFreeBytes } = context.process();
  const columns = [0, 8, 18, 32, 46];
  return {
    lines: [
      placed([18, 32, 46], ["resident", "heap", "heap in use"]),
      placed(columns, ["pid", "process", "(bytes)", "(bytes)", "(bytes)"]),
      placed(columns, ["------", "--------", "------------", "------------", "------------"]),
      placed(columns, [pid, "lnsh", residentBytes, heapTotalBytes, heapUsedBytes]),
      "",
      `Memory of the host: ${machineBytes} bytes, ${machineFreeBytes} free`,
    ],
    model: { pid, residentBytes, heapTotalBytes, heapUsedBytes, machineBytes, machineFreeBytes },
  };
}
