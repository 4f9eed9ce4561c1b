/**
 * The console on a terminal: Ink draws what `console-frame.ts` makes of the model, on the terminal's second screen. Keys do not go
 * through Ink: the model reads them itself, a paste as a whole. While the dashboard has the screen, nothing of this is drawn.
 */

import { Box, type Instance, render, Text } from "ink";
import { createElement, type ReactElement, useEffect, useReducer } from "react";
import type { Pulse } from "../../engine/router/pulse.ts";
import type { Gateway } from "../gateway.ts";
import { Session, type SessionOptions } from "../session.ts";
import { type ConsoleStatus, consoleFrame, scrolledSize } from "./console-frame.ts";
import { ConsoleModel } from "./console-model.ts";
import { sgrText } from "./sgr.ts";
import { useSteady } from "./steady.ts";
import { TerminalInput, type TerminalOutput, unreadOf } from "./terminal-streams.ts";
import { TrafficMeter } from "./traffic-meter.ts";

export interface ConsoleOptions {
  readonly input: NodeJS.ReadStream | TerminalInput;
  readonly output: NodeJS.WriteStream | TerminalOutput;
  /** Who is at it; absent = the owner of the process, at the router's console. */
  readonly login?: SessionOptions;
  readonly colour: boolean;
  /** How often the status bar is looked at. */
  readonly intervalMillis: number;
  /** What is told before the first prompt. */
  readonly opening: readonly string[];
  /** A command that is run at once. */
  readonly first: string | undefined;
  /** Ends the console from outside: the process was told to stop. */
  readonly ended?: Promise<unknown>;
}

/** How long a slice of a paste may take before what it did is drawn. */
const SLICE_MILLIS = 30;
const BRACKETED_PASTE = "\x1b[?2004";

/** How a console ended. */
export interface ConsoleEnd {
  /** A line was refused, or could not do its work. */
  readonly refused: boolean;
}

const AT_THE_CONSOLE: SessionOptions = { line: "con 0", paged: true, monitor: true };

/** Resolves when the user has logged out or `ended` says so, and the terminal is as it was. */
export function runConsole(gateway: Gateway, options: ConsoleOptions): Promise<ConsoleEnd> {
  return new Promise((resolve) => new RunningConsole(gateway, options, resolve));
}

class RunningConsole {
  readonly #gateway: Gateway;
  readonly #options: ConsoleOptions;
  readonly #resolve: (end: ConsoleEnd) => void;
  readonly #traffic = new TrafficMeter();
  #pulse: Pulse;
  readonly #model: ConsoleModel;
  readonly #stopListening: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #redraws = new Set<() => void>();
  #session: Session | undefined;
  #ink: Instance | undefined;
  /** Resolves when what had the whole screen has left it. */
  #screenLeft: Promise<void> = Promise.resolve();
  #isStepping = false;
  #isOver = false;

  constructor(gateway: Gateway, options: ConsoleOptions, resolve: (end: ConsoleEnd) => void) {
    this.#gateway = gateway;
    this.#pulse = gateway.pulse();
    this.#options = options;
    this.#resolve = resolve;
    const { input, output, intervalMillis } = options;
    this.#model = new ConsoleModel(
      () => this.#login(),
      () => performance.now(),
      () => this.#changed(),
    );
    this.#model.interject(options.opening, "notice");
    this.#observe();
    this.#stopListening = gateway.logs.listen((timed) => this.#model.interject(this.#session?.logLines(timed) ?? []));
    this.#timer = setInterval(() => this.#tick(), intervalMillis);
    input.setRawMode(true);
    input.on("data", this.#feed);
    input.on("end", this.#end);
    output.on("resize", this.#resize);
    this.#resize();
    this.#draw();
    void options.ended?.then(this.#end);
    if (options.first !== undefined) this.#feed(`${options.first}\r`);
  }

  #login(): Session {
    const { colour, output, login = AT_THE_CONSOLE } = this.#options;
    const session = new Session(this.#gateway, { ...login, colour });
    session.unread = () => unreadOf(output);
    session.resize(output.columns, output.rows);
    session.onMessage((lines) => this.#model.interject(lines, "output"));
    session.onEnd(() => {
      if (this.#isOver || this.#session !== session) return;
      // Only the router's console is there for the next one.
      if (login !== AT_THE_CONSOLE) return void this.#finish();
      const host = this.#gateway.dialect.hostname(this.#gateway.store);
      this.#model.loggedOff(["", `${host} con0 is now available`, "", "Press RETURN to get started.", ""]);
    });
    this.#session = session;
    return session;
  }

  readonly #feed = (input: string | Uint8Array): void => {
    this.#model.feed(input);
    this.#goOn();
  };

  readonly #end = (): void => this.#finish();

  readonly #resize = (): void => {
    const { columns, rows } = this.#options.output;
    this.#model.resize(columns, rows);
  };

  /** What the last key led to: the end, work that wants the screen, or the next slice of a paste. */
  #goOn(): void {
    if (this.#isOver) return;
    if (this.#model.isOver) this.#finish();
    else if (this.#model.screen !== undefined && this.#ink !== undefined) {
      this.#screenLeft = this.#giveScreen(this.#ink).then(() => {
        this.#draw();
        this.#goOn();
      });
    } else if (this.#model.hasWork && !this.#isStepping) {
      this.#isStepping = true;
      setImmediate(() => {
        this.#isStepping = false;
        const late = performance.now() + SLICE_MILLIS;
        this.#model.step(() => performance.now() > late);
        this.#goOn();
      });
    }
  }

  #giveScreen(ink: Instance): Promise<void> {
    this.#ink = undefined;
    ink.unmount();
    return ink.waitUntilExit().then(
      () =>
        new Promise((left) => {
          if (this.#isOver) left();
          else this.#model.enterScreen((text) => void this.#options.output.write(text), left);
        }),
    );
  }

  #draw(): void {
    if (this.#isOver) return;
    this.#options.output.write(`${BRACKETED_PASTE}h`);
    const props = { model: this.#model, ...this.#options, status: () => this.#status(), redraws: this.#redraws };
    this.#ink = render(createElement(ConsoleView, props), {
      stdin: new TerminalInput() as unknown as NodeJS.ReadStream,
      stdout: this.#options.output as NodeJS.WriteStream,
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: 30,
    });
  }

  #changed(): void {
    for (const redraw of this.#redraws) redraw();
    this.#goOn();
  }

  #tick(): void {
    this.#observe();
    this.#model.tick();
    for (const redraw of this.#redraws) redraw();
  }

  #observe(): void {
    this.#pulse = this.#gateway.pulse();
    this.#traffic.observe(this.#pulse.sessions, this.#gateway.host.now());
  }

  #status(): ConsoleStatus {
    const { connections, tunnels, sessions } = this.#pulse;
    const { received, sent } = this.#traffic;
    return {
      hostname: this.#gateway.dialect.hostname(this.#gateway.store),
      connections,
      tunnels,
      sessions: sessions.size,
      received,
      sent,
    };
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { input, output } = this.#options;
    this.#stopListening();
    clearInterval(this.#timer);
    input.off("data", this.#feed);
    input.off("end", this.#end);
    output.off("resize", this.#resize);
    this.#model.close();
    this.#session?.close();
    output.write(`${BRACKETED_PASTE}l`);
    input.setRawMode(false);
    input.pause();
    this.#ink?.unmount();
    void Promise.all([this.#screenLeft, this.#ink?.waitUntilExit()]).then(() =>
      this.#resolve({ refused: this.#session?.refused ?? false }),
    );
  }
}

interface ConsoleViewProps {
  readonly model: ConsoleModel;
  readonly output: ConsoleOptions["output"];
  readonly colour: boolean;
  status(): ConsoleStatus;
  readonly redraws: Set<() => void>;
}

function ConsoleView({ model, output, colour, status, redraws }: ConsoleViewProps): ReactElement {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    redraws.add(redraw);
    return () => void redraws.delete(redraw);
  }, [redraws]);
  const size = { columns: output.columns, rows: output.rows };
  const scrolled = scrolledSize(size);
  model.view.fit(scrolled.columns, scrolled.rows);
  const lines = consoleFrame(model, status(), size).map((line, at) =>
    createElement(Text, { key: at, wrap: "truncate" }, sgrText(line, colour)),
  );
  return useSteady(
    output,
    createElement(Box, { flexDirection: "column", height: size.rows, overflow: "hidden" }, ...lines),
  );
}
