/**
 * The domain in a user's name and what it decides: who looks the user up, in which virtual router the session stands, which
 * pools and which address of ours serve it. Names are searched from the right for the first delimiter. What has no map of
 * its own falls to the map of `default`, what has no domain to the map of `none`.
 */

import type { DomainMapSpec, DomainRulesSpec } from "../ppp-spec.ts";

/** The domain of users that name none, and of domains that have no map. */
export const NO_DOMAIN = "none";
const EVERY_DOMAIN = "default";

const DEFAULT_DELIMITERS = "@";

interface SplitName {
  readonly user: string;
  /** `none` where the name has no domain. */
  readonly domain: string;
}

export function splitName(name: string, delimiters: string = DEFAULT_DELIMITERS): SplitName {
  for (let at = name.length - 1; at >= 0; at -= 1) {
    if (!delimiters.includes(name.charAt(at))) continue;
    const domain = name.slice(at + 1);
    return { user: name.slice(0, at), domain: domain === "" ? NO_DOMAIN : domain };
  }
  return { user: name, domain: NO_DOMAIN };
}

/** What is said of a domain: by its own line, else by that of every domain that is named. */
function lineFor<Line>(lines: readonly Line[], domain: string, nameOf: (line: Line) => string): Line | undefined {
  const lineOf = (wanted: string) => lines.find((line) => nameOf(line).toLowerCase() === wanted.toLowerCase());
  return lineOf(domain) ?? (domain === NO_DOMAIN ? undefined : lineOf(EVERY_DOMAIN));
}

/** What a user's domain comes to; `undefined` map = nothing is said of it. */
export type DomainVerdict =
  | { readonly admitted: true; readonly map: DomainMapSpec | undefined; readonly user: string }
  | { readonly admitted: false; readonly reason: string };

export function judgeDomain(
  name: string,
  maps: readonly DomainMapSpec[],
  terms: { readonly delimiters: string | undefined; readonly rules: DomainRulesSpec | undefined },
): DomainVerdict {
  const { user, domain: typed } = splitName(name, terms.delimiters);
  const domain = lineFor(terms.rules?.translate ?? [], typed, ({ from }) => from)?.to ?? typed;
  if (lineFor(terms.rules?.access ?? [], domain, (line) => line.domain)?.admit === false) {
    return { admitted: false, reason: `users of domain ${domain} are kept out` };
  }
  const map = lineFor(maps, domain, (line) => line.domain);
  return { admitted: true, map, user: map?.override?.name ?? (map?.stripDomain === true ? user : name) };
}
