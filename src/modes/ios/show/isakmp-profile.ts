/** `show crypto isakmp profile`: profiles as they are configured. */

import { configBlocks, valuesOf } from "./config-block.ts";

export interface IsakmpProfileView {
  readonly name: string;
  readonly matches: readonly string[];
  readonly certificateMaps: readonly string[];
  readonly trustpoints: readonly string[];
  readonly keyrings: readonly string[];
  readonly identity: string;
  readonly vrf: string | null;
}

export function isakmpProfiles(body: readonly string[]): IsakmpProfileView[] {
  return configBlocks(body, "crypto isakmp profile").map((block) => ({
    name: block.name,
    matches: valuesOf(block, "match identity"),
    certificateMaps: valuesOf(block, "match certificate"),
    trustpoints: valuesOf(block, "ca trust-point"),
    keyrings: valuesOf(block, "keyring"),
    identity: valuesOf(block, "self-identity")[0] ?? "address",
    vrf: valuesOf(block, "vrf")[0] ?? null,
  }));
}

const IDENTITIES: Readonly<Record<string, string>> = { address: "ip-address", fqdn: "fqdn" };

/** `address 10.0.0.0 255.0.0.0` is an `ip-address` here. */
function matchText(match: string): string {
  return match.replace(/^address/, "ip-address");
}

export function showIsakmpProfiles(profiles: readonly IsakmpProfileView[]): string[] {
  return profiles.flatMap((profile) => [
    "",
    `IKEv1 PROFILE ${profile.name}`,
    "Ref Count = 1",
    ...(profile.vrf === null ? [] : [`   VRF: ${profile.vrf}`]),
    "   Identities matched are:",
    ...profile.matches.map((match) => `    ${matchText(match)} `),
    "   Certificate maps matched are:",
    ...profile.certificateMaps.map((map) => `    ${map} `),
    `   Identity presented is: ${IDENTITIES[profile.identity] ?? profile.identity}`,
    `   keyring(s): ${profile.keyrings.join(" ") || "<none>"}`,
    `   trustpoint(s): ${profile.trustpoints.join(" ") || "<all>"}`,
  ]);
}
