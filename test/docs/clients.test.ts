/** What docs/clients.md says of clients is tried: each of them comes in by the configurations that it shows. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PERSONA_NAMES, type PersonaName } from "../../src/engine/client/persona-names.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { ios } from "../../src/modes/ios/dialect.ts";
import { junose } from "../../src/modes/junose/dialect.ts";
import { GATEWAY, INSIDE, Lab } from "../support/lab.ts";
import { TestShell } from "../support/shell.ts";

const page = readFileSync(new URL("../../docs/clients.md", import.meta.url), "utf8");
const [, shown = ""] = /```\n(crypto isakmp policy 10[\s\S]*?)```/.exec(page) ?? [];

/** What a gateway needs besides. */
const IOS_REST = `
crypto map MAP 10 ipsec-isakmp dynamic CLIENTS
vpdn enable
vpdn-group L2TP
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
username fred password 0 fredPw
ip local pool POOL 20.0.0.100 20.0.0.110
interface Loopback0
 ip address 12.0.0.8 255.255.255.255
interface GigabitEthernet0/0
 ip address 203.0.113.1 255.255.255.0
 crypto map MAP
interface Virtual-Template1
 ip unnumbered Loopback0
 peer default ip address pool POOL
 ppp authentication ms-chap-v2 chap
`;

function iosSpec(): RouterSpec {
  const router = new TestShell(ios);
  router.load(`${shown.replace("key SECRET", "key secret")}${IOS_REST}`);
  const { spec, warnings } = ios.compile(router.store);
  expect(warnings).toEqual([]);
  return spec;
}

test.each(PERSONA_NAMES)("%s comes in by the configuration for all of them", (persona: PersonaName) => {
  const lab = new Lab({ spec: iosSpec() });
  const client = lab.client({ nat: lab.nat(), persona }).connect();
  expect(client.state, lab.log.join("\n")).toBe("up");
  expect(client.ping(INSIDE, 3)).toBe(3);
});

test("the table knows every persona", () => {
  for (const persona of PERSONA_NAMES) expect(page).toContain(`\`${persona}\``);
});

test.each(PERSONA_NAMES)("%s comes in by JunosE's 3DES in group 2, unless it is Libreswan", (persona: PersonaName) => {
  const router = new TestShell(junose);
  const url = new URL("../../fixtures/configs/junose-l2tp-ipsec.cfg", import.meta.url);
  router.load(readFileSync(url, "utf8").replaceAll("10.0.0.1", GATEWAY));
  const lab = new Lab({ spec: junose.compile(router.store).spec });
  const client = lab.client({ nat: lab.nat(), persona, preSharedKey: "groupSecret" }).connect();
  expect(client.state, lab.log.join("\n")).toBe(persona === "libreswan" ? "failed" : "up");
});
