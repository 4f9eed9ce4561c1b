/** Networks of an access point: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode, ssidMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const words = {
  ascii: "As text",
  authentication: "Who may come in",
  cckm: "Cisco's key management",
  dot11: "IEEE 802.11",
  eap: "EAP",
  "guest-mode": "Announce it to everybody",
  hex: "As hexadecimal digits",
  "infrastructure-ssid": "For bridges",
  "key-management": "How keys are agreed",
  "mac-address": "By the address of the station",
  "max-associations": "Stations at most",
  mbssid: "Announce several networks",
  "network-eap": "LEAP",
  open: "Everybody",
  optional: "Stations need not",
  shared: "Who has the key",
  ssid: "Name of a network",
  version: "Version of WPA",
  vlan: "VLAN of its stations",
  wpa: "WPA",
  "wpa-psk": "Key of WPA",
} as const;
const effect = inert("there is no such hardware here");

export const wirelessCommands = [
  usageOpener(
    { mode: globalMode, section: "vlan", effect, words, opens: ssidMode },
    "dot11 ssid @WORD",
    "Name of a network",
  ),
  usageLines(
    { mode: ssidMode, effect, words },
    {
      "authentication key-management {cckm [optional] | wpa [optional | version <1-2>]}": "How keys are agreed",
      "authentication network-eap WORD": "LEAP",
      "authentication @{open | shared} [mac-address WORD] [eap WORD]": "Who may come in",
      "guest-mode": "Announce it to everybody",
      "infrastructure-ssid [optional]": "For bridges",
      "max-associations <1-255>": "Stations at most",
      "mbssid guest-mode": "Announce several networks",
      "vlan <1-4094>": "VLAN of its stations",
      "wpa-psk {ascii | hex} [0 | 7] KEY": "Key of WPA",
    },
  ),
].flat();
