/** Sessions in the order of their interfaces, which is not that in which they opened: a free number is used again. */

import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";

export function sessionsByInterface(snapshot: Snapshot): SessionSnapshot[] {
  return snapshot.sessions.toSorted((a, b) => a.index - b.index);
}
