/** Prints a command from its values: the form filled in, word for word, so that it reads back to the same values. */

import type { Element, OneOf, Values } from "./elements.ts";

/** The line of a form with these values. */
export function renderForm(form: readonly Element[], values: Values): string {
  return words(form, values).join(" ");
}

/** The same up to the first value that is missing: what stands behind `no`. */
export function renderStart(form: readonly Element[], values: Values): string {
  const missing = form.findIndex((element) => !isWhole([element], values));
  return renderForm(missing < 0 ? form : form.slice(0, missing), values);
}

function words(form: readonly Element[], values: Values): string[] {
  return form.flatMap((element) => wordsOf(element, values));
}

function wordsOf(element: Element, values: Values): string[] {
  switch (element.kind) {
    case "keyword":
      return [element.word];
    case "argument":
      return [element.type.print(values[element.name])];
    case "pick":
      return [String(values[element.name])];
    case "flag":
      return values[element.name] === true ? [element.word] : [];
    case "optional":
      return valuesIn(element.elements, values) > 0 ? words(element.elements, values) : [];
    case "oneOf":
      return words(branchMeant(element, values), values);
    case "many": {
      const items = values[element.name];
      const print = (item: unknown) =>
        element.item.kind === "argument" ? element.item.type.print(item) : String(item);
      return Array.isArray(items) ? items.map(print) : [];
    }
  }
}

/** Of the branches whose values are all there, the one that says most. */
function branchMeant(element: OneOf, values: Values): readonly Element[] {
  let meant: readonly Element[] | undefined;
  for (const branch of element.branches) {
    if (!isWhole(branch, values)) continue;
    if (meant === undefined || valuesIn(branch, values) > valuesIn(meant, values)) meant = branch;
  }
  return meant ?? [];
}

function has(values: Values, name: string): boolean {
  return values[name] !== undefined;
}

/** How many of the values are said by these elements. An optional part is printed when it says one. */
function valuesIn(elements: readonly Element[], values: Values): number {
  return elements.reduce((count, element) => {
    switch (element.kind) {
      case "keyword":
        return count;
      case "optional":
        return count + valuesIn(element.elements, values);
      case "oneOf":
        return count + Math.max(0, ...element.branches.map((branch) => valuesIn(branch, values)));
      default:
        return has(values, element.name) ? count + 1 : count;
    }
  }, 0);
}

/** Whether every value that these elements must have is there. */
export function isWhole(elements: readonly Element[], values: Values): boolean {
  return elements.every((element) => {
    switch (element.kind) {
      case "keyword":
      case "flag":
      case "optional":
        return true;
      case "oneOf":
        return element.branches.some((branch) => isWhole(branch, values));
      case "pick":
        return String(values[element.name]) in element.words;
      default:
        return has(values, element.name);
    }
  });
}
