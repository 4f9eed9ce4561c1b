/** Where something stands in a row that is in order, found by halves. */

/** How many of them come first: all that do stand before all that do not. */
export function placeOf<Item>(row: readonly Item[], comesFirst: (item: Item) => boolean): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comesFirst(row[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
