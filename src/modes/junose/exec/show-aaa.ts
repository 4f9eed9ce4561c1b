/** `show aaa`, `show radius`, `show ppp` and `show subscribers`: users and how they are let in. */

import { ipv4, word } from "../../../grammar/arguments.ts";
import { exec, inert } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { domainName, userName } from "../arguments.ts";
import {
  SUBSCRIBERS,
  showAaaStatistics,
  showDelimiters,
  showDuplicateAddressCheck,
  showLocalDatabases,
  showLocalUsers,
  showMethods,
  showModel,
  showNameServers,
  showSubscriberLimit,
  showTimeouts,
} from "../show/aaa.ts";
import { showPppInterfaces } from "../show/ppp.ts";
import { showRadiusServers, showRadiusStatistics } from "../show/radius.ts";
import { showSubscribers, showSubscribersSummary } from "../show/subscribers.ts";
import { counting, delta } from "./delta.ts";
import { inRouter, PRIVILEGED_SHOW, show } from "./show-words.ts";

const aaa = kw("aaa", "Authentication, authorization and accounting");
const radius = kw("radius", "RADIUS");
const level = PRIVILEGED_SHOW;
const noClient = inert("there is no RADIUS client: servers are listed as configured");

/** A word behind `show aaa`, and what it shows. */
const AAA_VIEWS = {
  "name-servers": ["Name servers that users are told", showNameServers],
  timeout: ["How long users may stay", showTimeouts],
  "duplicate-address-check": ["Whether an address may be given twice", showDuplicateAddressCheck],
  delimiters: ["What divides user and domain", showDelimiters],
  model: ["How logins are authenticated", showModel],
  "subscriber-limit": ["How many users there may be", showSubscriberLimit],
} as const satisfies Readonly<Record<string, readonly [help: string, run: (context: ExecContext) => unknown]>>;

export const aaaShowCommands = [
  ...Object.entries(AAA_VIEWS).map(([name, [help, run]]) =>
    exec({ level, form: [show, aaa, kw(name, help)], run: (context: ExecContext) => run(context) }),
  ),
  ...(["authentication", "accounting"] as const).map((what) =>
    exec({
      level,
      form: [
        show,
        aaa,
        kw(what, `Methods of ${what}`),
        opt(pick("subscriber", SUBSCRIBERS), opt(kw("default", "The default list of methods"))),
      ],
      run: (context: ExecContext, values) => showMethods(context, what, values.subscriber),
    }),
  ),
  exec({
    level,
    form: [show, aaa, kw("statistics", "Decisions about users"), opt(delta)],
    run: (context: ExecContext, values) => showAaaStatistics(counting(context, "aaa", values)),
  }),
  exec({
    level,
    form: [show, aaa, kw("local", "Local users"), kw("database", "Local user databases")],
    run: (context: ExecContext) => showLocalDatabases(context),
  }),
  exec({
    level,
    form: [
      show,
      aaa,
      kw("local", "Local users"),
      kw("username", "Users of local databases"),
      opt(arg("name", userName, "Name of the user")),
    ],
    run: (context: ExecContext, values) => showLocalUsers(context, values.name),
  }),
  exec({
    level,
    effect: noClient,
    form: [show, radius, kw("servers", "RADIUS servers")],
    run: (context: ExecContext) => showRadiusServers(context, ["authentication", "accounting"]),
  }),
  exec({
    level,
    effect: noClient,
    form: [
      show,
      radius,
      pick("service", { authentication: "Servers of authentication", accounting: "Servers of accounting" }),
      kw("servers", "RADIUS servers"),
    ],
    run: (context: ExecContext, { service }) => showRadiusServers(context, [service]),
  }),
  exec({
    level,
    effect: noClient,
    form: [
      show,
      radius,
      opt(pick("service", { authentication: "Servers of authentication", accounting: "Servers of accounting" })),
      kw("statistics", "Requests and answers"),
      opt(delta),
    ],
    run: (context: ExecContext, { service }) => showRadiusStatistics(context, service),
  }),
  exec({
    level,
    form: [
      show,
      kw("ppp", "PPP"),
      kw("interface", "PPP interfaces"),
      opt(
        pick("view", {
          config: "What was asked for",
          full: "Everything about each",
          statistics: "Counters",
          status: "What was agreed on",
          summary: "Counts only",
        }),
      ),
      opt(delta),
      opt(kw("l2tp", "Interface of a remote user"), arg("name", word({ placeholder: "NAME" }), "Name of the session")),
    ],
    run: (context: ExecContext, values) =>
      showPppInterfaces(
        counting(context, "ppp", values),
        values.view ?? "brief",
        values.name === undefined ? undefined : `l2tp ${values.name}`,
      ),
  }),
  exec({
    level,
    form: [
      show,
      kw("subscribers", "Remote users"),
      inRouter,
      opt(
        oneOf(
          [kw("username", "One user"), arg("user", userName, "Name of the user")],
          [kw("domain", "Users of one domain"), arg("domain", domainName, "Name of the domain")],
          [kw("ipv4-address", "The user of an address"), arg("address", ipv4(), "Address")],
          [
            kw("interface", "The user of an interface"),
            kw("l2tp", "Interface of a remote user"),
            arg("session", word({ placeholder: "NAME" }), "Name of the session"),
          ],
        ),
      ),
    ],
    run: (context: ExecContext, values) => showSubscribers(context, values),
  }),
  exec({
    level,
    form: [
      show,
      kw("subscribers", "Remote users"),
      kw("summary", "Counts only"),
      opt(pick("by", { domain: "Of each domain", interface: "Of each interface", slot: "Of each slot" })),
      inRouter,
    ],
    run: (context: ExecContext, values) => showSubscribersSummary(context, values, values.by),
  }),
];
