/** Blocks of the running configuration, for show commands that tell what is configured in the words it was configured with. */

export interface ConfigBlock {
  /** What stands behind the words that the block was asked by. */
  readonly name: string;
  /** The lines below it, without their indentation. */
  readonly lines: readonly string[];
}

/** Every block whose first line begins with `head` (`crypto isakmp profile`). */
export function configBlocks(body: readonly string[], head: string): ConfigBlock[] {
  return body.flatMap((line, at) => {
    if (!line.startsWith(`${head} `)) return [];
    const below = body.slice(at + 1);
    const end = below.findIndex((text) => !text.startsWith(" "));
    const lines = (end < 0 ? below : below.slice(0, end)).map((text) => text.trim());
    return [{ name: line.slice(head.length + 1), lines }];
  });
}

/** What follows a word in each line of a block that begins with it. */
export function valuesOf(block: ConfigBlock, word: string): string[] {
  return block.lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
}
