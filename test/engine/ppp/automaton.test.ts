import { expect, test } from "vitest";
import { type CpEvent, restartTimerRuns, step } from "../../../src/engine/ppp/automaton.ts";
import type { CpState } from "../../../src/engine/ppp/events.ts";

const states: readonly CpState[] = [
  "initial",
  "starting",
  "closed",
  "stopped",
  "closing",
  "stopping",
  "reqSent",
  "ackRcvd",
  "ackSent",
  "opened",
];

/**
 * RFC 1661 §4.1, transcribed row by row: actions and the next state, or `-` where the event cannot happen. Its notes r (restart
 * option), p (passive option) and x (crossed connection) are left out; `sta` of RCR+ and `ser` of RXR are as printed.
 */
const rfc: Readonly<Record<CpEvent, string>> = {
  up: "2 irc,scr/6 - - - - - - - -",
  down: "- - 0 tls/1 0 1 1 1 1 tld/1",
  open: "tls/1 1 irc,scr/6 3 5 5 6 7 8 9",
  close: "0 tlf/0 2 2 4 4 irc,str/4 irc,str/4 irc,str/4 tld,irc,str/4",
  timeout: "- - - - str/4 str/5 scr/6 scr/6 scr/8 -",
  timeoutLast: "- - - - tlf/2 tlf/3 tlf/3 tlf/3 tlf/3 -",
  requestGood: "- - sta/2 irc,scr,sca/8 4 5 sca/8 sca,tlu/9 sca/8 tld,scr,sca/8",
  requestBad: "- - sta/2 irc,scr,scn/6 4 5 scn/6 scn/7 scn/6 tld,scr,scn/6",
  ack: "- - sta/2 sta/3 4 5 irc/7 scr/6 irc,tlu/9 tld,scr/6",
  nak: "- - sta/2 sta/3 4 5 irc,scr/6 scr/6 irc,scr/8 tld,scr/6",
  terminateRequest: "- - sta/2 sta/3 sta/4 sta/5 sta/6 sta/6 sta/6 tld,zrc,sta/5",
  terminateAck: "- - 2 3 tlf/2 tlf/3 6 6 8 tld,scr/6",
  unknownCode: "- - scj/2 scj/3 scj/4 scj/5 scj/6 scj/7 scj/8 scj/9",
  rejectGood: "- - 2 3 4 5 6 6 8 9",
  rejectBad: "- - tlf/2 tlf/3 tlf/2 tlf/3 tlf/3 tlf/3 tlf/3 tld,irc,str/5",
  echo: "- - 2 3 4 5 6 7 8 ser/9",
};

test("every cell of the table does what RFC 1661 §4.1 says", () => {
  for (const [event, row] of Object.entries(rfc)) {
    for (const [index, cell] of row.split(" ").entries()) {
      const from = states[index] ?? "initial";
      const [actions, to] = cell.includes("/") ? cell.split("/") : ["", cell];
      const expected =
        cell === "-"
          ? { state: from, actions: [] }
          : { state: states[Number(to)], actions: actions === "" ? [] : actions?.split(",") };
      expect(step(from, event as CpEvent), `${event} in ${from}`).toEqual(expected);
    }
  }
});

test("the restart timer runs in the states in which something is awaited", () => {
  expect(states.filter(restartTimerRuns)).toEqual(["closing", "stopping", "reqSent", "ackRcvd", "ackSent"]);
});
