/** AAA profiles: which domains users of an interface may name, and what those stand for. */

import { word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { domainName, nameOf } from "../arguments.ts";
import { aaaProfileMode, globalMode } from "../modes.ts";

export const aaaProfile = opener({
  mode: globalMode,
  opens: aaaProfileMode,
  section: "domainMap",
  form: [
    kw("aaa", "Configure authentication, authorization, and accounting characteristics"),
    kw("profile", "Configure an AAA profile"),
    arg("name", nameOf(32), "Name of the profile"),
  ],
  key: ["name"],
});

const mode = aaaProfileMode;

/** A domain is refused or let in by its own line, else by that of `default`, else let in. */
export const domainAccess = setting({
  mode,
  form: [
    pick("access", { allow: "Let users of a domain in", deny: "Keep users of a domain out" }),
    arg("domain", domainName, "Domain, or none, or default"),
  ],
  key: ["domain"],
});

/** Chosen before `allow` and `deny`, which see the new name. */
export const translate = setting({
  mode,
  form: [
    kw("translate", "Take one domain for another"),
    arg("from", domainName, "Domain that users name, or none, or default"),
    arg("to", domainName, "Domain that is meant"),
  ],
  key: ["from"],
});

const ports = keptLines(
  { mode, effect: inert("users come through tunnels and have no port"), shared: { atm: "ATM", ethernet: "Ethernet" } },
  {
    "atm nas-port-type": "Configure the type of ATM ports",
    "ethernet nas-port-type": "Configure the type of Ethernet ports",
  },
);

const preAuthenticate = setting({
  mode,
  form: [kw("pre-authenticate", "Ask before the call is taken"), opt(arg("text", word(), "Parameters"))],
  effect: inert("calls are taken and users asked afterwards"),
});

export const aaaProfileCommands = [aaaProfile, domainAccess, translate, ...ports, preAuthenticate];
