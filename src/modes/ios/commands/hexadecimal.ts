/** Texts over several lines of hexadecimal digits, up to `quit`: certificates and public keys. */

import { type BlockReader, type Effect, type Mode, type Setting, setting } from "../../../grammar/declaration.ts";
import { type Element, kw, type Values } from "../../../grammar/elements.ts";

const END = "quit";

const HEX_ROW = /^(?:[0-9A-F ]*|quit)$/i;

/** Copied from a page, a row has blanks of other kinds. */
function rowOf(typed: string): string {
  return typed.trim().replace(/\s+/g, " ");
}

/** Reads up to `quit`; the rows become the value `digits`. */
export function hexadecimal(
  values: Values,
  { notice, what }: { readonly notice: string; readonly what: string },
): BlockReader {
  const digits: string[] = [];
  return {
    notice: [notice],
    refuses: (typed) => (HEX_ROW.test(rowOf(typed)) ? undefined : `% Not a row of ${what}, and not quit`),
    take(typed) {
      const text = rowOf(typed);
      if (text.toLowerCase() !== END) {
        if (text !== "") digits.push(text);
        return undefined;
      }
      return { ...values, digits: digits.join("\n") };
    },
  };
}

/** The rows as they were typed, each behind `indent`. */
export function hexadecimalRows({ digits }: Values, indent: string): string[] {
  return typeof digits === "string" && digits !== "" ? digits.split("\n").map((row) => `${indent}${row}`) : [];
}

/** A public key below a peer. */
export function keyDigits(mode: Mode, effect: Effect): Setting {
  const form: readonly Element[] = [
    kw("key-string", "The key in hexadecimal digits; end with quit on a line of its own"),
  ];
  return setting({
    mode,
    form,
    effect,
    block: (values) =>
      hexadecimal(values, { notice: "Enter a public key as a hexidecimal number ....", what: "hexadecimal digits" }),
    print: (values) => ["key-string", ...hexadecimalRows(values, "   "), "  quit"].join("\n"),
  });
}
