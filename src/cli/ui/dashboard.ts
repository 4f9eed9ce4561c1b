/**
 * The dashboard on a terminal: Ink draws what `dashboard-frame.ts` makes of the model, once a second or, with very many clients, less often, and after each key. Only lines that
 * changed are sent, and none while the terminal has not taken the last ones, so it works over a slow line. It uses the terminal's second screen and leaves the first as it was.
 */

import { Box, type Key as InkKey, render, Text, useApp, useInput } from "ink";
import { createElement, type ReactElement, useEffect, useReducer, useState } from "react";
import type { Roster } from "../../engine/router/roster.ts";
import type { LogHub } from "../log-hub.ts";
import { dashboardFrame, pageRows } from "./dashboard-frame.ts";
import { type DashboardState, type Key, press, START, shownRows } from "./dashboard-keys.ts";
import { DashboardModel } from "./dashboard-model.ts";
import { sgrText } from "./sgr.ts";
import { useSteady } from "./steady.ts";
import type { TerminalInput, TerminalOutput } from "./terminal-streams.ts";

export interface DashboardSource {
  roster(): Roster;
  readonly logs: Pick<LogHub, "listen" | "events">;
}

export interface DashboardOptions {
  readonly input: NodeJS.ReadStream | TerminalInput;
  readonly output: NodeJS.WriteStream | TerminalOutput;
  readonly colour: boolean;
  readonly intervalMillis: number;
}

/** Resolves when the user has left it. */
export async function runDashboard(source: DashboardSource, options: DashboardOptions): Promise<void> {
  const model = new DashboardModel();
  for (const { event, at } of source.logs.events) model.hear(event, at);
  const stopListening = source.logs.listen(({ event, at }) => model.hear(event, at));
  model.observe(source.roster());
  const { input, output, colour, intervalMillis } = options;
  const ink = render(createElement(Dashboard, { source, model, output, colour, intervalMillis }), {
    stdin: input,
    stdout: output,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 10,
  });
  try {
    await ink.waitUntilExit();
  } finally {
    stopListening();
  }
}

/** So many times as long as it took to look: ten thousand clients are looked at less often than ten, because packets wait meanwhile. */
const REST = 19;

interface DashboardProps {
  readonly source: DashboardSource;
  readonly model: DashboardModel;
  readonly output: DashboardOptions["output"];
  readonly colour: boolean;
  readonly intervalMillis: number;
}

function Dashboard({ source, model, output, colour, intervalMillis }: DashboardProps): ReactElement {
  const { exit } = useApp();
  const [state, setState] = useState(START);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const size = { columns: output.columns, rows: output.rows };

  useEffect(() => {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      const begun = performance.now();
      model.observe(source.roster());
      redraw();
      timer = setTimeout(look, Math.max(intervalMillis, REST * (performance.now() - begun)));
    };
    timer = setTimeout(look, intervalMillis);
    output.on("resize", redraw);
    return () => {
      clearTimeout(timer);
      output.off("resize", redraw);
    };
  }, [source, model, intervalMillis, output]);

  useEffect(() => {
    if (state.over) exit();
  }, [state.over, exit]);

  useInput((text, inkKey) => {
    for (const key of keysOf(text, inkKey)) setState((now) => pressIn(now, key, model, pageRows(size)));
  });

  const lines = dashboardFrame(model, state, size).map((line, at) =>
    createElement(Text, { key: at, wrap: "truncate" }, sgrText(line, colour)),
  );
  return useSteady(
    output,
    createElement(Box, { flexDirection: "column", height: size.rows, overflow: "hidden" }, ...lines),
  );
}

function pressIn(state: DashboardState, key: Key, model: DashboardModel, page: number): DashboardState {
  return press(state, key, shownRows(model.rows, state), page);
}

const NAMED: readonly (readonly [keyof InkKey, Key])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["pageUp", "pageUp"],
  ["pageDown", "pageDown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "return"],
  ["escape", "escape"],
  ["tab", "tab"],
  ["backspace", "backspace"],
  ["delete", "backspace"],
];

/** A burst of keys may come as one event. */
function keysOf(text: string, key: InkKey): Key[] {
  const named = NAMED.find(([name]) => key[name] === true);
  if (named !== undefined) return [named[1]];
  if (key.ctrl) return text === "c" ? [{ text: "\x03" }] : [];
  return [...text].map((each) => ({ text: each }));
}
