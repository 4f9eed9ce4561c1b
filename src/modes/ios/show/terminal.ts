/** `show terminal`, and what `show line N` says below its row: how a line is set, and how long somebody has been at it. */

import { age } from "./age.ts";

export interface TerminalView {
  readonly number: number;
  /** `con 0`. */
  readonly name: string;
  readonly location: string;
  readonly length: number;
  readonly width: number;
  readonly historySize: number;
  readonly editing: boolean;
  /** 0 = never. */
  readonly idleMillis: number;
  /** `undefined` = nobody is logged in there. */
  readonly activeMillis: number | undefined;
  readonly monitor: boolean;
  readonly transport: string;
}

const LOGIN_MILLIS = 30_000;

export function showTerminal(view: TerminalView): string[] {
  const { number, location, length, width, historySize, idleMillis, activeMillis, transport, monitor, editing } = view;
  const active =
    activeMillis === undefined ? "Idle" : `Ready, Active, Ctrl-c Enabled${length > 0 ? ", Automore On" : ""}`;
  return [
    `Line ${number}, Location: "${location}", Type: ""`,
    `Length: ${length} lines, Width: ${width} columns`,
    ...(number === 0 ? ["Baud rate (TX/RX) is 9600/9600, no parity, 1 stopbits, 8 databits"] : []),
    `Status: ${active}`,
    `Capabilities: ${monitor ? "Receives Logging Output" : "none"}`,
    `Modem state: ${activeMillis === undefined ? "Idle" : "Ready"}`,
    "Special Chars: Escape  Hold  Stop  Start  Disconnect  Activation",
    "                none   none   -     -       none         ",
    "Timeouts:      Idle EXEC    Idle Session   Modem Answer  Session   Dispatch",
    `               ${(idleMillis === 0 ? "never" : age(idleMillis)).padEnd(13)}never                        none     not set`,
    "                            Idle Session Disconnect Warning",
    "                              never ",
    "                            Login-sequence User Response",
    `                             ${age(LOGIN_MILLIS)}`,
    "                            Autoselect Initial Wait",
    "                              not set ",
    "Modem type is unknown.",
    "Session limit is not set.",
    ...(activeMillis === undefined ? [] : [`Time since activation: ${age(activeMillis)}`]),
    `Editing is ${editing ? "enabled" : "disabled"}.`,
    historySize > 0 ? `History is enabled, history size is ${historySize}.` : "History is disabled.",
    "DNS resolution in show commands is disabled",
    "Full user help is disabled",
    `Allowed input transports are ${transport}.`,
    "Allowed output transports are none.",
    "Preferred transport is none.",
    "No output characters are padded",
    "No special data dispatching characters",
  ];
}
