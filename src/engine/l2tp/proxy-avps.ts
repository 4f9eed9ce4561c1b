/** What a LAC has agreed with its client before the call (RFC 2661 §4.4.5), taken out of ICCN. What it means is for PPP to say. */

import type { AvpValues } from "../wire/l2tp-avp.ts";
import type { ProxyAvps } from "./events.ts";

/** Without both last requests there is nothing to take over. The octets outlive their datagram. */
export function proxyOf(values: AvpValues): ProxyAvps | undefined {
  if (values.lastSentLcp === undefined || values.lastReceivedLcp === undefined) return undefined;
  const copy = (octets: Uint8Array | undefined) => octets?.slice();
  const proxy = {
    lastSentLcp: copy(values.lastSentLcp),
    lastReceivedLcp: copy(values.lastReceivedLcp),
    proxyAuthenType: copy(values.proxyAuthenType),
    proxyAuthenName: copy(values.proxyAuthenName),
    proxyAuthenChallenge: copy(values.proxyAuthenChallenge),
    proxyAuthenId: copy(values.proxyAuthenId),
    proxyAuthenResponse: copy(values.proxyAuthenResponse),
  };
  return Object.fromEntries(Object.entries(proxy).filter(([, value]) => value !== undefined));
}
