/**
 * Prints a command from its values: the form filled in, word for word, so that it reads back to the same values. Every line that
 * is stored, compared or printed comes by here, mostly in code that V8 did not compile yet, where `for … of` makes an object a step and a closure costs
 * every call of what it stands in.
 */

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
  for (let index = 0; index < form.length; index += 1) say(form[index] as Element, values, said);
  return said;
}

/** Adds what an element says: one list for the line. */
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
export function branchMeant(element: OneOf, values: Values): readonly Element[] {
  const { branches } = element;
  let meant: readonly Element[] | undefined;
  let most = -1;
  for (let index = 0; index < branches.length; index += 1) {
    const branch = branches[index] as readonly Element[];
    const said = isWhole(branch, values) ? valuesIn(branch, values) : -1;
    if (said <= most) continue;
    meant = branch;
    most = said;
  }
  return meant ?? [];
}

function has(values: Values, name: string): boolean {
  return values[name] !== undefined;
}

/** How many of the values are said by these elements. An optional part is printed when it says one. */
export function valuesIn(elements: readonly Element[], values: Values): number {
  let count = 0;
  for (let index = 0; index < elements.length; index += 1) count += valuesOf(elements[index] as Element, values);
  return count;
}

function valuesOf(element: Element, values: Values): number {
  switch (element.kind) {
    case "keyword":
      return 0;
    case "optional":
      return valuesIn(element.elements, values);
    case "oneOf":
      return mostValues(element, values);
    default:
      return has(values, element.name) ? 1 : 0;
  }
}

function mostValues({ branches }: OneOf, values: Values): number {
  let most = 0;
  for (let index = 0; index < branches.length; index += 1) {
    most = Math.max(most, valuesIn(branches[index] as readonly Element[], values));
  }
  return most;
}

/** Whether every value that these elements must have is there. */
export function isWhole(elements: readonly Element[], values: Values): boolean {
  for (let index = 0; index < elements.length; index += 1) {
    if (!isThere(elements[index] as Element, values)) return false;
  }
  return true;
}

function isThere(element: Element, values: Values): boolean {
  switch (element.kind) {
    case "keyword":
    case "flag":
    case "optional":
      return true;
    case "oneOf":
      return hasWhole(element, values);
    case "pick":
      return String(values[element.name]) in element.words;
    default:
      return has(values, element.name);
  }
}

function hasWhole({ branches }: OneOf, values: Values): boolean {
  for (let index = 0; index < branches.length; index += 1) {
    if (isWhole(branches[index] as readonly Element[], values)) return true;
  }
  return false;
}
