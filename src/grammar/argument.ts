/**
 * Argument types: how a typed word (or several, or the rest of the line) becomes a value and prints back. Shared by
 * both dialects; they know nothing of any command.
 */

/** A word that may stand next, and what it is. In capitals or angle brackets it stands for a value. */
export interface GuideRow {
  readonly word: string;
  readonly help: string;
}

export type ArgumentRead<Value> =
  /** `end` is the offset just behind what was consumed. */
  | { readonly ok: true; readonly value: Value; readonly end: number }
  /** `at` is where the caret goes: the first character that cannot belong to such a value. `several`: what is typed is the start of more than one. */
  | { readonly ok: false; readonly at: number; readonly several?: boolean };

export interface ArgumentType<Value> {
  /** What `?` shows in place of a value: `WORD`, `LINE`, `A.B.C.D`, `<1-10000>`. */
  readonly placeholder: string;
  /** Reads from offset `at` (the first character of a word) of the whole typed line. */
  read(line: string, at: number): ArgumentRead<Value>;
  /** The text that reads back to the same value. */
  print(value: Value): string;
  /** Starts of texts that it reads. */
  readonly examples?: readonly string[];
  /**
   * What `?` and Tab offer in place of the placeholder behind what is typed of the value so far, which may hold blanks; empty = that
   * is no start of one. Absent = the placeholder is all there is to say.
   */
  guide?(typed: string): readonly GuideRow[];
  /** A kind of thing that has names of its own in the configuration (`pool`): they are shown and completed. */
  readonly live?: string;
  /** Every character counts, even a mark at the end of the line that would otherwise be taken for a slip: passwords. */
  readonly verbatim?: boolean;
}
