/** Services of the box that lnsh has no use for, or leaves to its host: kept and printed. */

import { line, quotedWord, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { secret } from "../../common/secret-argument.ts";
import { nameOf } from "../arguments.ts";
import { globalMode, l2cMode, lineMode } from "../modes.ts";
import { address, aName, anInterface, choice, MOST, number, text } from "./kept-parameters.ts";

const chassis = { mode: globalMode, section: "system" } as const;
const inRouter = { mode: globalMode, scope: "virtualRouter", section: "services" } as const;
const ip = "Configure IP";

const hostClock = inert("the clock is the host's");
const clock = kw("clock", "Configure the system clock");

const clockTimezone = setting({
  ...chassis,
  form: [
    clock,
    kw("timezone", "Configure the time zone"),
    arg("zone", nameOf(32), "Name of the zone"),
    arg("hours", shaped("HOURS", /^-?(?:\d|1\d|2[0-3])$/), "Hours from UTC, -23 to 23"),
    opt(arg("minutes", uint(0, 59), "Minutes from UTC")),
  ],
  effect: inert("times are printed in UTC"),
});

const clockSummerTime = keptLines(
  { ...chassis, effect: inert("times are printed in UTC"), shared: { clock: "Configure the system clock" } },
  {
    "clock summer-time": [
      "Configure summer time",
      [
        arg("zone", nameOf(32), "Name of the zone"),
        pick("manner", { date: "Between two dates", recurring: "Each year" }),
        opt(arg("text", line(), "When it begins and ends")),
      ],
    ],
  },
);

const timeProtocols = [
  ...keptLines(
    { ...inRouter, effect: hostClock, shared: { ntp: "Configure the Network Time Protocol" } },
    {
      "ntp access-group": [
        "Configure who may ask",
        [
          pick("right", {
            peer: "All",
            "query-only": "Control queries",
            serve: "Time and queries",
            "serve-only": "Time",
          }),
          aName,
        ],
        ["right"],
      ],
      "ntp broadcast-client": ["Listen to broadcasts", []],
      "ntp broadcast-delay": ["Configure the delay of broadcasts", [number("Microseconds", 0, 999_999)]],
      "ntp disable": ["Ignore an interface", []],
      "ntp enable": ["Set the clock by NTP", []],
      "ntp master": ["Be a source of time", [opt(number("Stratum", 1, 15))]],
      "ntp server": ["Configure a server", [address, opt(arg("text", line(), "Parameters"))], ["address"]],
      "ntp source": ["Configure the source address", [anInterface]],
    },
  ),
  ...keptLines({ ...inRouter, effect: hostClock }, { sntp: "Configure the Simple Network Time Protocol" }),
];

const snmp = keptLines(
  {
    ...inRouter,
    effect: inert("there is no SNMP agent"),
    shared: { "snmp-server": "Configure the SNMP agent" },
  },
  {
    "snmp-server": ["Configure the SNMP agent", []],
    "snmp-server clear-table": "Configure how tables are cleared",
    "snmp-server community": [
      "Configure a community",
      [
        aName,
        opt(kw("view", "What it may see"), arg("view", nameOf(64), "Name of the view")),
        opt(pick("right", { admin: "Everything", ro: "Read", rw: "Read and write" })),
        opt(arg("list", nameOf(64), "Access list of who may ask")),
      ],
      ["name"],
    ],
    "snmp-server contact": "Configure whom to ask",
    "snmp-server enable": "Send traps",
    "snmp-server group": "Configure a group",
    "snmp-server host": [
      "Configure a receiver of traps",
      [address, opt(arg("text", line(), "Parameters"))],
      ["address"],
    ],
    "snmp-server interfaces": "Configure the table of interfaces",
    "snmp-server location": "Configure where the router stands",
    "snmp-server management-virtual-router": ["Configure the virtual router of the agent", [aName]],
    "snmp-server notificationLog": "Configure the log of notifications",
    "snmp-server packetsize": ["Configure the largest packet", [number("Octets", 484, 8192)]],
    "snmp-server proxy": "Configure a proxy",
    "snmp-server secure-log": ["Keep secrets out of the log", []],
    "snmp-server trap-source": ["Configure the source of traps", [anInterface]],
    "snmp-server trap-proxy": "Configure the proxy of traps",
    "snmp-server user": "Configure a user",
    "snmp-server view": [
      "Configure a view",
      [aName, text("Subtree"), choice({ excluded: "Without it", included: "With it" })],
      ["name", "text"],
    ],
  },
);

/** A name for an address, and how files are fetched from there. */
const host = setting({
  ...inRouter,
  form: [
    kw("host", "Configure a name of a remote host"),
    arg("name", nameOf(64), "Name of the host"),
    oneOf(
      [arg("address", shaped("A.B.C.D", /^\d{1,3}(?:\.\d{1,3}){3}$/), "Address of the host")],
      [pick("local", { ftp: "Copy files by FTP", tftp: "Copy files by TFTP" })],
    ),
    opt(
      pick("protocol", { ftp: "Copy files by FTP", tftp: "Copy files by TFTP", rcp: "Copy files by RCP" }),
      opt(arg("user", quotedWord({ max: 64 }), "User"), opt(arg("password", quotedWord({ max: 64 }), "Password"))),
    ),
  ],
  key: ["name"],
  effect: inert("files are copied on the host"),
});

const access = keptLines(
  {
    ...inRouter,
    effect: inert("who may start a session decides who may log in"),
    shared: { ip, telnet: "Configure Telnet", listen: "Listen", "ftp-server": "Configure the FTP server" },
  },
  {
    "ftp-server enable": ["Let files be fetched by FTP", []],
    "ip ftp": "Configure the FTP client",
    "ip http": "Configure the web server",
    "ip telnet": "Configure Telnet",
    "ip tftp": "Configure the TFTP client",
    "telnet listen port": ["Listen on a port", [number("Port", 1, 65_535)]],
  },
);

const tacacs = keptLines(
  {
    ...inRouter,
    effect: inert("there is no TACACS+ client"),
    secret: true,
    shared: { "tacacs-server": "Configure TACACS+ servers" },
  },
  {
    "tacacs-server host": [
      "Configure a server",
      [address, opt(arg("text", secret(line()), "Parameters"))],
      ["address"],
    ],
    "tacacs-server key": ["Configure the secret of all servers", [arg("key", secret(line()), "Secret")]],
    "tacacs-server source-address": ["Configure our address", [address]],
    "tacacs-server timeout": ["Configure how long to wait", [number("Seconds", 1, 255)]],
  },
);

const lan = keptLines(
  {
    ...inRouter,
    effect: inert("addresses come from local pools and names are not looked up"),
    shared: { ip },
  },
  {
    "ip dhcp-capture": "Watch DHCP",
    "ip dhcp-external": "Configure the external DHCP server",
    "ip dhcp-local": "Configure the local DHCP server",
    "ip dhcp-server": "Configure a DHCP server",
    "ip domain-lookup": "Look names up",
    "ip host": "Configure a name",
    "set dhcp": "Configure the DHCP relay",
  },
);

const translation = keptLines(
  { ...inRouter, effect: inert("addresses are not translated here"), shared: { ip } },
  { "ip nat": "Configure network address translation", "ip firewall": "Configure the firewall" },
);

const ipRest = keptLines(
  { ...inRouter, effect: inert("the host's stack decides this"), shared: { ip } },
  {
    "ip bgp-community new-format": ["Print communities in two parts", []],
    "ip debounce-time": ["Configure how long an interface must stand", [number("Milliseconds", 0, 60_000)]],
    "ip disable-forwarding": ["Forward nothing", []],
    "ip dynamic-interface-prefix": "Configure names of dynamic interfaces",
    "ip explicit-path": "Configure an explicit path",
    "ip icmp": "Configure ICMP",
    "ip maximum-routes": "Configure how many routes there may be",
    "ip multipath": "Configure how equal paths are used",
    "ip path-mtu-discovery": ["Configure path MTU discovery", []],
    "ip route-limit": "Configure how many routes there may be",
    "ip source-route": ["Obey source routes", []],
    "ip tcp path-mtu-discovery": "Configure path MTU discovery of TCP",
    "ip ttl": ["Configure the time to live", [number("Hops", 1, 255)]],
    "ip tunnel": "Configure tunnels",
    "ip update-source": "Configure the source address",
    "ip vpn": "Configure a VPN",
    arp: [
      "Configure a static ARP entry",
      [
        address,
        anInterface,
        text("Hardware address"),
        flag("validate", "validate", "Check who sends from the address"),
      ],
      ["address"],
    ],
    icmp: "Configure ICMP",
  },
);

const hardware = keptLines(
  {
    ...chassis,
    effect: inert("there is no such hardware here"),
    shared: { redundancy: "Configure redundancy", timing: "Configure clock sources" },
  },
  {
    "auto-sync": ["Keep the second route processor in step", []],
    "bandwidth oversubscription": ["Admit more line modules than the fabric carries", []],
    controller: "Configure a controller",
    "disable-autosync": ["Leave the second route processor alone", []],
    "disable-switch-on-error": ["Stay with a faulty route processor", []],
    environment: "Configure the environment",
    fabric: "Configure the fabric",
    "high-availability": "Configure high availability",
    hssi: "Configure HSSI",
    "mode high-availability": ["Configure high availability", []],
    pause: "Configure flow control",
    "redundancy mode": [
      "Configure what stands by",
      [choice({ "file-system-synchronization": "Files", "high-availability": "Everything" })],
    ],
    "redundancy revertive": ["Go back to the repaired module", [opt(arg("time", word(), "Time of day"))]],
    "redundancy lockout": ["Leave a slot without a spare", [number("Slot", 0, 16)], ["number"]],
    slot: [
      "Configure a slot",
      [
        choice({
          accept: "Take the module that is there",
          disable: "Turn it off",
          enable: "Turn it on",
          erase: "Forget it",
        }),
        number("Slot", 0, 16),
      ],
      ["choice", "number"],
    ],
    "srp switch": "Configure the switch to the other route processor",
    "timing select": [
      "Configure which clock source is used",
      [
        choice({
          auto: "The best one",
          primary: "The first one",
          secondary: "The second one",
          tertiary: "The third one",
        }),
      ],
    ],
    "timing source": [
      "Configure a clock source",
      [
        choice({ primary: "The first one", secondary: "The second one", tertiary: "The third one" }),
        opt(arg("text", line(), "Where it comes from")),
      ],
      ["choice"],
    ],
    "timing disable-auto-upgrade": ["Stay with the worse clock source", []],
  },
);

/** Reason -> the lines that it is the reason of. */
const SYSTEM_LINES: Readonly<Record<string, Parameters<typeof keptLines>[1]>> = {
  "no bulk statistics are gathered": { bulkstats: "Configure bulk statistics" },
  "what becomes of a crash is the host's matter": {
    "exception dump": ["Configure where core dumps go", [address, opt(text("Directory"))]],
    "exception protocol ftp": ["Send core dumps by FTP", [opt(aName, opt(text("Password, or null")))]],
    "exception source": "Configure the source of core dumps",
    "service ctl-x-reboot": ["Reboot on Ctrl-X", []],
    "service unattended-password-recovery": ["Recover passwords without an operator", []],
  },
  "interfaces are named in one way": {
    "interface-description-format": [
      "Configure how interfaces are named",
      [choice({ common: "As the box names them", industry: "As others name them" })],
    ],
  },
  "no rates are averaged": {
    "load-interval": ["Configure over what time rates are averaged", [number("Seconds", 30, 300)]],
  },
  "there are no macros": { macro: "Configure a macro" },
  "the host watches the memory": { memory: "Configure thresholds of memory" },
  "there are no line modules to reload": {
    "reload slot": "Configure reloads of a slot",
    subsystem: "Configure a subsystem",
  },
  "there are no response time probes": { rtr: "Configure response time probes" },
  "the configuration is checked line by line": { "service check-config": ["Check the configuration at the start", []] },
  "there is no such service here": {
    "service dhcp-external": ["Configure the external DHCP server", []],
    "service dhcp-local": "Configure the local DHCP server",
    "service disable": "Disable a service",
    "service nat": ["Configure network address translation", []],
  },
  "the clock is the host's": { "set time-of-day": "Set the clock" },
};

const system = Object.entries(SYSTEM_LINES).flatMap(([reason, lines]) =>
  keptLines(
    {
      ...chassis,
      effect: inert(reason),
      shared: {
        service: "Configure a service",
        exception: "Configure core dumps",
        protocol: "Configure how core dumps are sent",
      },
    },
    lines,
  ),
);

const passwords = keptLines(
  {
    ...chassis,
    effect: inert("passwords of users are always printed masked"),
    shared: { service: "Configure a service" },
  },
  { "service password-encryption": ["Print passwords masked", []] },
);

const words = keptLines(
  { ...chassis, effect: inert("commands go by their own names") },
  { alias: "Configure another name of a command" },
);

const ofCommands = oneOf(
  [pick("what", { exec: "Sessions", "config-commands": "Configuration" })],
  [kw("commands", "Commands of a level"), arg("level", uint(0, 15), "Privilege level")],
);

const onLines = keptLines(
  {
    mode: lineMode,
    effect: inert("who may start a session decides who may log in"),
    shared: { timeout: "Configure timeouts", login: "Of the login" },
  },
  {
    accounting: ["Configure accounting", [ofCommands, opt(aName)], ["what", "level"]],
    authorization: ["Configure authorization", [ofCommands, opt(aName)], ["what", "level"]],
    "dsr-detect": ["Watch the modem", []],
    "timeout login response": ["Configure how long a login may take", [number("Seconds", 0, 300)]],
    transport: "Configure the protocols",
  },
);

const l2cEffect = inert("there is no ANCP here");

const l2c = opener({ ...chassis, opens: l2cMode, form: [kw("l2c", "Configure ANCP")], effect: l2cEffect });

const inL2c = keptLines(
  { mode: l2cMode, effect: l2cEffect },
  {
    "adjacency-timer": ["Configure the adjacency timer", [number("Tenths of a second", 1, 255)]],
    "adjacency-loss-as-oos": ["Take a lost neighbor for out of service", []],
    "gsmp-syn-timeout": ["Configure how long to wait for the neighbor", [number("Seconds", 0, 65_535)]],
    id: "Configure the identifier",
    "max-branches": ["Configure how many branches there may be", [number("Branches", 1, MOST)]],
    "max-discovery-table-entries": ["Configure how many entries there may be", [number("Entries", 1, MOST)]],
    neighbor: ["Configure a neighbor", [aName], ["name"]],
    "qos-adaptive-mode": ["Follow the rate of the line", []],
    "session-timeout": ["Configure how long a session may be silent", [number("Seconds", 1, 65_535)]],
    source: "Configure the source",
    "wait-for-gsmp-syn": ["Wait for the neighbor", []],
  },
);

export const serviceCommands = [
  clockTimezone,
  ...clockSummerTime,
  ...hardware,
  ...system,
  ...passwords,
  ...words,
  ...onLines,
  l2c,
  ...inL2c,
  ...timeProtocols,
  ...snmp,
  host,
  ...access,
  ...tacacs,
  ...lan,
  ...translation,
  ...ipRest,
];
