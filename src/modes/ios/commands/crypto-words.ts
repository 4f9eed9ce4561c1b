/** Words and parts of forms that the crypto commands share. */

import { uint } from "../../../grammar/arguments.ts";
import { arg, flag, kw, oneOf } from "../../../grammar/elements.ts";

export const crypto = kw("crypto", "Encryption module");
export const ipsec = kw("ipsec", "Configure IPSEC policy");
export const KEY_BITS = { "128": "128 bit keys.", "192": "192 bit keys.", "256": "256 bit keys." } as const;

export const securityAssociation = kw("security-association", "Security association parameters");
export const lifetime = kw("lifetime", "security association lifetime");
export const inSeconds = [
  kw("seconds", "Time-based key duration"),
  arg("seconds", uint(120, 86_400), "Security association duration in seconds"),
] as const;
export const inKilobytes = [
  kw("kilobytes", "Volume-based key duration"),
  oneOf(
    [arg("kilobytes", uint(2560, 4_294_967_295), "Security association duration in kilobytes encrypted")],
    [flag("unlimited", "disable", "Disable volume-based rekey")],
  ),
] as const;
