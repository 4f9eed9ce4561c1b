/**
 * What a mode says of itself after its line was typed once more. What that leaves out stands as it was said when the mode was made; where the
 * form lets choose one of several, the choice is made anew as a whole, so that no line comes of it that nobody typed.
 */

import { type Element, type Values, valueNames } from "../../grammar/elements.ts";
import { branchMeant, valuesIn } from "../../grammar/render.ts";

export function saidAgain(form: readonly Element[], before: Values, now: Values): Values {
  const said: Record<string, unknown> = { ...before, ...now };
  for (const name of notChosen(form, now)) if (now[name] === undefined) delete said[name];
  return said;
}

/** The values of branches that `now` passes over for another. */
function notChosen(elements: readonly Element[], now: Values): string[] {
  return elements.flatMap((element) => {
    if (element.kind === "optional") return notChosen(element.elements, now);
    if (element.kind !== "oneOf" || valuesIn([element], now) === 0) return [];
    const meant = branchMeant(element, now);
    const others = element.branches.filter((branch) => branch !== meant).flatMap(valueNames);
    const kept = new Set(valueNames(meant));
    return [...others.filter((name) => !kept.has(name)), ...notChosen(meant, now)];
  });
}
