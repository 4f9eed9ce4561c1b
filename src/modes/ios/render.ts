/** The running configuration as IOS orders and separates it: sections, sorted blocks, `!` between them. */

import type { InterfaceName } from "../../grammar/arguments.ts";
import type { ConfigCommand } from "../../grammar/declaration.ts";
import { placesOf, type RenderedBlock, rankOf, renderBlocks } from "../tree/render-tree.ts";
import type { StoredLine } from "../tree/stored-line.ts";
import { extendedNamed, standardNamed } from "./commands/access-list.ts";
import * as maps from "./commands/crypto-map.ts";
import { interfaceOpener, subinterfaceOpener, templateOpener } from "./commands/interface-openers.ts";
import { isakmpPolicy } from "./commands/isakmp-policy.ts";
import { isakmpProfile } from "./commands/isakmp-profile.ts";
import { keyring } from "./commands/keyring.ts";
import { inRanges, lineOpener } from "./commands/line.ts";
import { acceptDialin, terminateFrom, vpdnGroup } from "./commands/vpdn-group.ts";

/** Sections in the order they print. Lines of one group stand together; between groups stands a `!`. */
const GROUPS = [
  ["version", "service"],
  ["hostname"],
  ["boot"],
  ["logging", "enable"],
  ["aaa"],
  ["clock", "ip"],
  ["vrf"],
  ["multilink", "labels"],
  ["key-chain"],
  ["vpdn"],
  ["vpdn-group"],
  ["pki"],
  ["pubkey-chain"],
  ["crypto-identity"],
  ["license"],
  ["spanning-tree"],
  ["username", "privilege"],
  ["redundancy"],
  ["vlan"],
  ["ssh"],
  ["controller"],
  ["sla"],
  ["class-map"],
  ["policy-map"],
  ["keyring"],
  ["ikev2"],
  ["isakmp-policy"],
  ["isakmp-key", "isakmp"],
  ["isakmp-client"],
  ["isakmp-profile"],
  ["ipsec"],
  ["transform-set"],
  ["ipsec-profile"],
  ["ezvpn"],
  ["gdoi"],
  ["tls"],
  ["crypto-late"],
  ["dynamic-map"],
  ["crypto-map"],
  ["bfd-template"],
  ["interface"],
  ["router"],
  ["ip-pool", "ip-late", "route"],
  ["http"],
  ["nat"],
  ["logging-late"],
  ["prefix-list", "access-list"],
  ["route-map"],
  ["snmp"],
  ["radius"],
  ["control-plane"],
  ["gatekeeper"],
  ["banner"],
  ["line"],
  ["archive", "files"],
  ["scheduler"],
] as const;

export const SECTIONS: readonly string[] = GROUPS.flat();

const GROUP_OF: ReadonlyMap<string, number> = new Map(
  GROUPS.flatMap((group, index) => group.map((section) => [section, index] as const)),
);

/** Blocks of these sections follow each other without a `!`. */
const CLOSE = "line";

type SortKey = readonly (string | number)[];

const INTERFACE_ORDER = ["Loopback", "Tunnel"];
const LINE_ORDER = ["con", "aux", "vty"];
const LAST = 1000;

function interfaceKey({ type, number }: InterfaceName): SortKey {
  const place = INTERFACE_ORDER.indexOf(type);
  const rank = type === "Virtual-Template" ? LAST : place < 0 ? INTERFACE_ORDER.length : place;
  return [rank, type, ...number.split(/[/.]/).map(Number)];
}

/** Where a line stands among those of its section: by number or name where the box sorts, as typed where it does not. */
function sortKey(line: StoredLine, order: ReadonlyMap<ConfigCommand, number>): SortKey {
  const { command, values } = line;
  switch (command) {
    case isakmpPolicy:
      return [0, Number(values.priority)];
    case maps.dynamicMap:
      return [0, String(values.name), Number(values.sequence)];
    case maps.mapOption:
    case maps.mapAddition:
    case maps.mapProfile:
      return [0, String(values.name), 0];
    case maps.staticMap:
    case maps.dynamicMapEntry:
      return [0, String(values.name), Number(values.sequence)];
    case interfaceOpener:
    case templateOpener:
    case subinterfaceOpener:
      return interfaceKey(values.name as InterfaceName);
    case standardNamed:
    case extendedNamed: {
      // Lists with names come first, then those with numbers.
      const number = Number(values.name);
      return Number.isNaN(number) ? [0, order.get(command) ?? 0] : [1, number];
    }
    case lineOpener:
      return [LINE_ORDER.indexOf(String(values.kind)), Number(values.first)];
    default:
      return [order.get(command) ?? 0, rankOf(line)];
  }
}

function compare(a: SortKey, b: SortKey): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [left, right] = [a[index] ?? -1, b[index] ?? -1];
    if (left === right) continue;
    if (typeof left === "number" && typeof right === "number") return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return 0;
}

function indentOf(command: ConfigCommand): number {
  if (command === keyring) return 2;
  return command === isakmpProfile ? 3 : 1;
}

export function renderConfiguration(
  lines: readonly StoredLine[],
  commands: readonly ConfigCommand[],
  all = false,
): string[] {
  const order = placesOf(commands);
  const sorted = lines
    // The section first: keys of different sections have nothing to compare.
    .map((line) => ({ line, key: [SECTIONS.indexOf(line.command.section ?? ""), ...sortKey(line, order)] }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ line }) => line);
  const style = { commands, sections: SECTIONS, indentOf, all };
  const printed: string[] = ["!"];
  let before: { readonly section: string; readonly flat: boolean } | undefined;
  for (const { command, section, flat, lines: block } of withRanges(renderBlocks(sorted, style))) {
    if (isMisread(printed, block[0] ?? "")) printed.push(" exit");
    if (before !== undefined && !stand(before, { section, flat })) printed.push("!");
    printed.push(...(command === vpdnGroup ? withDefaultComment(block) : withFamiliesClosed(block)));
    before = { section, flat };
  }
  return [...printed, "!"];
}

/** Blocks whose mode has lines of its own that begin as these do. On the box others stand between them. */
const ALIKE: readonly (readonly [block: RegExp, next: RegExp])[] = [
  [/^aaa group server /, /^(no )?(ip (radius|tacacs) source-interface|subscriber mac-filtering) |^ip vrf forwarding$/],
  [/^interface /, /^(no )?cdp (log|tlv) /],
  [/^dot11 ssid /, /^vlan \d/],
  [/^voice-card /, /^(no )?dspfarm$/],
];

/** Typed where the last block stands open, the line would be taken for one of the block. */
function isMisread(printed: readonly string[], line: string): boolean {
  const alike = ALIKE.filter(([, next]) => next.test(line));
  if (alike.length === 0) return false;
  const head = printed.findLast((each) => /^[^\s!]/.test(each)) ?? "";
  return alike.some(([block]) => block.test(head));
}

function withRanges(blocks: readonly RenderedBlock[]): RenderedBlock[] {
  const first = blocks.findIndex(({ command }) => command === lineOpener);
  const terminal = blocks[first];
  if (terminal === undefined) return [...blocks];
  const lines = blocks.filter(({ command }) => command === lineOpener).map((block) => block.lines);
  const others = blocks.filter(({ command }) => command !== lineOpener);
  return others.toSpliced(first, 0, ...inRanges(lines).map((range) => ({ ...terminal, lines: range })));
}

function stand(
  before: { readonly section: string; readonly flat: boolean },
  next: { readonly section: string; readonly flat: boolean },
): boolean {
  if (GROUP_OF.get(before.section) !== GROUP_OF.get(next.section)) return false;
  return before.section === CLOSE || (before.flat && next.flat);
}

const DIALIN = ` ${acceptDialin.form[0].word}`;
const TERMINATE = ` ${terminateFrom.form[0].word} `;

/** The box says so of a group that takes every peer. */
function withDefaultComment(block: readonly string[]): readonly string[] {
  const [head = "", ...rest] = block;
  const takesAll = block.includes(DIALIN) && !block.some((line) => line.startsWith(TERMINATE));
  return takesAll ? [head, " ! Default L2TP VPDN group", ...rest] : block;
}

const FAMILY = " address-family ";

/** The box sets address families apart, and says where each ends. */
function withFamiliesClosed(block: readonly string[]): readonly string[] {
  if (!block.some((line) => line.startsWith(FAMILY))) return block;
  let isInside = false;
  return block.flatMap((line, index) => {
    if (/^ \S/.test(line)) isInside = line.startsWith(FAMILY);
    const isOver = isInside && !block[index + 1]?.startsWith("  ");
    const opening = line.startsWith(FAMILY) ? [" !", line] : [line];
    return isOver ? [...opening, " exit-address-family"] : opening;
  });
}
