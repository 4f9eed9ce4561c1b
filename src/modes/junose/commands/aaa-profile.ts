/** AAA profiles: which domains users of an interface may name, and what those stand for. */

import { word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { domainName, nameOf } from "../arguments.ts";
import { aaaProfileMode, globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

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
const PORT_TYPE =
  "nas-port-type {adsl-cap | adsl-dmt | async | cable | ethernet | g3-fax | hdlc-clear-channel | idsl | isdn-async-v110 | isdn-async-v120 | isdn-sync | piafs | sdsl | sync | token-ring | virtual | wireless-80211 | wireless-1xev | wireless-cdma2000 | wireless-other | wireless-umts | x25 | x75 | xdsl | <0-65535>}";

const ports = usageLines(
  {
    mode,
    effect: inert("users come through tunnels and have no port"),
    words: {
      atm: "Configure ATM ports",
      ethernet: "Configure Ethernet ports",
      "nas-port-type adsl-cap": "ADSL, amplitude and phase",
      "nas-port-type adsl-dmt": "ADSL, many tones",
      "nas-port-type async": "Asynchronous",
      "nas-port-type cable": "Cable",
      "nas-port-type ethernet": "Ethernet",
      "nas-port-type g3-fax": "Fax",
      "nas-port-type hdlc-clear-channel": "HDLC over a clear channel",
      "nas-port-type idsl": "DSL over ISDN",
      "nas-port-type isdn-async-v110": "ISDN, V.110",
      "nas-port-type isdn-async-v120": "ISDN, V.120",
      "nas-port-type isdn-sync": "ISDN",
      "nas-port-type piafs": "PIAFS",
      "nas-port-type sdsl": "Symmetric DSL",
      "nas-port-type sync": "Synchronous",
      "nas-port-type token-ring": "Token ring",
      "nas-port-type virtual": "Virtual",
      "nas-port-type wireless-80211": "Wireless, 802.11",
      "nas-port-type wireless-1xev": "Wireless, 1xEV",
      "nas-port-type wireless-cdma2000": "Wireless, CDMA2000",
      "nas-port-type wireless-other": "Wireless",
      "nas-port-type wireless-umts": "Wireless, UMTS",
      "nas-port-type x25": "X.25",
      "nas-port-type x75": "X.75",
      "nas-port-type xdsl": "DSL",
      "nas-port-type <>": "Number of the type",
    },
  },
  {
    [`atm ${PORT_TYPE}`]: "Configure the type of ATM ports",
    [`ethernet ${PORT_TYPE}`]: "Configure the type of Ethernet ports",
  },
);

const preAuthenticate = setting({
  mode,
  form: [kw("pre-authenticate", "Ask before the call is taken"), opt(arg("text", word(), "Parameters"))],
  effect: inert("calls are taken and users asked afterwards"),
});

export const aaaProfileCommands = [aaaProfile, domainAccess, translate, ...ports, preAuthenticate];
