/** Words and numbers as IOS prints them, shared by the show commands. */

import type { PppAuthentication } from "../../../engine/ppp-spec.ts";
import type { EspProposalSpec, IpsecGatewaySpec } from "../../../engine/spec.ts";
import { SHORT_TYPES } from "../arguments.ts";

const SECOND = 1000;
const MINUTE = 60;
const HOUR = 3600;

/** `00:06:09` from milliseconds. */
export function clockTime(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / SECOND));
  return [seconds / HOUR, (seconds % HOUR) / MINUTE, seconds % MINUTE]
    .map((part) => String(Math.floor(part)).padStart(2, "0"))
    .join(":");
}

/** `esp-3des esp-sha-hmac`, as it stands in a transform set. */
export function transformNames(proposal: EspProposalSpec): string {
  return [cipherName(proposal), integrityName(proposal)].filter((name) => name !== "").join(" ");
}

function cipherName({ cipher, keyBits }: EspProposalSpec): string {
  if (cipher === "aes-gcm") return keyBits === 128 ? "esp-gcm" : `esp-gcm ${keyBits}`;
  if (cipher !== "aes") return `esp-${cipher}`;
  return keyBits === 128 ? "esp-aes" : `esp-${keyBits}-aes`;
}

function integrityName({ integrity }: EspProposalSpec): string {
  if (integrity === undefined) return "";
  return integrity === "sha1" ? "esp-sha-hmac" : `esp-${integrity}-hmac`;
}

/** `Transport`. */
export function modeName(proposal: EspProposalSpec): string {
  return proposal.mode === "transport" ? "Transport" : "Tunnel";
}

/** `0x658F7C11(1703902225)`: hexadecimal without leading zeros. */
export function spiText(spi: number): string {
  return `0x${spi.toString(16).toUpperCase()}(${spi})`;
}

/** What a map entry grants an SA; without a volume limit, in the words that the SA itself says so with. */
export function lifetimeLines(terms: Pick<IpsecGatewaySpec, "lifetimeSeconds" | "lifetimeKilobytes">): string[] {
  const { lifetimeKilobytes: volume, lifetimeSeconds: seconds } = terms;
  return volume === undefined
    ? [`Security association lifetime: ${seconds} seconds`, "Kilobyte Volume Rekey has been disabled"]
    : [`Security association lifetime: ${volume} kilobytes/${seconds} seconds`];
}

/** The name that a session's virtual-access interface has: `Virtual-Access2.1`, shortly `Vi2.1`. */
export function virtualAccess(index: number): { readonly long: string; readonly short: string } {
  return { long: `Virtual-Access2.${index}`, short: `Vi2.${index}` };
}

/** `Gi0/1` for `GigabitEthernet0/1`. */
export function shortName(name: string): string {
  const [, type = "", number = ""] = /^(\D+?)(\d.*)?$/.exec(name) ?? [];
  return `${SHORT_TYPES[type] ?? type.slice(0, 2)}${number}`;
}

const METHODS: Readonly<Record<PppAuthentication, string>> = {
  pap: "PAP",
  chap: "CHAP",
  msChap: "MS-CHAP",
  msChapV2: "MS-CHAP-V2",
};

/** How the peer of a session proved who it is. */
export function methodName(method: PppAuthentication | undefined): string {
  return method === undefined ? "none" : METHODS[method];
}
