/**
 * What a group says of tunnels that the box opens itself, and of calls it places: kept and printed back, for this box only
 * ever accepts. L2TP classes and pseudowire classes, which set up tunnels of version 3, are kept in the same way.
 */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { type Effect, inert, type Mode, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import {
  acceptDialoutMode,
  globalMode,
  l2tpClassMode,
  pseudowireClassMode,
  requestDialinMode,
  requestDialoutMode,
  vpdnGroupMode,
} from "../modes.ts";

const opensNone = inert("this box accepts tunnels; it does not open any");
const placesNone = inert("no calls are placed through this box");
const noPseudowires = inert("tunnels of L2TP version 3 are not spoken here");
const inGroup = { mode: vpdnGroupMode } as const;

const requestDialin = opener({
  ...inGroup,
  form: [kw("request-dialin", "VPDN request-dialin group configuration")],
  opens: requestDialinMode,
  effect: opensNone,
});

const acceptDialout = opener({
  ...inGroup,
  form: [kw("accept-dialout", "VPDN accept-dialout group configuration")],
  opens: acceptDialoutMode,
  effect: placesNone,
});

const requestDialout = opener({
  ...inGroup,
  form: [kw("request-dialout", "VPDN request-dialout group configuration")],
  opens: requestDialoutMode,
  effect: placesNone,
});

function protocolOf(mode: Mode, effect: Effect) {
  return setting({
    mode,
    form: [
      kw("protocol", "Specify the VPDN protocol"),
      pick("protocol", {
        any: "Use any protocol",
        l2f: "Use L2F",
        l2tp: "Use L2TP",
        pppoe: "Use PPPoE",
        pptp: "Use PPTP",
      }),
    ],
    effect,
  });
}

const initiateTo = setting({
  ...inGroup,
  form: [
    kw("initiate-to", "Open tunnels to this peer"),
    kw("ip", "Address of the peer"),
    arg("address", ipv4(), "IP address"),
    opt(kw("limit", "Sessions that the peer is given"), arg("limit", uint(1, 32_767), "Number of sessions")),
    opt(kw("priority", "Place among several peers"), arg("priority", uint(1, 32_767), "Priority")),
  ],
  key: ["address"],
  effect: opensNone,
});

const dialinDomain = setting({
  mode: requestDialinMode,
  form: [
    pick("what", {
      dnis: "Users who called this number",
      domain: "Users of this domain",
      "multihop-hostname": "Users who came through this peer",
    }),
    arg("name", word(), "Name or number"),
  ],
  key: ["what", "name"],
  effect: opensNone,
});

const poolMember = setting({
  mode: requestDialoutMode,
  form: [kw("pool-member", "Member of a dialer pool"), arg("pool", uint(1, 255), "Dialer pool")],
  effect: placesNone,
});

const rotaryGroup = setting({
  mode: requestDialoutMode,
  form: [kw("rotary-group", "Member of a dialer rotary group"), arg("group", uint(0, 255), "Rotary group")],
  effect: placesNone,
});

const dialer = setting({
  mode: acceptDialoutMode,
  form: [kw("dialer", "Dialer interface that places the call"), arg("dialer", uint(0, 255), "Dialer interface number")],
  effect: placesNone,
});

const l2tpClass = opener({
  mode: globalMode,
  section: "vpdn",
  form: [kw("l2tp-class", "L2TP class configuration"), arg("name", word({ max: 31 }), "L2TP class name")],
  key: ["name"],
  opens: l2tpClassMode,
  effect: noPseudowires,
});

const pseudowireClass = opener({
  mode: globalMode,
  section: "vpdn",
  form: [kw("pseudowire-class", "Pseudowire class configuration"), arg("name", word({ max: 31 }), "Class name")],
  key: ["name"],
  opens: pseudowireClassMode,
  effect: noPseudowires,
});

export const vpdnLacCommands = [
  requestDialin,
  protocolOf(requestDialinMode, opensNone),
  dialinDomain,
  acceptDialout,
  protocolOf(acceptDialoutMode, placesNone),
  dialer,
  requestDialout,
  protocolOf(requestDialoutMode, placesNone),
  poolMember,
  rotaryGroup,
  initiateTo,
  l2tpClass,
  ...keptLines(
    { mode: l2tpClassMode, effect: noPseudowires, single: true, secret: true },
    { digest: "Digest of control messages", password: "Secret of control connections" },
  ),
  ...keptLines(
    { mode: l2tpClassMode, effect: noPseudowires, negation: "stored", single: true },
    {
      authentication: "Authenticate control connections",
      cookie: "Cookie of data packets",
      hello: "Interval of hellos",
      hidden: "Hide attributes",
      hostname: "The name we give to the peer",
      "receive-window": "Control messages that the peer may send ahead",
      "timeout setup": "How long set-up may take",
    },
  ),
  ...keptLines(
    { mode: l2tpClassMode, effect: noPseudowires, shared: { retransmit: "Control message retransmission" } },
    {
      "retransmit initial": "Of the first message",
      "retransmit retries": "How often",
      "retransmit timeout": "How long to wait",
    },
  ),
  pseudowireClass,
  ...keptLines(
    { mode: pseudowireClassMode, effect: noPseudowires, single: true, shared: { ip: "IP settings of the tunnel" } },
    {
      encapsulation: "Encapsulation of the data",
      interworking: "Translation between unlike ends",
      "ip dfbit": "The don't-fragment bit of outer packets",
      "ip local interface": "Our interface of these tunnels",
      "ip pmtu": "Find the path MTU",
      "ip protocol": "Protocol number of outer packets",
      "ip tos": "Type of service of outer packets",
      "ip ttl": "Time to live of outer packets",
      protocol: "Signalling protocol",
      sequencing: "Number data packets",
    },
  ),
  ...keptLines(
    { mode: vpdnGroupMode, effect: inert("all sessions are counted together: say session-limit"), single: true },
    { "group session-limit": "Maximum number of sessions of this group and its template" },
  ),
  ...keptLines(
    { mode: vpdnGroupMode, effect: inert("the tunnel is run as RFC 2661 says, with every capability of this box") },
    {
      "l2tp attribute": "Attributes of the messages",
      "l2tp congestion-control": "Slow start of control messages",
      "l2tp sso": "Stateful switchover",
      "l2tp tunnel retransmit initial timeout": "How long to wait for the first answer",
    },
  ),
  ...keptLines(
    { mode: vpdnGroupMode, effect: inert("a session has no speed of its own here"), single: true },
    {
      "l2tp rx-speed": "Receive speed that is told",
      "l2tp tx-speed": "Transmit speed that is told",
    },
  ),
  ...keptLines(
    { mode: vpdnGroupMode, effect: inert("the operating system fills in checksums of outer packets"), single: true },
    { "l2tp ip udp": "UDP parameters of outer packets" },
  ),
];
