import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const VISITORS = new URL("./visitors.ts", import.meta.url).pathname;
/** What may stay of a session that is over: less than its buffers, its history or its connection would be. */
const BYTES_A_SESSION = 2048;
const SESSIONS = 1000;

test("nothing stays of a thousand sessions that were opened and closed", () => {
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", VISITORS, `${SESSIONS}`], {
    encoding: "utf8",
    timeout: 290_000,
  });
  expect(stderr).toBe("");
  const { grownBytes, logins, connections } = JSON.parse(stdout) as Record<string, number>;
  expect({ logins, connections }).toEqual({ logins: 0, connections: 0 });
  expect(grownBytes).toBeLessThan(SESSIONS * BYTES_A_SESSION);
});
