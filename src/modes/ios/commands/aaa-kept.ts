/** Authentication, authorization and accounting: what concerns servers, and the words of logins. Kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import {
  aaaAttributeListMode,
  aaaCacheMode,
  aaaUserMode,
  dynamicAuthorMode,
  globalMode,
  passwordPolicyMode,
} from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const noneElsewhere = inert("nothing is authorized or accounted elsewhere");
const words = {
  aaa: "Authentication, Authorization and Accounting.",
  accounting: "Accounting configurations parameters.",
  all: "For all sessions",
  always: "Of every session",
  any: "One of them is enough",
  attempts: "Number of login attempts",
  "attempts login": "Set the maximum number of login attempts",
  attribute: "AAA attribute definitions",
  authentication: "Authentication configurations parameters.",
  "auth-type": "What a client must prove",
  authorization: "List of AAA that is asked",
  broadcast: "Use Broadcast for Accounting",
  cache: "AAA cache definitions",
  configuration: "Authorization configuration parameters.",
  counters: "Counters",
  default: "The default list.",
  disable: "Where it is disabled",
  dnis: "Associate certain AAA parameters to a specific DNIS number",
  domain: "Domains of user names",
  "dynamic-author": "Local server for RFC 3576 support",
  "extended-delay": "Seconds to wait for the address of the other family",
  failure: "Of users who were refused",
  group: "Use Server-group",
  "group WORD": "Name of the group",
  include: "Include attributes in accounting records unconditionally",
  "auth-profile": "Of the profile of the user",
  "delivered-address": "Address that was given",
  "framed-ip-address": "Framed-IP-Address",
  "framed-ipv6-address": "Framed-IPv6-Address",
  "framed-ipv6-prefix": "Framed-IPv6-Prefix",
  "interface-config": "Lines of interfaces",
  ipv6: "Of IPv6",
  jitter: "Set the jitter of interim records",
  key: "Key of the profile",
  list: "Configure a list",
  local: "AAA Local method options",
  lifetime: "How long a password is good",
  map: "Map",
  maximum: "Longest",
  memory: "Thresholds of memory",
  mandatory: "Refuse users where it cannot be met",
  method: "Method",
  nas: "NAS specific configuration",
  network: "For network services",
  newinfo: "Only when there is something new",
  nested: "When starting PPP from EXEC, generate NETWORK records before EXEC-STOP record.",
  password: "Configure password strength",
  "common-criteria": "Rules for passwords",
  none: "No accounting.",
  retransmission: "Requests that come again",
  "stop-only": "Record stop when service terminates.",
  traceback: "Traceback recording",
  "config-username": "User whose configuration is downloaded",
  periodic: "At regular intervals, in minutes",
  pod: "POD processing",
  policy: "Policies of AAA",
  "policy-device": "Server of policies",
  pool: "Pools that are downloaded",
  port: "Port number",
  ppp: "For PPP",
  profile: "Profile",
  protocol: "Protocol",
  proxy: "Proxy of RADIUS",
  radius: "RADIUS",
  redundancy: "AAA platform redundancy accounting",
  "best-effort-reuse": "Go on with the old session",
  "new-session": "A new session",
  reject: "Where users are refused",
  "remote-server": "By a server",
  "right-to-left": "Look for the delimiter from the right",
  route: "Static routes from AAA",
  "send-interim": "Send an interim record",
  "suppress system-records": "Send no records of the box itself",
  "system-records": "Records of the box itself",
  send: "Send records to accounting server.",
  server: "Local AAA server",
  "server-key": "Shared secret",
  service: "Service",
  "service-profile": "Service profiles",
  sesm: "Subscriber Edge Services Manager",
  "session-duration": "Set the preference for calculating session durations",
  "session-key": "The session's key",
  "ignore session-key": "Do not look at the session's key",
  "start-stop": "Record start and stop without waiting",
  stop: "Stop records",
  "stop-record": "Stop records",
  success: "Of users who were let in",
  stripping: "Take the domain away",
  suppress: "Leave out",
  system: "For system events",
  tag: "Tag of the attribute",
  threshold: "Percentage of memory that is free",
  type: "Type of the attribute",
  user: "AAA user definitions",
  username: "Name of user",
  vrf: "VPN Routing/Forwarding instance",
  "vrf WORD": "VRF name",
  "0": "An unencrypted key follows",
  "6": "An encrypted key follows",
  "7": "A hidden key follows",
  day: "In days",
  hour: "In hours",
  minute: "In minutes",
  month: "In months",
  second: "In seconds",
  year: "In years",
  clid: "By the number that calls",
  clients: "Clients that may ask",
  enable: "Look for numbers in the map",
  extended: "Extended format",
  encrypted: "Kept encrypted",
} as const;
const inWords = { mode: globalMode, section: "aaa", words } as const;
const byName = inert("logins are asked in words of their own here");
const noServer = inert("no RADIUS or TACACS+ server is asked, and none asks this box");

const attributeList = usageOpener(
  { ...inWords, effect: noneElsewhere, opens: aaaAttributeListMode },
  "aaa attribute list @WORD",
  "Configure a list",
);
const cacheProfile = usageOpener(
  { ...inWords, effect: noneElsewhere, opens: aaaCacheMode },
  "aaa cache profile @WORD",
  "Profile of what is kept",
);
const passwordPolicy = usageOpener(
  { ...inWords, effect: byName, opens: passwordPolicyMode, words: { ...words, policy: "Rules for passwords" } },
  "aaa common-criteria policy @WORD",
  "Rules for passwords",
);
const dynamicAuthor = usageOpener(
  { ...inWords, effect: noServer, opens: dynamicAuthorMode },
  "aaa server radius dynamic-author",
  "Local server for RFC 3576 support",
);
const userProfile = usageOpener(
  { ...inWords, effect: noneElsewhere, opens: aaaUserMode },
  "aaa user profile @WORD",
  "Profile of a user",
);
const KEY_TEXT = "[0 | 6 | 7] KEY";

export const aaaKept = [
  ...usageLines(
    {
      ...inWords,
      effect: inert("tables of sessions grow by themselves; vpdn session-limit says how many there may be"),
    },
    { "aaa max-sessions <1024-64000>": "Adjust initial hash size for estimated max sessions" },
  ),
  ...usageLines(
    { ...inWords, effect: byName },
    {
      "aaa authentication attempts login <1-25>": "Set the maximum number of login attempts",
      "aaa authentication banner LINE": "Message to use when starting login/authentication.",
      "aaa authentication fail-message LINE": "Message to use for failed login/authentication.",
      "aaa authentication password-prompt LINE": "Text to use when prompting for a password",
      "aaa authentication username-prompt LINE": "Text to use when prompting for a username",
      "aaa authentication suppress null-username": "Do not send access request for users without a name",
      "aaa local authentication {default | WORD} authorization {default | WORD}": "Local method of a list",
      "aaa password restriction": "Configure password strength",
    },
  ),
  passwordPolicy,
  ...usageLines(
    { mode: passwordPolicyMode, effect: byName, words },
    {
      "char-changes <1-64>": "Characters that must change",
      "copy WORD": "Take the rules of another policy",
      "lifetime @{day <1-1000> | hour <1-24> | minute <1-60> | month <1-12> | second <1-60> | year <1-100>}":
        "How long a password is good",
      "lower-case <0-64>": "Number of small letters",
      "max-length <1-127>": "Longest password",
      "min-length <1-127>": "Shortest password",
      "numeric-count <0-64>": "Number of digits",
      "special-case <0-64>": "Number of special characters",
      "upper-case <0-64>": "Number of capital letters",
    },
  ),
  attributeList,
  ...usageLines(
    { mode: aaaAttributeListMode, effect: noneElsewhere, words },
    {
      "attribute type @WORD WORD [service WORD [protocol WORD] [mandatory] [tag <1-31>]]": "Attribute and its value",
    },
  ),
  cacheProfile,
  ...usageLines(
    {
      mode: aaaCacheMode,
      effect: noneElsewhere,
      words: {
        ...words,
        any: "Users whom any server let in",
        "no-auth": "Without asking",
        only: "The first that matches",
      },
    },
    {
      "all [no-auth]": "All users",
      "profile @WORD [no-auth]": "One user",
      "regexp @WORD {any | only} [no-auth]": "Users whose name matches",
    },
  ),
  dynamicAuthor,
  ...usageLines(
    { mode: dynamicAuthorMode, effect: noServer, words },
    {
      "auth-type {all | any | session-key}": "What a client must prove",
      [`client @WORD [vrf @WORD] [server-key ${KEY_TEXT}]`]: "Client that may ask",
      "domain delimiter WORD": "Characters that divide user and domain",
      "domain stripping [right-to-left]": "Take the domain away",
      "ignore @{retransmission | server-key | session-key}": "What is not looked at",
      "port <0-65535>": "Port to listen on",
      [`server-key ${KEY_TEXT}`]: "Shared secret",
    },
  ),
  userProfile,
  ...usageLines(
    { mode: aaaUserMode, effect: noneElsewhere, words },
    { "aaa attribute @{clid | dnis} [WORD]": "Number of the caller" },
  ),
  ...usageLines(
    { ...inWords, effect: noneElsewhere },
    {
      "aaa accounting delay-start [all] [extended-delay <1-2>] [vrf WORD]":
        "Delay PPP Network start record until peer IP address is known.",
      "aaa accounting gigawords": "64 bit interface counters to support Radius attributes 52 & 53.",
      "aaa accounting include auth-profile @{delivered-address | framed-ip-address | framed-ipv6-address | framed-ipv6-prefix}":
        "Of the profile of the user",
      "aaa accounting jitter maximum <0-2147483>": "Set the jitter of interim records",
      "aaa accounting nested [suppress stop]":
        "When starting PPP from EXEC, generate NETWORK records before EXEC-STOP record.",
      "aaa accounting redundancy {best-effort-reuse [send-interim] | new-session | suppress system-records}":
        "AAA platform redundancy accounting",
      "aaa accounting send @{counters ipv6 | stop-record @{always | authentication @{failure [vrf WORD] | success remote-server [vrf WORD]}}}":
        "Send records to accounting server.",
      "aaa accounting session-duration ntp-adjusted": "From the time that NTP tells",
      "aaa accounting suppress null-username": "Not of users without a name",
      "aaa accounting system guarantee-first": "Record of the box before all others",
      "aaa accounting update [newinfo] [periodic <1-71582> [jitter maximum <0-2147483>]]":
        "Enable accounting update records.",
      "aaa configuration @{config-username | pool | route} username WORD [password [0 | 7] KEY]":
        "Authorization configuration parameters.",
      "aaa dnis map enable": "Look for numbers in the map",
      "aaa dnis map @WORD {accounting network [none | start-stop | stop-only] group WORD | authentication ppp group WORD | authorization network group WORD}":
        "Number that was called",
      "aaa memory threshold @{accounting disable <1-15> | authentication reject <2-15>}":
        "Percentage of memory that is free",
      "aaa nas port extended": "Extended format",
      "aaa nas redirected-station": "Number that a call was redirected from",
      [`aaa pod server [clients A.B.C.D*4] [port <1-65535>] [auth-type {all | any | session-key}] server-key ${KEY_TEXT}`]:
        "Disconnect users when a server says so",
      "aaa policy interface-config allow-subinterface": "Lines of interfaces leave a subinterface what it is",
      "aaa route download [<1-1440>] [authorization WORD]": "Static routes from AAA, every so many minutes",
      "aaa server radius @{policy-device | proxy | sesm}": "Local AAA server",
      "aaa service-profile key username-with-nasport": "Key of the profile",
      "aaa traceback recording": "Traceback recording",
    },
  ),
];
