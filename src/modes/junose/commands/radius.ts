/** RADIUS servers: kept and printed; there is no RADIUS client, and local users authenticate. */

import { ipv4, quotedWord, uint, word } from "../../../grammar/arguments.ts";
import { inert, type Mode, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { maskable } from "../masking.ts";
import { globalMode, radiusAccountingMode, radiusMode, radiusRequestMode } from "../modes.ts";
import { choice, enabled, number } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const effect = inert("there is no RADIUS client; local users authenticate");
const radius = kw("radius", "Configure the RADIUS client");
const inRouter = { mode: globalMode, scope: "virtualRouter", section: "radius", effect } as const;
const KEY_MAX = 32;

function server(service: string, opens: Mode, help: string) {
  return opener({
    ...inRouter,
    opens,
    form: [
      radius,
      kw(service, help),
      kw("server", "Configure a RADIUS server"),
      arg("address", ipv4(), "Address of the server"),
    ],
    key: ["address"],
  });
}

export const authenticationServer = server("authentication", radiusMode, "Configure authentication servers");
export const accountingServer = server("accounting", radiusAccountingMode, "Configure accounting servers");

const routeServer = server("route-download", radiusMode, "Configure servers that routes are fetched from");

/** The two kinds differ in their port and in how many requests may be outstanding. */
function serverCommands(mode: Mode, port: number, mostSessions: number) {
  return [
    setting({
      mode,
      effect,
      form: [kw("udp-port", "Configure the UDP port"), arg("port", uint(1, 65_535), "Port")],
      initial: { port },
      quiet: true,
    }),
    setting({
      mode,
      effect,
      form: [kw("key", "Configure the shared secret"), maskable("key", quotedWord({ max: KEY_MAX }), "Secret")],
    }),
    setting({
      mode,
      effect,
      form: [kw("timeout", "Configure the pause before a retry"), arg("seconds", uint(1, 1000), "Seconds")],
      initial: { seconds: 3 },
      quiet: true,
    }),
    setting({
      mode,
      effect,
      form: [kw("retransmit", "Configure the number of retries"), arg("count", uint(0, 100), "Retries")],
      initial: { count: 3 },
      quiet: true,
    }),
    setting({
      mode,
      effect,
      form: [kw("max-sessions", "Configure outstanding requests"), arg("count", uint(10, mostSessions), "Requests")],
      initial: { count: 255 },
      quiet: true,
    }),
    setting({
      mode,
      effect,
      form: [
        kw("deadtime", "Configure how long a silent server is left alone"),
        arg("minutes", uint(0, 1440), "Minutes"),
      ],
      initial: { minutes: 0 },
      quiet: true,
    }),
  ];
}

/** Servers that ask us, and those that we ask for others. */
const askingServers = [
  opener({
    ...inRouter,
    opens: radiusRequestMode,
    form: [
      radius,
      oneOf(
        [kw("dynamic-request", "Configure servers that ask us"), kw("server", "Configure a server")],
        [pick("client", { disconnect: "Configure servers that end sessions" }), kw("client", "Configure a server")],
      ),
      arg("address", ipv4(), "Address of the server"),
    ],
    key: ["client", "address"],
  }),
  opener({
    ...inRouter,
    opens: radiusRequestMode,
    form: [
      radius,
      kw("relay", "Configure the relay"),
      pick("service", { authentication: "Authentication", accounting: "Accounting" }),
      kw("server", "Configure the server of the relay"),
    ],
    key: ["service"],
  }),
  setting({
    mode: radiusRequestMode,
    effect,
    form: [kw("key", "Configure the shared secret"), maskable("key", quotedWord({ max: KEY_MAX }), "Secret")],
  }),
  ...keptLines(
    {
      mode: radiusRequestMode,
      effect,
      shared: { authorization: "Configure changes of authorization", subscriber: "Configure disconnection of users" },
    },
    {
      "authorization change": ["Obey changes of authorization", []],
      "subscriber disconnect": ["Obey disconnections of users", []],
      "udp-port": ["Configure the UDP port", [number("Port", 1, 65_535)]],
    },
  ),
];

const rest = keptLines(
  {
    ...inRouter,
    shared: {
      radius: "Configure the RADIUS client",
      pppoe: "Configure PPPoE",
      vlan: "Configure VLANs",
      "nas-port-format": "Configure the form of ports",
    },
  },
  {
    "radius acct-session-id-format": [
      "Configure the form of session identifiers",
      [choice({ decimal: "A number", description: "Interface and number" })],
    ],
    "radius calling-station-delimiter": [
      "Configure what divides the parts of the calling station",
      [arg("delimiter", quotedWord({ max: 1 }), "One character")],
    ],
    "radius calling-station-format": [
      "Configure the form of the calling station",
      [
        choice({
          delimited: "Parts with a mark between them",
          "fixed-format": "Parts of fixed length",
          "fixed-format-adapter-embedded": "Parts of fixed length, slot and adapter in one",
          "fixed-format-adapter-new-field": "Parts of fixed length, with the adapter",
        }),
        flag("stacked", "stacked", "Both tags of a VLAN"),
      ],
    ],
    "radius connect-info-format": [
      "Configure the form of connection information",
      [
        choice({
          default: "As the box does",
          "l2tp-connect-speed": "Speeds",
          "l2tp-connect-speed-rx-when-equal": "Both speeds",
        }),
      ],
    ],
    "radius ethernet-port-type": [
      "Configure the type of Ethernet ports",
      [choice({ ethernet: "Ethernet", virtual: "Virtual" })],
    ],
    "radius ignore": [
      "Ignore an attribute",
      [arg("attribute", word(), "Name of the attribute"), enabled],
      ["attribute"],
    ],
    "radius include": [
      "Send an attribute",
      [
        arg("attribute", word(), "Name of the attribute"),
        pick("request", {
          "access-request": "With authentication",
          "acct-off": "With the end of accounting",
          "acct-on": "With the beginning of accounting",
          "acct-start": "With the first record",
          "acct-stop": "With the last record",
        }),
        enabled,
      ],
      ["attribute", "request"],
    ],
    "radius override": [
      "Send other values",
      [
        oneOf(
          [
            pick("attribute", { "calling-station-id": "Who calls", "nas-port-id": "The port" }),
            pick("value", {
              "calling-station-id": "Who calls",
              "nas-port-id": "The port",
              "remote-circuit-id": "The circuit at the far end",
            }),
          ],
          [
            pick("attribute", { "nas-ip-addr": "Our address", "nas-identifier": "Our name" }),
            pick("value", { "tunnel-client-endpoint": "The end of the tunnel", "tunnel-client-auth-id": "Its name" }),
          ],
          [pick("attribute", { "nas-info": "Address and name of the virtual router that authenticates" })],
        ),
      ],
      ["attribute"],
    ],
    "radius pppoe nas-port-format unique": ["Give each PPPoE user a port", []],
    "radius remote-circuit-id-format": [
      "Configure the form of circuits",
      [
        oneOf(
          [pick("form", { "dsl-forum-1": "As the DSL Forum says" })],
          [
            many(
              "parts",
              pick("part", {
                "agent-circuit-id": "Circuit at the agent",
                "agent-remote-id": "User at the agent",
                "nas-identifier": "Our name",
              }),
              3,
            ),
          ],
        ),
      ],
    ],
    "radius rollover-on-reject": ["Ask the next server after a refusal", [enabled]],
    "radius trap": [
      "Send traps",
      [
        pick("event", {
          "acct-server-not-responding": "When an accounting server falls silent",
          "acct-server-responding": "When an accounting server answers again",
          "auth-server-not-responding": "When an authentication server falls silent",
          "auth-server-responding": "When an authentication server answers again",
          "no-acct-server-responding": "When every accounting server is silent",
          "no-auth-server-responding": "When every authentication server is silent",
        }),
        enabled,
      ],
      ["event"],
    ],
    "radius tunnel-accounting": ["Account tunnels", [enabled]],
    "radius vlan nas-port-format stacked": ["Send both tags of a VLAN", []],
  },
);

const WIDTHS = "[field-widths [slot <0-32>] [adapter <0-32>] [port <0-32>]";

const ports = usageLines(
  {
    ...inRouter,
    words: {
      radius: "Configure the RADIUS client",
      "nas-port-format": "Configure the form of ports",
      "0ssssppp": "A bit, then four bits of slot and three of port",
      ssss0ppp: "Four bits of slot, a bit, then three bits of port",
      extended: "As wide as is said here",
      atm: "Of ATM interfaces",
      ethernet: "Of Ethernet interfaces",
      "field-widths": "How many bits each part has, 32 at most in all",
      slot: "Slot",
      adapter: "Adapter",
      port: "Port",
      vpi: "Virtual path",
      vci: "Virtual channel",
      svlan: "Outer tag",
      vlan: "Inner tag",
      "slot <>": "Bits",
      "adapter <>": "Bits",
      "port <>": "Bits",
      "vpi <>": "Bits",
      "vci <>": "Bits",
      "svlan <>": "Bits",
      "vlan <>": "Bits",
    },
  },
  {
    "radius nas-port-format {0ssssppp | ssss0ppp}": "Configure the form of ports",
    [`radius nas-port-format extended @{atm ${WIDTHS} [vpi <0-32>] [vci <0-32>]] | ethernet ${WIDTHS} [svlan <0-32>] [vlan <0-32>]]}`]:
      "Configure the form of ports",
  },
);

export const radiusCommands = [
  setting({
    ...inRouter,
    form: [
      radius,
      kw("algorithm", "Configure the order of servers"),
      pick("order", { direct: "The first one first", "round-robin": "In turn" }),
    ],
    initial: { order: "direct" },
    quiet: true,
  }),
  setting({
    ...inRouter,
    form: [radius, kw("update-source-addr", "Configure the source address"), arg("address", ipv4(), "IP address")],
  }),
  setting({
    ...inRouter,
    form: [
      radius,
      kw("nas-identifier", "Configure the NAS identifier"),
      arg("identifier", quotedWord({ max: 64 }), "Identifier"),
    ],
  }),
  setting({
    ...inRouter,
    form: [
      radius,
      kw("udp-checksum", "Configure UDP checksums"),
      pick("state", { enable: "Make and check them", disable: "Neither" }),
    ],
  }),
  authenticationServer,
  routeServer,
  ...serverCommands(radiusMode, 1812, 32_000),
  accountingServer,
  ...serverCommands(radiusAccountingMode, 1813, 96_000),
  ...askingServers,
  ...ports,
  ...rest,
];
