/** A login that answers what commands ask: each line may be followed by answers, told apart by `>`. */

import type { Dialect } from "../../src/modes/dialect.ts";
import type { LineResult } from "../../src/modes/shell/line-result.ts";
import { TestShell } from "./shell.ts";

export class Dialogue extends TestShell {
  constructor(dialect: Dialect, configuration = "") {
    super(dialect);
    this.load(configuration);
  }

  /**
   * Types a line and its answers. What is printed comes as lines, with each question and its answer on one; typing less
   * than is asked ends the command, typing more is a fault of the test.
   */
  type(line: string, ...answers: readonly string[]): string[] {
    const printed: string[] = [];
    const first = this.shell.execute(line);
    if (first.configured === true) {
      const command = first.stored?.meaning ?? line.trim();
      this.kept.running.commandLog.add({ user: "console", line: "con 0", command });
    }
    let result = this.#act(first, printed);
    for (const answer of answers) {
      if (result.question === undefined) throw new Error(`${line}: nobody asked for ${JSON.stringify(answer)}`);
      printed.push(`${result.question.prompt}${answer}`);
      result = this.#act(this.shell.answer(result.question, answer), printed);
    }
    if (result.question !== undefined) printed.push(result.question.prompt);
    return printed;
  }

  #act(result: LineResult, printed: string[]): LineResult {
    printed.push(...result.lines);
    if (result.changed) this.kept.running.edited("console");
    this.kept.running.stands("con 0", this.shell.configuring, "console");
    return result;
  }
}
