import { Duplex } from "node:stream";
import type { ServerChannel } from "ssh2";
import { expect, test } from "vitest";
import { Gateway } from "../../../src/cli/gateway.ts";
import { Session } from "../../../src/cli/session.ts";
import { serveTerminal } from "../../../src/cli/ssh/serve-terminal.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { HandClock } from "../../support/hand-clock.ts";

/** A channel whose client has stopped reading. */
function deafChannel(): Duplex {
  return new Duplex({ read: () => undefined, write: () => undefined });
}

test("a dashboard on a terminal that is not read keeps no frames, whatever is typed and however its size changes", async () => {
  const gateway = new Gateway(ios);
  const session = new Session(gateway, { line: "vty 0", paged: true, monitor: false });
  const channel = Object.assign(deafChannel(), { exit: () => undefined });
  const resized = serveTerminal(
    channel as unknown as ServerChannel,
    session,
    { columns: 120, rows: 40 },
    {
      logs: gateway.logs,
      timers: new HandClock(),
    },
  );
  channel.push("dashboard\r");
  await expect.poll(() => channel.writableLength).toBeGreaterThan(300);
  for (let round = 0; round < 20; round += 1) {
    channel.push("s");
    resized({ columns: 100 + round, rows: 40 });
    gateway.logs.log("system", "error", "something happened", { round });
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  // Less than the first frame: the prompt before it had not gone.
  expect(channel.writableLength).toBeLessThan(2000);
  session.close();
  gateway.abandon();
});
