/** What exec commands print of a router with one client behind a NAT, to the column. */

import { expect, test } from "vitest";
import { BusyRouter } from "./busy-router.ts";
import { CONFIGURATION } from "./configuration.ts";

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  isakmp: [
    "show crypto isakmp sa nat",
    "show crypto isakmp sa standby",
    "show crypto isakmp sa count",
    "show crypto isakmp default policy",
    "show crypto isakmp peers 30.31.32.1",
    "show crypto isakmp profile",
    "show crypto isakmp diagnose error",
  ],
  ipsec: [
    "show crypto ipsec sa peer 30.31.32.1 port 4500",
    "show crypto ipsec sa identity",
    "show crypto ipsec sa address",
    "show crypto ipsec sa vrf BLUE",
    "show crypto ipsec profile",
    "show crypto ipsec transform-set tag TS",
    "show crypto ipsec security-association lifetime",
    "show crypto session brief",
    "show crypto session remote 30.31.32.1",
    "show crypto session remote 9.9.9.9",
  ],
  engine: [
    "show crypto engine connections flow",
    "show crypto engine brief",
    "show crypto engine accelerator statistic",
    "show crypto eli",
    "show crypto call admission statistics",
    "show crypto sockets",
    "show crypto key mypubkey rsa",
    "show crypto pki certificates",
    "show crypto pki trustpoints status",
  ],
  l2tp: [
    "show vpdn tunnel summary",
    "show vpdn tunnel state",
    "show l2tp tunnel packets",
    "show vpdn tunnel transport",
    "show vpdn tunnel all id 32338",
    "show l2tp session packets",
    "show vpdn session state username randy",
    "show vpdn session all interface virtual-access 2.1",
    "show vpdn session username nobody",
    "show vpdn group",
    "show vpdn group NONE",
    "show vpdn group-select summary",
    "show vpdn group-select default",
    "show vpdn history failure",
    "show l2tp counters",
  ],
  subscribers: [
    "show users",
    "show caller",
    "show caller ip",
    "show caller summary",
    "show caller user randy",
    "show ppp all",
    "show ppp summary",
    "show ppp statistics",
    "show ppp interface virtual-access2.1",
    "show ppp interface virtual-access2.9",
    "show aaa sessions",
    "show aaa user all",
    "show aaa method-lists authentication",
    "show aaa servers",
    "show radius statistics",
  ],
};

test.each(Object.keys(FAMILIES))("show commands: %s", async (family) => {
  const router = new BusyRouter(CONFIGURATION);
  const transcript = (FAMILIES[family] ?? []).flatMap((line) => [
    `${router.shell.prompt()}${line}`,
    ...router.run(line),
  ]);
  await expect(`${transcript.join("\n")}\n`).toMatchFileSnapshot(`golden/${family}.txt`);
});
