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

function words(form: readonly Element[], values: Values, said: string[] = []): string[] {
  for (const element of form) say(element, values, said);
  return said;
}

/** Adds what an element says. Every line that is stored or printed comes by here: one list for the line. */
function say(element: Element, values: Values, said: string[]): void {
  switch (element.kind) {
    case "keyword":
      said.push(element.word);
      return;
    case "argument":
      said.push(element.type.print(values[element.name]));
      return;
    case "pick":
      said.push(String(values[element.name]));
      return;
    case "flag":
      if (values[element.name] === true) said.push(element.word);
      return;
    case "optional":
      if (valuesIn(element.elements, values) > 0) words(element.elements, values, said);
      return;
    case "oneOf":
      words(branchMeant(element, values), values, said);
      return;
    case "many": {
      const items = values[element.name];
      if (!Array.isArray(items)) return;
      for (const item of items)
        said.push(element.item.kind === "argument" ? element.item.type.print(item) : String(item));
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
  let count = 0;
  for (const element of elements) count += valuesOf(element, values);
  return count;
}

function valuesOf(element: Element, values: Values): number {
  switch (element.kind) {
    case "keyword":
      return 0;
    case "optional":
      return valuesIn(element.elements, values);
    case "oneOf":
      return element.branches.reduce((most, branch) => Math.max(most, valuesIn(branch, values)), 0);
    default:
      return has(values, element.name) ? 1 : 0;
  }
}

/** Whether every value that these elements must have is there. */
export function isWhole(elements: readonly Element[], values: Values): boolean {
  for (const element of elements) if (!isThere(element, values)) return false;
  return true;
}

function isThere(element: Element, values: Values): boolean {
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
}
