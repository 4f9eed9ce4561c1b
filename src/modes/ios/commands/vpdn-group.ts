/** VPDN groups: whose tunnels are taken, and how they are run. */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { acceptDialinMode, globalMode, vpdnGroupMode } from "../modes.ts";

export const vpdnGroup = opener({
  mode: globalMode,
  section: "vpdn-group",
  form: [kw("vpdn-group", "VPDN group configuration"), arg("name", word({ max: 64 }), "VPDN group name")],
  key: ["name"],
  opens: vpdnGroupMode,
});

const inGroup = { mode: vpdnGroupMode } as const;
const l2tp = kw("l2tp", "L2TP specific commands");
const tunnel = kw("tunnel", "L2TP tunnel commands");
const retransmit = kw("retransmit", "Control message retransmission");

export const acceptDialin = opener({
  ...inGroup,
  form: [kw("accept-dialin", "VPDN accept-dialin group configuration")],
  opens: acceptDialinMode,
});

const inDialin = { mode: acceptDialinMode } as const;

export const dialinProtocol = setting({
  ...inDialin,
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
});

export const dialinVirtualTemplate = setting({
  ...inDialin,
  form: [
    kw("virtual-template", "Virtual-Template interface to clone"),
    arg("number", uint(1, 4095), "Virtual-Template number"),
  ],
});

export const dialinForceChap = setting({
  ...inDialin,
  form: [kw("force-local-chap", "Challenge the user again")],
});

export const groupDescription = setting({
  ...inGroup,
  form: [kw("description", "Description of this group"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

export const terminateFrom = setting({
  ...inGroup,
  form: [
    kw("terminate-from", "Accept tunnels from this peer alone"),
    kw("hostname", "The peer's name"),
    arg("host", word({ max: 64 }), "Host name"),
  ],
});

export const groupSourceIp = setting({
  ...inGroup,
  form: [kw("source-ip", "Our address of these tunnels"), arg("address", ipv4(), "IP address")],
});

export const groupVrf = setting({
  ...inGroup,
  form: [
    kw("vpn", "The VPN in which the tunnels arrive"),
    kw("vrf", "VPN Routing/Forwarding instance"),
    arg("vrf", word(), "VRF name"),
  ],
});

const groupVpnId = setting({
  ...inGroup,
  form: [
    kw("vpn", "The VPN in which the tunnels arrive"),
    kw("id", "By its VPN identifier"),
    arg("id", word(), "Identifier, as OUI:index"),
  ],
  effect: inert("a table is found by its name: say vpn vrf"),
});

export const localName = setting({
  ...inGroup,
  form: [
    kw("local", "Local information"),
    kw("name", "The name we give to the peer"),
    arg("name", word({ max: 64 }), "Host name"),
  ],
});

export const groupSessionLimit = setting({
  ...inGroup,
  form: [
    kw("session-limit", "Maximum number of sessions of this group"),
    arg("sessions", uint(0, 32_767), "Number of sessions"),
  ],
});

export const lcpRenegotiation = setting({
  ...inGroup,
  form: [
    kw("lcp", "LCP parameters"),
    kw("renegotiation", "Negotiate LCP again"),
    pick("when", { always: "Always", "on-mismatch": "When what the LAC agreed to does not fit" }),
  ],
});

export const tunnelAuthentication = setting({
  ...inGroup,
  form: [l2tp, tunnel, kw("authentication", "Authenticate the tunnel's peer")],
  negation: "stored",
  initial: {},
});

export const tunnelPassword = setting({
  ...inGroup,
  form: [
    l2tp,
    tunnel,
    kw("password", "Secret of the tunnel"),
    opt(pick("encoding", { "0": "An unencrypted password follows", "7": "A hidden password follows" })),
    arg("password", secret(line()), "The password"),
  ],
});

export const tunnelHello = setting({
  ...inGroup,
  form: [l2tp, tunnel, kw("hello", "Interval of hellos"), arg("seconds", uint(0, 1000), "Seconds; 0 for none")],
  initial: { seconds: 60 },
});

export const tunnelReceiveWindow = setting({
  ...inGroup,
  form: [
    l2tp,
    tunnel,
    kw("receive-window", "Control messages that the peer may send ahead"),
    arg("messages", uint(1, 5000), "Number of messages"),
  ],
  initial: { messages: 1024 },
});

export const retransmitRetries = setting({
  ...inGroup,
  form: [l2tp, tunnel, retransmit, kw("retries", "How often"), arg("retries", uint(5, 1000), "Number of retries")],
  initial: { retries: 10 },
});

export const retransmitTimeout = setting({
  ...inGroup,
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
});

export const retransmitInitialRetries = setting({
  ...inGroup,
  form: [
    l2tp,
    tunnel,
    retransmit,
    kw("initial", "Of the first message"),
    kw("retries", "How often"),
    arg("retries", uint(1, 1000), "Number of retries"),
  ],
  initial: { retries: 2 },
  effect: inert("it is the client that sends the first message"),
});

export const tunnelNoSession = setting({
  ...inGroup,
  form: [
    l2tp,
    tunnel,
    kw("timeout", "How long a tunnel may wait"),
    kw("no-session", "Without a session"),
    oneOf([arg("seconds", uint(0, 86_400), "Seconds")], [pick("never", { never: "For ever" })]),
  ],
  initial: { seconds: 10 },
});

export const tunnelSetup = setting({
  ...inGroup,
  form: [
    l2tp,
    tunnel,
    kw("timeout", "How long a tunnel may wait"),
    kw("setup", "For its set-up"),
    arg("seconds", uint(60, 6000), "Seconds"),
  ],
});

export const tunnelBusy = setting({
  ...inGroup,
  form: [
    l2tp,
    tunnel,
    kw("busy", "A busy peer"),
    kw("timeout", "How long it is left alone"),
    arg("seconds", uint(60, 6000), "Seconds"),
  ],
  initial: { seconds: 300 },
  effect: inert("this box opens no tunnels"),
});

export const l2tpChoice = setting({
  ...inGroup,
  form: [l2tp, pick("name", { hidden: "Hide attributes", sequencing: "Number data packets" })],
  key: ["name"],
});

export const dropOutOfOrder = setting({
  ...inGroup,
  form: [l2tp, kw("drop", "Drop packets"), kw("out-of-order", "That arrive out of order")],
});

export const l2tpDetails = setting({
  ...inGroup,
  form: [
    l2tp,
    oneOf(
      [
        kw("security", "Security of the tunnel"),
        oneOf(
          [
            kw("crypto-profile", "IPsec profile of the tunnel"),
            arg("profile", word(), "Profile name"),
            flag("keepSa", "keep-sa", "Keep the security association when the tunnel is gone"),
          ],
          [
            kw("ip", "IP settings"),
            pick("security", { "address-check": "Compare the addresses of the tunnel's packets" }),
          ],
        ),
      ],
      [
        tunnel,
        oneOf(
          [
            pick("capability", { bearer: "Bearer capabilities", framing: "Framing capabilities" }),
            kw("capabilities", "What is offered"),
            arg("values", line(), "Capabilities"),
          ],
          [kw("zlb", "Acknowledgements without content"), kw("delay", "Delay"), arg("zlb", uint(1, 5000), "Delay")],
          [kw("resync", "Resynchronisation"), arg("resync", uint(0, 1000), "Number of packets")],
        ),
      ],
    ),
  ],
  key: ["profile", "security", "capability", "zlb", "resync"],
  effect: inert("the tunnel is run as RFC 2661 says, with every capability of this box"),
});

export const forceLocalChap = setting({
  ...inGroup,
  form: [kw("force-local-chap", "Challenge the user again")],
});

export const groupInert = setting({
  ...inGroup,
  form: [
    pick("name", {
      "authen-before-forward": "Authenticate before forwarding",
      "dsl-line-info-forwarding": "Forward DSL line information",
    }),
  ],
  key: ["name"],
  effect: inert("sessions end here, and users are always authenticated here"),
});

export const groupTemplate = setting({
  ...inGroup,
  form: [
    kw("source", "Where settings come from"),
    kw("vpdn-template", "A VPDN template"),
    opt(arg("template", word(), "Template name")),
  ],
  effect: inert("there are no VPDN templates here; set what is needed in the group"),
});

export const groupIpInert = setting({
  ...inGroup,
  form: [
    kw("ip", "IP settings of the tunnel"),
    oneOf(
      [kw("tos", "Type of service"), pick("tos", { reflect: "Copy it from the inner packet" })],
      [pick("name", { pmtu: "Find the path MTU" })],
      [kw("mtu", "MTU"), pick("mtu", { adjust: "Adjust it to the path" })],
      [kw("precedence", "IP precedence of the outer packets"), arg("precedence", uint(0, 7), "Precedence")],
      [kw("udp", "UDP parameters"), pick("udp", { checksum: "Fill in checksums" })],
    ),
  ],
  key: ["tos", "name", "mtu", "precedence", "udp"],
  effect: inert("the operating system sends the outer packets"),
});

export const vpdnGroupCommands = [
  vpdnGroup,
  groupDescription,
  acceptDialin,
  dialinProtocol,
  dialinVirtualTemplate,
  dialinForceChap,
  terminateFrom,
  groupSourceIp,
  groupVrf,
  groupVpnId,
  localName,
  groupSessionLimit,
  lcpRenegotiation,
  tunnelHello,
  tunnelAuthentication,
  tunnelPassword,
  tunnelReceiveWindow,
  retransmitRetries,
  retransmitInitialRetries,
  retransmitTimeout,
  tunnelNoSession,
  tunnelSetup,
  tunnelBusy,
  l2tpChoice,
  dropOutOfOrder,
  l2tpDetails,
  forceLocalChap,
  groupInert,
  groupTemplate,
  groupIpInert,
];
