/** What other products of the same box do, each a tree of commands of its own: they are refused by name, not for want of a word. */

import { unsupported } from "../../../grammar/declaration.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode, section: "scheduler" } as const;

export const otherProducts = [
  usageLines(
    {
      ...global,
      effect: unsupported("no telephone exchange runs here"),
      words: {
        dspfarm: "Digital signal processors",
        ephone: "Telephone",
        "ephone-dn": "Line of a telephone",
        pool: "Telephones",
        profile: "Profile",
        register: "Telephones that register",
        voice: "Voice",
        "voice-port": "Voice port",
        class: "Preferences of calls",
        dn: "Line of a telephone",
        global: "Of all",
        "translation-profile": "Translation of numbers",
        "translation-rule": "Translation of numbers",
      },
    },
    {
      "dspfarm profile @LINE": "Profile of signal processors",
      "ephone @<1-1000>": "Telephone",
      "ephone-dn @LINE": "Line of a telephone",
      "sip-ua": "SIP user agent",
      "telephony-service": "Telephone exchange",
      "voice class @LINE": "Preferences of calls",
      "voice register @LINE": "Telephones that register",
      "voice translation-profile @WORD": "Translation of numbers",
      "voice translation-rule @<1-2147483647>": "Translation of numbers",
      "voice-port @LINE": "Voice port",
    },
  ),
  usageLines(
    {
      ...global,
      effect: unsupported("no VPN over the web runs here"),
      words: { context: "Context", gateway: "Gateway", install: "Programs for clients", webvpn: "VPN over the web" },
    },
    { "webvpn @{context | gateway | install} @LINE": "VPN over the web" },
  ),
  usageLines(
    {
      ...global,
      effect: unsupported("there are no modems here"),
      words: { line: "Configure a terminal line" },
    },
    { "line @PORT [PORT]": "Configure a terminal line" },
  ),
].flat();
