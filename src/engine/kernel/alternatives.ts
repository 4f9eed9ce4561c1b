/** Offers, policies or names side by side, as a line of a log has them. */

/** As many as a line of a log holds. */
const MAX_TOLD = 6;

/** Each once: `3des-sha1-group 2 | des-md5-group 1`. */
export function alternatives(texts: readonly string[]): string {
  const each = [...new Set(texts)];
  const told = each.slice(0, MAX_TOLD).join(" | ") || "nothing";
  return each.length > MAX_TOLD ? `${told} and ${each.length - MAX_TOLD} more` : told;
}
