/** The log of one session: what goes wrong there is said with the other end of its tunnel beside its number. */

import { type Endpoint, endpointKey } from "../kernel/address.ts";
import type { Log } from "../kernel/log.ts";

export function sessionLog(log: Log, remote: Endpoint): Log {
  const peer = endpointKey(remote);
  return (category, severity, text, fields) => {
    const isTrouble = severity !== "debug" && severity !== "info";
    log(category, severity, text, isTrouble ? { peer, ...fields } : fields);
  };
}
