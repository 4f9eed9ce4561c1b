/**
 * What a LAC tells of the link it has negotiated (RFC 2661 §4.4.5), in the words of PPP. Proofs by a password in the clear
 * (type 1, for logins that are not PPP) and of unknown types are left out; then the LNS asks itself.
 */

import { tryDecode } from "../kernel/errors.ts";
import { Secret } from "../kernel/secret.ts";
import type { ProxyAvps } from "../l2tp/events.ts";
import type { LnsProfileSpec } from "../l2tp-spec.ts";
import type { PppClaim, ProxyLink } from "../ppp/events.ts";
import type { PppProof } from "../proof.ts";
import { msChapResponse } from "../wire/ppp-chap.ts";
import { textOf } from "../wire/ppp-name.ts";

/** RFC 2661 §4.4.5, Proxy Authen Type. */
const CHAP = 2;
const PAP = 3;
const MS_CHAP = 5;

export function proxyLink(proxy: ProxyAvps | undefined, profile: LnsProfileSpec | undefined): ProxyLink | undefined {
  if (proxy?.lastSentLcp === undefined || proxy.lastReceivedLcp === undefined) return undefined;
  return {
    sent: proxy.lastSentLcp,
    received: proxy.lastReceivedLcp,
    claim: profile?.proxyAuthentication === true ? claimOf(proxy) : undefined,
    renegotiates: profile?.proxyLcp !== "always",
  };
}

function claimOf(proxy: ProxyAvps): PppClaim | undefined {
  // The number's first octet is reserved.
  const identifier = proxy.proxyAuthenId?.[1] ?? 0;
  const proof = proofOf(proxy, identifier);
  return proof === undefined ? undefined : { identifier, name: textOf(proxy.proxyAuthenName ?? NOTHING), proof };
}

const NOTHING = new Uint8Array(0);

function proofOf(proxy: ProxyAvps, identifier: number): PppProof | undefined {
  const { proxyAuthenType, proxyAuthenChallenge: challenge = NOTHING, proxyAuthenResponse: response } = proxy;
  const type = ((proxyAuthenType?.[0] ?? 0) << 8) | (proxyAuthenType?.[1] ?? 0);
  if (response === undefined) return undefined;
  if (type === PAP) return { protocol: "pap", password: new Secret(textOf(response)) };
  if (type === CHAP) return { protocol: "chap", identifier, challenge, response };
  if (type !== MS_CHAP) return undefined;
  const read = tryDecode(() => msChapResponse.decode(response).ntResponse);
  return read.ok ? { protocol: "msChap", challenge, response: read.value } : undefined;
}
