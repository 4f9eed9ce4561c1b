/** Web caches that traffic is turned to (WCCP), and the recognition of applications (NBAR). Neither is here: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const noCaches = inert("no traffic is turned to web caches");
const noRecognition = inert("applications are not recognised here");
const words = {
  ip: "IP configuration",
  wccp: "Web-Cache Coordination Protocol",
  "web-cache": "The standard web caching service",
  vrf: "Of a VRF",
  "group-address": "Multicast group of caches and routers",
  "group-list": "Access list of caches",
  "redirect-list": "Access list of what is turned",
  check: "Check",
  services: "Services",
  all: "All of them",
  mode: "Mode",
  open: "Pass on while there is no cache",
  closed: "Drop while there is no cache",
  "service-list": "Access list of what the service is",
  accelerated: "In hardware",
  password: "Password of caches and routers",
  "0": "An unencrypted password follows",
  "7": "A hidden password follows",
  "source-interface": "Interface that names this router",
  "outbound-acl-check": "Check the list on the way out",
  version: "Version",
  nbar: "Network-Based Application Recognition",
  "port-map": "Ports of a protocol",
  custom: "An application of one's own",
  pdlm: "Module of protocols",
  "protocol-pack": "Pack of protocols",
  resources: "Memory of flows",
  tcp: "TCP ports",
  udp: "UDP ports",
  ascii: "Text at this place",
  hex: "Octets at this place",
  decimal: "Number at this place",
  source: "Packets of the server",
  destination: "Packets of the client",
  range: "A range of ports",
  id: "Number of the application",
  "port-map WORD": "Protocol",
  "custom WORD": "Name of the application",
  "pdlm WORD": "Where it lies",
  "protocol-pack WORD": "Where it lies",
  "<>": "A number",
} as const;
const SERVICE = "@{web-cache | <0-254>}";

export const webCacheCommands = [
  ...usageLines(
    { mode: globalMode, section: "ip-late", effect: noCaches, words },
    {
      [`ip wccp [vrf @WORD] ${SERVICE} [accelerated] [group-address A.B.C.D] [redirect-list {<1-199> | WORD}] [group-list {<1-99> | WORD}] [mode {closed | open}] [service-list WORD] [password [0 | 7] KEY]`]:
        "Web-Cache Coordination Protocol",
      "ip wccp version <1-2>": "Version",
      "ip wccp check services all": "Ask every service",
      "ip wccp outbound-acl-check": "Check the list on the way out",
      "ip wccp [vrf @WORD] source-interface IFNAME": "Interface that names this router",
    },
  ),
  ...usageLines(
    { mode: globalMode, section: "ip-late", effect: noRecognition, words },
    {
      "ip nbar custom @WORD [<0-255> {ascii WORD | decimal <0-4294967295> | hex HEX}] [destination | source] {tcp | udp} {range <1-65535> <1-65535> | <1-65535>*16} [id <1-65535>]":
        "An application of one's own",
      "ip nbar pdlm @WORD": "Module of protocols",
      "ip nbar port-map @WORD @{tcp | udp} <0-65535>*16": "Ports of a protocol",
      "ip nbar protocol-pack @WORD": "Pack of protocols",
      "ip nbar resources <1-2147483647> <1-2147483647> <1-2147483647>": "Memory of flows",
    },
  ),
];
