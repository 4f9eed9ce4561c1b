/** The log of one session: what goes wrong there is said with the other end of its tunnel beside its number. */

import { type Endpoint, endpointKey } from "../kernel/address.ts";
import { fieldsOf, type Log } from "../kernel/log.ts";

/** `remote` is asked when there is something to say: a session may move. */
export function sessionLog(log: Log, remote: () => Endpoint): Log {
  return (category, severity, text, fields) => {
    const isTrouble = severity !== "debug" && severity !== "info";
    log(category, severity, text, isTrouble ? { peer: endpointKey(remote()), ...fieldsOf(fields) } : fields);
  };
}
