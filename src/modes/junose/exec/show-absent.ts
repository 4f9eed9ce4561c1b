/**
 * Show commands of what a chassis may hold and this process never does. The answer is the one of a box that holds none of it:
 * nothing is found. What the configuration keeps of such things is listed by `show configuration`.
 */

import { line } from "../../../grammar/arguments.ts";
import { exec, inert } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { found } from "../show/text.ts";
import { PRIVILEGED_SHOW, show } from "./show-words.ts";

const NO_LINKS = "the links are the host's: there are no layers between them and IP here";
const NO_PROTOCOLS = "no such protocol runs here";

/** Words -> [help of the last word, what is not found, reason]. */
const ABSENT: Readonly<Record<string, readonly [help: string, noun: string, reason: string]>> = {
  "atm interface": ["ATM interfaces", "ATM interface", NO_LINKS],
  "atm subinterface": ["ATM subinterfaces", "ATM subinterface", NO_LINKS],
  "atm vc": ["ATM circuits", "ATM circuit", NO_LINKS],
  "bridge1483 interface": ["Bridged Ethernet", "bridged Ethernet interface", NO_LINKS],
  "cops info": ["COPS connections", "COPS connection", NO_PROTOCOLS],
  "dvmrp tunnel": ["DVMRP tunnels", "DVMRP tunnel", "tunnels in the clear are not carried"],
  "frame-relay subinterface": ["Frame Relay subinterfaces", "Frame Relay subinterface", NO_LINKS],
  "gre tunnel": ["GRE tunnels", "GRE tunnel", "tunnels in the clear are not carried"],
  "ip igmp": ["Members of multicast groups", "IGMP group", NO_PROTOCOLS],
  "ip mroute": ["Routes of multicast", "multicast route", NO_PROTOCOLS],
  "ip pim": ["PIM", "PIM neighbor", NO_PROTOCOLS],
  "l2c neighbor": ["Neighbors of ANCP", "ANCP neighbor", NO_PROTOCOLS],
  "l2tp dial-out": ["Outgoing calls", "outgoing call", "the router makes no outgoing calls"],
  "pppoe interface": ["PPPoE interfaces", "PPPoE interface", NO_LINKS],
  "pppoe subinterface": ["PPPoE sessions", "PPPoE session", NO_LINKS],
  "radius dynamic-request statistics": ["Requests of servers", "request of a server", "there is no RADIUS client"],
  "radius relay statistics": ["Requests that were passed on", "passed request", "there is no RADIUS client"],
  "service-management subscriber-session": ["Services of users", "subscriber session", "no services are switched on"],
  "service-management summary": ["Counts of services", "service session", "no services are switched on"],
  "sscc info": ["The SDX client", "SDX connection", NO_PROTOCOLS],
  "vlan subinterface": ["VLAN subinterfaces", "VLAN subinterface", NO_LINKS],
  vrrp: ["Groups of routers", "VRRP group", NO_PROTOCOLS],
};

const FRONT: Readonly<Record<string, string>> = {
  atm: "ATM",
  bridge1483: "Bridged Ethernet",
  cops: "COPS",
  dvmrp: "DVMRP",
  "dynamic-request": "Requests of servers",
  "frame-relay": "Frame Relay",
  gre: "GRE",
  ip: "IP",
  l2c: "ANCP",
  l2tp: "L2TP",
  pppoe: "PPPoE",
  radius: "RADIUS",
  relay: "Requests that are passed on",
  "service-management": "Services of users",
  sscc: "The SDX client",
  vlan: "VLANs",
};

export const absentShowCommands = Object.entries(ABSENT).map(([words, [help, noun, reason]]) => {
  const names = words.split(" ");
  return exec({
    level: PRIVILEGED_SHOW,
    effect: inert(reason),
    form: [
      show,
      ...names.map((name, index) => kw(name, index === names.length - 1 ? help : (FRONT[name] ?? help))),
      opt(arg("rest", line(), "Which; all when absent")),
    ],
    run: () => ({ lines: [found(0, noun)], model: [] }),
  });
});
