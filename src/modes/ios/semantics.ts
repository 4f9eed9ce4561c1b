/** What a box of this dialect finds out at run time only: what its lines refer to, and what stands there without effect. */

import type { PreSharedKeySpec } from "../../engine/spec.ts";
import type { Reference } from "../common/semantic/dangling.ts";
import type { Finding, LineStart, Place, Rule } from "../common/semantic/finding.ts";
import { beginning, type Semantics } from "../common/semantic/findings.ts";
import type { WrittenLines } from "../common/semantic/stored-text.ts";
import type { ConfigStore } from "../tree/config-store.ts";

const ACCESS_LIST = /^(?:ip )?access-list (?:standard |extended )?(\S+)/;

const references: readonly Reference[] = [
  {
    what: "access list",
    words: ["ip", "match", "access-class", "access-list", "login"],
    uses: /^(?:ip access-group|match address(?! local(?: |$))|access-class|login quiet-mode access-class|ip nat (?:inside|outside) (?:source|destination) list) (\S+)/,
    gives: ACCESS_LIST,
  },
  {
    what: "crypto keyring",
    words: ["crypto", "keyring"],
    below: /^crypto isakmp profile /,
    uses: /^keyring (\S+)/,
    gives: /^crypto keyring (\S+)/,
    builtIn: ["default"],
  },
  {
    what: "crypto isakmp profile",
    words: ["crypto", "set"],
    uses: /^set isakmp-profile (\S+)/,
    gives: /^crypto isakmp profile (\S+)/,
  },
  {
    what: "crypto ipsec transform-set",
    words: ["crypto", "set"],
    below: /^crypto ipsec profile /,
    uses: /^set transform-set (.+)$/,
    gives: /^crypto ipsec transform-set (\S+)/,
  },
  {
    what: "crypto ipsec profile",
    words: ["crypto", "tunnel"],
    uses: /^tunnel protection ipsec profile (\S+)/,
    gives: /^crypto ipsec profile (\S+)/,
  },
  {
    what: "aaa authentication ppp list",
    words: ["aaa", "ppp"],
    uses: /^ppp authentication(?: (?:pap|chap|ms-chap|ms-chap-v2|eap|callin|callout|callback|if-needed|optional|one-time)(?= ))+ (?!(?:pap|chap|ms-chap|ms-chap-v2|eap|callin|callout|callback|if-needed|optional|one-time)$)(\S+)$/,
    gives: /^aaa authentication ppp (\S+)/,
    builtIn: ["default"],
  },
  {
    what: "aaa authorization network list",
    words: ["aaa", "ppp"],
    uses: /^ppp authorization (\S+)$/,
    gives: /^aaa authorization network (\S+)/,
    builtIn: ["default"],
  },
  {
    what: "aaa authentication login list",
    words: ["aaa", "login"],
    uses: /^login authentication (\S+)$/,
    gives: /^aaa authentication login (\S+)/,
    builtIn: ["default"],
  },
  {
    what: "aaa group server",
    words: ["aaa"],
    uses: /^aaa (?:authentication|authorization|accounting) .* group (\S+)/,
    gives: /^aaa group server \S+ (\S+)/,
    builtIn: ["radius", "tacacs+", "ldap"],
  },
  {
    what: "route-map",
    words: ["route-map", "ip"],
    uses: /^ip policy route-map (\S+)/,
    gives: /^route-map (\S+)/,
  },
  {
    what: "vpdn-template",
    words: ["source", "vpdn-template"],
    uses: /^source vpdn-template (\S+)/,
    gives: /^vpdn-template (\S+)/,
  },
  {
    what: "policy-map",
    words: ["policy-map", "service-policy"],
    uses: /^service-policy (?:input|output) (\S+)/,
    gives: /^policy-map (?:type \S+ )?(\S+)/,
  },
];

const APPLIED_NOWHERE: Rule = {
  id: "map-applied-nowhere",
  text: "A crypto map stands on no interface, or a dynamic map in no crypto map: it protects nothing.",
  advice: "Say `crypto map NAME` on the outside interface, or take the map away.",
};

function mapsAppliedNowhere(_store: ConfigStore, written: WrittenLines): Finding[] {
  const lines = written.of(["crypto"]).filter(({ node }) => !node.negated);
  const named = (pattern: RegExp, top: boolean): Map<string, (typeof lines)[number]> =>
    new Map(
      lines
        .filter((line) => (line.node === line.top) === top)
        .flatMap((line) => {
          const name = pattern.exec(line.text)?.[1];
          return name === undefined ? [] : [[name, line] as const];
        })
        .reverse(),
    );
  const applied = named(/^crypto map (\S+)/, false);
  const dynamicUsed = named(/^crypto map \S+ \d+ ipsec-isakmp dynamic (\S+)/, true);
  const unused = (given: ReturnType<typeof named>, used: ReturnType<typeof named>, what: string): Finding[] =>
    [...given]
      .filter(([name]) => !used.has(name))
      .map(([name, { node }]) => ({
        rule: APPLIED_NOWHERE,
        place: { name: `${what} ${name}`, line: node },
        what: what === "crypto map" ? "it stands on no interface" : "no crypto map uses it",
      }));
  return [
    ...unused(named(/^crypto map (\S+) \d/, true), applied, "crypto map"),
    ...unused(named(/^crypto dynamic-map (\S+)/, true), dynamicUsed, "crypto dynamic-map"),
  ];
}

function named(name: string): { readonly name: string; readonly line: LineStart } {
  return { name, line: beginning(name) };
}

function keyPlace({ label, peer }: PreSharedKeySpec): Place {
  const who = "hostname" in peer ? peer.hostname : peer.prefix.address;
  if (label !== "default") {
    return { name: `crypto keyring ${label}, key for ${who}`, line: beginning(`crypto keyring ${label}`) };
  }
  const written = `^crypto isakmp key (?:\\d )?\\S+ (?:address|hostname) ${who.replaceAll(".", "\\.")}(?: |$)`;
  const words = ["crypto", "isakmp", "key", who.toLowerCase()];
  return { name: `crypto isakmp key for ${who}`, line: { pattern: new RegExp(written, "i"), words } };
}

export const semantics: Semantics = {
  places: {
    pool: (name) => named(`ip local pool ${name}`),
    interface: (name) => named(`interface ${name}`),
    key: keyPlace,
    gateway: ({ label: { map, sequence, dynamicMap, dynamicSequence } }) =>
      named(
        dynamicMap === undefined
          ? `crypto map ${map} ${sequence}`
          : `crypto dynamic-map ${dynamicMap} ${dynamicSequence}`,
      ),
    ikePolicy: ({ priority }) => named(`crypto isakmp policy ${priority}`),
    lnsProfile: ({ name }) => named(`vpdn-group ${name}`),
    pppProfile: ({ name }) => named(`interface ${name}`),
  },
  references,
  find: mapsAppliedNowhere,
  lineOf: () => undefined,
};
