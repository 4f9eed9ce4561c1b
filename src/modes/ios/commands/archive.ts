/** `archive`: where copies of the running configuration are kept, how many, and when they are made. */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { shaped, uint } from "../../../grammar/arguments.ts";
import { type ConfigReader, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, opt } from "../../../grammar/elements.ts";
import type { ArchivePlan } from "../../dialect.ts";
import type { ConfigurationLogPlan } from "../../running/configuration-log.ts";
import { archiveLogMode, archiveMode, globalMode } from "../modes.ts";
import { localFile } from "../place.ts";

/** How many copies the box keeps when nobody says. */
const MAXIMUM = 10;
const LOG_SIZE = 100;

/** A name with or without its device, with the host name where `$h` stands. */
const START_OF_COPIES = /^(?:[A-Za-z]+\d?:\/?)?(?:[A-Za-z0-9_]|\$h)(?:[A-Za-z0-9._+-]|\$h)*$/i;

export const archive = opener({
  mode: globalMode,
  opens: archiveMode,
  section: "archive",
  form: [kw("archive", "Archive the configuration")],
});

const path = setting({
  mode: archiveMode,
  form: [
    kw("path", "Path of backups"),
    arg("url", shaped("flash:NAME", START_OF_COPIES), "Start of the names of the copies; $h is the host name"),
  ],
});

const otherMachine: ArgumentType<string> = {
  ...shaped("URL", /^(?:ftp|https?|rcp|scp|tftp):\/\/\S+$/i),
  examples: ["tftp://10.1.1.60/copy"],
};

/** Copies lie on this box; of those elsewhere nobody would know whether they were made. */
const pathElsewhere = setting({
  mode: archiveMode,
  form: [kw("path", "Path of backups"), arg("elsewhere", otherMachine, "Place on another machine")],
  effect: unsupported("Copies are kept on this box alone; say path flash:NAME"),
});

const maximum = setting({
  mode: archiveMode,
  form: [kw("maximum", "Maximum number of backup copies"), arg("count", uint(1, 14), "Number of copies")],
  initial: { count: MAXIMUM },
  quiet: true,
});

const writeMemory = setting({
  mode: archiveMode,
  form: [kw("write-memory", "Make a copy whenever the configuration is saved")],
});

const timePeriod = setting({
  mode: archiveMode,
  form: [kw("time-period", "Make copies periodically"), arg("minutes", uint(1, 525_600), "Minutes between two copies")],
});

const logConfig = opener({
  mode: archiveMode,
  opens: archiveLogMode,
  form: [kw("log", "Logging commands"), kw("config", "Logging of configuration commands")],
});

const logging = kw("logging", "Modify the configuration logger");

const logEnable = setting({ mode: archiveLogMode, form: [logging, kw("enable", "Enable it")] });

const logSize = setting({
  mode: archiveLogMode,
  form: [logging, kw("size", "Number of commands kept"), arg("entries", uint(1, 1000), "Commands")],
  initial: { entries: LOG_SIZE },
  quiet: true,
});

const logNotify = setting({
  mode: archiveLogMode,
  form: [
    kw("notify", "Send logged commands elsewhere"),
    kw("syslog", "To the system log"),
    opt(kw("contenttype", "Form of the messages"), flag("plain", "plaintext", "As plain text")),
  ],
});

const hideKeys = setting({ mode: archiveLogMode, form: [kw("hidekeys", "Log no passwords")] });

export const archiveCommands = [
  archive,
  logConfig,
  logEnable,
  logSize,
  logNotify,
  hideKeys,
  path,
  pathElsewhere,
  maximum,
  writeMemory,
  timePeriod,
];

/** The copies that the configuration asks for; `undefined` when it names no place for them. */
/** `host`: the name that `$h` stands for. */
export function archivePlan(config: ConfigReader, host: string): ArchivePlan | undefined {
  const place = config.all(archive)[0];
  const url = place === undefined ? undefined : config.under(place, path)[0]?.values.url;
  const target = url === undefined ? undefined : localFile(url.replace(/\$h/gi, host));
  if (place === undefined || target === undefined) return undefined;
  return {
    device: target.device,
    prefix: target.name,
    maximum: config.under(place, maximum)[0]?.values.count ?? MAXIMUM,
    onSave: config.under(place, writeMemory).length > 0,
    everyMinutes: config.under(place, timePeriod)[0]?.values.minutes,
  };
}

/** What is kept of the lines that logins type; `undefined` = nothing. */
export function commandLogPlan(config: ConfigReader): ConfigurationLogPlan | undefined {
  const [place] = config.all(archive);
  const [log] = place === undefined ? [] : config.under(place, logConfig);
  if (log === undefined || config.under(log, logEnable).length === 0) return undefined;
  return {
    size: config.under(log, logSize)[0]?.values.entries ?? LOG_SIZE,
    hidesKeys: config.under(log, hideKeys).length > 0,
    notifies: config.under(log, logNotify).length > 0,
  };
}
