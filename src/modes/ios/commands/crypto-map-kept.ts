/** Lines of crypto maps that this box has no use for: kept and printed back, or refused where a peer would depend on them. */

import { ipv4, line, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { isakmpProfileName } from "../arguments.ts";
import { cryptoMapMode, globalMode } from "../modes.ts";
import { mapEntry, mapLine, set } from "./crypto-words.ts";

const inMap = { mode: cryptoMapMode } as const;
const global = { mode: globalMode, section: "crypto-map" } as const;
const noRoute = inert("a transport-mode peer needs no route");

const reverseRoute = setting({
  ...inMap,
  form: [
    kw("reverse-route", "Reverse Route Injection."),
    oneOf(
      [flag("static", "static", "Create routes based on static ACLs")],
      [
        kw("remote-peer", "Create route in route table for remote tunnel endpoint"),
        opt(arg("remotePeer", ipv4(), "Address through which the peer is reached")),
        pick("how", {
          gateway: "Route to the tunnel endpoint through this address",
          static: "Create routes based on static ACLs",
        }),
      ],
    ),
  ],
  effect: noRoute,
});

const accessGroup = setting({
  ...inMap,
  form: [
    set,
    kw("ip", "Interface Internet Protocol config commands"),
    kw("access-group", "Specify access control for packets"),
    arg("list", word(), "Access list"),
    pick("direction", { in: "inbound packets", out: "outbound packets" }),
  ],
  key: ["direction"],
  effect: inert("packets of a session pass the lists of its virtual template"),
});

/** What is no address. */
const hostName = shaped("WORD", /^[A-Za-z][\w.-]*$/);

const peerByName = setting({
  ...inMap,
  form: [
    set,
    kw("peer", "Allowed Encryption/Decryption peer."),
    arg("host", hostName, "Host name of peer"),
    oneOf(
      [flag("dynamic", "dynamic", "Resolve the name when it is needed")],
      [flag("default", "default", "Default peer")],
    ),
  ],
  effect: unsupported("This box resolves no names; name the peer by its address"),
});

const profileEntry = setting({
  ...global,
  form: [
    ...mapEntry,
    kw("ipsec-isakmp", "IPSEC w/ISAKMP"),
    kw("profile", "Enable crypto map as a crypto-profile"),
    arg("profile", isakmpProfileName, "Name of the profile"),
  ],
  key: ["name", "sequence"],
  effect: inert("an entry of a profile opens connections, which this box does not"),
});

const otherEntry = setting({
  ...global,
  form: [...mapEntry, pick("other", { gdoi: "GDOI", "ipsec-manual": "IPSEC w/manual keying" })],
  effect: unsupported("Keys are negotiated here; take ipsec-isakmp"),
});

const accounting = setting({
  ...global,
  form: [
    ...mapLine,
    kw("client", "Specify client configuration settings"),
    kw("accounting", "Accounting of sessions"),
    kw("list", "Accounting list"),
    arg("accounting", word(), "List name"),
  ],
  key: ["name"],
  effect: inert("nothing is accounted elsewhere"),
});

const redundancy = setting({
  ...global,
  form: [
    ...mapLine,
    kw("redundancy", "High availability"),
    kw("replay-interval", "Frequency of passing replay counters"),
    arg("intervals", line(), "Inbound and outbound"),
  ],
  key: ["name"],
  effect: inert("this process has no standby"),
});

const setIdleDefault = setting({
  ...inMap,
  form: [
    set,
    kw("security-association", "Security association parameters"),
    kw("idle-time", "Automatically delete IPSec SAs after a given idle period"),
    arg("seconds", uint(60, 86_400), "Time in seconds"),
    flag("default", "default", "Route traffic to the default peer when idle"),
  ],
  effect: inert("L2TP ends connections that are idle"),
});

export const keptCryptoMapCommands = [
  setIdleDefault,
  ...keptLines(
    { ...inMap, single: true, effect: inert("the operating system sends the outer packets") },
    {
      "dialer pre-classify": "Classify before encryption",
      "qos pre-classify": "Classify before encryption",
      "set security-association dfbit": "Handling of encapsulated DF bit",
      "set security-association dummy": "Enable transmitting dummy packets",
      "set security-association ecn": "Handling of ECN",
    },
  ),
  ...keptLines(
    { ...inMap, single: true, effect: inert("peers are told apart by policy and key alone") },
    {
      "set identity": "Identity restriction",
      "set ikev2-profile": "Specify ikev2 Profile",
      "set security-association level": "Specify a security association level",
    },
  ),
  ...keptLines(
    { ...inMap, single: true, effect: noRoute },
    { "set reverse-route distance": "Distance of the routes", "set reverse-route tag": "Tag of the routes" },
  ),
  accessGroup,
  peerByName,
  reverseRoute,
  profileEntry,
  otherEntry,
  accounting,
  redundancy,
];
