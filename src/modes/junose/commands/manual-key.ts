/** Pre-shared keys of single peers, in the virtual router where they are configured. */

import type { Secret } from "../../../engine/kernel/secret.ts";
import { ipv4, quotedWord } from "../../../grammar/arguments.ts";
import { opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { nameOf } from "../arguments.ts";
import { mask, masked } from "../masking.ts";
import { globalMode, manualKeyMode } from "../modes.ts";
import { ipsec } from "./ipsec.ts";

/** Characters of a key as typed and as masked. */
export const KEY_MAX = 200;
export const MASKED_KEY_MAX = 300;
const IDENTITY_MAX = 80;

export const manualKey = opener({
  mode: globalMode,
  scope: "virtualRouter",
  opens: manualKeyMode,
  section: "ipsecKey",
  form: [
    ipsec,
    kw("key", "Configure IKE keys"),
    kw("manual", "Configure keys by hand"),
    kw("pre-share", "Configure the pre-shared key of a peer"),
    oneOf(
      [arg("address", ipv4(), "Address of the peer")],
      [kw("fqdn", "Name that the peer sends"), arg("fqdn", nameOf(IDENTITY_MAX), "Fully qualified name")],
      [
        kw("user-fqdn", "User name that the peer sends"),
        arg("userFqdn", nameOf(IDENTITY_MAX), "User name with its domain"),
      ],
    ),
  ],
  key: ["address", "fqdn", "userFqdn"],
});

/** A key, however it was typed. */
export function keyOf(values: { readonly key?: Secret; readonly masked?: Secret }): Secret | undefined {
  return values.key ?? values.masked;
}

/** Typed in clear or masked; always printed masked. */
export const keyText = setting({
  mode: manualKeyMode,
  form: [
    oneOf(
      [kw("key", "Configure the key"), arg("key", secret(quotedWord({ max: KEY_MAX })), "Key")],
      [kw("masked-key", "Configure the key in its masked form"), arg("masked", masked(MASKED_KEY_MAX), "Masked key")],
    ),
  ],
  print(values) {
    const key = keyOf(values);
    return key === undefined ? undefined : `masked-key ${mask(key)}`;
  },
});

export const manualKeyCommands = [manualKey, keyText];
