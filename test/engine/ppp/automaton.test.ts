import { expect, test } from "vitest";
import { type CpEvent, restartTimerRuns, step, table } from "../../../src/engine/ppp/automaton.ts";
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

/** RFC 1661 §4.1, transcribed row by row: next state 0 to 9, or `-` where the event cannot happen. */
const rfc: Readonly<Record<CpEvent, string>> = {
  up: "2 6 - - - - - - - -",
  down: "- - 0 1 0 1 1 1 1 1",
  open: "1 1 6 3 5 5 6 7 8 9",
  close: "0 0 2 2 4 4 4 4 4 4",
  timeout: "- - - - 4 5 6 6 8 -",
  timeoutLast: "- - - - 2 3 3 3 3 -",
  requestGood: "- - 2 8 4 5 8 9 8 8",
  requestBad: "- - 2 6 4 5 6 7 6 6",
  ack: "- - 2 3 4 5 7 6 9 6",
  nak: "- - 2 3 4 5 6 6 8 6",
  terminateRequest: "- - 2 3 4 5 6 6 6 5",
  terminateAck: "- - 2 3 2 3 6 6 8 6",
  unknownCode: "- - 2 3 4 5 6 7 8 9",
  rejectGood: "- - 2 3 4 5 6 6 8 9",
  rejectBad: "- - 2 3 2 3 3 3 3 5",
  echo: "- - 2 3 4 5 6 7 8 9",
};

test("every cell of the table leads where RFC 1661 §4.1 says", () => {
  for (const [event, row] of Object.entries(rfc)) {
    for (const [index, cell] of row.split(" ").entries()) {
      const state = states[index] as CpState;
      const expected = cell === "-" ? undefined : states[Number(cell)];
      expect(table[event as CpEvent][state]?.[0], `${event} in ${state}`).toBe(expected);
    }
  }
});

test("this-layer-up happens exactly on entering opened, this-layer-down exactly on leaving it", () => {
  for (const event of Object.keys(table) as CpEvent[]) {
    for (const state of states) {
      const { state: next, actions } = step(state, event);
      expect(actions.includes("tlu"), `${event} in ${state}`).toBe(next === "opened" && state !== "opened");
      expect(actions.includes("tld"), `${event} in ${state}`).toBe(state === "opened" && next !== "opened");
    }
  }
});

test("the restart timer runs in the states in which something is awaited", () => {
  expect(states.filter(restartTimerRuns)).toEqual(["closing", "stopping", "reqSent", "ackRcvd", "ackSent"]);
});
