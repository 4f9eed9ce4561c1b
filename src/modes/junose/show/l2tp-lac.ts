/**
 * What only an access concentrator counts. This router is none: it opens no tunnels, so no destination is ever locked out; and
 * of the causes that peers send (RFC 3145) an LNS keeps none.
 */

import type { ExecResult } from "../../../grammar/declaration.ts";
import { found } from "./text.ts";

export function showLockouts(): ExecResult {
  return { lines: [found(0, "locked L2TP destination")], model: [] };
}

export function showDisconnectCauses(): ExecResult {
  return {
    lines: ["Disconnect causes that peers sent are discarded by an LNS", found(0, "disconnect cause")],
    model: [],
  };
}
