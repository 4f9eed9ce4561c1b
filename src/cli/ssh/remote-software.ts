/** What the other end of a connection calls itself (RFC 4253 §4.2): `lnsh`, `Cisco-1.25`, `OpenSSH_9.7`. */

import type { Client } from "ssh2";

/** The name in our own greeting. */
export const OWN_SOFTWARE = "lnsh";

/** The library keeps it to itself; `undefined` = it cannot be told. */
export function remoteSoftware(client: Client): string | undefined {
  const { _remoteVer: software } = client as { readonly _remoteVer?: unknown };
  return typeof software === "string" && software !== "" ? software.replaceAll(/[^\x20-\x7e]/g, "?") : undefined;
}
