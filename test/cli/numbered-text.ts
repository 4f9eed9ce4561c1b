/** A text that tells its number and whether it is whole; lengths differ, so that a rest of another would show. */
export function numberedText(number: number): string {
  const lines = Array.from({ length: 2000 + (number % 7) * 500 }, (_, index) => `${number} line ${index}`);
  return `${[...lines, `${number} end`].join("\n")}\n`;
}
