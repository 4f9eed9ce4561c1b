/** `crypto key generate ec` and `crypto key zeroize ec`: key pairs on a curve, which are kept and shown and which IKE does not use. */

import { line, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { KeyStore } from "../../common/key-store.ts";
import { withFiles } from "../../common/questions.ts";
import { globalMode } from "../modes.ts";
import { askToRemove, crypto, key, labelOf, NEVER_EXPORTED } from "./ssh.ts";
import { PRIVILEGED } from "./words.ts";

const ec = kw("ec", "EC keys");

function withKeys({ keys }: ExecContext, work: (keys: KeyStore) => ExecResult): ExecResult {
  return keys === undefined ? { ok: false, lines: ["% No keys are kept here"] } : withFiles(() => work(keys));
}

/** Asks once for all that go. */
function zeroized(context: ExecContext, label: string | undefined): ExecResult {
  return withKeys(context, (keys) => {
    const labels = keys.ecPairs.map((pair) => pair.label).filter((each) => each === (label ?? each));
    if (labels.length === 0) {
      return { ok: false, lines: [label === undefined ? "% There are no EC keys" : `% There is no key pair ${label}`] };
    }
    return askToRemove(
      [label === undefined ? "% All EC keys will be removed." : `% Keys to be removed are named '${label}'.`],
      () => ({ ok: labels.map((each) => keys.removeEc(each)).every(Boolean) }),
    );
  });
}

/** Work in configuration too. */
export const ecKeyCommands = [
  exec({
    level: PRIVILEGED,
    mode: globalMode,
    form: [
      crypto,
      key,
      kw("generate", "Generate new keys"),
      ec,
      kw("keysize", "Size of the key in bits"),
      pick("bits", { "256": "Curve P-256", "384": "Curve P-384" }),
      flag("exportable", "exportable", "Allow the key to be exported"),
      opt(kw("label", "Provide a label"), arg("label", word(), "Label of the key pair")),
    ],
    run: (context: ExecContext, { bits, exportable, label = labelOf(context) }) =>
      withKeys(context, (keys) => {
        const pair = keys.generateEc(label, bits === "256" ? 256 : 384);
        const said = exportable === true ? [NEVER_EXPORTED] : [];
        return { lines: [`The name for the keys will be: ${label}`, ...said], model: { label, bits: pair.key.bits } };
      }),
  }),
  exec({
    level: PRIVILEGED,
    mode: globalMode,
    form: [crypto, key, kw("zeroize", "Remove keys"), ec, opt(arg("label", line(), "Label of the key pair"))],
    run: (context: ExecContext, { label }) => zeroized(context, label),
  }),
];
