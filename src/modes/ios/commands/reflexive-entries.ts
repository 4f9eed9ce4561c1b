/** Entries of access lists that stand for others, which the box makes as packets pass or users log in: they are refused. */

import { uint, word } from "../../../grammar/arguments.ts";
import { type Mode, type Setting, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, type Element, kw, opt } from "../../../grammar/elements.ts";
import { extendedRule } from "./access-list-rule.ts";

export const noAnswers = unsupported(
  "Answers are not let in by themselves here; say established, or the ports that answer",
);
const noLogins = unsupported("No entry comes by a login here; say who may pass");

/** `head`: what stands in front of an entry. */
export function reflexiveEntries(
  head: readonly Element[],
  where: { readonly mode: Mode; readonly section?: string },
): readonly Setting[] {
  const reflect = [
    kw("reflect", "Create reflexive access list entry"),
    arg("reflexive", word(), "Access-list name"),
    opt(
      kw("timeout", "Maximum time to reflect"),
      arg("idle", uint(1, 2_147_483), "Seconds without a packet until the entry goes"),
    ),
  ];
  const dynamic = [
    kw("dynamic", "Specify a DYNAMIC list of PERMITs or DENYs"),
    arg("dynamic", word(), "Name of a Dynamic list"),
    opt(kw("timeout", "Maximum time for dynamic ACL to live"), arg("minutes", uint(1, 9999), "Minutes")),
  ];
  const form = (...elements: readonly Element[]) => ({ ...where, form: [...head, ...elements] });
  return [
    setting<readonly Element[]>({ ...form(...extendedRule, ...reflect), effect: noAnswers }),
    setting<readonly Element[]>({ ...form(...dynamic, ...extendedRule), effect: noLogins }),
  ];
}
