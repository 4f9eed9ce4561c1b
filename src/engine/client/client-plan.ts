/** Who a client is, what it proves itself with, and what may be asked of it. */

import type { Credentials } from "../credentials.ts";
import type { Identity } from "../ike/events.ts";
import type { Address, Flow } from "../kernel/address.ts";
import type { Secret } from "../kernel/secret.ts";
import type { TrustpointSpec } from "../spec.ts";
import type { Persona } from "./personas.ts";

export interface ClientPlan {
  readonly persona: Persona;
  /** The host's own name: L2TP Host Name, FQDN identity. */
  readonly hostName: string;
  /** Our port 500 to the gateway's, and the same ends on the NAT-T port. */
  readonly flow: Flow;
  readonly natTraversalFlow: Flow;
  /** Unused where there is a certificate. */
  readonly preSharedKey: Secret;
  readonly certificate?: ClientCertificate;
  readonly user: string;
  readonly password: Secret;
  /** The gateway's L2TP port. */
  readonly remoteL2tpPort: number;
  /** The name to open phase 1 with, in aggressive mode; absent = main mode, and the address. */
  readonly group?: string;
  /** `clear`: L2TP without IPsec under it. Absent = `ipsec`. */
  readonly transport?: "ipsec" | "clear";
}

/** What a client proves itself with in place of a pre-shared key, and whom it believes. */
export interface ClientCertificate {
  readonly trustpoint: TrustpointSpec;
  readonly credentials: Credentials;
  /** What the client calls itself; absent = the subject of its certificate. */
  readonly identity?: Identity;
}

export type ClientRequest =
  | { readonly type: "connect" }
  /** `again` = the last ping once more. */
  | { readonly type: "ping"; readonly to: Address; readonly again?: boolean }
  /** Asks for a new SA pair, as though the one in use had carried all it may. */
  | { readonly type: "expireSa" }
  /**
   * The interface went and came: every SA is forgotten without a word, IPsec is made anew, and the tunnel goes on, as Apple's clients do it.
   */
  | { readonly type: "renegotiate" }
  /** Hangs up as a user would: PPP, L2TP, then IPsec. */
  | { readonly type: "disconnect" };
