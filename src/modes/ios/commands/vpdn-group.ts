/** VPDN groups: whose tunnels are taken, and how they are run. */

import { uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { acceptDialinMode, globalMode, vpdnGroupMode } from "../modes.ts";
import { bareNegation } from "./bare-negation.ts";
import { initiateTo, otherDirections } from "./vpdn-lac.ts";
import { groupDescription, groupSourceIp, localName } from "./vpdn-template.ts";

const CAPABILITIES: Readonly<Record<string, string>> = Object.fromEntries([
  ["all", "All of them"],
  ["analog", "Analog bearers"],
  ["async", "Asynchronous framing"],
  ["digital", "Digital bearers"],
  ["none", "None of them"],
  ["sync", "Synchronous framing"],
]);

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

export const terminateFrom = setting({
  ...inGroup,
  form: [
    kw("terminate-from", "Accept tunnels from this peer alone"),
    kw("hostname", "The peer's name"),
    arg("host", word({ max: 64 }), "Host name"),
  ],
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
            many("values", pick("value", CAPABILITIES), 2),
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

/** Without a name, and where nothing is said: the template without a name. `no`: the box's own settings. */
export const groupTemplate = setting({
  ...inGroup,
  form: [
    kw("source", "Where settings come from"),
    kw("vpdn-template", "A VPDN template"),
    opt(arg("template", word(), "Template name")),
  ],
  negation: "stored",
  normal: bareNegation(),
  initial: {},
  quiet: true,
});

/** In the order of the box, which prints them in front of the rest that a template may say too. */
export const vpdnGroupCommands = [
  vpdnGroup,
  groupDescription,
  acceptDialin,
  dialinProtocol,
  dialinVirtualTemplate,
  dialinForceChap,
  ...otherDirections,
  initiateTo,
  terminateFrom,
  groupVrf,
  groupVpnId,
  groupSessionLimit,
  groupSourceIp,
  localName,
  lcpRenegotiation,
  l2tpDetails,
  forceLocalChap,
  groupInert,
  groupTemplate,
];
