/** What every show command must keep to, whatever its words: it answers, its value is plain, and no secret leaves by it. */

import { expect, test } from "vitest";
import { execCommands } from "../../../../src/modes/ios/exec/exec.ts";
import { sampleOf } from "../../../support/form-samples.ts";
import { seededRandom } from "../../../support/random.ts";
import { BusyRouter } from "./busy-router.ts";
import { CONFIGURATION } from "./configuration.ts";

const SECRETS = ["tigerlily", "hidden>"];
const SAMPLES = 6;
/** Everything that begins with `show`, wherever it is declared; alone the word is refused. */
const showCommands = execCommands.filter(
  ({ form: [first, ...rest] }) => first?.kind === "keyword" && first.word === "show" && rest.length > 0,
);

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

/** What is kept by a name that the user chose has that name for a key. */
const FREE_KEYS = /^[A-Z0-9]|\s/;

test("every show command has a plain value with stable names and without secrets", () => {
  const random = seededRandom(11);
  const router = new BusyRouter(CONFIGURATION);
  const faults: string[] = [];
  for (const command of showCommands) {
    if (command.effect?.kind === "unsupported" || command.level > 15) continue;
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const { line, values } = sampleOf(command.form, random);
      // The configuration is what it was typed as, passwords with it.
      const isConfiguration = /^show (running-config|derived-config|startup-config|configuration|tech-support)/.test(
        line,
      );
      const { lines, model, ok } = router.runCommand(command, values);
      if (ok === false) continue;
      const text = JSON.stringify(model);
      if (text === undefined) faults.push(`${line}: no value`);
      else if (!isConfiguration && SECRETS.some((secret) => text.includes(secret))) faults.push(`${line}: a secret`);
      const odd = keysOf(model).filter((key) => !/^[a-z][A-Za-z0-9]*$/.test(key) && !FREE_KEYS.test(key));
      if (odd.length > 0) faults.push(`${line}: key ${odd[0]}`);
      if ((lines ?? []).some((text) => /undefined|NaN|\[object/.test(text))) faults.push(`${line}: a hole in the text`);
    }
  }
  expect([...new Set(faults)]).toEqual([]);
});

test("behind a pipe each of them is JSON", () => {
  const router = new BusyRouter(CONFIGURATION);
  for (const line of ["show crypto ipsec sa", "show l2tp session all", "show ip local pool VPN", "show caller"]) {
    expect(() => JSON.parse(router.run(`${line} | json`).join("\n")), line).not.toThrow();
  }
});
