/** A choice is made: of several ways on, none may be nothing at all unless the command says so by an empty or optional branch. */

import { expect, test } from "vitest";
import type { Element } from "../../src/grammar/elements.ts";
import { dialects } from "../../src/modes/dialects.ts";

/** Choices of which every part may be left out, on the box too. */
const MAY_BE_NOTHING = [
  "ip route",
  "domain-stripping",
  "radius-server domain-stripping",
  "set peer",
  "encapsulation dot1Q",
  "show ip local pool",
];

function mayBeNothing(elements: readonly Element[]): boolean {
  return elements.every(
    (element) =>
      element.kind === "optional" ||
      element.kind === "flag" ||
      (element.kind === "oneOf" && element.branches.some(mayBeNothing)),
  );
}

/** Whether a choice has a branch that looks like one and may be nothing. */
function isLoose(elements: readonly Element[], optional = false): boolean {
  return elements.some((element) => {
    if (element.kind === "optional") return isLoose(element.elements, element.elements.length === 1);
    if (element.kind !== "oneOf") return false;
    const { branches } = element;
    const isMeant = optional || branches.some((branch) => branch.length === 0);
    return (!isMeant && branches.some(mayBeNothing)) || branches.some((branch) => isLoose(branch));
  });
}

test.each(Object.values(dialects).map((dialect) => [dialect.name, dialect] as const))("%s", (_name, dialect) => {
  const loose = [...dialect.config, ...dialect.exec, ...dialect.execInConfiguration]
    .filter(({ form }) => isLoose(form))
    .map(({ form }) => {
      const end = form.findIndex(({ kind }) => kind !== "keyword");
      return form
        .slice(0, end)
        .map((element) => (element.kind === "keyword" ? element.word : ""))
        .join(" ");
    });
  expect(loose.filter((start) => !MAY_BE_NOTHING.includes(start))).toEqual([]);
});
