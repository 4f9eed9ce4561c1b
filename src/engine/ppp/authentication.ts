/** What the two ends of an authentication have in common: what the machine around them must hear. */

import type { PppAuthentication } from "../ppp-spec.ts";
import type { PppProof } from "../proof.ts";
import { pppProtocol } from "../wire/ppp-control.ts";

export type AuthenticationOutput =
  | { readonly type: "packet"; readonly protocol: number; readonly bytes: Uint8Array }
  | { readonly type: "ask"; readonly name: string; readonly proof: PppProof }
  | { readonly type: "done"; readonly name: string }
  | { readonly type: "failed"; readonly reason: string };

/** Octets of a challenge where the protocol fixes them (RFC 2433 §3, RFC 2759 §3). */
export const CHALLENGE_LENGTH: Readonly<Partial<Record<PppAuthentication, number>>> = { msChap: 8, msChapV2: 16 };

/** The PPP protocol that carries it: MS-CHAP is CHAP with another algorithm. */
export function carrierOf(protocol: PppAuthentication): number {
  return protocol === "pap" ? pppProtocol.pap : pppProtocol.chap;
}
