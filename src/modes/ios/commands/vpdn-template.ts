/** What a VPDN group says of its tunnels, and a template for all the groups that have it as their source. */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { inert, type Opener, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { PRECEDENCE_HELP, SERVICE_HELP } from "../access-words.ts";
import { globalMode, vpdnTemplateMode } from "../modes.ts";
import { withZero } from "./said-in-clear.ts";

const templateForm = [
  kw("vpdn-template", "VPDN template configuration"),
  opt(arg("name", word({ max: 64 }), "Template name; without one, the template of all other groups")),
] as const;

export const vpdnTemplate: Opener<typeof templateForm> = opener({
  mode: globalMode,
  section: "vpdn",
  form: templateForm,
  key: ["name"],
  opens: vpdnTemplateMode,
});

/** What is said of every group that has the template as its source, and of a group alone where the group says it. */
const shared = { mode: vpdnTemplateMode, inheritsFrom: vpdnTemplate } as const;
const l2tp = kw("l2tp", "L2TP specific commands");
const tunnel = kw("tunnel", "L2TP tunnel commands");
const retransmit = kw("retransmit", "Control message retransmission");

/** In a group it is one more limit of the group. */
export const groupLimit = setting({
  ...shared,
  form: [
    kw("group", "Items grouped for all attached vpdn-groups"),
    kw("session-limit", "Sessions of all these groups together"),
    arg("sessions", uint(1, 32_767), "Number of sessions"),
  ],
});

export const groupDescription = setting({
  ...shared,
  form: [kw("description", "Description of this group"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

export const groupSourceIp = setting({
  ...shared,
  form: [kw("source-ip", "Our address of these tunnels"), arg("address", ipv4(), "IP address")],
});

export const localName = setting({
  ...shared,
  form: [
    kw("local", "Local information"),
    kw("name", "The name we give to the peer"),
    arg("name", word({ max: 64 }), "Host name"),
  ],
});

export const tunnelAuthentication = setting({
  ...shared,
  form: [l2tp, tunnel, kw("authentication", "Authenticate the tunnel's peer")],
  negation: "stored",
  initial: {},
  quiet: true,
});

export const tunnelPassword = setting({
  ...shared,
  form: [
    l2tp,
    tunnel,
    kw("password", "Secret of the tunnel"),
    opt(pick("encoding", { "0": "An unencrypted password follows", "7": "A hidden password follows" })),
    arg("password", secret(line()), "The password"),
  ],
  normal: withZero,
});

export const tunnelHello = setting({
  ...shared,
  form: [l2tp, tunnel, kw("hello", "Interval of hellos"), arg("seconds", uint(0, 1000), "Seconds; 0 for none")],
  initial: { seconds: 60 },
  quiet: true,
});

export const tunnelReceiveWindow = setting({
  ...shared,
  form: [
    l2tp,
    tunnel,
    kw("receive-window", "Control messages that the peer may send ahead"),
    arg("messages", uint(1, 5000), "Number of messages"),
  ],
  initial: { messages: 1024 },
  quiet: true,
});

export const retransmitRetries = setting({
  ...shared,
  form: [l2tp, tunnel, retransmit, kw("retries", "How often"), arg("retries", uint(5, 1000), "Number of retries")],
  initial: { retries: 10 },
  quiet: true,
});

export const retransmitTimeout = setting({
  ...shared,
  form: [
    l2tp,
    tunnel,
    retransmit,
    kw("timeout", "How long to wait"),
    pick("which", { max: "The longest wait", min: "The first wait" }),
    arg("seconds", uint(1, 8), "Seconds"),
  ],
  key: ["which"],
  initials: [
    { which: "min", seconds: 1 },
    { which: "max", seconds: 8 },
  ],
  quiet: true,
});

export const retransmitInitialRetries = setting({
  ...shared,
  form: [
    l2tp,
    tunnel,
    retransmit,
    kw("initial", "Of the first message"),
    kw("retries", "How often"),
    arg("retries", uint(1, 1000), "Number of retries"),
  ],
  initial: { retries: 2 },
  quiet: true,
  effect: inert("it is the client that sends the first message"),
});

export const tunnelNoSession = setting({
  ...shared,
  form: [
    l2tp,
    tunnel,
    kw("timeout", "How long a tunnel may wait"),
    kw("no-session", "Without a session"),
    oneOf([arg("seconds", uint(0, 86_400), "Seconds")], [pick("never", { never: "For ever" })]),
  ],
  initial: { seconds: 10 },
  quiet: true,
});

export const tunnelSetup = setting({
  ...shared,
  form: [
    l2tp,
    tunnel,
    kw("timeout", "How long a tunnel may wait"),
    kw("setup", "For its set-up"),
    arg("seconds", uint(60, 6000), "Seconds"),
  ],
});

export const tunnelBusy = setting({
  ...shared,
  form: [
    l2tp,
    tunnel,
    kw("busy", "A busy peer"),
    kw("timeout", "How long it is left alone"),
    arg("seconds", uint(60, 6000), "Seconds"),
  ],
  initial: { seconds: 300 },
  quiet: true,
  effect: inert("this box opens no tunnels"),
});

export const l2tpChoice = setting({
  ...shared,
  form: [l2tp, pick("name", { hidden: "Hide attributes", sequencing: "Number data packets" })],
  key: ["name"],
});

export const dropOutOfOrder = setting({
  ...shared,
  form: [l2tp, kw("drop", "Drop packets"), kw("out-of-order", "That arrive out of order")],
});

const TYPES_OF_SERVICE = { reflect: "Copy it from the inner packet", ...SERVICE_HELP } as const;

export const groupIpInert = setting({
  ...shared,
  form: [
    kw("ip", "IP settings of the tunnel"),
    oneOf(
      [
        kw("tos", "Type of service"),
        oneOf([pick("tos", TYPES_OF_SERVICE)], [arg("bits", uint(0, 15), "Type of service value")]),
      ],
      [pick("name", { pmtu: "Find the path MTU" })],
      [kw("mtu", "MTU"), pick("mtu", { adjust: "Adjust it to the path" })],
      [
        kw("precedence", "IP precedence of the outer packets"),
        oneOf([pick("word", PRECEDENCE_HELP)], [arg("precedence", uint(0, 7), "Precedence")]),
      ],
      [kw("udp", "UDP parameters"), pick("udp", { checksum: "Fill in checksums" })],
    ),
  ],
  key: ["name", "mtu", "udp"],
  effect: inert("the operating system sends the outer packets"),
});

/** In the order of the box. What a group prints in front of these is in the list of its own commands. */
export const vpdnTemplateCommands = [
  vpdnTemplate,
  groupLimit,
  tunnelHello,
  tunnelAuthentication,
  tunnelPassword,
  tunnelReceiveWindow,
  retransmitRetries,
  retransmitTimeout,
  retransmitInitialRetries,
  tunnelNoSession,
  tunnelSetup,
  tunnelBusy,
  l2tpChoice,
  dropOutOfOrder,
  groupIpInert,
];
