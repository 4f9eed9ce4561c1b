/** Runs of packets that the host's own kernel makes and takes: TCP through a TUN device, whole, and by the MTU. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { inNamespace, namespaceObstacle } from "./namespace.ts";

const obstacle = namespaceObstacle();
const title = obstacle === undefined ? "" : ` (not here: ${obstacle})`;

test.skipIf(obstacle !== undefined)(`TCP of the host with itself comes through whole${title}`, async () => {
  const output = await inNamespace(`"$NODE" ${join(import.meta.dirname, "tun-reflector.ts")}`);
  expect(output).toMatch(
    /offload: tcp.*; 8388608 octets, whole; longest packet 1400; \d+ packets; 0 not written, 0 not read/,
  );
});
