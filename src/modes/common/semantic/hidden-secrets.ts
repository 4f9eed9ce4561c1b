/** Keys and passwords that whoever saved the configuration took out of it: asterisks, which are now the secret. */

import { Secret } from "../../../engine/kernel/secret.ts";
import type { ConfigStore } from "../../tree/config-store.ts";
import type { StoredLine } from "../../tree/stored-line.ts";
import type { Finding, Rule } from "./finding.ts";

const HIDDEN: Rule = {
  id: "hidden-secret",
  text: "A key or a password is asterisks, as where a listing hides it.",
  advice: "Type the secret itself.",
};

const TAKEN_OUT = /^\*{3,}$/;

export function hiddenSecretFindings(store: ConfigStore): Finding[] {
  const trees = [store.chassis, ...store.routers.values()];
  return trees.flatMap(({ lines }) => lines.flatMap((line) => findingsBelow(line)));
}

function findingsBelow(line: StoredLine): Finding[] {
  const below = line.children.flatMap((child) => findingsBelow(child));
  const isHidden = Object.values(line.values).some(
    (value) => value instanceof Secret && TAKEN_OUT.test(value.reveal()),
  );
  if (!isHidden || line.negated) return below;
  const name = line.parent === undefined ? line.meaning : `${line.parent.meaning}: ${line.meaning}`;
  return [
    { rule: HIDDEN, place: { name, line }, what: "the secret is asterisks: it was hidden where this was saved" },
    ...below,
  ];
}
