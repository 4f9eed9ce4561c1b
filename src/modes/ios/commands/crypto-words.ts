/** Words and parts of forms that the crypto commands share. */

import { uint } from "../../../grammar/arguments.ts";
import { arg, type Element, kw, oneOf, pick, type Values } from "../../../grammar/elements.ts";
import { renderForm } from "../../../grammar/render.ts";
import { cryptoMapName } from "../arguments.ts";

export const crypto = kw("crypto", "Encryption module");
export const isakmp = kw("isakmp", "Configure ISAKMP policy");
export const ipsec = kw("ipsec", "Configure IPSEC policy");
export const KEY_ENCODING = { "0": "An unencrypted key follows", "6": "An encrypted key follows" } as const;

export const KEY_BITS = { "128": "128 bit keys.", "192": "192 bit keys.", "256": "256 bit keys." } as const;

/** The length that a cipher has anyway is not kept. */
export function withoutUsualLength({ bits, ...others }: Values): Values {
  return bits === "128" || bits === undefined ? others : { ...others, bits };
}

export const PFS_GROUPS = {
  group1: "D-H Group1 (768-bit modp)",
  group2: "D-H Group2 (1024-bit modp)",
  group5: "D-H Group5 (1536-bit modp)",
  group14: "D-H Group14 (2048-bit modp)",
  group15: "D-H Group15 (3072-bit modp)",
  group16: "D-H Group16 (4096-bit modp)",
  group19: "D-H Group19 (256-bit ecp)",
  group20: "D-H Group20 (384-bit ecp)",
  group21: "D-H Group21 (521-bit ecp)",
} as const;

/** Groups of the box that are not spoken here. */
export const OTHER_GROUPS = {
  "24": "Diffie-Hellman group 24 (2048 bit, 256 bit subgroup)",
} as const;
export const OTHER_PFS_GROUPS = {
  group24: "D-H Group24 (2048-bit modp, 256 bit subgroup)",
} as const;

export const securityAssociation = kw("security-association", "Security association parameters");
export const lifetime = kw("lifetime", "security association lifetime");
export const inSeconds = [
  kw("seconds", "Time-based key duration"),
  arg("seconds", uint(120, 2_592_000), "Security association duration in seconds"),
] as const;
export const inKilobytes = [
  kw("kilobytes", "Volume-based key duration"),
  oneOf(
    [arg("kilobytes", uint(2560, 4_294_967_295), "Security association duration in kilobytes encrypted")],
    [pick("unlimited", { disable: "Disable volume-based rekey" })],
  ),
] as const;

export const inDays = [
  kw("days", "Time-based key duration"),
  arg("days", uint(1, 30), "Security association duration in days"),
] as const;

export const WINDOW_SIZES = {
  "64": "Window size of 64 (default)",
  "128": "Window size of 128",
  "256": "Window size of 256",
  "512": "Window size of 512",
  "1024": "Window size of 1024",
} as const;
export const replay = [
  kw("replay", "Set replay checking"),
  oneOf(
    [pick("off", { disable: "Disable replay checking" })],
    [kw("window-size", "Set replay window size"), pick("size", WINDOW_SIZES)],
  ),
] as const;

/** The box ends some of its crypto lines with a blank. */
export function withBlank(form: readonly Element[]): (values: Values) => string {
  return (values) => `${renderForm(form, values)} `;
}

export const mapLine = [crypto, kw("map", "Enter a crypto map"), arg("name", cryptoMapName, "Crypto map tag")] as const;
export const mapEntry = [
  ...mapLine,
  arg("sequence", uint(1, 65_535), "Sequence to insert into crypto map entry"),
] as const;
export const set = kw("set", "Set values for encryption/decryption");
