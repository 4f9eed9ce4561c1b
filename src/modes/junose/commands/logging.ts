/** What of the log is kept in the configuration. */

import { ipv4, uint } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { interfaceReference, nameOf, routerName } from "../arguments.ts";
import { categoryNames, silentCategories } from "../log-categories.ts";
import { globalMode } from "../modes.ts";
import { logSeverities } from "../syslog.ts";

const chassis = { mode: globalMode, section: "system" } as const;
const log = kw("log", "Configure logging");

const severity = pick("severity", logSeverities);
const categorySeverity = kw("severity", "Configure from which severity on messages are printed");

/** For every session that does not say otherwise; of one category, else of all that have no line of their own. */
export const logSeverity = setting({
  ...chassis,
  form: [log, categorySeverity, severity, opt(pick("category", categoryNames))],
  key: ["category"],
  noForm: [
    log,
    kw("severity", "Configure from which severity on messages are printed"),
    opt(severity),
    opt(pick("category", categoryNames)),
  ],
});

const otherSeverity = setting({
  ...chassis,
  form: [
    log,
    categorySeverity,
    severity,
    oneOf([pick("silent", silentCategories)], [arg("other", nameOf(64), "Category of another release")]),
  ],
  key: ["silent", "other"],
  effect: inert("nothing is ever said in this category here"),
});

const atSeverity = opt(kw("severity", "The least severity that is sent"), severity);
const destination = kw("destination", "Configure where log messages go");

/** What reaches the console must be as severe as this, and pass its category too; `no` keeps the console free of messages. */
export const logConsole = setting({
  ...chassis,
  form: [log, destination, kw("console", "The console"), atSeverity],
  negation: "stored",
});

const logFile = setting({
  ...chassis,
  form: [log, destination, kw("nv-file", "The file that survives a reboot"), atSeverity],
  effect: inert("the log lives as long as the process"),
});

const categoryName = oneOf(
  [pick("category", categoryNames)],
  [pick("silent", silentCategories)],
  [arg("otherCategory", nameOf(64), "Category of another release")],
);
const server = [
  log,
  destination,
  kw("syslog", "A syslog server"),
  arg("address", ipv4(), "Address of the server"),
] as const;
const facility = opt(
  kw("facility", "Facility of the messages"),
  arg("facility", uint(0, 7), "Number of the local facility"),
);

const logServer = [
  setting({
    ...chassis,
    form: [
      ...server,
      facility,
      atSeverity,
      opt(pick("selection", { include: "Only these categories", exclude: "All but these categories" }), categoryName),
    ],
    key: ["address"],
    effect: inert("log messages are sent to no other machine"),
  }),
  setting({
    ...chassis,
    form: [
      ...server,
      kw("source", "Interface that lends its address"),
      arg("interface", interfaceReference, "Interface"),
    ],
    key: ["address"],
    effect: inert("log messages are sent to no other machine"),
  }),
];

const verbosity = setting({
  ...chassis,
  form: [
    log,
    kw("verbosity", "Configure how much messages say"),
    pick("level", { low: "Little", medium: "More", high: "Everything" }),
    opt(categoryName),
  ],
  key: ["category", "silent", "otherCategory"],
  effect: inert("messages say all that they know"),
});

const fields = setting({
  ...chassis,
  form: [
    log,
    kw("fields", "Configure what stands in front of messages"),
    pick("timestamp", { timestamp: "The time", "no-timestamp": "No time" }),
    pick("instance", { instance: "The instance", "no-instance": "No instance" }),
    opt(pick("callingTask", { "calling-task": "The task", "no-calling-task": "No task" })),
  ],
  effect: inert("messages begin with severity, time and category"),
});

const filters = setting({
  ...chassis,
  form: [
    log,
    kw("filters", "Configure filters of a category"),
    categoryName,
    opt(kw("virtual-router", "Of one virtual router"), arg("virtualRouter", routerName, "Name of the virtual router")),
    flag("stateful", "stateful", "Keep state"),
  ],
  key: ["category", "silent", "otherCategory", "virtualRouter"],
  effect: inert("messages are chosen by severity and category only"),
});

const rest = keptLines(
  {
    ...chassis,
    effect: inert("messages are chosen by severity and category only"),
    shared: { log: "Configure logging" },
  },
  {
    "log engineering": ["Log what engineers want to see", []],
    "log unlimit": ["Lose no message of a category", [opt(categoryName)], ["category", "silent", "otherCategory"]],
  },
);

export const loggingCommands = [
  logSeverity,
  otherSeverity,
  logConsole,
  logFile,
  ...logServer,
  verbosity,
  fields,
  filters,
  ...rest,
];
