/** An expression as a graph of places: what a character leads to, and what is passed without one. */

export type Node =
  | { readonly kind: "character"; readonly test: (code: number) => boolean; readonly to: number }
  | { readonly kind: "either"; readonly to: readonly number[] }
  | { readonly kind: "lineStart" | "lineEnd"; readonly to: number }
  /** A parenthesis that is recalled somewhere opens or closes. */
  | { readonly kind: "begin" | "end"; readonly group: number; readonly to: number }
  /** What that parenthesis matched, once more. */
  | { readonly kind: "recall"; readonly group: number; readonly to: number }
  | { readonly kind: "match" };

export interface Graph {
  readonly nodes: readonly Node[];
  readonly start: number;
}
