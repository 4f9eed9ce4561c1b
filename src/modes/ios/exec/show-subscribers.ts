/** Who is connected: `show users`, `show caller`, `show ppp …`, `show ip local pool`, `show aaa …`. */

import { uint, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf, poolName } from "../arguments.ts";
import { aaaAuthentication } from "../commands/aaa.ts";
import { aaaSessions, type MethodList, showAaaSessions, showAaaUser, showMethodLists } from "../show/aaa.ts";
import {
  callers,
  showCaller,
  showCallerFull,
  showCallerIp,
  showCallerSummary,
  showCallerTimeouts,
} from "../show/caller.ts";
import { localPools, showLocalPools } from "../show/pool.ts";
import { showPppAll, showPppSummary } from "../show/ppp.ts";
import { pppStatistics, showPppInterface, showPppStatistics } from "../show/ppp-interface.ts";
import { showUsers } from "../show/users.ts";
import { pppModel } from "../show/vpdn-models.ts";
import { virtualAccess } from "../show/words.ts";
import { terminalLines } from "./terminal-lines.ts";
import { ip, print, show } from "./words.ts";

const caller = kw("caller", "Display information about callers");
const ppp = kw("ppp", "PPP parameters and statistics");
const aaa = kw("aaa", "Show AAA values");

export const showSubscriberCommands = [
  exec({
    form: [
      show,
      kw("users", "Display information about terminal lines"),
      opt(pick("which", { all: "Include information about inactive ports", wide: "Use wide format" })),
    ],
    run: (context: ExecContext, { which }) => {
      const lines = terminalLines(context);
      const text = showUsers(context.snapshot, lines, which === "wide");
      return print(text, { lines, sessions: pppModel(context.snapshot) });
    },
  }),
  exec({
    form: [
      pick("word", {
        systat: "Display information about terminal lines",
        who: "Display information about terminal lines",
      }),
    ],
    run: (context: ExecContext) => {
      const lines = terminalLines(context);
      return print(showUsers(context.snapshot, lines), { lines, sessions: pppModel(context.snapshot) });
    },
  }),
  exec({
    form: [
      show,
      caller,
      opt(
        pick("what", {
          full: "Provide expanded caller information",
          ip: "Display IP information",
          summary: "Display summary of callers",
          timeouts: "Display timeouts",
        }),
      ),
    ],
    run: (context: ExecContext, { what }) => {
      const { snapshot } = context;
      const sessions = callers(snapshot);
      const model = pppModel(snapshot, sessions);
      switch (what) {
        case "full":
          return print(showCallerFull(snapshot, sessions), model);
        case "ip":
          return print(showCallerIp(sessions), model);
        case "timeouts":
          return print(showCallerTimeouts(snapshot, terminalLines(context), sessions), model);
        case "summary":
          return print(showCallerSummary(sessions), { calls: sessions.length });
        default:
          return print(showCaller(snapshot, terminalLines(context), sessions), model);
      }
    },
  }),
  exec({
    form: [
      show,
      caller,
      kw("user", "Display information for a particular user"),
      arg("user", word(), "Caller username"),
      opt(pick("style", { detailed: "Provide expanded caller information" })),
    ],
    run: ({ snapshot }: ExecContext, { user }) => {
      const sessions = callers(snapshot, user);
      return print(showCallerFull(snapshot, sessions), pppModel(snapshot, sessions));
    },
  }),
  exec({
    form: [
      show,
      caller,
      kw("interface", "Display information on one interface"),
      arg("interface", anyInterface, "Interface"),
      opt(pick("style", { detailed: "Provide expanded caller information", full: "The same" })),
    ],
    run: ({ snapshot }: ExecContext, { interface: port }) => {
      const sessions = callers(snapshot).filter(({ index }) => virtualAccess(index).long === nameOf(port));
      return print(showCallerFull(snapshot, sessions), pppModel(snapshot, sessions));
    },
  }),
  exec({
    form: [show, ppp, pick("what", { all: "Every PPP session", summary: "Number of PPP sessions" })],
    run: ({ snapshot }: ExecContext, { what }) =>
      print(what === "all" ? showPppAll(snapshot) : showPppSummary(snapshot), pppModel(snapshot)),
  }),
  exec({
    form: [show, ppp, kw("statistics", "PPP statistics")],
    run: ({ snapshot }: ExecContext) => {
      const counted = pppStatistics(snapshot);
      return print(showPppStatistics(counted), counted);
    },
  }),
  exec({
    form: [show, ppp, kw("interface", "PPP session of an interface"), arg("interface", anyInterface, "Interface")],
    run: ({ snapshot }: ExecContext, { interface: port }) => {
      const sessions = snapshot.sessions.filter(({ index }) => virtualAccess(index).long === nameOf(port));
      if (sessions.length === 0) return { lines: [`% ${nameOf(port)} has no PPP session`], ok: false };
      return print(sessions.flatMap(showPppInterface), pppModel(snapshot, sessions));
    },
  }),
  exec({
    form: [
      show,
      ip,
      kw("local", "IP local options"),
      kw("pool", "IP Local address pool lists"),
      oneOf(
        [kw("group", "Pools of a group"), arg("group", word(), "Group name")],
        [opt(arg("name", poolName, "Address pool"))],
      ),
    ],
    run: ({ snapshot }: ExecContext, which) => {
      const pools = localPools(snapshot, which);
      const model = pools.map(({ name, group, ranges, inUse }) => ({ name, group: group ?? null, ranges, inUse }));
      if (which.name !== undefined && pools.length === 0) {
        return { lines: [`%Pool ${which.name} does not exist`], ok: false, model };
      }
      return print(showLocalPools(pools, which.name === undefined ? undefined : snapshot), model);
    },
  }),
  exec({
    form: [show, aaa, kw("sessions", "Show AAA sessions")],
    run: ({ snapshot }: ExecContext) => {
      const model = aaaSessions(snapshot);
      return print(showAaaSessions(model), model);
    },
  }),
  exec({
    form: [show, aaa, kw("user", "Show AAA users"), arg("id", uint(1, 4_294_967_295), "Unique ID")],
    run: ({ snapshot }: ExecContext, { id }) => {
      const sessions = snapshot.sessions.filter(({ session }) => session === id);
      return print(showAaaUser(sessions), pppModel(snapshot, sessions));
    },
  }),
  exec({
    form: [show, aaa, kw("user", "Show AAA users"), kw("all", "Show all users")],
    run: ({ snapshot }: ExecContext) => print(showAaaUser(snapshot.sessions), pppModel(snapshot)),
  }),
  exec({
    form: [
      show,
      aaa,
      kw("method-lists", "Show AAA method lists"),
      pick("what", {
        accounting: "For accounting",
        all: "Of every kind",
        authentication: "For authentication",
        authorization: "For authorization",
      }),
    ],
    run: ({ chassis }: ExecContext, { what }) => {
      // Those of the other kinds are kept and not asked.
      if (what === "accounting" || what === "authorization") return print([], []);
      const lists = chassis.all(aaaAuthentication).map(
        ({ values }): MethodList => ({
          service: values.service,
          name: values.list ?? "default",
          methods: values.methods,
        }),
      );
      return print(showMethodLists(lists), lists);
    },
  }),
  exec({
    form: [show, kw("radius", "Show RADIUS information"), kw("statistics", "RADIUS statistics")],
    run: () => print(noRadius(), { servers: 0 }),
  }),
];

const COUNTED = [
  "Maximum inQ length",
  "Maximum waitQ length",
  "Maximum doneQ length",
  "Total responses seen",
  "Packets with responses",
  "Packets without responses",
];

/** Nobody is asked, so nothing was counted. */
function noRadius(): string[] {
  const row = (name: string, cells: readonly string[]): string =>
    `${name.padStart(40)}${cells.map((cell) => cell.padStart(11)).join("")}`;
  return [row("", ["Auth.", "Acct.", "Both"]), ...COUNTED.map((name) => row(`${name}:`, ["NA", "NA", "0"]))];
}
