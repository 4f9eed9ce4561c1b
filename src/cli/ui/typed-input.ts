/**
 * What came from a terminal, as single keys and as pastes: what stands between the marks of a bracketed paste, and several lines that come at
 * once from a terminal that marks nothing.
 */

import { KeyReader, RETURN } from "../keys.ts";

export type Typed = { readonly key: string } | { readonly pasted: string };

const ESCAPE = "\x1b";
const PASTE_BEGINS = "\x1b[200~";
const PASTE_ENDS = "\x1b[201~";

export class TypedInput {
  readonly #keyReader = new KeyReader();
  /** What has come of a bracketed paste. */
  #bracketed: string | undefined;

  /** `mayBePasted`: lines are taken now; `pasting`: they are behind a paste that goes on, so that less than a line counts too. */
  *read(
    input: string | Uint8Array,
    { mayBePasted, pasting }: { readonly mayBePasted: boolean; readonly pasting: boolean },
  ): Generator<Typed> {
    const keys = [...this.#keyReader.read(input)];
    if (mayBePasted && this.#bracketed === undefined && isBurst(keys, pasting)) {
      yield { pasted: keys.join("") };
      return;
    }
    for (const key of keys) {
      if (key === PASTE_BEGINS) this.#bracketed = "";
      else if (key === PASTE_ENDS) {
        const pasted = this.#bracketed ?? "";
        this.#bracketed = undefined;
        yield { pasted };
      } else if (this.#bracketed === undefined) yield { key };
      else if (key.length === 1 || !key.startsWith(ESCAPE)) this.#bracketed += key;
    }
  }
}

/** Several lines at once are no typing; with other keys among them they are no text either. */
function isBurst(keys: readonly string[], pasting: boolean): boolean {
  if (keys.some((key) => key.length > 1 || (key < " " && key !== RETURN && key !== "\t"))) return false;
  const lines = keys.filter((key) => key === RETURN).length;
  return lines > 1 || (pasting && keys.length > 1);
}
