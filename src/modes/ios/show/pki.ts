/** `show crypto pki trustpoints`: trustpoints as they are configured. None has a certificate: phase 1 is by pre-shared key here. */

import { configBlocks, valuesOf } from "./config-block.ts";

export interface TrustpointView {
  readonly name: string;
  readonly subject: string | null;
  readonly enrollment: string | null;
  readonly keyPair: string | null;
}

export function trustpoints(body: readonly string[]): TrustpointView[] {
  const blocks = [...configBlocks(body, "crypto pki trustpoint"), ...configBlocks(body, "crypto ca trustpoint")];
  return blocks.map((block) => ({
    name: block.name,
    subject: valuesOf(block, "subject-name")[0] ?? null,
    enrollment: valuesOf(block, "enrollment")[0] ?? null,
    keyPair: valuesOf(block, "rsakeypair")[0] ?? null,
  }));
}

export function showTrustpoints(found: readonly TrustpointView[]): string[] {
  return found.flatMap(({ name }) => [`Trustpoint ${name}:`, "          Not authenticated.", "", ""]);
}

export function showTrustpointStatus(found: readonly TrustpointView[]): string[] {
  return found.flatMap(({ name }) => [
    `Trustpoint ${name}:`,
    "  Issuing CA certificate not configured.",
    "  State:",
    "    Keys generated ............. No",
    "    Issuing CA authenticated ....... No",
    "    Certificate request(s) ..... None",
    "",
  ]);
}
