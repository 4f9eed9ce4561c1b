/** Lines that only one of the dialects has: they tell what most texts are written in before any dialect is loaded. */

import { anyOf } from "./common/any-of.ts";
import type { DialectName } from "./dialect.ts";
import { readListing } from "./shell/listing.ts";

const IOS = anyOf([
  /^version 1[25]\./,
  /^crypto (isakmp|ipsec|map|dynamic-map|keyring) /,
  /^vpdn(-group| enable)/,
  /^interface (FastEthernet|GigabitEthernet|Virtual-Template|Loopback)\d/i,
  /^service timestamps/,
]);

const JUNOSE = anyOf([
  /^\s*virtual-router \S/,
  /^\s*l2tp (destination|destruct-timeout|tunnel idle-timeout|drain|shutdown)\b/,
  /^\s*ipsec (option|transport|ike-policy-rule|isakmp-policy-rule|key manual|transform-set|local-endpoint)\b/,
  /^\s*aaa (local|domain-map|dns|wins)\b/,
  /^\s*license (b-ras|ipsec-tunnels|l2tp-session)\b/,
  /^\s*radius (authentication|accounting) server\b/,
  // Indented it is one of `call-home` on the other box.
  /^profile \S+\s*$/,
  /\(config-l2tp-dest-profile(-host)?\)#|\(config-ipsec-transport-profile|\(config-ike-policy\)#/,
  /^! Configuration script being generated/,
  /^! End of generated configuration script/,
]);

const COPIED_PROMPT = /^\s*(?:- )?[\w.:-]+(?:\([\w-]+\))?[#>]\s?/;

const TELLS: Readonly<Record<DialectName, (line: string) => boolean>> = {
  ios: (line) => IOS.test(line),
  junose: (line) => JUNOSE.test(line) || JUNOSE.test(line.replace(COPIED_PROMPT, "")),
};

interface Told {
  readonly name: DialectName;
  readonly count: number;
}

/** Whether only this dialect has such a line. */
export function isTelling(line: string, name: DialectName): boolean {
  return TELLS[name](line);
}

/** The dialect that most of the telling lines are of, debris or not; `undefined` when there is none. */
export function toldDialect(text: string): DialectName | undefined {
  const [best] = tellingLines(text);
  return best !== undefined && best.count > 0 ? best.name : undefined;
}

/** How many lines of the text only that dialect has, surest first; what surrounds the lines is taken away where it hides them. */
export function tellingLines(text: string): readonly Told[] {
  const plain = counted(text.split(/\r\n|\n|\r/));
  return plain.some(({ count }) => count > 0) ? plain : counted(readListing(text).map((line) => line.text));
}

function counted(lines: readonly string[]): readonly Told[] {
  const names: readonly DialectName[] = ["ios", "junose"];
  return names.map((name) => ({ name, count: lines.filter(TELLS[name]).length })).sort((a, b) => b.count - a.count);
}
