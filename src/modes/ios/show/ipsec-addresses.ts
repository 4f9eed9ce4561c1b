/** `show crypto ipsec sa address`: the SAs by the address that they lead to. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { vrfText } from "./connection-filter.ts";
import { saBlock } from "./crypto-ipsec.ts";
import { inboundNumbers } from "./sa-numbers.ts";

export function showIpsecAddresses(snapshot: Snapshot): string[] {
  const ids = inboundNumbers(snapshot);
  const ends = snapshot.connections.flatMap((connection) => [
    { connection, direction: "inbound" as const, address: connection.flow.local.address },
    { connection, direction: "outbound" as const, address: connection.flow.remote.address },
  ]);
  const addresses = Map.groupBy(
    ends,
    ({ connection, address }) => `fvrf/address: ${vrfText(connection.virtualRouter)}/${inCapitals(address)}`,
  );
  return [...addresses].flatMap(([head, members]) => [
    "",
    head,
    "   protocol: ESP",
    ...members.flatMap(({ connection, direction }) =>
      connection.gateway === undefined
        ? []
        : connection.sas.flatMap((sa) =>
            connection.gateway === undefined
              ? []
              : saBlock(snapshot, connection, sa, direction, connection.gateway, ids),
          ),
    ),
  ]);
}
