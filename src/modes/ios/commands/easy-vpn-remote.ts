/** The box as a remote end of Easy VPN (`crypto ipsec client ezvpn`): it opens no tunnels, so this is kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { ezvpnMode, globalMode, interfaceMode } from "../modes.ts";
import { crypto, ipsec } from "./crypto-words.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("this box accepts tunnels; it does not open any");
const words = {
  crypto: crypto.help,
  ipsec: ipsec.help,
  client: "Configure a client",
  acl: "Networks behind this box",
  "acl WORD": "Access list",
  backup: "Another configuration that stands in for this one",
  connect: "When to connect",
  allow: "Packets that pass",
  flow: "Packets that pass beside the tunnel",
  nat: "Translation of addresses",
  outside: "Interface by which servers are reached",
  default: "The peer that is gone back to",
  group: "Group name",
  "group WORD": "Group name",
  "http-intercept": "A page in the browser of a user",
  inside: "Interface of hosts behind the box",
  "local interactive": "A question at the console",
  interactive: "A question at the console",
  local: "What this configuration says",
  mode: "Mode of operation",
  password: "Password",
  tunnel: "A tunnel of its own for each address",
  username: "Name of the user",
  xauth: "Extended authentication",
} as const;

const ezvpn = usageOpener(
  { mode: globalMode, section: "ezvpn", effect, words, opens: ezvpnMode },
  "crypto ipsec client ezvpn @WORD",
  "Configure an Easy VPN client",
);

const settings = usageLines(
  {
    mode: ezvpnMode,
    effect,
    words: {
      ...words,
      auto: "At once",
      client: "Addresses of this box alone",
      key: "Key of the group",
      manual: "When somebody asks for it",
      "network-extension": "Addresses of the hosts behind it",
      "network-plus": "Both",
      track: "Object that decides it",
      userid: "User for extended authentication",
      save: "Keep the password",
    },
  },
  {
    "acl {<100-199> | <2000-2699> | WORD}": "Networks behind this box",
    "backup WORD track <1-1000>": "Another configuration that stands in for this one",
    "connect {acl {<100-199> | <2000-2699> | WORD} | auto | manual}": "When to connect",
    "description LINE": "Description",
    "flow allow acl {<100-199> | <2000-2699> | WORD}": "Packets that pass beside the tunnel",
    "group WORD key [0 | 6] KEY": "Group and its key",
    "idletime <60-86400>": "Idle time in seconds after which the tunnel ends",
    "local-address IFNAME": "Interface whose address is ours",
    "mode {client | network-extension | network-plus}": "Mode of operation",
    "nat acl {<100-199> | <2000-2699> | WORD}": "What is translated",
    "nat allow": "Leave translation as it is",
    "peer @{A.B.C.D | WORD} [default]": "Server to connect to",
    "ssid WORD": "Wireless network of this configuration",
    "username WORD password [0 | 6] KEY": "User for extended authentication",
    "virtual-interface [<1-4095>]": "Virtual template of the tunnel",
    "xauth userid mode {http-intercept | interactive | local}": "Where the user's name comes from",
  },
);

const onInterface = usageLines(
  { mode: interfaceMode, effect, words },
  { "crypto ipsec client ezvpn @WORD [inside | outside]": "Apply an Easy VPN client" },
);

export const easyVpnRemoteCommands = [ezvpn, ...settings, ...onInterface];
