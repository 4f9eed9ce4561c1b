/** AAA profiles: which domains users of an interface may name, and what those stand for. */

import { uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
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

/** As RADIUS names them, or by number. */
const portType = [
  oneOf(
    [
      pick("type", {
        "adsl-cap": "ADSL, amplitude and phase",
        "adsl-dmt": "ADSL, many tones",
        async: "Asynchronous",
        cable: "Cable",
        ethernet: "Ethernet",
        "g3-fax": "Fax",
        "hdlc-clear-channel": "HDLC over a clear channel",
        idsl: "DSL over ISDN",
        "isdn-async-v110": "ISDN, V.110",
        "isdn-async-v120": "ISDN, V.120",
        "isdn-sync": "ISDN",
        piafs: "PIAFS",
        sdsl: "Symmetric DSL",
        sync: "Synchronous",
        "token-ring": "Token ring",
        virtual: "Virtual",
        "wireless-80211": "Wireless, 802.11",
        "wireless-1xev": "Wireless, 1xEV",
        "wireless-cdma2000": "Wireless, CDMA2000",
        "wireless-other": "Wireless",
        "wireless-umts": "Wireless, UMTS",
        x25: "X.25",
        x75: "X.75",
        xdsl: "DSL",
      }),
    ],
    [arg("type", uint(0, 65_535), "Number of the type")],
  ),
] as const;

const ports = keptLines(
  { mode, effect: inert("users come through tunnels and have no port"), shared: { atm: "ATM", ethernet: "Ethernet" } },
  {
    "atm nas-port-type": ["Configure the type of ATM ports", portType],
    "ethernet nas-port-type": ["Configure the type of Ethernet ports", portType],
  },
);

const preAuthenticate = setting({
  mode,
  form: [kw("pre-authenticate", "Ask before the call is taken"), opt(arg("text", word(), "Parameters"))],
  effect: inert("calls are taken and users asked afterwards"),
});

export const aaaProfileCommands = [aaaProfile, domainAccess, translate, ...ports, preAuthenticate];
