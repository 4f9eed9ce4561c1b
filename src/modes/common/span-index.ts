/**
 * Spans of whole numbers by who has them, such as the networks of interfaces: whether another one reaches into a span is found
 * without looking at all of them. Spans of one table never meet those of another.
 */

import type { Span } from "./semantic/address-ranges.ts";
import { placeOf } from "./sorted.ts";

interface Owned<Owner> extends Span {
  readonly owner: Owner;
}

interface Table<Owner> {
  /** By where they begin. */
  readonly spans: Owned<Owner>[];
  /** How far the longest one reaches behind its first number. */
  reach: number;
}

export class SpanIndex<Owner> {
  readonly #tables = new Map<string | undefined, Table<Owner>>();
  readonly #owned = new Map<Owner, { readonly table: Table<Owner>; readonly spans: readonly Owned<Owner>[] }>();

  /** These are all that it has, in place of those of before. */
  set(owner: Owner, tableName: string | undefined, spans: readonly Span[]): void {
    this.delete(owner);
    if (spans.length === 0) return;
    const table = this.#table(tableName);
    const owned = spans.map(({ first, last }) => ({ first, last, owner }));
    for (const span of owned) {
      table.spans.splice(beginningBefore(table.spans, span.first), 0, span);
      table.reach = Math.max(table.reach, span.last - span.first);
    }
    this.#owned.set(owner, { table, spans: owned });
  }

  delete(owner: Owner): void {
    const { table, spans = [] } = this.#owned.get(owner) ?? {};
    for (const span of spans)
      table?.spans.splice(table.spans.indexOf(span, beginningBefore(table.spans, span.first)), 1);
    this.#owned.delete(owner);
  }

  /** Whether anybody but `owner` (`undefined` = nobody) has a span with a number of this one. */
  meets(span: Span, tableName: string | undefined, owner: Owner | undefined): boolean {
    for (const other of this.meeting(span, tableName)) if (other !== owner) return true;
    return false;
  }

  /** Who has a span with a number of this one, once for each such span, in the order of where they begin. */
  *meeting({ first, last }: Span, tableName: string | undefined): Iterable<Owner> {
    const { spans, reach } = this.#table(tableName);
    for (let place = beginningBefore(spans, first - reach); place < spans.length; place += 1) {
      const span = spans[place] as Owned<Owner>;
      if (span.first > last) return;
      if (span.last >= first) yield span.owner;
    }
  }

  #table(name: string | undefined): Table<Owner> {
    const table = this.#tables.get(name) ?? { spans: [], reach: 0 };
    this.#tables.set(name, table);
    return table;
  }
}

/** How many of them begin before this number. */
function beginningBefore(spans: readonly Span[], first: number): number {
  return placeOf(spans, (span) => span.first < first);
}
