/** A terminal that wraps nothing: what a person would see of what was written, line by line. */

export function screenOf(written: string): string[] {
  const rows: string[][] = [[]];
  let column = 0;
  for (const character of written) {
    if (character === "\b") column = Math.max(0, column - 1);
    else if (character === "\r") column = 0;
    else if (character === "\n") rows.push([]);
    else if (character !== "\x07") {
      const row = rows.at(-1) ?? [];
      while (row.length < column) row.push(" ");
      row[column] = character;
      column += 1;
    }
  }
  return rows.map((row) => row.join("").trimEnd());
}
