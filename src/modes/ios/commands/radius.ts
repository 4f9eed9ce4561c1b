/** Servers that would be asked about users. None is asked: users are authenticated by this box's own list. */

import { ipv4, line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { secret } from "../../common/secret-argument.ts";
import { anyInterface } from "../arguments.ts";
import { globalMode, radiusGroupMode, radiusServerMode } from "../modes.ts";

const noRadius = inert("no RADIUS or TACACS+ server is asked; users are this box's own");
const global = { mode: globalMode, section: "radius", effect: noRadius } as const;
const port = uint(0, 65_535);
const KEY_ENCODING = {
  "0": "An unencrypted key follows",
  "6": "An encrypted key follows",
  "7": "A hidden key follows",
} as const;
const keyValue = [opt(pick("encoding", KEY_ENCODING)), arg("key", secret(line()), "The shared key")] as const;
const ports = [
  opt(kw("auth-port", "UDP port for RADIUS authentication server"), arg("authentication", port, "Port number")),
  opt(kw("acct-port", "UDP port for RADIUS accounting server"), arg("accounting", port, "Port number")),
] as const;
const timeout = [
  kw("timeout", "Time to wait for a RADIUS server to reply"),
  arg("timeout", uint(1, 1000), "Wait time (default 5 seconds)"),
] as const;
const retransmit = [
  kw("retransmit", "Specify the number of retries to active server"),
  arg("retries", uint(0, 100), "Number of retries for a transaction (default is 3)"),
] as const;

const radiusServer = kw("radius-server", "Modify RADIUS query parameters");
const serverHost = [
  radiusServer,
  kw("host", "Specify a RADIUS server"),
  arg("host", word(), "Hostname or address of the RADIUS server"),
] as const;

const host = setting({
  ...global,
  form: [
    ...serverHost,
    ...ports,
    opt(...timeout),
    opt(...retransmit),
    flag("nonStandard", "non-standard", "Parse attributes that violate the RADIUS standard"),
    opt(kw("alias", "Aliases for this server"), arg("alias", ipv4(), "IP address or name")),
    opt(
      kw("test", "Configure server automated testing"),
      kw("username", "Name to test with"),
      arg("tester", word(), "User name"),
    ),
    opt(kw("key", "Per-server encryption key"), ...keyValue),
  ],
  key: ["host", "authentication", "accounting"],
});

const sharedKey = setting({
  ...global,
  form: [radiusServer, kw("key", "Encryption key shared with the radius servers"), ...keyValue],
});

const sharedTimeout = setting({ ...global, form: [radiusServer, ...timeout], initial: { timeout: 5 } });
const sharedRetransmit = setting({ ...global, form: [radiusServer, ...retransmit], initial: { retries: 3 } });
const sharedDeadtime = setting({
  ...global,
  form: [
    radiusServer,
    kw("deadtime", "Time to stop using a server that doesn't respond"),
    arg("minutes", uint(0, 1440), "Length of time, in minutes"),
  ],
});

const server = opener({
  ...global,
  form: [
    kw("radius", "RADIUS server configuration command"),
    kw("server", "Configure a server"),
    arg("name", word(), "Name for the RADIUS server configuration"),
  ],
  key: ["name"],
  opens: radiusServerMode,
});

const inServer = { mode: radiusServerMode, effect: noRadius } as const;
const serverSettings = [
  setting({
    ...inServer,
    form: [
      kw("address", "Specify the radius server address"),
      oneOf(
        [kw("ipv4", "IPv4 address"), arg("address", word(), "IPv4 address or host name")],
        [kw("ipv6", "IPv6 address"), arg("address6", word(), "IPv6 address or host name")],
      ),
      ...ports,
    ],
  }),
  setting({
    ...inServer,
    form: [kw("key", "Per-server encryption key"), ...keyValue],
  }),
  setting({ ...inServer, form: timeout }),
  setting({ ...inServer, form: retransmit }),
  setting({
    ...inServer,
    form: [
      kw("automate-tester", "Configure server automated testing"),
      kw("username", "Name to test with"),
      arg("user", word(), "User name"),
      oneOf(
        [kw("idle-time", "Time after which the server is tested"), arg("idle", uint(1, 35_791), "Minutes")],
        [flag("probeOn", "probe-on", "Send a packet to verify the server status")],
      ),
    ],
  }),
  setting({
    ...inServer,
    form: [pick("name", { "non-standard": "Parse attributes that violate the RADIUS standard" })],
  }),
];

const group = opener({
  mode: globalMode,
  section: "aaa",
  form: [
    kw("aaa", "Authentication, Authorization and Accounting."),
    kw("group", "AAA group definitions"),
    kw("server", "AAA Server group definitions"),
    pick("protocol", { radius: "Radius server group definition", "tacacs+": "Tacacs+ server group definition" }),
    arg("name", word(), "Server-group name"),
  ],
  key: ["protocol", "name"],
  opens: radiusGroupMode,
  effect: noRadius,
});

const inGroup = { mode: radiusGroupMode, effect: noRadius } as const;
const groupSettings = [
  setting({
    ...inGroup,
    form: [
      kw("server", "Specify a server"),
      oneOf(
        [kw("name", "Name of a RADIUS server"), arg("name", word(), "Name")],
        [arg("address", ipv4(), "Name or IP address of server"), ...ports],
      ),
    ],
    key: ["name", "address", "authentication", "accounting"],
  }),
  setting({
    ...inGroup,
    form: [
      kw("server-private", "Define a private server (per group)"),
      arg("address", ipv4(), "IP address of server"),
      ...ports,
      opt(...timeout),
      opt(...retransmit),
      opt(kw("key", "Per-server encryption key"), ...keyValue),
    ],
    key: ["address", "authentication", "accounting"],
  }),
  setting({
    ...inGroup,
    form: [
      kw("deadtime", "Specify time in minutes to ignore an unresponsive server"),
      arg("minutes", uint(1, 1440), "Minutes"),
    ],
  }),
  setting({
    ...inGroup,
    form: [
      kw("ip", "Internet Protocol config commands"),
      kw("vrf", "VRF of the group"),
      kw("forwarding", "Name of the VRF"),
      arg("vrf", word(), "VRF name"),
    ],
  }),
  setting({
    ...inGroup,
    form: [
      kw("ip", "Internet Protocol config commands"),
      pick("protocol", { radius: "RADIUS configuration commands", tacacs: "TACACS configuration commands" }),
      kw("source-interface", "Specify interface for source address"),
      arg("interface", anyInterface, "Interface"),
    ],
    key: ["protocol"],
  }),
  ...keptLines(inGroup, {
    backoff: "Retry backoff pattern",
    "domain-stripping": "Strip domain names from user names",
    "key-wrap": "Key wrap of RADIUS",
    "mac-delimiter": "Delimiter of MAC addresses",
    subscriber: "Subscriber attributes",
    accounting: "Specify a RADIUS attribute filter for accounting",
    attribute: "Customize selected radius attributes",
    authorization: "Specify a RADIUS attribute filter for authorization",
    cache: "cached DB profile configuration",
    "load-balance": "Server group load-balancing options",
    throttle: "Throttle requests",
  }),
];

const sourceInterface = setting({
  ...global,
  form: [
    kw("ip", "Global IP configuration subcommands"),
    pick("protocol", { radius: "RADIUS configuration commands", tacacs: "TACACS configuration commands" }),
    kw("source-interface", "Specify interface for source address in packets to servers"),
    arg("interface", anyInterface, "Interface"),
    opt(kw("vrf", "VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
  ],
  key: ["protocol", "vrf"],
});

export const radiusCommands = [
  group,
  ...groupSettings,
  sourceInterface,
  ...keptLines(
    { ...global, shared: { "radius-server": radiusServer.help } },
    {
      "radius-server attribute": "Customize selected radius attributes",
      "radius-server vsa": "Vendor specific attribute configuration",
    },
  ),
  ...keptLines(
    { ...global, single: true, shared: { "radius-server": radiusServer.help } },
    {
      "radius-server accounting": "Accounting information configuration",
      "radius-server backoff": "Retry backoff pattern",
      "radius-server data-port": "Port of static routes",
      "radius-server extended-portnames": "Extended format of port names",
      "radius-server authorization": "Authorization processing information",
      "radius-server challenge-noecho": "Data echoing to screen is disabled during Access-Challenge",
      "radius-server configure-nas": "Attempt to upload static routes and IP pools at startup",
      "radius-server dead-criteria": "Set the criteria used to decide when a radius server is marked dead",
      "radius-server directed-request": "Allow user to specify radius server to use with `@server'",
      "radius-server domain-stripping": "Strip the domain from the username",
      "radius-server load-balance": "Radius load-balancing options",
      "radius-server optional-passwords": "The first RADIUS request can be made without requesting a password",
      "radius-server retry": "Specify how the next packet is sent after timeout",
      "radius-server source-ports": "Source ports used for sending out RADIUS requests",
      "radius-server throttle": "Throttle requests to radius server",
      "radius-server transaction": "Specify per-transaction parameters",
      "radius-server unique-ident": "Higher order bits of Acct-Session-Id",
    },
  ),
  host,
  sharedTimeout,
  sharedRetransmit,
  sharedDeadtime,
  sharedKey,
  server,
  ...serverSettings,
  ...keptLines(
    { ...global, secret: true },
    {
      "tacacs-server host": "Specify a TACACS server",
      "tacacs-server key": "Set TACACS+ encryption key",
      "tacacs server": "Configure a server",
    },
  ),
  ...keptLines(
    { ...global, single: true },
    {
      "tacacs-server administration": "Start tacacs+ daemon handling administrative messages",
      "tacacs-server directed-request": "Allow user to specify tacacs server to use with `@server'",
      "tacacs-server packet": "Modify TACACS+ packet options",
      "tacacs-server timeout": "Time to wait for a TACACS server to reply",
    },
  ),
];
