/** VPDN as one that forwards, and the tunnels of other protocols: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { globalMode, vpdnGroupMode } from "../modes.ts";

const noForwarding = inert("sessions end here: nothing is forwarded to another server");
const noProtocol = inert("tunnels are L2TP");
const asSaid = inert("a tunnel is negotiated with what both ends can do");
const shared = {
  vpdn: "Virtual Private Dialup Network",
  l2tp: "L2TP specific commands",
  tunnel: "L2TP tunnel commands",
  ip: "IP settings for tunnel",
} as const;
const global = { mode: globalMode, section: "vpdn", shared } as const;
const inGroup = { mode: vpdnGroupMode, shared } as const;

export const vpdnKept = [
  ...keptLines(
    { ...global, effect: noForwarding },
    {
      "vpdn authorize": "Authorize incoming sessions by domain or server",
      "vpdn domain-delimiter": "Specify a VPDN domain delimiter",
      "vpdn incoming-limit": "Maximum number of sessions that come in",
      "vpdn outgoing-limit": "Maximum number of sessions that go out",
      "vpdn profile": "VPDN profile of sessions",
      "vpdn redirect": "Redirect of sessions to another server",
    },
  ),
  ...keptLines(
    { ...global, effect: inert("tunnels are neither authorized nor accounted elsewhere"), secret: true },
    { "vpdn tunnel accounting": "Accounting of tunnels", "vpdn tunnel authorization": "Authorization of tunnels" },
  ),
  ...keptLines(
    { ...global, effect: noProtocol },
    { "vpdn atm": "VPDN over ATM", "vpdn pptp": "PPTP specific commands" },
  ),
  ...keptLines({ ...global, effect: asSaid }, { "vpdn l2tp": "L2TP specific commands" }),
  ...keptLines(
    { ...inGroup, effect: noForwarding },
    {
      backup: "Specify backup servers",
      "domain-stripping": "Take the domain from the name of the user",
      loadsharing: "Share sessions among servers",
      multihop: "Forward sessions to another server",
      redirect: "Redirect of sessions to another server",
      relay: "Relay PPPoE discovery",
      "tunnel limit": "Maximum number of tunnels",
      "tunnel sharing": "Let several groups use a tunnel",
    },
  ),
  ...keptLines(
    { ...inGroup, effect: noProtocol },
    { pptp: "PPTP specific commands", pppoe: "PPPoE specific commands" },
  ),
  ...keptLines(
    { ...inGroup, effect: asSaid, negation: "stored" },
    {
      "l2tp ignore": "Ignore what the peer says",
      "l2tp calling-number": "Calling number that is sent",
      "l2tp tunnel busy list": "List of busy peers",
      "l2tp tunnel timeout hello": "How long a hello may stay unanswered",
      "sso enable": "Keep tunnels through a switchover",
    },
  ),
];
