import { expect, test } from "vitest";
import { LateSetting } from "../../../src/grammar/declaration.ts";
import { dialects } from "../../../src/modes/dialects.ts";

test.each(Object.values(dialects).map((dialect) => [dialect.name, dialect] as const))(
  "%s: the help of a word in front is the same before and after the form behind it is made",
  (_name, dialect) => {
    const faults = dialect.config.flatMap((command) => {
      if (!(command instanceof LateSetting) || command.front === undefined) return [];
      const words = command.front.split(" ");
      const early = words.map((_word, index) => command.frontHelp(index));
      const late = words.map((_word, index) => {
        const element = command.form[index];
        return element?.kind === "keyword" ? element.help : undefined;
      });
      return early.some((help, index) => help !== undefined && help !== late[index]) ? [command.front] : [];
    });
    expect(faults).toEqual([]);
  },
);
