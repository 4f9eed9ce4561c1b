/**
 * Passwords and keys that are said to be in the clear: most lines of the box leave out the `0` that says so, and some say it
 * whether it was typed or not.
 */

import { Secret } from "../../../engine/kernel/secret.ts";
import type { Element, Values } from "../../../grammar/elements.ts";

/** Without it the text would be taken for a type, and what it hides. */
const LIKE_A_TYPE = /^\d+(\s|$)/;

/** The `0` goes, whatever its value is called. */
export function withoutZero(values: Values, names: readonly string[] = ["encoding"]): Values {
  const isLost = Object.values(values).some((value) => value instanceof Secret && LIKE_A_TYPE.test(value.reveal()));
  if (isLost || names.every((name) => values[name] !== "0")) return values;
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !names.includes(name) || value !== "0"));
}

/** A password that is there is said to be in the clear, where nothing else is said of it. */
export function withZero(values: Values): Values {
  return values.password === undefined ? values : { encoding: "0", ...values };
}

/** What the types of secrets are called in a form. */
export function typesIn(form: readonly Element[]): string[] {
  return form.flatMap((element) => {
    if (element.kind === "optional") return typesIn(element.elements);
    if (element.kind === "oneOf") return element.branches.flatMap(typesIn);
    const isOfTypes = element.kind === "pick" && "0" in element.words && ("6" in element.words || "7" in element.words);
    return isOfTypes ? [element.name] : [];
  });
}

/** The secrets of a form that may be said in that type, each behind its type. */
export function secretsIn(
  form: readonly Element[],
  digit: "6" | "7",
): readonly { readonly type: string; readonly secret: string }[] {
  const found: { type: string; secret: string }[] = [];
  let type: string | undefined;
  const look = (elements: readonly Element[]): void => {
    for (const element of elements) {
      if (element.kind === "optional") look(element.elements);
      else if (element.kind === "oneOf") for (const branch of element.branches) look(branch);
      else if (element.kind === "pick" && "0" in element.words && digit in element.words) type = element.name;
      else if (element.kind === "argument" && type !== undefined) {
        found.push({ type, secret: element.name });
        type = undefined;
      }
    }
  };
  look(form);
  return found;
}
