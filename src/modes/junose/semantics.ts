/** What a box of this dialect finds out at run time only: what its lines refer to, and how its parts are written. */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import type { Reference } from "../common/semantic/dangling.ts";
import type { Place } from "../common/semantic/finding.ts";
import { beginning, type Semantics } from "../common/semantic/findings.ts";

const references: readonly Reference[] = [
  {
    what: "aaa local database",
    words: ["aaa"],
    uses: /^aaa local select database (\S+)/,
    gives: /^aaa local (?:database|username \S+ database) (\S+)/,
    builtIn: [DEFAULT_ROUTER],
  },
  {
    what: "ip local pool",
    words: ["address-pool-name", "ip-address-pool", "ip"],
    uses: /^(?:address-pool-name|ip-address-pool) (\S+)/,
    gives: /^ip local (?:pool|alias) (\S+)/,
  },
  {
    what: "policy list",
    words: ["ip"],
    uses: /^ip policy (?:input|output|local-input|secondary-input) (\S+)/,
    gives: /^ip policy-list (\S+)/,
  },
  {
    what: "access list",
    words: ["ip", "access-list", "access-class"],
    uses: /^(?:access-class|ip access-group) (\S+)/,
    gives: /^(?:ip )?access-list (?:standard |extended )?(\S+)/,
  },
  {
    what: "route map",
    words: ["route-map", "redistribute", "ip"],
    uses: /^(?:redistribute .* |ip (?:route-map|policy) )route-map (\S+)/,
    gives: /^route-map (\S+)/,
  },
];

function placed(name: string, begins: string): Place {
  return { name, line: beginning(begins) };
}

/** The default virtual router is not named. */
function inRouter(router: string): string {
  return router === DEFAULT_ROUTER ? "" : ` in virtual router ${router}`;
}

/** How the compiler names a thing, and how its line begins. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^IKE policy rule (\d+)$/, "ipsec ike-policy-rule $1"],
  [/^(IPsec transport profile \S+)/, "$1"],
  [/^(L2TP destination profile \S+)/, "$1"],
  [/^(profile \S+)$/, "$1"],
];

export const semantics: Semantics = {
  places: {
    pool: (name, router) => placed(`ip local pool ${name}${inRouter(router)}`, `ip local pool ${name}`),
    interface: (name, router) => placed(`interface ${name}${inRouter(router)}`, `interface ${name}`),
    key: ({ label, peer }) => {
      const who = "hostname" in peer ? peer.hostname : peer.prefix.address;
      return label === "manual"
        ? placed(`ipsec key manual for ${who}`, `ipsec key manual pre-share ${who}`)
        : placed(`IPsec transport profile ${label}`, `ipsec transport profile ${label}`);
    },
    gateway: ({ label }) => placed(`IPsec transport profile ${label.map}`, `ipsec transport profile ${label.map}`),
    ikePolicy: ({ priority }) => placed(`IKE policy rule ${priority}`, `ipsec ike-policy-rule ${priority}`),
    lnsProfile: ({ name }) => placed(`L2TP destination profile ${name}`, `l2tp destination profile ${name}`),
    pppProfile: ({ name }) => placed(`profile ${name}`, `profile ${name.replace(/:.*$/, "")}`),
  },
  references,
  find: () => [],
  lineOf: (name) => {
    for (const [pattern, line] of NAMES) {
      const match = pattern.exec(name);
      if (match !== null) return beginning(line.replace("$1", match[1] ?? ""));
    }
    return undefined;
  },
};
