/** A file that holds the configurations of several devices, one behind the other: they are read as one, which is none of them. */

import type { Rule } from "../common/semantic/finding.ts";
import type { LocatedFinding } from "./examine.ts";
import type { ReportedLine } from "./report.ts";

const SEVERAL: Rule = {
  id: "several-devices",
  text: "A file holds the configurations of several devices.",
  advice: "Put each into a file of its own.",
};

/** A second name behind the end of the first configuration. A name that is given anew in one session is another matter. */
export function severalDevices(lines: readonly ReportedLine[]): readonly LocatedFinding[] {
  const findings: LocatedFinding[] = [];
  let name: string | undefined;
  let ended = false;
  for (const { text, number, outcome } of lines) {
    if (/^(?:end|! End of )/.test(text)) ended = name !== undefined;
    const called = outcome.kind === "applied" ? /^hostname +"?([^\s"]+)/.exec(text)?.[1] : undefined;
    if (called === undefined) continue;
    if (ended && name !== undefined && called !== name) {
      const told = `hostname ${called}: the configuration of ${name} ended before; lines of both are read as one device`;
      findings.push({ rule: SEVERAL, text: told, line: number });
    }
    name = called;
    ended = false;
  }
  return findings;
}
