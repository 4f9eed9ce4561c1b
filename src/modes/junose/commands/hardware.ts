/** The box as hardware and its software releases: kept and printed. Here it is a process. */

import { inert } from "../../../grammar/declaration.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { globalMode } from "../modes.ts";
import { controllerCommands } from "./controllers.ts";
import { MOST } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const chassis = { mode: globalMode, section: "system" } as const;

const noHardware = inert("there is no such hardware here");

const hardware = usageLines(
  {
    ...chassis,
    effect: noHardware,
    words: {
      bandwidth: "Configure the bandwidth of the chassis",
      mode: "Configure the mode of redundancy",
      "high-availability": "Everything stands by",
      "file-system-synchronization": "Files stand by",
      redundancy: "Configure what stands by",
      "revertive hh:mm": "When to go back",
      "lockout <>": "Slot",
      accept: "Take the module that is there",
      "slot disable": "Turn it off",
      "slot enable": "Turn it on",
      erase: "Forget it",
      "accept <>": "Slot",
      "disable <>": "Slot",
      "enable <>": "Slot",
      "erase <>": "Slot",
      "slot replace": "Expect another type of module",
      "replace <>": "Slot",
      "slot <>": "Slot",
      timing: "Configure clock sources",
      auto: "The best one",
      primary: "The first one",
      secondary: "The second one",
      tertiary: "The third one",
      internal: "The box's own oscillator",
      line: "The clock of a port",
      "ds1-external": "External clock, T1",
      "e1-external": "External clock, E1",
    },
  },
  {
    "auto-sync": "Keep the second route processor in step",
    "bandwidth oversubscription": "Admit more line modules than the fabric carries",
    "disable-autosync": "Leave the second route processor alone",
    "disable-switch-on-error": "Stay with a faulty route processor",
    "mode high-availability": "Configure high availability",
    "redundancy mode {file-system-synchronization | high-availability}": "Configure what stands by",
    "redundancy revertive [hh:mm]": "Go back to the repaired module",
    "redundancy lockout @<0-16>": "Leave a slot without a spare",
    "slot @{accept | disable | enable | erase} @<0-16>": "Configure a slot",
    "timing select {auto | primary | secondary | tertiary}": "Configure which clock source is used",
    "timing source @{primary | secondary | tertiary} {internal | line SLOT/PORT | {ds1-external | e1-external} WORD}":
      "Configure a clock source",
    "timing disable-auto-upgrade": "Stay with the worse clock source",
  },
);

/** Of these no manual tells the parameters. */
const otherHardware = keptLines(
  { ...chassis, effect: noHardware, shared: { srp: "Configure the route processors" } },
  {
    environment: "Configure the environment",
    fabric: "Configure the fabric",
    "high-availability": "Configure high availability",
    hssi: "Configure HSSI",
    pause: "Configure flow control",
    "srp switch": "Configure the switch to the other route processor",
  },
);

const releases = usageLines(
  {
    ...chassis,
    effect: inert("there is one release, and it runs"),
    words: {
      boot: "Configure what the router starts with",
      "hotfix WORD": "File of the hotfix",
      "slot <>": "Slot",
      "slot WORD": "File of the release",
      "subsystem WORD": "Name of the subsystem, then file of the release",
      none: "No hotfix",
      never: "Stay with the release whatever happens",
      "revert-tolerance <>": "Failures, then seconds in which they count",
      "revert-count <>": "Failures",
    },
  },
  {
    "boot force-backup": "Start with the backup",
    "boot hotfix {none | WORD*32}": "Hotfixes to start with",
    "boot revert-count <1-4294967295>": "Failures until the backup is started",
    "boot revert-tolerance {never | <1-4294967295> <1-4294967295>}": "Time in which failures count",
    "boot slot @<0-16> WORD": ["Release of a slot", "boot slot [@<0-16> [WORD]]"],
    "boot subsystem @WORD WORD": ["Release of a subsystem", "boot subsystem [@WORD [WORD]]"],
  },
);

/** Reason -> the lines that it is the reason of. */
const REASONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "what becomes of a crash is the host's matter": {
    "exception dump A.B.C.D [WORD]": "Configure where core dumps go",
    "exception gateway A.B.C.D": "Configure the router on the way there",
    "exception protocol ftp [WORD [KEY]]": "Send core dumps by FTP",
    "exception source A.B.C.D [MASK]": "Configure our address",
    "service ctl-x-reboot": "Reboot on Ctrl-X",
    "service unattended-password-recovery": "Recover passwords without an operator",
  },
  "the configuration is checked line by line": { "service check-config": "Check the configuration at the start" },
  "there is no such service here": {
    "service dhcp-external": "Configure the external DHCP server",
    "service dhcp-local [equal-access | standalone [authenticate]]": "Configure the local DHCP server",
    "service nat": "Configure network address translation",
  },
  "passwords of users are always printed masked": { "service password-encryption": "Print passwords masked" },
  "the host watches the memory": { "memory warning <1-100> <1-100>": "Configure when a lack of memory is told of" },
};

const system = Object.entries(REASONS).flatMap(([reason, lines]) =>
  usageLines(
    {
      ...chassis,
      effect: inert(reason),
      words: {
        authenticate: "Authenticate who asks",
        "dump WORD": "Directory",
        "equal-access": "For users of many providers",
        exception: "Configure core dumps",
        "ftp WORD": "User",
        "ftp KEY": "Password",
        memory: "Configure thresholds of memory",
        "warning <>": "Per cent: when it is told, then when it is over",
        protocol: "Configure how core dumps are sent",
        service: "Configure a service",
        standalone: "For users of this router",
      },
    },
    lines,
  ),
);

const INDEX = "<1-65535>";
const GATHERED =
  "{atm | atm1483 | ethernet | frame-relay | frame-relay-sub | hdlc | ip | mplsL2shim | mplsMajor | mplsMinor | ppp | vlan}";
const SUBTREES =
  "if-stack | if-stats @[if-create-delete-time-stats | subtreelist WORD*40 | time-offset] | policy @[subtreelist WORD*40] | qos @[export-summarized-stats | subtreelist WORD*40] | system";

const statistics = usageLines(
  {
    ...chassis,
    effect: inert("no bulk statistics are gathered"),
    words: {
      bulkstats: "Configure bulk statistics",
      " bulkstats": "Configure bulk statistics",
      collector: "Configure who gathers",
      "collector <>": "Number of the collector",
      description: "Describe the collector",
      "description LINE": "Description",
      interval: "How often statistics are gathered",
      "interval <>": "Seconds",
      "max-size": "How long a file may be",
      "max-size <>": "Octets",
      "primary-receiver": "Whom the file is sent to",
      "primary-receiver <>": "Number of the receiver",
      "secondary-receiver": "Whom it is sent to when the first one is not there",
      "secondary-receiver <>": "Number of the receiver",
      "single-interval": "Gather once",
      "collector LINE": "Parameters",
      "file-format": "Configure the form of the file",
      "endOfLine-LF": "A line feed alone ends a line",
      "interface-type": "Configure of what kinds of interfaces statistics are gathered",
      atm: "ATM",
      atm1483: "ATM 1483",
      ethernet: "Ethernet",
      "frame-relay": "Frame Relay",
      "frame-relay-sub": "Frame Relay subinterfaces",
      hdlc: "Cisco HDLC",
      "interface-type ip": "IP",
      mplsL2shim: "MPLS shim interfaces",
      mplsMajor: "MPLS major interfaces",
      mplsMinor: "MPLS minor interfaces",
      ppp: "PPP",
      vlan: "VLANs",
      receiver: "Configure who takes the file",
      "receiver <>": "Number of the receiver",
      "remote-name": "Where the file is put",
      "remote-name WORD": "Host and file",
      schema: "Configure what is gathered",
      "schema <>": "Number of the schema",
      "schema collector": "Who gathers it",
      subtree: "Which statistics",
      "if-stack": "How interfaces stand on each other",
      "if-stats": "Traffic of interfaces",
      "if-create-delete-time-stats": "Last counts of interfaces that went",
      subtreelist: "Which counts",
      "subtreelist WORD": "Name of the count, or all",
      "time-offset": "When each count was taken",
      policy: "Policies",
      qos: "Queues",
      "export-summarized-stats": "Sums over stacked VLANs and ATM paths",
      "subtree system": "The router and its modules",
      "bulkstats LINE": "Parameters",
    },
  },
  {
    [`bulkstats @{collector @${INDEX} @[description LINE | interval <1-${MOST}> | max-size <1-${MOST}> | primary-receiver ${INDEX} | secondary-receiver ${INDEX} | single-interval | LINE] | file-format endOfLine-LF | interface-type @${GATHERED} @[IFNAME] [collector ${INDEX}] | receiver @${INDEX} remote-name WORD | schema @${INDEX} @[collector ${INDEX} | subtree @{${SUBTREES}}] | LINE}`]:
      "Configure bulk statistics",
  },
);

/** Of these no manual tells the parameters, or they differ between releases. */
const OTHERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "there are no line modules to reload": {
    "reload slot": "Configure reloads of a slot",
    subsystem: "Configure a subsystem",
  },
  "there are no response time probes": { rtr: "Configure response time probes" },
  "there is no such service here": { "service disable": "Disable a service" },
  "the clock is the host's": { "set time-of-day": "Set the clock" },
};

const others = Object.entries(OTHERS).flatMap(([reason, lines]) =>
  keptLines(
    { ...chassis, effect: inert(reason), shared: { service: "Configure a service", reload: "Configure reloads" } },
    lines,
  ),
);

export const hardwareCommands = [
  ...hardware,
  ...controllerCommands,
  ...otherHardware,
  ...releases,
  ...system,
  ...statistics,
  ...others,
];
