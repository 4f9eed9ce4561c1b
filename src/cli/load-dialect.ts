/** Dialects, each loaded when it is asked for: most processes speak one, and its commands are most of what there is to load. */

import type { Dialect, DialectName } from "../modes/dialect.ts";
import { clearlyIn, type Recognition, readableIn } from "../modes/recognise.ts";

const LOADS: Readonly<Record<DialectName, () => Promise<Dialect>>> = {
  ios: async () => (await import("../modes/ios/dialect.ts")).ios,
  junose: async () => (await import("../modes/junose/dialect.ts")).junose,
};

export function loadDialect(name: DialectName): Promise<Dialect> {
  return LOADS[name]();
}

/** The dialect of a text and what it was taken for; `undefined` when none reads most of it. */
export async function recogniseAndLoad(text: string): Promise<Recognition | undefined> {
  const name = clearlyIn(text);
  if (name !== undefined) return { dialect: await loadDialect(name) };
  return readableIn(text, new Date(), await Promise.all([loadDialect("ios"), loadDialect("junose")]));
}

export function isDialectName(name: string | undefined): name is DialectName {
  return name !== undefined && Object.hasOwn(LOADS, name);
}
