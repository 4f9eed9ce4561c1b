/** `show ipsec ike-sa`: the ports are part of the key; 4500 or a translated port means UDP encapsulation. */

import type { IkeSaView } from "../../../engine/ike/events.ts";
import { endpointKey } from "../../../engine/kernel/address.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { placed } from "./text.ts";

/** Of the virtual router that the session stands in. */
export function showIkeSas({ snapshot, virtualRouter }: ExecContext): ExecResult {
  const rows = snapshot.ikeSas
    .filter((sa) => sa.virtualRouter === virtualRouter)
    .map((sa) => ({
      local: endpointKey(sa.flow.local),
      remote: endpointKey(sa.flow.remote),
      seconds: sa.expiresAt === undefined ? 0 : Math.max(0, Math.floor((sa.expiresAt - snapshot.now) / 1000)),
      state: stateText(sa),
      localCookie: hex(sa.initiator ? sa.initiatorCookie : sa.responderCookie),
      remoteCookie: hex(sa.initiator ? sa.responderCookie : sa.initiatorCookie),
    }));
  const width = (least: number, texts: readonly string[]): number =>
    Math.max(least, ...texts.map((text) => text.length + 1));
  const widths = [
    width(
      18,
      rows.map((row) => row.local),
    ),
    width(
      18,
      rows.map((row) => row.remote),
    ),
    11,
    width(
      10,
      rows.map((row) => row.state),
    ),
    20,
  ];
  const columns = [0];
  for (const next of widths) columns.push((columns.at(-1) ?? 0) + next);
  return {
    lines: [
      "IKE Phase 1 SA's:",
      placed(columns, ["Local:Port", "Remote:Port", "Time(Sec)", "State", "Local Cookie", "Remote Cookie"]),
      ...rows.map((row) =>
        placed(columns, [row.local, row.remote, row.seconds, row.state, row.localCookie, row.remoteCookie]),
      ),
    ],
    model: rows,
  };
}

function hex(octets: Uint8Array): string {
  return `0x${Buffer.from(octets).toString("hex")}`;
}

/** The words of the IKE MIB; they carry which side we are. */
function stateText({ state, initiator, aggressive }: IkeSaView): string {
  const side = initiator ? "I" : "R";
  const mode = aggressive === true ? "AM" : "MM";
  switch (state) {
    case "initial":
      return `START_SA_NEGOTIATION_${side}`;
    case "sentSa":
      return `${mode}_SA_${side}`;
    case "sentKe":
      return `${mode}_KE_${side}`;
    case "sentId":
      return `${mode}_FINAL_${side}`;
    case "established":
      return "DONE";
    case "deleted":
      return "DELETED";
  }
}
