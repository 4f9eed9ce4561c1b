/** How packets come into the process and leave it, in words that both kinds of router print where they tell what computes ciphers. */

import type { DescriptorView, Snapshot } from "../../engine/snapshot.ts";

export interface DescriptorText {
  /** `sockets of 203.0.113.1`, `device lnsh0`. */
  readonly name: string;
  readonly manner: string;
}

export function descriptorTexts({ cryptoEngineDetails }: Snapshot): DescriptorText[] {
  return (cryptoEngineDetails?.descriptors ?? []).map((view) =>
    view.kind === "device"
      ? { name: `device ${view.device}`, manner: RUNS[view.runs] }
      : { name: `sockets of ${view.address}`, manner: socketsText(view) },
  );
}

const RUNS: Readonly<Record<Extract<DescriptorView, { kind: "device" }>["runs"], string>> = {
  none: "packets one by one: the kernel refused runs",
  tcp: "runs of TCP, checksums left open; UDP one by one: the kernel refused its runs",
  "tcp and udp": "runs of TCP and UDP, checksums left open",
};

function socketsText(view: Extract<DescriptorView, { kind: "sockets" }>): string {
  const { inBatches, receivesRuns, sendsRuns, esp, sharedBySpi } = view;
  const runs = (direction: string, taken: boolean): string => `${taken ? "" : "no "}runs ${direction}`;
  return [
    inBatches ? "batches" : "Node.js, one by one",
    ...(inBatches ? [runs("in (GRO)", receivesRuns), runs("out (GSO)", sendsRuns)] : []),
    esp === true ? "ESP without UDP" : `no ESP without UDP: ${esp}`,
    ...(sharedBySpi === undefined
      ? []
      : [sharedBySpi ? "shared out by SPI in the kernel" : "passed on between modules"]),
  ].join(", ");
}
