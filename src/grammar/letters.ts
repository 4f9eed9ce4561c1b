/** Which letters and digits a word has, a bit each; those whose codes differ by 32 share one. It tells words that are far apart at a glance. */
export function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index += 1) letters |= 1 << (word.charCodeAt(index) & 31);
  return letters;
}

/** How many of the letters are not among the others: each takes an edit at least. */
export function missing(letters: number, others: number): number {
  let count = 0;
  for (let rest = letters & ~others; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
