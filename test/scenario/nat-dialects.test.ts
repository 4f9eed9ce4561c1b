/** Every dialect of NAT traversal that a client may have, alone and among others. */

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { agreedDialect, natDialects } from "../../src/engine/ike/nat-traversal.ts";
import { payloadType } from "../../src/engine/wire/isakmp-payload.ts";
import { toHex } from "../support/hex.ts";
import { INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const documents: Readonly<Record<string, string>> = {
  "RFC 3947": "RFC 3947",
  Apple: "draft-ietf-ipsec-nat-t-ike",
  "draft 02 with newline": "draft-ietf-ipsec-nat-t-ike-02\n",
};

test.each(natDialects)("the vendor ID of $name is the hash of the document's name", ({ name, vendorId }) => {
  const document = documents[name] ?? `draft-ietf-ipsec-nat-t-ike-${name.slice(-2)}`;
  expect(toHex(vendorId)).toBe(createHash("md5").update(document).digest("hex"));
});

test.each(natDialects)(
  "a client that speaks $name alone connects from behind a NAT and renews both phases",
  (dialect) => {
    const spec = specOf({ gateway: { lifetimeSeconds: 120 } });
    const ikePolicies = spec.ikePolicies.map((policy) => ({ ...policy, lifetimeSeconds: 200 }));
    const lab = new Lab({ spec: { ...spec, ikePolicies } });
    const manners = { vendorIds: [dialect.vendorId] };
    const client = lab.client({ nat: lab.nat(), manners }).connect();
    expect(client.state, lab.log.join("\n")).toBe("up");
    expect(client.ping(INSIDE, 300, 1000)).toBe(300);
    const port = dialect.floats ? 4500 : 500;
    expect(lab.snapshot.connections).toMatchObject([{ encapsulation: "udp", flow: { local: { port } } }]);
    expect(lab.snapshot.ikeSas.every(({ flow }) => flow.local.port === port)).toBe(true);
    expect(lab.log.filter((line) => line.startsWith("Phase 1 was established")).length).toBeGreaterThan(1);
  },
);

test.each(natDialects)("clients of $name behind one NAT are kept apart", (dialect) => {
  const lab = new Lab({ spec: specOf({}) });
  const nat = lab.nat();
  const manners = { vendorIds: [dialect.vendorId] };
  const clients = [1, 2, 3].map(() => lab.client({ nat, manners }).connect());
  expect(lab.pingTogether(clients, INSIDE, 5)).toEqual([5, 5, 5]);
});

test("of several dialects the best is answered, and none that only one end has", () => {
  const offered = natDialects.map(({ vendorId }) => ({ type: payloadType.vendorId, body: vendorId })).reverse();
  expect(agreedDialect(offered)?.name).toBe("RFC 3947");
  expect(agreedDialect(offered.slice(0, 4))?.name).toBe("draft 02 with newline");
  const ours = natDialects.slice(-2).map(({ vendorId }) => vendorId);
  expect(agreedDialect(offered, ours)?.name).toBe("draft 01");
  expect(agreedDialect([], ours)).toBeUndefined();
});

test.each(natDialects)("a client of $name that insists on UDP gets it without a NAT", (dialect) => {
  const lab = new Lab({ spec: specOf({}) });
  const client = lab.client({ manners: { vendorIds: [dialect.vendorId], forceEncapsulation: true } }).connect();
  expect(client.ping(INSIDE, 5), lab.log.join("\n")).toBe(5);
  expect(lab.snapshot.connections[0]?.encapsulation).toBe("udp");
});
