/**
 * A request that does not become a tunnel is answered by a StopCCN from nowhere (RFC 2661 §7.2.1): no state is made, none is
 * kept, and there are only so many answers and log lines in a second.
 */

import type { L2tpPath } from "../forwarding.ts";
import type { Millis } from "../kernel/machine.ts";
import type { AvpValues } from "../wire/l2tp-avp.ts";
import { encodeL2tpControl, type L2tpControlHeader } from "../wire/l2tp-control.ts";
import { encodeControlBody } from "../wire/l2tp-message.ts";
import type { Refusal } from "./admission.ts";
import { type L2tpContext, peerOf } from "./context.ts";
import { drawIdentifier } from "./identifiers.ts";

export class Refusals {
  readonly #context: L2tpContext;

  constructor(context: L2tpContext) {
    this.#context = context;
  }

  /** `taken` = our tunnel identifiers, none of which the StopCCN may name. */
  refuse(
    request: { readonly path: L2tpPath; readonly header: L2tpControlHeader; readonly values: AvpValues },
    refusal: Refusal,
    taken: ReadonlyMap<number, unknown>,
    now: Millis,
  ): void {
    const { path, header, values } = request;
    const admitted = this.#context.refusalLimit.admit(now);
    if (admitted === undefined) return;
    this.#context.logOf(path)("l2tp", "notice", "L2TP tunnel refused", {
      peer: peerOf(path),
      host: values.hostName ?? "",
      reason: refusal.reason,
      ...refusal.sides,
      ...(admitted.suppressed > 0 ? { suppressed: admitted.suppressed } : {}),
    });
    this.#context.outputs.push({ type: "refused", path, reason: refusal.reason });
    const tunnelId = values.assignedTunnelId ?? 0;
    const ours = drawIdentifier(this.#context.random, taken);
    if (tunnelId === 0 || ours === undefined) return;
    const body = encodeControlBody("stopCcn", { assignedTunnelId: ours, resultCode: refusal.result });
    const nr = (header.ns + 1) & 0xffff;
    const bytes = encodeL2tpControl({ tunnelId, sessionId: 0, ns: 0, nr }, body);
    this.#context.outputs.push({ type: "send", path, bytes });
  }
}
