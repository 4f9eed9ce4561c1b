/** Outer packets that do not fit the way: what the kernel would not cut as a run it cuts one by one. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { inNamespace, namespaceObstacle } from "./namespace.ts";

const obstacle = namespaceObstacle();

test.skipIf(obstacle !== undefined)(
  `runs of datagrams cross a way with a smaller MTU${obstacle === undefined ? "" : ` (not here: ${obstacle})`}`,
  async () => {
    const program = join(import.meta.dirname, "small-way.ts");
    const output = await inNamespace(`ip link set lo mtu 1280\n"$NODE" ${program}`);
    expect(output).toContain("whole: 100 of 100, refused: 0");
  },
);
