/** VPDN: who may open L2TP tunnels to this box and what becomes of their sessions. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";

const vpdn = kw("vpdn", "Virtual Private Dialup Network");
const global = { mode: globalMode, section: "vpdn" } as const;

export const vpdnEnable = setting({ ...global, form: [vpdn, kw("enable", "Enable VPDN")], off: [{}] });

export const vpdnIgnoreChecksum = setting({
  ...global,
  form: [
    vpdn,
    kw("ip", "IP parameters"),
    kw("udp", "UDP parameters"),
    kw("ignore", "Ignore"),
    kw("checksum", "UDP checksums of received packets"),
  ],
});

const logging = kw("logging", "Control VPDN event logging");

/** They are logged while nobody says `no`. */
export const vpdnLogging = setting({ ...global, form: [vpdn, logging], negation: "stored" });

const vpdnLoggingOf = setting({
  ...global,
  form: [
    vpdn,
    logging,
    oneOf(
      [
        pick("what", {
          accounting: "Accounting events",
          "dead-cache": "Servers that do not answer",
          local: "Local events",
          remote: "Remote events",
          "tunnel-drop": "Dropped tunnels",
          user: "User events",
        }),
      ],
      [
        pick("reasons", { cause: "Causes of the end of sessions" }),
        opt(
          pick("cause", {
            aaa: "Ends for want of authorization",
            call: "Ends by failures of the call",
            normal: "Ends in order",
          }),
        ),
      ],
    ),
  ],
  key: ["what", "reasons", "cause"],
  effect: inert("VPDN events are logged all or not at all, with their cause"),
});

const vpdnSessionAccounting = setting({
  ...global,
  form: [
    vpdn,
    kw("session", "Sessions"),
    kw("accounting", "Accounting of sessions"),
    kw("network", "As a network service"),
    arg("list", word(), "Accounting list, or default"),
  ],
  effect: inert("sessions are neither authorized nor accounted elsewhere"),
});

export const vpdnSessionLimit = setting({
  ...global,
  form: [
    vpdn,
    kw("session-limit", "Maximum number of sessions"),
    arg("sessions", uint(1, 32_767), "Number of sessions"),
  ],
});

/** All sessions come in here, so that the lesser of the two counts. */
export const vpdnIncomingLimit = setting({
  ...global,
  form: [
    vpdn,
    kw("incoming-limit", "Maximum number of sessions that come in"),
    arg("sessions", uint(1, 32_767), "Number of sessions"),
  ],
});

export const vpdnSourceIp = setting({
  ...global,
  form: [vpdn, kw("source-ip", "Our address of all tunnels"), arg("address", ipv4(), "IP address")],
});

export const vpdnSearchOrder = setting({
  ...global,
  form: [
    vpdn,
    kw("search-order", "What a tunnel is looked up by"),
    many(
      "order",
      pick("what", {
        dnis: "The number called",
        domain: "The user's domain",
        "multihop-hostname": "The host name of the peer",
      }),
      3,
    ),
  ],
  effect: inert("this box accepts tunnels; it does not open any"),
});

const noHistory = inert("no table of failures is kept; they are logged");

const vpdnHistory = setting({
  ...global,
  form: [vpdn, kw("history", "Event history"), kw("failure", "Failures of users")],
  effect: noHistory,
  negation: "stored",
  initial: {},
  quiet: true,
});

const vpdnHistorySize = setting({
  ...global,
  form: [
    vpdn,
    kw("history", "Event history"),
    kw("failure", "Failures of users"),
    kw("table-size", "Size of the table"),
    arg("size", uint(20, 50), "Number of entries"),
  ],
  effect: noHistory,
  initial: { size: 20 },
  quiet: true,
});

export const vpdnInert = setting({
  ...global,
  form: [
    vpdn,
    pick("name", {
      "authen-before-forward": "Authenticate before forwarding",
      multihop: "Forward sessions to another LNS",
      softshut: "Take no new sessions",
    }),
  ],
  key: ["name"],
  effect: inert("sessions end here and are not forwarded"),
});

export const virtualTemplateSubinterface = setting({
  ...global,
  form: [kw("virtual-template", "Virtual template"), kw("subinterface", "Clone sub-interfaces where possible")],
  effect: inert("sessions are always sub-interfaces"),
  negation: "stored",
  initial: {},
  quiet: true,
});

export const vpdnCommands = [
  vpdnEnable,
  vpdnIgnoreChecksum,
  vpdnLogging,
  vpdnLoggingOf,
  vpdnSessionAccounting,
  vpdnSessionLimit,
  vpdnIncomingLimit,
  vpdnSourceIp,
  vpdnSearchOrder,
  vpdnHistory,
  vpdnHistorySize,
  vpdnInert,
  virtualTemplateSubinterface,
];
