/** `show crypto ipsec profile`: profiles as they are configured. */

import type { TransformSetView } from "../compile/crypto-maps.ts";
import { configBlocks, valuesOf } from "./config-block.ts";

export interface IpsecProfileView {
  readonly name: string;
  readonly transformSets: readonly string[];
  readonly lifetimeKilobytes: number;
  readonly lifetimeSeconds: number;
  readonly pfsGroup: string | null;
}

export function ipsecProfiles(body: readonly string[]): IpsecProfileView[] {
  return configBlocks(body, "crypto ipsec profile").map((block) => {
    const lifetime = (unit: string): number | undefined => {
      const [text] = valuesOf(block, `set security-association lifetime ${unit}`);
      return text === undefined ? undefined : Number(text);
    };
    const pfs = block.lines.find((line) => line === "set pfs" || line.startsWith("set pfs "));
    return {
      name: block.name,
      transformSets: valuesOf(block, "set transform-set").flatMap((names) => names.trim().split(/\s+/)),
      lifetimeKilobytes: lifetime("kilobytes") ?? 4_608_000,
      lifetimeSeconds: lifetime("seconds") ?? 3600,
      pfsGroup: pfs === undefined ? null : pfs.slice("set pfs ".length) || "group1",
    };
  });
}

export function showIpsecProfiles(profiles: readonly IpsecProfileView[], sets: readonly TransformSetView[]): string[] {
  return profiles.flatMap((profile) => [
    `IPSEC profile ${profile.name}`,
    `\tSecurity association lifetime: ${profile.lifetimeKilobytes} kilobytes/${profile.lifetimeSeconds} seconds`,
    "\tResponder-Only (Y/N): N",
    `\tPFS (Y/N): ${profile.pfsGroup === null ? "N" : "Y"}`,
    ...(profile.pfsGroup === null ? [] : [`\tDH group:  ${profile.pfsGroup}`]),
    "\tMixed-mode : Disabled",
    "\tTransform sets={ ",
    ...profile.transformSets.map((name) => {
      const words = sets.find((set) => set.name === name)?.words ?? [];
      return `\t\t${name}:  { ${words.join(" ")}  } , `;
    }),
    "\t}",
    "",
  ]);
}
