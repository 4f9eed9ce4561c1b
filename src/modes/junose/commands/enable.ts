/** Passwords of the privilege levels. A password is kept so that it can be read again, a secret is not. */

import { hashHolds } from "../../../engine/crypto/password-hash.ts";
import { Secret } from "../../../engine/kernel/secret.ts";
import { uint, word } from "../../../grammar/arguments.ts";
import { setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick, type ValuesOf } from "../../../grammar/elements.ts";
import { verifyPassword } from "../../common/passwords.ts";
import { secret } from "../../common/secret-argument.ts";
import { password } from "../arguments.ts";
import { mask, masked, oneWay } from "../masking.ts";
import { globalMode } from "../modes.ts";

const MASKED_MAX = 128;

const form = [
  kw("enable", "Configure access to privilege levels"),
  pick("kind", { password: "Password of a privilege level", secret: "One-way secret of a privilege level" }),
  opt(kw("level", "Privilege level"), arg("level", uint(0, 15), "Privilege level")),
  oneOf(
    [kw("8", "A masked password follows"), arg("masked", masked(MASKED_MAX), "Masked password")],
    [
      kw("5", "A one-way form follows"),
      arg("oneWay", word({ max: MASKED_MAX, placeholder: "ONEWAY" }), "One-way form"),
    ],
    [flag("clear", "0", "A clear password follows"), arg("password", secret(password), "Clear password")],
  ),
] as const;

type EnableValues = ValuesOf<typeof form>;

export const enablePassword = setting({
  mode: globalMode,
  section: "system",
  form,
  key: ["kind", "level"],
  check({ kind, masked: hidden, oneWay: hashed }) {
    const type = hidden !== undefined ? 8 : hashed !== undefined ? 5 : 0;
    const fits = type === 0 || type === (kind === "password" ? 8 : 5);
    return fits ? undefined : `% Type ${type} is not a type of enable ${kind}`;
  },
  print: (values) =>
    `enable ${values.kind}${values.level === undefined ? "" : ` level ${values.level}`} ${text(values)}`,
});

export function isEnablePassword(values: EnableValues, typed: string): boolean {
  const { oneWay: stored } = values;
  const clearText = values.password ?? values.masked;
  if (clearText !== undefined) return verifyPassword(clearText.reveal(), "0", typed);
  return stored !== undefined && hashHolds({ scheme: "sha256Base64", text: new Secret(stored) }, typed);
}

/** Never the clear text; `8` reads back to the password, `5` does not. */
function text(values: EnableValues): string {
  const typed = values.password ?? values.masked ?? new Secret("");
  if (values.kind === "password") return `8 ${mask(typed)}`;
  return `5 ${values.oneWay ?? oneWay(typed)}`;
}
