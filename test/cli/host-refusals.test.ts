/** What the host did not take is told where packets are counted. */

import { expect, test } from "vitest";
import { Gateway } from "../../src/cli/gateway.ts";
import { Session } from "../../src/cli/session.ts";
import { hostRefusalsText } from "../../src/modes/common/host-refusals.ts";
import { dialects } from "../../src/modes/dialects.ts";

test.each(["ios", "junose"] as const)("%s: show ip traffic tells what the host refused", (dialect) => {
  const session = new Session(new Gateway(dialects[dialect]), { line: "con 0", paged: false, monitor: false });
  const lines = ["enable", "show ip traffic"].flatMap((line) => session.execute(line).lines);
  const text = hostRefusalsText({ datagrams: 0, espPackets: 0, devicePackets: 0 });
  expect(lines.map((line) => line.trim())).toContain(text);
});
