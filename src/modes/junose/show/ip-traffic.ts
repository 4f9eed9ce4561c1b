/** `show ip traffic`: packets that reached the line module and no session, by the reason. They are of the whole chassis. */

import type { LineModuleCounters } from "../../../engine/forwarding.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { hostRefusalsText } from "../../common/host-refusals.ts";

const WORDS: Readonly<Record<keyof LineModuleCounters, string>> = {
  unknownSpi: "ESP without a known SPI",
  malformed: "malformed",
  keepalives: "NAT keepalives",
  clearRefused: "L2TP in the clear where IPsec is required",
  noSession: "L2TP data without a session",
  noRoute: "without a route",
  filtered: "denied by an access list",
  icmpErrors: "ICMP errors sent",
};

export function showIpTraffic({ snapshot, hostRefusals }: ExecContext): ExecResult {
  const refused = hostRefusals?.();
  const rows = Object.entries(snapshot.lineModule).map(
    ([name, value]) => `    ${value} ${WORDS[name as keyof LineModuleCounters]}`,
  );
  return {
    lines: [
      "IP statistics of the line module:",
      "  Packets that were not for a session:",
      ...rows,
      ...(refused === undefined ? [] : ["  Packets that did not leave:", `    ${hostRefusalsText(refused)}`]),
    ],
    model: { ...snapshot.lineModule, ...(refused === undefined ? {} : { refusedByHost: refused }) },
  };
}
