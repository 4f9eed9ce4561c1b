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
  reassembled: "put together from fragments",
  reassemblyTimeouts: "whose fragments did not all come in time",
  reassemblyFailures: "whose fragments were refused",
  fragmented: "cut into fragments",
  fragments: "fragments made of them",
  fragmentationRefused: "too large that must not be cut",
};

/**
 * What came to the route processor by UDP and left it: IKE and L2TP control. IPsec in UDP is the line module's, and does not pass here,
 * as on the box.
 */
export function showUdpStatistics({ snapshot: { udp = { received: 0, sent: 0 } } }: ExecContext): ExecResult {
  return {
    lines: ["UDP Statistics:", `  Rcvd: ${udp.received} total`, `  Sent: ${udp.sent} total`],
    model: udp,
  };
}

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
      ...(refused === undefined
        ? []
        : [
            "  Packets that did not leave, or did not come:",
            ...hostRefusalsText(refused).map((text) => `    ${text}`),
          ]),
    ],
    model: { ...snapshot.lineModule, ...(refused === undefined ? {} : { host: refused }) },
  };
}
