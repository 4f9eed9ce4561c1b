/** What the process that plays the router takes of its machine. Octets, and milliseconds of processor time. */

/** Load in percent of one processor. */
export interface ProcessorLoad {
  readonly fiveSeconds: number;
  readonly oneMinute: number;
  readonly fiveMinutes: number;
  /** Newest first: each of the last 60 seconds. */
  readonly bySecond: readonly number[];
  /** Newest first: mean and maximum of each of the last 60 minutes. */
  readonly byMinute: readonly { readonly mean: number; readonly maximum: number }[];
  /** Newest first: mean and maximum of each of the last 72 hours. */
  readonly byHour: readonly { readonly mean: number; readonly maximum: number }[];
}

export interface ProcessUsage {
  readonly pid: number;
  readonly uptimeMillis: number;
  readonly residentBytes: number;
  readonly heapTotalBytes: number;
  readonly heapUsedBytes: number;
  /** The machine's memory and what is left of it. */
  readonly machineBytes: number;
  readonly machineFreeBytes: number;
  /** Processor time in user programs and in the kernel for them. */
  readonly userMillis: number;
  readonly systemMillis: number;
  readonly load: ProcessorLoad;
}
