/**
 * Pools of addresses for clients. A pool is made of ranges, a line for each; no two pools of one group may have an address in
 * common, and a pool belongs to one group.
 */

import { ipv4ToNumber } from "../../../engine/kernel/address.ts";
import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { type ConfigNode, type ConfigReader, inert, type LineWatch, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { SpanIndex } from "../../common/span-index.ts";
import { globalMode } from "../modes.ts";

const global = { mode: globalMode } as const;
const ip = kw("ip", "Global IP configuration subcommands");
const pool = [ip, kw("local", "Specify local options"), kw("pool", "IP Local address pool lists")] as const;
const poolName = arg("name", word(), "Create named local address pool");
const poolRange = [
  arg("first", ipv4(), "First IP address of range"),
  opt(arg("last", ipv4(), "Last IP address of range")),
] as const;

const poolOptions = [
  opt(kw("group", "Create ip local pool group"), arg("group", word(), "Group Name")),
  opt(kw("cache-size", "Number of free entries to search"), arg("cacheSize", uint(0, 1000), "Entries")),
  opt(kw("priority", "Set pool preference"), arg("priority", uint(1, 255), "Priority")),
  opt(
    kw("recycle", "Reuse of addresses that were given back"),
    kw("delay", "Time before an address is given again"),
    arg("recycleSeconds", uint(1, 3600), "Seconds"),
  ),
] as const;

export const localPool = setting({
  ...global,
  section: "ip-pool",
  form: [...pool, poolName, ...poolRange, ...poolOptions],
  key: ["name", "first"],
  noForm: [...pool, poolName, opt(...poolRange, ...poolOptions)],
  check: (values, config) => rangeFault(values, config),
});

interface PoolRange {
  readonly name: string;
  readonly first: string;
  readonly last?: string | undefined;
  readonly group?: string | undefined;
}

/** Ranges by the group that they count in, and the groups that ranges of a pool ever had: there may be thousands of pools. */
interface Ranges {
  readonly spans: SpanIndex<ConfigNode>;
  readonly groups: Map<string, Set<string | undefined>>;
}

const rangesOf = new WeakMap<ConfigReader, Ranges>();
const pools: LineWatch = { commands: [localPool] };

function rangesIn(config: ConfigReader): Ranges {
  const ranges = rangesOf.get(config) ?? { spans: new SpanIndex(), groups: new Map() };
  rangesOf.set(config, ranges);
  const { there, gone } = config.changesFor(pools);
  for (const line of gone) ranges.spans.delete(line);
  for (const line of there) {
    const range = line.values as unknown as PoolRange;
    const { name, group } = range;
    const [first, last] = endsOf(range);
    ranges.spans.set(line, group, [{ first, last }]);
    ranges.groups.set(name, (ranges.groups.get(name) ?? new Set()).add(group));
  }
  return ranges;
}

/** Whether some other range may be in the way of this one; where none can be, nobody need look at them. */
function mayClash(range: PoolRange, config: ConfigReader): boolean {
  const { spans, groups } = rangesIn(config);
  const { name } = range;
  const [first, last] = endsOf(range);
  const isElsewhere = [...(groups.get(name) ?? [])].some((group) => group !== range.group);
  return isElsewhere || spans.meets({ first, last }, range.group, config.find(localPool, { name, first: range.first }));
}

function rangeFault(range: PoolRange, config: ConfigReader): string | undefined {
  const [first, last] = endsOf(range);
  if (last < first) return `%Bad IP range, ${range.first} - ${range.last}`;
  if (!mayClash(range, config)) return undefined;
  for (const { values: other } of config.all(localPool)) {
    // The same range again takes the place of what it said before.
    if (other.name === range.name && other.first === range.first) continue;
    if (other.name === range.name && other.group !== range.group) {
      return `%Pool ${range.name} is already in ${other.group === undefined ? "the base system group" : `group ${other.group}`}`;
    }
    const [start, end] = endsOf(other);
    if (other.group === range.group && first <= end && start <= last) {
      return `%IP address range overlaps with pool: ${other.name}`;
    }
  }
  return undefined;
}

function endsOf({ first, last = first }: PoolRange): readonly [number, number] {
  return [ipv4ToNumber(first), ipv4ToNumber(last)];
}

const addressPool = setting({
  ...global,
  section: "ip-pool",
  form: [
    ip,
    kw("address-pool", "Specify default IP address pooling mechanism"),
    pick("kind", {
      "dhcp-pool": "Use DHCP pools",
      "dhcp-proxy-client": "Use a DHCP server",
      local: "Use local IP address pool",
    }),
  ],
  effect: inert("addresses come from the pools that the template names"),
});

export const poolCommands = [localPool, addressPool];
