/** Exec commands that end connections, tunnels and sessions, and those that set counters and the log back. */

import { word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { linkKey, portKey, sessionKey } from "../../common/baselines.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { virtualAccess } from "../show/words.ts";
import { absentClearCommands } from "./absent-features.ts";
import { clearCryptoCommands, clearCryptoMarks } from "./clear-crypto.ts";
import { clearVpdnCommands, closeSessions } from "./clear-vpdn.ts";
import { clearedMark, INTERFACE_MARKS } from "./counter-marks.ts";
import { viewsOf } from "./show-interfaces.ts";
import { clearSubscriberCommands } from "./subscriber-session.ts";
import { CLEARED, clear, DONE, ip, PRIVILEGED, refused } from "./words.ts";

/** Asks, and does it where the user agrees: Return and `y` are answered as nothing. */
function confirmed(prompt: string, act: () => void): ExecResult {
  return {
    question: {
      prompt: `${prompt} [confirm]`,
      echo: "confirm",
      answer(text) {
        if (text === "") act();
        return DONE;
      },
    },
  };
}

/** Marks the counters of interfaces: those of sessions, and those of ports and links to the host. */
function markInterfaces(context: ExecContext, names: ReadonlySet<string>): void {
  const { snapshot, baselines } = context;
  const keys = snapshot.sessions
    .filter(({ index }) => names.has(virtualAccess(index).long))
    .map((one) => sessionKey(one.session));
  for (const { name, hostDevice } of snapshot.spec.virtualRouters.flatMap(({ interfaces }) => interfaces)) {
    if (hostDevice !== undefined && names.has(name)) keys.push(linkKey(hostDevice));
  }
  keys.push(...[...names].map(portKey));
  baselines.set(INTERFACE_MARKS, snapshot, (key) => keys.includes(key));
  for (const name of names) baselines.set(clearedMark(name), snapshot, () => false);
}

const clearOthers = [
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      kw("counters", "Clear counters on one or all interfaces"),
      opt(arg("interface", anyInterface, "Interface")),
    ],
    run: (context: ExecContext, { interface: name }) => {
      const views = viewsOf(context, name === undefined ? undefined : nameOf(name));
      if (views.length === 0) return refused(`% Interface ${name === undefined ? "" : nameOf(name)} does not exist`);
      const where = name === undefined ? "all interfaces" : "this interface";
      return confirmed(`Clear "show interface" counters on ${where}`, () =>
        markInterfaces(context, new Set(views.map((view) => view.name))),
      );
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      kw("interface", "Clear the hardware logic on an interface"),
      arg("interface", anyInterface, "Interface"),
    ],
    run: (context: ExecContext, { interface: port }) => {
      const name = nameOf(port);
      const views = viewsOf(context, name);
      if (views.length === 0) return refused(`% Interface ${name} does not exist`);
      for (const { session: on } of views) {
        if (on !== undefined) context.request({ type: "closeSession", session: on.session, reason: CLEARED });
      }
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      kw("ppp", "Clear PPP sessions"),
      oneOf(
        [pick("all", { all: "All of them" })],
        [kw("interface", "By interface"), arg("interface", anyInterface, "Interface")],
      ),
    ],
    run: (context: ExecContext, { interface: name }) =>
      closeSessions(context, { interfaceName: name === undefined ? undefined : nameOf(name) }),
  }),
  ...[[clear, ip] as const, [clear] as const].map((head) =>
    exec({
      level: PRIVILEGED,
      form: [
        ...head,
        kw("access-list", "Clear access list statistical information"),
        kw("counters", "Clear access list counters"),
        opt(arg("list", word(), "Access list")),
      ],
      run: (context: ExecContext, values) => {
        const { list } = values as { readonly list?: string };
        context.request({ type: "clearAccessLists", list });
        return DONE;
      },
    }),
  ),
  exec({
    level: PRIVILEGED,
    form: [clear, kw("logging", "Clear logging buffer")],
    run: (context: ExecContext) => confirmed("Clear logging buffer", () => context.logBuffer.clear()),
  }),
];

export const clearCommands = [
  ...clearCryptoCommands,
  ...clearCryptoMarks,
  ...clearVpdnCommands,
  ...clearSubscriberCommands,
  ...clearOthers,
  ...absentClearCommands,
];
