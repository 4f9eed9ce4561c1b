/** SNMP, which no agent here speaks, and NTP, which the operating system does: kept and printed back. */

import { word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { globalMode } from "../modes.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;
const noSnmp = inert("no SNMP agent runs here");
const noTime = inert("the operating system keeps the time");
/** Alone behind `no` it turns the agent off, with all that was said of it. */
const SNMP = "snmp-server";
const snmp = kw(SNMP, "Modify SNMP engine parameters");

const snmpCommunity = setting({
  ...global,
  section: "snmp",
  form: [
    snmp,
    kw("community", "Enable SNMP; set community string and access privs"),
    arg("community", secret(word()), "SNMP community string"),
    opt(kw("view", "Restrict this community to a named MIB view"), arg("view", word(), "MIB view")),
    opt(pick("access", { RO: "Read-only access with this community string", RW: "Read-write access" })),
    opt(arg("list", word(), "Access list allowing access with this community string")),
  ],
  key: ["community"],
  family: SNMP,
  effect: noSnmp,
});

/** Kinds of traps; which of a kind are sent is said behind it. */
const TRAPS =
  "aaa_server | adslline | alarms | atm | authenticate-fail | bfd | bgp | bridge | bstun | bulkstat | c3g | c6kxbar | call-home | casa | ccme | cef | cnpd | config | config-copy | config-ctid | copy-config | cpu | dial | disassociate | dlsw | dot1x | ds0-busyout | ds1 | ds3 | dsp | eigrp | energywise | entity | entity-diag | entity-sensor | envmon | errdisable | ethernet | event-manager | firewall | flash | flowmon | frame-relay | fru-ctrl | gdoi | hsrp | icsudsu | ike | ima | ip | ipmobile | ipmulticast | ipsec | ipsla | isakmp | isdn | isis | l2tun | license | local-auth | mac-notification | mpls | mpls-ldp | mpls-vpn | msdp | mvpn | nhrp | ospf | ospfv3 | pim | pki | port-security | power-ethernet | pppoe | pw | resource-policy | rf | rsvp | rtr | snmp | srp | srst | stpx | stun | syslog | tty | vlan-membership | vlancreate | vlandelete | voice | vrfmib | vrrp | vsimaster | vstack | vtp | waas | wlan-wep | wnpp-clocking | x25 | xgcp";

const SNMP_WORDS = {
  ...Object.fromEntries(TRAPS.split(" | ").map((kind) => [`traps ${kind}`, "Traps of this kind"])),
  "snmp-server": snmp.help,
  "1": "Version 1",
  "2c": "Version 2c",
  "3": "Version 3",
  access: "Access list",
  aes: "Encrypt with AES",
  "3des": "Encrypt with 3DES",
  "access WORD": "Access list of who may ask",
  ipv6: "Access list of IPv6",
  "udp-port WORD": "Kind of notification",
  KEY: "Community or user",
  "md5 KEY": "Password",
  "sha KEY": "Password",
  "des KEY": "Password",
  "3des KEY": "Password",
  "128 KEY": "Password",
  "192 KEY": "Password",
  "256 KEY": "Password",
  "128": "128 bits",
  "192": "192 bits",
  "256": "256 bits",
  auth: "Authenticate",
  context: "Context",
  des: "Encrypt with DES",
  encrypted: "Keys are hashed already",
  engineID: "Configure a local or remote SNMPv3 engineID",
  excluded: "Without this part",
  host: "Specify hosts to receive SNMP notifications",
  "host WORD": "Address or name of the receiver",
  included: "With this part",
  informs: "Send informs",
  local: "Of this box",
  "access-group": "Access list",
  change: "Characters that must change",
  define: "Define it",
  digits: "Digits",
  "file-transfer": "Files that are sent",
  ftp: "FTP",
  "lower-case": "Small letters",
  "max-len": "Characters at most",
  "min-len": "Characters at least",
  "password-policy": "What passwords must look like",
  protocol: "Protocol",
  rcp: "Remote copy",
  "special-char": "Other characters",
  tftp: "TFTP",
  "upper-case": "Capitals",
  match: "Context that must match",
  md5: "Message Digest 5",
  noauth: "Do not authenticate",
  notify: "View of notifications",
  persist: "Numbers stay through a reload",
  priv: "Authenticate and encrypt",
  read: "View that may be read",
  remote: "Of another engine",
  "session-timeout": "Seconds without an answer",
  sha: "Secure Hash Standard",
  traps: "Send traps",
  "udp-port": "Port of the receiver",
  v1: "Version 1",
  v2c: "Version 2c",
  v3: "Version 3",
  version: "Version",
  view: "View",
  vrf: "VPN Routing/Forwarding instance",
  write: "View that may be written",
  enable: "Enable SNMP Traps or Informs",
  ifindex: "Enable ifindex persistence",
  manager: "Modify SNMP manager parameters",
} as const;

export const snmpLines = [
  snmpCommunity,
  ...usageLines(
    { ...global, section: "snmp", family: SNMP, effect: noSnmp, words: SNMP_WORDS },
    {
      "snmp-server host @WORD [vrf @WORD] [informs | traps] [version {1 | 2c | 3 {auth | noauth | priv}}] KEY [udp-port <0-65535>] [WORD*40]":
        "Specify hosts to receive SNMP notifications",
      "snmp-server user @WORD @WORD [remote @WORD [udp-port <0-65535>]] {v1 | v2c | v3} [encrypted] [auth {md5 | sha} KEY [priv {3des | aes {128 | 192 | 256} | des} KEY]] [access {ipv6 WORD [WORD] | WORD}]":
        "Define a user who can access the SNMP engine",
      "snmp-server chassis-id LINE": "String to uniquely identify this chassis",
      "snmp-server contact LINE": "Text for mib object sysContact",
      "snmp-server enable informs": "Enable SNMP Informs",
      [`snmp-server enable traps [@{${TRAPS}} [WORD*12]]`]: "Enable SNMP Traps",
      "snmp-server engineID @{local HEX | remote @WORD [udp-port <0-65535>] [vrf @WORD] HEX}":
        "Configure a local or remote SNMPv3 engineID",
      "snmp-server group @WORD @{v1 | v2c | v3 @{auth | noauth | priv}} [context WORD] [match WORD] [read WORD] [write WORD] [notify WORD] [access WORD]":
        "Define a User Security Model group",
      "snmp-server ifindex persist": "Enable ifindex persistence",
      "snmp-server location LINE": "Text for mib object sysLocation",
      "snmp-server manager [session-timeout <10-2147483>]": "Modify SNMP manager parameters",
      "snmp-server context @WORD": "Name of a context",
      "snmp-server file-transfer access-group {<1-99> | WORD} protocol @{ftp | rcp | tftp}*3": "Who may send files",
      "snmp-server password-policy @WORD define [min-len <1-128>] [max-len <1-128>] [upper-case <1-128>] [lower-case <1-128>] [special-char <1-128>] [digits <1-128>] [change <1-128>]":
        "What passwords must look like",
      "snmp-server packetsize <484-17940>": "Largest SNMP packet size",
      "snmp-server queue-length <1-5000>": "Message queue length for each TRAP host",
      "snmp-server system-shutdown": "Enable use of the SNMP reload command",
      "snmp-server tftp-server-list {<1-99> | WORD}": "Limit TFTP servers used via SNMP",
      "snmp-server trap-source IFNAME": "Assign an interface for the source address of all traps",
      "snmp-server trap-timeout <1-1000>": "Set timeout for TRAP message retransmissions",
      "snmp-server view @WORD @WORD {excluded | included}": "Define an SNMPv2 MIB view",
    },
  ),
];

const ASSOCIATION =
  "[version <1-4>] [key <0-4294967295>] [burst] [iburst] [minpoll <4-17>] [maxpoll <4-17>] [source IFNAME] [prefer]";

export const ntpLines = usageLines(
  {
    ...global,
    section: "scheduler",
    effect: noTime,
    words: {
      "7": "A hidden key follows",
      "-": "Up to",
      broadcastdelay: "Estimated round-trip delay",
      ip: "By its IPv4 address",
      ipv4: "Of IPv4",
      ipv6: "IPv6",
      mindistance: "Minimum distance for synchronization",
      orphan: "Stratum without any server",
      panic: "Steps that are too large",
      update: "Refuse them",
      "trusted-key": "Key numbers for trusted time sources",
      allow: "Allow processing of packets",
      "authentication-key": "Authentication key for trusted time sources",
      burst: "Send several packets at once",
      control: "Control packets",
      iburst: "Send several packets at once while the server is not reached",
      key: "Configure peer authentication key",
      kod: "Say so when there are too many",
      maxpoll: "Longest interval, as a power of two",
      md5: "Message Digest 5",
      minpoll: "Shortest interval, as a power of two",
      mode: "Kind of packets",
      ntp: "Configure NTP",
      peer: "Provide full access",
      "ntp peer": "Configure NTP peer",
      prefer: "Prefer this peer when possible",
      private: "Private packets",
      "query-only": "Allow only control queries",
      serve: "Provide server and query access",
      "serve-only": "Provide only server access",
      server: "Configure server",
      sntp: "Configure SNTP",
      source: "Interface for source address",
      version: "Configure NTP version",
      vrf: "VPN Routing/Forwarding instance",
      "server WORD": "Address or name of the server",
      "peer WORD": "Address or name of the peer",
    },
  },
  {
    "ntp access-group @{peer | query-only | serve | serve-only} {<1-99> | <1300-1999> | WORD} [kod]":
      "Control NTP access",
    "ntp access-group @{ipv4 | ipv6} @{peer | query-only | serve | serve-only} {<1-99> | <1300-1999> | WORD} [kod]":
      "Control NTP access",
    "ntp broadcastdelay <1-999999>": "Estimated round-trip delay",
    "ntp mindistance <1-16>": "Minimum distance for synchronization",
    "ntp orphan <1-16>": "Stratum without any server",
    "ntp panic update": "Refuse steps that are too large",
    "ntp allow mode @{control [<3-15>] | private}": "Allow processing of packets",
    "ntp authenticate": "Authenticate time sources",
    "ntp authentication-key @<1-4294967295> md5 KEY [<0-4294967295>]": "Authentication key for trusted time sources",
    "ntp clock-period <0-4294967295>": "Length of hardware clock tick",
    "ntp logging": "Enable NTP message logging",
    "ntp master [<1-15>]": "Act as NTP master clock",
    "ntp max-associations <0-4294967295>": "Set maximum number of associations",
    "ntp maxdistance <1-16>": "Maximum distance for synchronization",
    [`ntp peer [vrf @WORD] [ip | ipv6] @WORD ${ASSOCIATION}`]: "Configure NTP peer",
    [`ntp server [vrf @WORD] [ip | ipv6] @WORD ${ASSOCIATION}`]: "Configure NTP server",
    "ntp source IFNAME": "Configure interface for source address",
    "ntp trusted-key @<1-4294967295> - @<1-4294967295>": "Key numbers for trusted time sources",
    "ntp trusted-key @<1-4294967295>": "Key numbers for trusted time sources",
    "ntp update-calendar": "Periodically update calendar with NTP time",
    "sntp server @WORD [version <1-3>]": "Configure SNTP server",
  },
);
