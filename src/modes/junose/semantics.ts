/** What a box of this dialect finds out at run time only: what its lines refer to, and how its parts are written. */

import { DEFAULT_ROUTER } from "../../engine/spec.ts";
import { MISSING, type Reference } from "../common/semantic/dangling.ts";
import type { Finding, Place, Rule } from "../common/semantic/finding.ts";
import { beginning, type Semantics } from "../common/semantic/findings.ts";
import type { WrittenLines } from "../common/semantic/stored-text.ts";
import type { ConfigStore } from "../tree/config-store.ts";
import { isMissing } from "../tree/vrfs.ts";
import { selectDatabase } from "./commands/aaa.ts";
import { destructTimeout, lockoutTimeout } from "./commands/l2tp.ts";
import { localUser, passwordOf, userCredentials, username } from "./commands/local-users.ts";
import { keyText, manualKey } from "./commands/manual-key.ts";
import { pppAuthentication, profile } from "./commands/profile.ts";
import { standing, stated } from "./compile/standing.ts";

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
    words: ["address-pool-name", "backup-address-pool-name", "ip-address-pool", "ip"],
    uses: /^(?:(?:backup-)?address-pool-name|ip-address-pool|ip local alias \S+ pool-name) (\S+)/,
    gives: /^ip local (?:pool|alias) (\S+)/,
  },
  {
    what: "list of login methods",
    words: ["login", "aaa"],
    uses: /^login authentication (\S+)/,
    gives: /^aaa authentication login (\S+)/,
    builtIn: ["default"],
  },
  {
    what: "policy list",
    words: ["ip"],
    uses: /^ip policy (?:input|output|local-input|secondary-input) (\S+)/,
    gives: /^ip policy-list (\S+)/,
  },
  {
    what: "classifier list",
    words: ["ip", "ipv6", "l2tp", "mpls", "gre-tunnel", "vlan", "classifier-group"],
    uses: /^classifier-group ([^\s*]\S*)/,
    gives: /^\S+ classifier-list (\S+)/,
  },
  {
    what: "tunnel group",
    words: ["aaa", "tunnel-group"],
    uses: /^tunnel-group (\S+)/,
    gives: /^aaa tunnel-group (\S+)/,
  },
  {
    what: "tunnel switch profile",
    words: ["aaa", "l2tp", "tunnel-switch-profile"],
    uses: /^(?:aaa tunnel switch-profile|tunnel-switch-profile) (\S+)/,
    gives: /^l2tp switch-profile (\S+)/,
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

const UNUSED_PROFILE: Rule = {
  id: "profile-used-nowhere",
  text: "A profile is configured and nothing makes interfaces from it.",
  advice: "Name it in a destination profile or on an interface, or take it away.",
};

const UNSELECTED_DATABASE: Rule = {
  id: "database-selected-nowhere",
  text: "Users are in a local database that no virtual router looks into.",
  advice: "Say `aaa local select database` in a virtual router, or put the users into another one.",
};

const HASHED_USER: Rule = {
  id: "hashed-user",
  text: "A user's password is a one-way hash, which CHAP and MS-CHAP cannot use.",
  advice: "Give users of CHAP a `password`, or ask for PAP; keep `secret` for those who log in on a terminal.",
};

const EMPTY_KEY: Rule = {
  id: "no-key",
  text: "There is no key that a client could authenticate by.",
  advice: "Configure a pre-shared key.",
};

const LOCKOUT: Rule = {
  id: "lockout-outlives-destination",
  text: "What is known of a peer that does not answer is forgotten before its lockout is over.",
  advice: "Make `l2tp destruct-timeout` longer than `l2tp destination lockout-timeout`.",
};

/** Lines that make interfaces from a profile: of a host of a destination profile, of an interface, of another profile. */
const PROFILE_USE = /(?:^|\s)profile (?:(?:any|atm|bridgedEthernet|ip|ppp|pppoe|vlan) )?"?([^\s"]+)"?$/;

function unusedProfiles(store: ConfigStore, written: WrittenLines): Finding[] {
  const lines = written.of(["profile", "pppoe", "bridge1483", "vlan", "auto-configure", "ip"]);
  const used = new Set(
    lines.filter(({ node, top }) => node !== top).flatMap(({ text }) => PROFILE_USE.exec(text)?.[1] ?? []),
  );
  return store.chassis
    .all(profile)
    .filter(({ values }) => !used.has(values.name))
    .map((node) => ({
      rule: UNUSED_PROFILE,
      place: { name: `profile ${node.values.name}`, line: node },
      what: "no destination profile and no interface names it",
    }));
}

function unselectedDatabases(store: ConfigStore): Finding[] {
  const names = [...store.routers.values()].map((tree) => standing(tree, selectDatabase).name);
  const selected = new Set([...names, ...(store.routers.size === 0 ? [DEFAULT_ROUTER] : [])]);
  return [...Map.groupBy(store.chassis.all(localUser), ({ values }) => values.database)].flatMap(([name, users]) => {
    const [first] = users;
    if (first === undefined || selected.has(name)) return [];
    const place = { name: `aaa local username ${first.values.name} database ${name}`, line: first };
    return [{ rule: UNSELECTED_DATABASE, place, what: `no virtual router selects local database ${name}` }];
  });
}

/** Of users who log in on a terminal nobody knows here: a secret is told of where every profile asks for CHAP. */
function hashedUsers(store: ConfigStore): Finding[] {
  const { chassis } = store;
  const asked = chassis.all(profile).flatMap((node) => stated(chassis, pppAuthentication, node) ?? []);
  if (asked.length === 0 || asked.some(({ protocols }) => protocols[0] === "pap")) return [];
  const plain = chassis.all(username).map((node) => [node, node.values] as const);
  const local = chassis
    .all(localUser)
    .flatMap((node) => chassis.under(node, userCredentials).map(({ values }) => [node, values] as const));
  return [...plain, ...local].flatMap(([node, credentials]) =>
    passwordOf(credentials) !== undefined
      ? []
      : [
          {
            rule: HASHED_USER,
            place: { name: `user ${node.values.name}`, line: node },
            what: "a secret is a hash, which CHAP cannot use",
          },
        ],
  );
}

function emptyKeys(store: ConfigStore): Finding[] {
  return [...store.routers.values()].flatMap((tree) =>
    tree
      .all(manualKey)
      .filter((node) => tree.under(node, keyText).length === 0)
      .map((node) => {
        const { address, fqdn, userFqdn } = node.values;
        const place = { name: `ipsec key manual pre-share ${address ?? fqdn ?? userFqdn}`, line: node };
        return { rule: EMPTY_KEY, place, what: "it says whose key it is and not the key" };
      }),
  );
}

/** Of a user's place and of an IKE policy rule's address; of other lines the compiler tells. */
const ROUTER_USE = /^(?:operational-virtual-router|ip address \S+ virtual-router) "?([^\s"]+)"?$/;

function unknownRouters({ routers }: ConfigStore, written: WrittenLines): Finding[] {
  return written.of(["operational-virtual-router", "ip"]).flatMap(({ text, node, top }) => {
    const name = ROUTER_USE.exec(text)?.[1];
    if (name === undefined || isMissing(name, routers) === undefined) return [];
    const place = { name: `${top.meaning}: ${text}`, line: node };
    return [{ rule: MISSING, place, what: `virtual router ${name} does not exist` }];
  });
}

function lockouts(store: ConfigStore): Finding[] {
  const destruct = standing(store.chassis, destructTimeout).seconds;
  const lockout = standing(store.chassis, lockoutTimeout).seconds;
  const [line] = [...store.chassis.all(destructTimeout), ...store.chassis.all(lockoutTimeout)];
  if (line === undefined || destruct > lockout) return [];
  const place = { name: "l2tp destruct-timeout", line };
  return [{ rule: LOCKOUT, place, what: `${destruct} seconds are no longer than the lockout of ${lockout} seconds` }];
}

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
  [/^domain map (\S+)$/, "aaa domain-map $1"],
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
  find: (store, written) => [
    ...unusedProfiles(store, written),
    ...unselectedDatabases(store),
    ...hashedUsers(store),
    ...emptyKeys(store),
    ...unknownRouters(store, written),
    ...lockouts(store),
  ],
  lineOf: (name) => {
    for (const [pattern, line] of NAMES) {
      const match = pattern.exec(name);
      if (match !== null) return beginning(line.replace("$1", match[1] ?? ""));
    }
    return undefined;
  },
};
