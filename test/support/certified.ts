/** What the two ends of a test hold who prove themselves by certificates. */

import type { ClientCertificate } from "../../src/engine/client/client-plan.ts";
import type { Credentials, Signer } from "../../src/engine/credentials.ts";
import type { Identity } from "../../src/engine/ike/events.ts";
import type { Certificate } from "../../src/engine/pki/certificate.ts";
import type { TrustpointSpec } from "../../src/engine/spec.ts";

/** Asks for no revocation list and takes everybody, unless `change` says otherwise. */
export function trustpoint(certificates: readonly Certificate[], change: Partial<TrustpointSpec> = {}): TrustpointSpec {
  return {
    name: "EXAMPLE",
    certificates: certificates.map(({ der }) => der),
    usesDatabase: false,
    keyPair: undefined,
    revocation: "ignored",
    conditions: [],
    ...change,
  };
}

export function credentials(key: Signer, revocationLists: readonly Uint8Array[] = []): Credentials {
  return { keyPairs: new Map([["own", key]]), certificates: [], revocationLists };
}

/** A client with the key of one of these certificates. */
export function certified(certificates: readonly Certificate[], key: Signer, identity?: Identity): ClientCertificate {
  const known = identity === undefined ? {} : { identity };
  return { trustpoint: trustpoint(certificates), credentials: credentials(key), ...known };
}
