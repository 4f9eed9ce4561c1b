/** What the compilers say, sorted by what to do about it: they know the reason, these know the advice. */

import type { Rule } from "./finding.ts";

interface CompilerRule extends Rule {
  readonly says: RegExp;
}

export const NOT_IN_EFFECT: Rule = {
  id: "not-in-effect",
  text: "The configuration asks for something that it does not get.",
  advice: "Complete it, or take the line away.",
};

export const COMPILER_RULES: readonly CompilerRule[] = [
  {
    id: "map-without-transform-set",
    says: /no transform set is set/,
    text: "An entry of a crypto map accepts nothing because it names no transform set.",
    advice: "Say `set transform-set` in the entry.",
  },
  {
    id: "shared-host-device",
    says: / is a device of virtual router /,
    text: "Two virtual routers plug an interface into the host by the same device.",
    advice: "Give each `host-interface` a device of its own.",
  },
  {
    id: "missing-pool",
    says: /ip local pool|address pool is missing/,
    text: "Clients are to get addresses from a pool that does not exist.",
    advice: "Configure the pool, or name one that is there.",
  },
  {
    id: "vpdn-not-enabled",
    says: /^vpdn enable: /,
    text: "Groups take tunnels and dial-in is off.",
    advice: "Say `vpdn enable`.",
  },
  {
    id: "missing-template",
    says: /virtual-template is missing|there is no interface Virtual-Template|names no `profile`|: profile \S+ does not exist/,
    text: "Sessions have no template to be built from.",
    advice: "Name a virtual template or a profile that is there.",
  },
  {
    id: "accepts-nobody",
    says: /accepts nobody|nobody can connect|no peer is set/,
    text: "Something that is to let peers in lets nobody in.",
    advice: "Say whom it is for.",
  },
  {
    id: "no-key",
    says: /none is configured: no client can authenticate|has no `pre-share`/,
    text: "There is no key that a client could authenticate by.",
    advice: "Configure a pre-shared key.",
  },
  {
    id: "no-certificates",
    says: /rsa-sig|RSA signatures/,
    text: "Authentication by certificates is asked for, and there is no certificate to show to peers.",
    advice: "Enroll a trustpoint, or use `pre-share`.",
  },
  {
    id: "nobody-can-authenticate",
    says: /clients must authenticate but no username/,
    text: "Sessions must authenticate and no user could.",
    advice: "Configure users with passwords that can be read (not a hash), or let local users be asked.",
  },
  {
    id: "hashed-user",
    says: /a secret is a hash/,
    text: "A user's password is a one-way hash, which CHAP and MS-CHAP cannot use.",
    advice: "Give users of CHAP a `password`, or ask for PAP; keep `secret` for those who log in on a terminal.",
  },
  {
    id: "radius-only",
    says: /RADIUS/,
    text: "Users are to be authenticated by RADIUS alone, which is not spoken here.",
    advice: "Let local users be asked as well.",
  },
  {
    id: "map-without-address",
    says: /protects nothing/,
    text: "A crypto map stands on an interface that nobody can reach.",
    advice: "Give the interface an address and `no shutdown`.",
  },
  {
    id: "missing-definition",
    says: /there is no |does not exist/,
    text: "A line names something that no other line defines.",
    advice: "Define it, or correct the name.",
  },
];
