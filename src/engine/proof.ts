/** What a PPP peer proves itself with, and the answer to it: the question that authentication asks of whoever keeps the passwords. */

import type { Secret } from "./kernel/secret.ts";

export type PppProof =
  | { readonly protocol: "pap"; readonly password: Secret }
  | {
      readonly protocol: "chap";
      readonly identifier: number;
      readonly challenge: Uint8Array;
      readonly response: Uint8Array;
    }
  | { readonly protocol: "msChap"; readonly challenge: Uint8Array; readonly response: Uint8Array }
  | {
      readonly protocol: "msChapV2";
      readonly challenge: Uint8Array;
      readonly peerChallenge: Uint8Array;
      readonly response: Uint8Array;
    };

export type PppVerdict =
  | {
      readonly accepted: true;
      /** MS-CHAP v2: the `S=…` authenticator response (RFC 2759 §8.7). */
      readonly authenticatorResponse: string | undefined;
    }
  /** The reason is for our log; the peer is never told which part was wrong. */
  | { readonly accepted: false; readonly reason: string };
