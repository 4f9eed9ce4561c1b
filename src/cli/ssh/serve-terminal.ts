/**
 * A shell channel: the byte-exact terminal line over SSH, with or without a terminal at the other end. The end of the input ends the
 * session when everything typed before it is done; the exit status tells whether a line was refused. A client that does not
 * read is not waited for: its input rests, log lines and frames of the dashboard pass it by, and nobody else notices.
 */

import type { ServerChannel } from "ssh2";
import type { Timers } from "../host.ts";
import type { LogHub } from "../log-hub.ts";
import type { Session } from "../session.ts";
import { Vty } from "../vty.ts";
import { byTurns } from "./turns.ts";

export interface TerminalSize {
  /** 0 = unknown. */
  readonly columns: number;
  readonly rows: number;
}

/** The terminal that a client asked for. */
export interface ClientTerminal extends TerminalSize {
  /** Its name promises colours. */
  readonly colour: boolean;
}

/** Octets that a client may leave unread before log lines pass it by. */
const UNREAD_BEFORE_SILENCE = 64 * 1024;
/** Of what comes, done at a time. */
const PIECE_OCTETS = 256;

/** Returns what is to be called when the terminal has another size. */
export function serveTerminal(
  channel: ServerChannel,
  session: Session,
  size: TerminalSize | undefined,
  { logs, timers }: { readonly logs: LogHub; readonly timers: Timers },
): (size: TerminalSize) => void {
  /** What keys that came together print leaves together: an octet of its own costs as much as a page. */
  let gathered: string | undefined;
  const write = (text: string): void => {
    if (gathered !== undefined) gathered += text;
    else if (channel.writable) channel.write(text);
  };
  const handOver = (): void => {
    const text = gathered ?? "";
    gathered = undefined;
    if (text !== "") write(text);
  };
  session.unread = () => channel.writableLength;
  const vty = new Vty(session, write, () => timers.now());
  let stopTimer = (): void => undefined;
  let isOver = false;
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    stopListening();
    stopTimer();
    vty.close();
    session.close();
    handOver();
    if (!channel.writable) return;
    channel.exit(session.refused ? 1 : 0);
    channel.end();
  };
  const watch = (): void => {
    if (session.ended) finish();
    setTimer();
  };
  const setTimer = (): void => {
    stopTimer();
    const { deadline } = vty;
    if (deadline === undefined || isOver) return;
    stopTimer = timers.after(Math.min(Math.max(0, deadline - timers.now()), 0x7fff_ffff), () => {
      vty.tick();
      watch();
    });
  };
  const stopListening = logs.listen((timed) => {
    // How long a line may idle may have changed.
    if (timed.event.category === "config") setTimer();
    if (channel.writableLength > UNREAD_BEFORE_SILENCE) return;
    const lines = session.logLines(timed);
    if (lines.length > 0) vty.interject(lines);
  });
  let waiting: Buffer = Buffer.alloc(0);
  let hasEnded = false;
  const work = byTurns([channel], () => {
    if (isOver) return false;
    if (waiting.length === 0) {
      if (hasEnded) vty.finish(finish);
      else channel.resume();
      return false;
    }
    const piece = waiting.subarray(0, PIECE_OCTETS);
    waiting = waiting.subarray(piece.length);
    gathered = "";
    vty.feed(piece);
    handOver();
    watch();
    return true;
  });
  channel.on("data", (octets: Buffer) => {
    // Resting until this is done, the channel hands out no more.
    channel.pause();
    waiting = octets;
    work();
  });
  channel.on("end", () => {
    hasEnded = true;
    work();
  });
  channel.on("close", finish);
  channel.on("error", finish);
  session.onEnd(finish);
  session.onMessage((lines) => vty.interject(lines));
  if (size !== undefined) vty.resize(size.columns, size.rows);
  vty.start();
  watch();
  return ({ columns, rows }) => vty.resize(columns, rows);
}
