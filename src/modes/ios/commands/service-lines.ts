/** Services of the box that do not run here: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const words = {
  alignment: "Control alignment correction and logging",
  "call-home": "Call home with problems",
  "compress-config": "Compress the startup configuration",
  config: "Load configuration from the network",
  "prompt config": "Show the configuration mode in prompts",
  counters: "Control aging of interface counters",
  detection: "Detect them",
  dhcp: "DHCP server and relay",
  "exec-callback": "Enable exec callback",
  "exec-wait": "Delay startup of exec on noisy lines",
  finger: "Allow responses to finger requests",
  "from-xot": "From X.25 over TCP",
  "hide-telnet-addresses": "Do not show where telnet connects to",
  internal: "Commands for the makers of the box",
  linenumber: "Line number in the login banner",
  logging: "Log them",
  max: "Highest",
  age: "Seconds after which counters are read anew",
  "max-servers": "Servers of each kind at once",
  "no-limit": "As many as there are",
  nagle: "Nagle's algorithm",
  "old-slip-prompts": "Allow old scripts to operate with slip/ppp",
  pad: "Packet assembler",
  "to-xot": "To X.25 over TCP",
  cmns: "Over CMNS",
  prompt: "Mode of the prompt",
  "password-recovery": "Let the password be reset at the start",
  "private-config-encryption": "Encrypt the private configuration",
  "pt-vty-logging": "Log significant VTY-Async events",
  service: "Modify use of network based services",
  "slave-log": "Enable log capability of slave processors",
  "tcp-keepalives-in": "Keepalives on incoming connections",
  "tcp-keepalives-out": "Keepalives on outgoing connections",
  "tcp-small-servers": "Small TCP servers",
  "telnet-zeroidle": "Set TCP window 0 when connection is idle",
  "udp-small-servers": "Small UDP servers",
  "unsupported-transceiver": "Enable unsupported transceivers",
} as const;

const inside = {
  mode: globalMode,
  section: "service",
  effect: inert("this service does not run here"),
  words,
} as const;

/** These are on by themselves: that one is off is what is said. */
const onAtFirst = usageLines(
  { ...inside, negation: "stored" },
  {
    "service @{alignment {detection | logging} | dhcp | pad [cmns | from-xot | to-xot] | password-recovery | prompt config | slave-log}":
      "Modify use of network based services",
  },
);

const offAtFirst = usageLines(inside, {
  "service @{call-home | compress-config | config | counters max age <0-60> | exec-callback | exec-wait | finger | hide-telnet-addresses | internal | linenumber | nagle | old-slip-prompts | private-config-encryption | pt-vty-logging | tcp-keepalives-in | tcp-keepalives-out | tcp-small-servers [max-servers {<1-2147483647> | no-limit}] | telnet-zeroidle | udp-small-servers [max-servers {<1-2147483647> | no-limit}] | unsupported-transceiver}":
    "Modify use of network based services",
});

export const serviceLines = [...onAtFirst, ...offAtFirst];
