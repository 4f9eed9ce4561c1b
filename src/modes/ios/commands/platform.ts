/** The box as a machine: images, memory, licences, processors and parts of it. There are none here: kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { globalMode, redundancyMode } from "../modes.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const global = { mode: globalMode } as const;
const noBox = inert("there is no such part in this process");
const noBoot = inert("nothing is booted from here");

const bootLines = usageLines(
  {
    ...global,
    section: "boot",
    effect: noBoot,
    words: {
      boot: "Modify system boot parameters",
      flash: "From flash",
      ftp: "By FTP",
      host: "Host-specific configuration file",
      mop: "From a MOP server",
      network: "Network-wide configuration file",
      nvbypass: "Ignore the one that is stored",
      rcp: "By rcp",
      rom: "From ROM",
      tftp: "By TFTP",
      "system WORD": "File, with the place where it is",
      "config WORD": "File, with the place where it is",
      "config-register WORD": "Value of the configuration register, in hexadecimal",
    },
  },
  {
    "config-register WORD": "Define the configuration register",
    "boot bootldr WORD": "Boot loader image",
    "boot bootstrap @{WORD | flash WORD | tftp WORD [A.B.C.D]}": "Bootstrap image",
    "boot config WORD [nvbypass]": "Configuration file",
    "boot @{host | network} @{ftp WORD [A.B.C.D] | rcp WORD [A.B.C.D] | tftp WORD [A.B.C.D] | WORD}":
      "Configuration file of the network",
    "boot system @{flash [@WORD] | ftp @WORD [@A.B.C.D] | mop @WORD | rcp @WORD [@A.B.C.D] | rom | tftp @WORD [@A.B.C.D] | WORD [@WORD]}":
      "System image",
  },
);

const memoryLines = usageLines(
  {
    ...global,
    section: "clock",
    effect: noBox,
    words: {
      critical: "For what must not fail",
      dot11: "IEEE 802.11",
      aim: "Module on the board",
      "network-clock-participate": "Modules that share a clock",
      "network-clock-select": "Sources of the clock by preference",
      slot: "Slot",
      wic: "Interface card",
      free: "Free memory low water mark",
      io: "I/O memory",
      iomem: "Percentage of memory for I/O",
      "low-watermark": "Free memory low water mark",
      memory: "Configure memory management",
      mmi: "Management interface",
      processor: "Processor memory",
      reserve: "Reserve memory",
      statistics: "Statistics",
      history: "What was",
      table: "Hours",
      console: "For the console",
    },
  },
  {
    "dot11 syslog": "Messages of access points",
    "network-clock-select @<1-4> WORD SLOT": "Sources of the clock by preference",
    "memory free low-watermark @{io | processor} <1-4294967295>": "Free memory low water mark",
    "memory reserve @{console | critical} <1-65536>": "Reserve memory",
    "memory statistics history table <12-72>": "Hours of statistics",
    "memory-size iomem <0-50>": "Percentage of memory for I/O",
    "mmi @{auto-configure | polling-interval <0-86400> | pvc | snmp-timeout <0-86400>}": "Management interface",
  },
);

const licenseLines = usageLines(
  {
    ...global,
    section: "license",
    effect: inert("there is nothing to license"),
    words: {
      accept: "Accept the licence agreement",
      disable: "Do not use it",
      enable: "Use licences",
      end: "Licence agreement",
      level: "Level",
      license: "Configure license features",
      module: "Module",
      pid: "Product identifier",
      smart: "Smart licensing",
      "technology-package": "Technology package",
      transport: "How the licence server is reached",
      user: "User",
      callhome: "By call-home",
      off: "Not at all",
      url: "Address of the licence server",
      default: "The one that is built in",
      suite: "Suite",
    },
  },
  {
    "license accept end user agreement": "Accept the licence agreement",
    "license boot @{level @WORD [disable] | module @WORD @{technology-package | level | suite} @WORD [disable] | suite @WORD}":
      "Boot level of licence",
    "license feature @WORD": "Feature that is licensed",
    "license smart @{reservation | transport {callhome | off | smart} | url {WORD | default} | usage interval <1-3650>}":
      "Smart licensing",
    "license udi pid @WORD sn @WORD": "Unique device identifier",
  },
);

const redundancy = usageOpener(
  { ...global, section: "redundancy", opens: redundancyMode, effect: inert("this process has no standby") },
  "redundancy [@inter-device]",
  "Enter redundancy mode",
);

const inRedundancy = usageLines(
  {
    mode: redundancyMode,
    effect: noBox,
    words: {
      bootvar: "Boot variables",
      "config-register": "Configuration register",
      none: "None",
      rpr: "Route processor redundancy",
      "rpr-plus": "Route processor redundancy plus",
      sso: "Stateful switchover",
      "startup-config": "Startup configuration",
    },
  },
  {
    "auto-sync {bootvar | config-register | standard | startup-config}*3": "What is kept alike",
    "main-cpu": "Main CPU",
    "mode {none | rpr | rpr-plus | sso}": "Redundancy mode",
    "scheme standby WORD": "Scheme of redundancy",
    "security ipsec WORD": "Protect it by IPsec",
    "inter-device": "Between devices",
    "notification-timer <0-30000>": "Milliseconds before a switchover is told",
  },
);

const schedulerLines = usageLines(
  {
    ...global,
    section: "scheduler",
    effect: inert("the operating system schedules"),
    words: {
      autoprofile: "Take profiles by itself",
      cpu: "CPU settings",
      falling: "Below so much",
      interrupt: "In interrupts",
      interval: "Seconds between",
      limit: "Entries at most",
      size: "Seconds that are kept",
      poll: "In the poller",
      process: "Processes",
      rising: "Above so much",
      scheduler: "Scheduler parameters",
      statistics: "Statistics",
      threshold: "Thresholds",
      total: "In all",
      "allocate <>": "Microseconds for switching, and for processes",
    },
  },
  {
    "process cpu autoprofile hog": "Take profiles of hogs",
    "process cpu statistics limit entry-percentage <1-100> [size <5-86400>]": "Processes that are remembered",
    "process cpu threshold type @{interrupt | process | total} rising <1-100> interval <5-86400> [falling <1-100> interval <5-86400>]":
      "Thresholds",
    "process-max-time <20-200>": "Maximum time for process to run before voluntarily relinquishing processor",
    "scheduler allocate <400-60000> <100-4000>": "Guarantee CPU time for processes",
    "scheduler heapcheck {poll | process [memory]}": "Check the heap",
    "scheduler interrupt mask @{profile | size <1-4294967295> | time <0-4294967295>}": "Masks of interrupts",
    "scheduler interval <0-100000>": "Maximum interval before running lowest priority processes",
    "scheduler max-sched-time <100-1000>": "Maximum time of a round",
    "scheduler max-task-time <0-4294967295>": "Maximum time any process can hold CPU",
    "scheduler timercheck @{process | system}": "Check timers",
  },
);

const partLines = usageLines(
  {
    ...global,
    section: "scheduler",
    effect: noBox,
    words: {
      auto: "When it is due",
      buffersize: "Kilobytes of the report",
      exception: "Exception handling",
      file: "File of the report",
      maximum: "How many",
      files: "Files",
      minimum: "At least",
      fragment: "Largest piece",
      power: "Power",
      off: "Off",
      ftp: "By FTP",
      rcp: "By rcp",
      tftp: "By TFTP",
      shutdown: "Shut it down",
      slot: "Slot",
      subslot: "Part of a slot",
      transceiver: "Transceivers",
      type: "Type",
      upgrade: "Upgrade",
      alert: "Before something is destroyed",
      noisy: "Always",
      quiet: "Never",
      verify: "Verify compressed IOS image checksum",
      "hw-module module": "Module",
      diagnostic: "Configure diagnostic information",
      bootup: "At the start",
      level: "How thorough",
      complete: "All tests",
      minimal: "Few tests",
      bypass: "No tests",
      platform: "Platform settings",
      serial: "The serial port",
      virtual: "The virtual screen",
      hardware: "Hardware",
      monitor: "Say when it is much",
      qfp: "Packet processor",
      utilization: "How much it does",
      "data-corruption": "When stored data is corrupt",
      buffer: "The record of it",
      log: "Log it",
      reload: "Restart",
      truncate: "Cut the record short",
      "punt-keepalive": "Keepalives to the processor",
    },
  },
  {
    "diagnostic bootup level {bypass | complete | minimal}": "How thorough tests at the start are",
    "exception core-file WORD": "Name of the core file",
    "exception crashinfo @{buffersize <32-100> | file WORD | maximum files <1-32>}": "Reports of crashes",
    "exception data-corruption buffer {log | reload | truncate}": "When stored data is corrupt",
    "exception dump A.B.C.D": "Server that takes the core",
    "exception memory @{fragment | minimum} {<1-4294967295> | io <1-4294967295> | processor <1-4294967295>}":
      "Restart when there is too little memory",
    "exception protocol {ftp | rcp | tftp}": "How the core is sent",
    "exception region-size <1024-65536>": "Size of the region",
    "file verify auto": "Verify compressed IOS image checksum",
    "hw-module @{module | slot | subslot} @WORD @{logging onboard | power off | shutdown [powered | unpowered] | start | image WORD}":
      "Control of individual components in the system",
    "platform console {auto | serial | virtual}": "Console of the platform",
    "platform hardware throughput {level WORD | monitor}": "Throughput of the platform",
    "platform qfp utilization monitor load <1-100>": "Say when the packet processor is busy",
    "transceiver type all": "All transceivers",
    "upgrade fpd {auto | path WORD}": "Field programmable devices",
  },
);

export const platformCommands = [
  ...bootLines,
  ...memoryLines,
  ...licenseLines,
  redundancy,
  ...inRedundancy,
  ...schedulerLines,
  ...partLines,
];
