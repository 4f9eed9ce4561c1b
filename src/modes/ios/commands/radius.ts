/** Servers of RADIUS that would be asked about users. None is asked: users are authenticated by this box's own list. */

import { inert } from "../../../grammar/declaration.ts";
import {
  attributeListMode,
  globalMode,
  radiusFilterMode,
  radiusGroupMode,
  radiusServerMode,
  tacacsGroupMode,
  tacacsServerMode,
} from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const effect = inert("no RADIUS or TACACS+ server is asked; users are this box's own");

const words = {
  "4": "NAS-IP-Address",
  "8": "Framed-IP-Address",
  "11": "Filter-Id",
  "25": "Class",
  "30": "Called-Station-Id",
  "61": "NAS-Port-Type",
  "69": "Tunnel-Password",
  "188": "Ascend-Num-In-Multilink",
  "automate-tester": "Configure server automated testing",
  "default-vrf": "Of the global table",
  "extend-with-addr": "With the address of this box",
  "key-wrap": "Key wrap of RADIUS",
  "mac-filtering": "Filters by hardware address",
  "no-truncate": "Send the server's name too",
  not: "All but this",
  "policy-name": "Name of the policy",
  "shared-secret": "The shared secret",
  subscriber: "Subscriber attributes",
  "sync-with-client": "The same as the client's",
  "0": "An unencrypted key follows",
  "6": "An encrypted key follows",
  "7": "A hidden key follows",
  aaa: "Authentication, Authorization and Accounting.",
  accept: "Attributes that are taken",
  access: "Requests for access",
  "access-request": "Requests for access",
  accounting: "Accounting",
  "acct-port": "UDP port for RADIUS accounting server",
  "acct-port <>": "Port number",
  address: "Specify the server address",
  alias: "Aliases for this server",
  all: "All",
  "append-circuit-id": "Put the circuit behind it",
  attribute: "Customize selected radius attributes",
  "auth-port": "UDP port for RADIUS authentication server",
  "auth-port <>": "Port number",
  authentication: "Authentication",
  authorization: "Authorization processing information",
  backoff: "Retry backoff pattern",
  "backoff-retry": "How often it is waited for with growing delays",
  "batch-size": "Requests of a batch",
  cache: "cached DB profile configuration",
  "cisco-nas-port": "The port in the maker's own attribute",
  clear: "Send it in the clear",
  colon: "Colons",
  default: "The default",
  delimiter: "Characters that divide user and domain",
  direction: "Which way filters hold",
  "data-rate": "Rate of data",
  disallow: "Disallow",
  enforce: "Ask again when they are old",
  expiry: "Hours after which they are old",
  exponential: "Growing delays",
  extended: "Extended format",
  failover: "Use old ones where no server answers",
  format: "Format",
  "format LINE": "Format, with its fields",
  forwarding: "Name of the VRF",
  group: "AAA group definitions",
  "A.B.C.D": "IP address of server",
  "host WORD": "Hostname or address of the server",
  host: "Specify a server",
  "host-config": "When the box begins",
  hyphen: "Hyphens",
  "idle-time": "Minutes after which the server is tested",
  ietf: "As in RFC 3580",
  "ignore-acct-port": "Do not test accounting",
  "ignore-auth-port": "Do not test authentication",
  "ignore-preferred-server": "Do not stay with a server",
  in: "Inbound",
  include: "Include it",
  "include-in-access-req": "Include it in requests for access",
  "include-in-accounting-req": "Include it in requests of accounting",
  "include-in-acct-req": "Include it in requests of accounting",
  ip: "Internet Protocol config commands",
  ipv4: "IPv4",
  ipv6: "IPv6",
  key: "Per-server encryption key",
  "least-outstanding": "The server with the fewest open requests",
  list: "List of attributes",
  "load-balance": "Radius load-balancing options",
  "lower-case": "Small letters",
  mac: "Hardware address",
  "mac-only": "The hardware address alone",
  mandatory: "Refuse users without it",
  match: "Match attributes",
  "match-all": "When everything matches",
  "match-any": "When something matches",
  "max-delay": "Longest delay in minutes",
  "max-tries": "How often a transaction is tried",
  method: "Method",
  missing: "Where it is not there",
  "nas-port": "Number of the port",
  "nas-port-id": "Name of the port",
  "circuit-id": "Identifier of the line",
  "vendor-class-id": "Kind of the device",
  plus: "And also",
  separator: "Sign between them",
  "nas-port-detail": "With the port",
  nat: "Through network address translation",
  none: "Nothing",
  "non-standard": "Parse attributes that violate the RADIUS standard",
  "on-for-login-auth": "Also where a login is authenticated",
  out: "Outbound",
  packet: "Packets",
  pac: "Protected access credential",
  permit: "Let users in",
  port: "Port number",
  "prefix-delimiter": "Characters that divide domain and user",
  "probe-on": "Send a packet to verify the server status",
  profile: "Profile",
  radius: "RADIUS",
  "radius-server": "Modify RADIUS query parameters",
  reject: "Attributes that are not taken",
  "remote-id": "The circuit's remote end",
  reorder: "The next request asks the next server first",
  restricted: "Users of that server alone",
  retransmit: "Specify the number of retries to active server",
  retry: "Specify how the next packet is sent after timeout",
  "right-to-left": "Look for the delimiter from the right",
  send: "Send it",
  server: "Configure a server",
  "server name": "Name of a configured server",
  "single-connection": "One connection for all requests",
  "single-hyphen": "One hyphen in the middle",
  "source-interface": "Specify interface for source address in packets to servers",
  "strip-suffix": "Take this domain away",
  "support-multiple": "Several of them",
  system: "Of the box itself",
  tacacs: "TACACS",
  "tacacs+": "Tacacs+ server group definition",
  "tacacs-server": "Modify TACACS query parameters",
  test: "Configure server automated testing",
  throttle: "Throttle requests",
  timeout: "Time to wait for a server to reply",
  time: "Seconds without an answer",
  transaction: "Specify per-transaction parameters",
  tries: "Requests without an answer",
  unformatted: "Digits alone",
  unknown: "Attributes that are not known",
  "upper-case": "Capital letters",
  username: "Name to test with",
  vrf: "VPN Routing/Forwarding instance",
  "vrf WORD": "VRF name",
  vsa: "Vendor specific attribute configuration",
  "3gpp2": "Attributes of 3GPP2",
  "Framed-Protocol": "Framed-Protocol",
  "Service-Type": "Service-Type",
  ppp: "PPP",
} as const;

const global = { mode: globalMode, section: "radius", effect, words } as const;
const PORTS = "[auth-port <0-65535>] [acct-port <0-65535>]";
const KEYED_PORTS = "[auth-port @<0-65535>] [acct-port @<0-65535>]";
const KEY_TEXT = "[0 | 6 | 7] PASSWORD";
const BALANCE = "load-balance method least-outstanding [batch-size <1-2147483647>] [ignore-preferred-server]";
const BACKOFF = "backoff exponential [max-delay <1-120>] [backoff-retry <1-50>]";
const STRIPPING = "[right-to-left] [prefix-delimiter WORD] [delimiter WORD] [vrf WORD]";

const source = usageLines(
  { ...global, words: { ...words, ip: "Global IP configuration subcommands" } },
  {
    "ip radius source-interface IFNAME [vrf @WORD]": "Specify interface for source address in packets to servers",
    "ip tacacs source-interface IFNAME [vrf @WORD]": "Specify interface for source address in packets to servers",
  },
);

const radiusGlobals = usageLines(global, {
  "radius-server accounting system host-config": "Accounting information configuration",
  "radius-server attribute 4 A.B.C.D": "NAS-IP-Address",
  "radius-server attribute 6 @{mandatory | on-for-login-auth | support-multiple}": "Service-Type",
  "radius-server attribute 8 include-in-access-req": "Framed-IP-Address",
  "radius-server attribute 11 default direction {in | out}": "Filter-Id",
  "radius-server attribute 25 access-request include": "Class",
  "radius-server attribute 30 original-called-number": "Called-Station-Id",
  "radius-server attribute 31 @{append-circuit-id | mac format {default | ietf | unformatted} [lower-case | upper-case] | remote-id | send nas-port-detail [mac-only]}":
    "Calling-Station-Id",
  "radius-server attribute 32 @{include-in-access-req [format LINE] | include-in-accounting-req [format LINE]}":
    "NAS-Identifier",
  "radius-server attribute 44 @{extend-with-addr | include-in-access-req [all | default-vrf | vrf WORD] | sync-with-client}":
    "Acct-Session-Id",
  "radius-server attribute 55 @{access-request include | include-in-acct-req}": "Event-Timestamp",
  "radius-server attribute 61 extended": "NAS-Port-Type",
  "radius-server attribute 69 clear": "Tunnel-Password",
  "radius-server attribute 77 @{include-in-access-req | include-in-acct-req}": "Connect-Info",
  "radius-server attribute 188 format non-standard": "Ascend-Num-In-Multilink",
  "radius-server attribute data-rate send 0": "Rate of data",
  "radius-server attribute nas-port extended": "Extended format",
  "radius-server attribute nas-port format WORD [LINE]": "Format: a to e, and the fields of the last",
  "radius-server attribute nas-port-id include {circuit-id | remote-id | vendor-class-id} [plus {circuit-id | remote-id | vendor-class-id} [plus {circuit-id | remote-id | vendor-class-id}]] [separator WORD]":
    "What the name of the port says",
  "radius-server attribute policy-name include-in-access-req": "Name of the policy",
  "radius-server authorization default Framed-Protocol ppp": "Where a user has none",
  "radius-server authorization {missing | permit missing} Service-Type": "Users without a Service-Type",
  [`radius-server ${BACKOFF}`]: "Growing delays",
  "radius-server challenge-noecho": "Data echoing to screen is disabled during Access-Challenge",
  "radius-server configure-nas": "Attempt to upload static routes and IP pools at startup",
  "radius-server data-port <1-65535>": "Port of static routes",
  "radius-server dead-criteria [time <1-120>] [tries <1-100>]":
    "Set the criteria used to decide when a radius server is marked dead",
  "radius-server deadtime <1-1440>": "Minutes to stop using a server that doesn't respond",
  "radius-server directed-request [restricted] [right-to-left]":
    "Allow user to specify radius server to use with `@server'",
  [`radius-server domain-stripping {strip-suffix @WORD [vrf WORD] | ${STRIPPING}}`]:
    "Strip the domain from the username",
  "radius-server extended-portnames": "Extended format of port names",
  [`radius-server ${BALANCE}`]: "The server with the fewest open requests",
  "radius-server optional-passwords": "The first RADIUS request can be made without requesting a password",
  "radius-server retry method reorder": "Specify how the next packet is sent after timeout",
  "radius-server source-ports {extended | WORD}": "Source ports used for sending out RADIUS requests",
  "radius-server throttle {accounting <0-65536> [access <0-65536> [timeout <1-10>]] | access <0-65536> [timeout <1-10>]}":
    "Throttle requests to radius server",
  "radius-server transaction max-tries <1-100>": "Specify per-transaction parameters",
  "radius-server unique-ident <0-255>": "Higher order bits of Acct-Session-Id",
  "radius-server vsa disallow unknown": "Vendor specific attribute configuration",
  "radius-server vsa send [@{accounting | authentication | cisco-nas-port}] [3gpp2]": "Send vendor specific attributes",
  [`radius-server host @WORD ${KEYED_PORTS} [timeout <1-1000>] [retransmit <0-100>] [non-standard] [backoff exponential [max-delay <1-120>] [backoff-retry <1-50>]] [alias A.B.C.D*8] [test username WORD [ignore-auth-port] [ignore-acct-port] [idle-time <1-35791>]] [pac] [key ${KEY_TEXT}]`]:
    "Specify a RADIUS server",
  "radius-server retransmit <0-100>=3": "Number of retries for a transaction (default is 3)",
  "radius-server timeout <1-1000>=5": "Seconds to wait for a RADIUS server to reply (default is 5)",
  [`radius-server key ${KEY_TEXT}`]: "Encryption key shared with the radius servers",
});

const attributeList = usageOpener(
  { ...global, opens: attributeListMode },
  "radius-server attribute list @WORD",
  "List of attributes",
);
const attributeListLines = usageLines(
  { mode: attributeListMode, effect, words },
  { "attribute @NUMBERS": "Numbers of attributes: 1-10,25" },
);

const filter = usageOpener(
  { ...global, opens: radiusFilterMode, words: { ...words, filter: "Filter of packets" } },
  "radius filter @{match-all | match-any} @WORD",
  "Filter of packets",
);
const filterLines = usageLines(
  { mode: radiusFilterMode, effect, words },
  { "match attribute @LINE": "Attribute and its value", "match not attribute @LINE": "All but this" },
);

const server = usageOpener({ ...global, opens: radiusServerMode }, "radius server @WORD", "Configure a server");
const serverLines = usageLines(
  { mode: radiusServerMode, effect, words },
  {
    [`address ipv4 WORD [alias A.B.C.D*8] ${PORTS} [key ${KEY_TEXT}]`]: "Specify the radius server address",
    [`address ipv6 WORD [alias X:X:X:X::X*8] ${PORTS} [key ${KEY_TEXT}]`]: "Specify the radius server address",
    "automate-tester username WORD [ignore-auth-port] [ignore-acct-port] [idle-time <1-35791>] [probe-on]":
      "Configure server automated testing",
    [BACKOFF]: "Growing delays",
    [`key ${KEY_TEXT}`]: "Per-server encryption key",
    "non-standard": "Parse attributes that violate the RADIUS standard",
    [`pac key ${KEY_TEXT}`]: "Key for protected access credentials",
    "retransmit <0-100>": "Number of retries for a transaction (default is 3)",
    "timeout <1-1000>": "Seconds to wait for a RADIUS server to reply (default is 5)",
  },
);

const inGroup = { mode: globalMode, section: "aaa", effect, words } as const;
const groups = [
  usageOpener({ ...inGroup, opens: radiusGroupMode }, "aaa group server ldap @WORD", "LDAP server group definition"),
  usageOpener(
    { ...inGroup, opens: radiusGroupMode },
    "aaa group server radius @WORD",
    "Radius server group definition",
  ),
  usageOpener(
    { ...inGroup, opens: tacacsGroupMode },
    "aaa group server tacacs+ @WORD",
    "Tacacs+ server group definition",
  ),
];

const COMMON = {
  "cache {authentication | authorization} profile WORD": "Profile of what is kept",
  "cache expiry <1-240> [enforce | failover]": "Hours after which they are old",
  "ip vrf forwarding WORD": "Name of the VRF",
  "vrf forwarding WORD": "Name of the VRF",
  "server name @WORD": "Name of a configured server",
} as const;
const groupLines = [
  ...usageLines(
    { mode: radiusGroupMode, effect, words: { ...words, accounting: "Filter of attributes for accounting" } },
    {
      ...COMMON,
      "accounting {accept | reject} WORD": "List of attributes",
      "attribute nas-port format WORD [LINE]": "Format: a to e, and the fields of the last",
      "authorization {accept | reject} WORD": "List of attributes",
      [BACKOFF]: "Growing delays",
      "deadtime <0-1440>": "Specify time in minutes to ignore an unresponsive server",
      [`domain-stripping {strip-suffix @WORD [vrf WORD] | ${STRIPPING}}`]: "Strip domain names from user names",
      "ip radius source-interface IFNAME": "Specify interface for source address",
      "key-wrap enable": "Key wrap of RADIUS",
      [BALANCE]: "The server with the fewest open requests",
      "mac-delimiter {colon | hyphen | none | single-hyphen}": "Delimiter of MAC addresses",
      [`server @A.B.C.D ${KEYED_PORTS}`]: "Specify a server",
      [`server-private @WORD ${KEYED_PORTS} [timeout <1-1000>] [retransmit <0-100>] [non-standard] [key ${KEY_TEXT}]`]:
        "Define a private server (per group)",
      "subscriber mac-filtering security-mode {mac | none | shared-secret}": "Subscriber attributes",
      "throttle {accounting <0-65536> [access <0-65536> [timeout <1-10>]] | access <0-65536> [timeout <1-10>]}":
        "Throttle requests",
    },
  ),
  ...usageLines(
    { mode: tacacsGroupMode, effect, words },
    {
      ...COMMON,
      "ip tacacs source-interface IFNAME": "Specify interface for source address",
      "server @A.B.C.D": "Specify a server",
      "server-private @WORD [nat] [single-connection] [port <1-65535>] [timeout <1-1000>] [key [0 | 6 | 7] PASSWORD]":
        "Define a private server (per group)",
    },
  ),
];

const tacacsServer = usageOpener({ ...global, opens: tacacsServerMode }, "tacacs server @WORD", "Configure a server");
const tacacs = [
  ...usageLines(global, {
    "tacacs-server administration": "Start tacacs+ daemon handling administrative messages",
    "tacacs-server directed-request [restricted] [no-truncate]":
      "Allow user to specify tacacs server to use with `@server'",
    "tacacs-server dns-alias-lookup": "Look up the alias of a server's name",
    "tacacs-server host @WORD [nat] [single-connection] [port <1-65535>] [timeout <1-1000>] [key [0 | 6 | 7] PASSWORD]":
      "Specify a TACACS server",
    "tacacs-server key [0 | 6 | 7] PASSWORD": "Set TACACS+ encryption key",
    "tacacs-server packet maxsize <10240-65536>": "Size of TACACS+ packets",
    "tacacs-server timeout <1-1000>": "Time to wait for a TACACS server to reply",
  }),
  tacacsServer,
  ...usageLines(
    { mode: tacacsServerMode, effect, words: { ...words, address: "Specify the TACACS+ server address" } },
    {
      "address ipv4 WORD": "IPv4 address or host name",
      "address ipv6 WORD": "IPv6 address or host name",
      "key [0 | 6 | 7] PASSWORD": "Per-server encryption key",
      "port <1-65535>": "TCP port of the server",
      "send-nat-address": "Tell the server our address behind translation",
      "single-connection": "One connection for all requests",
      "timeout <1-1000>": "Time to wait for this server to reply",
    },
  ),
];

export const radiusCommands = [
  ...groups,
  ...groupLines,
  ...source,
  ...radiusGlobals,
  attributeList,
  ...attributeListLines,
  filter,
  ...filterLines,
  server,
  ...serverLines,
  ...tacacs,
];
