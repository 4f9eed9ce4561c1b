import { Duplex } from "node:stream";
import type { ServerChannel } from "ssh2";
import { expect, test } from "vitest";
import { Gateway } from "../../../src/cli/gateway.ts";
import { Session } from "../../../src/cli/session.ts";
import { serveTerminal } from "../../../src/cli/ssh/serve-terminal.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { HandClock } from "../../support/hand-clock.ts";

test("a terminal that nobody types at ends by the time-out that its line has by now", () => {
  const gateway = new Gateway(ios);
  gateway.load("line vty 0 4\n exec-timeout 0 0\n");
  const timers = new HandClock();
  const idle = new Session(gateway, { line: "vty 0", paged: true, monitor: false });
  const channel = Object.assign(new Duplex({ read: () => undefined, write: (_chunk, _encoding, taken) => taken() }), {
    exit: () => undefined,
  });
  serveTerminal(channel as unknown as ServerChannel, idle, undefined, { logs: gateway.logs, timers });
  timers.advance(3_600_000);
  expect(idle.ended).toBe(false);
  const owner = new Session(gateway, { line: "con 0", paged: false, monitor: false });
  for (const line of ["configure terminal", "line vty 0 4", "exec-timeout 120 0", "end"]) owner.execute(line);
  timers.advance(3_599_000);
  expect(idle.ended).toBe(false);
  timers.advance(1000);
  expect(idle.ended).toBe(true);
  gateway.abandon();
});
