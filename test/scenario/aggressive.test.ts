/** Aggressive mode: where a policy allows it, a client's name decides on its key; nobody learns more from it than he must. */

import { expect, test } from "vitest";
import type { OuterPacket } from "../../src/dataplane/packet.ts";
import type { PersonaName } from "../../src/engine/client/persona-names.ts";
import { natDialects } from "../../src/engine/ike/nat-traversal.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { DEFAULT_ROUTER, type IkePolicySpec, type RouterSpec } from "../../src/engine/spec.ts";
import { debugText } from "../../src/modes/ios/debug-words.ts";
import { GATEWAY, INSIDE, Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

type Use = IkePolicySpec["aggressiveMode"];

/** Keys for three names; the one for all addresses is another. */
function spec(use: Use, seconds = 28_800): RouterSpec {
  const made = specOf({ gateway: { lifetimeSeconds: 3600 } });
  const named = ["sales", "pc.example.net", "fred@example.net"].map((hostname) => ({
    virtualRouter: DEFAULT_ROUTER,
    peer: { hostname },
    localAddress: undefined,
    key: new Secret(`key of ${hostname}`),
    group: false,
    label: "default",
  }));
  const { aggressiveMode: _, ...policy } = made.ikePolicies[0] ?? {};
  const policies = [{ ...policy, lifetimeSeconds: seconds, ...(use === undefined ? {} : { aggressiveMode: use }) }];
  return { ...made, ikePolicies: policies as IkePolicySpec[], preSharedKeys: [...made.preSharedKeys, ...named] };
}

function connect(lab: Lab, group: string, preSharedKey = `key of ${group}`, persona: PersonaName = "linux") {
  const { ikePolicies } = spec(undefined);
  return lab
    .client({ nat: lab.nat(), persona, preSharedKey, manners: { policies: ikePolicies }, plan: { group } })
    .connect();
}

/** The IKE packets that the gateway sends from now on. */
function watch(lab: Lab): OuterPacket[] {
  const sent: OuterPacket[] = [];
  lab.network.observe((packet) => {
    if (packet.source.address === GATEWAY) sent.push(packet);
  });
  return sent;
}

test.each(["sales", "pc.example.net", "fred@example.net"])(
  "a client that calls itself %s has the key of that name",
  (group) => {
    const lab = new Lab({ spec: spec("named") });
    const client = connect(lab, group);
    expect(client.state, lab.log.join("\n")).toBe("up");
    expect(client.ping(INSIDE, 5)).toBe(5);
    expect(lab.snapshot.ikeSas).toMatchObject([
      { aggressive: true, natTraversal: true, flow: { local: { port: 4500 } } },
    ]);
  },
);

test.each(natDialects)(
  "both phases are renewed in aggressive mode under $name, from either end",
  ({ vendorId, floats }) => {
    const lab = new Lab({ spec: spec("named", 150) });
    const { ikePolicies } = spec(undefined);
    const manners = { policies: ikePolicies, vendorIds: [vendorId], lifetimeSeconds: 120 };
    const plan = { group: "sales" };
    const client = lab
      .client({ nat: lab.nat(), persona: "linux", preSharedKey: "key of sales", manners, plan })
      .connect();
    expect(client.ping(INSIDE, 300, 1000), lab.log.join("\n")).toBe(300);
    const { ikeSas, connections } = lab.snapshot;
    expect(ikeSas.some(({ initiator }) => initiator)).toBe(true);
    expect(ikeSas.every(({ aggressive, flow }) => aggressive && flow.local.port === (floats ? 4500 : 500))).toBe(true);
    expect(connections).toHaveLength(1);
  },
);

test("the client renews phase 1 in aggressive mode as well", () => {
  const lab = new Lab({ spec: spec("named") });
  const policies = spec("named", 100).ikePolicies;
  const plan = { group: "sales" };
  const client = lab.client({ nat: lab.nat(), preSharedKey: "key of sales", manners: { policies }, plan }).connect();
  expect(client.ping(INSIDE, 200, 1000)).toBe(200);
  expect(lab.snapshot.ikeSas.every(({ initiator, aggressive, id }) => !initiator && aggressive && id > 1001)).toBe(
    true,
  );
});

test.each(["macos", "android"] as const)(
  "%s opens it with its first group only, and proves itself in the clear",
  (persona) => {
    const group = persona === "macos" ? 14 : 2;
    const made = spec("named");
    const policies = made.ikePolicies.map((policy) => ({ ...policy, encryption: "aes", keyBits: 256, group }) as const);
    const lab = new Lab({ spec: { ...made, ikePolicies: policies } });
    const plan = { group: "sales" };
    const client = lab.client({ nat: lab.nat(), persona, preSharedKey: "key of sales", plan }).connect();
    expect(client.ping(INSIDE, 5), lab.log.join("\n")).toBe(5);
    expect(lab.snapshot.ikeSas).toMatchObject([
      { aggressive: true, policy: { group }, flow: { local: { port: 4500 } } },
    ]);
  },
);

test("no policy allows it: it is refused with the reason, and nothing is answered", () => {
  const lab = new Lab({ spec: spec(undefined) });
  const answers = watch(lab);
  const client = connect(lab, "sales");
  expect(client.state).toBe("failed");
  expect(client.reason).toBe("the peer did not answer aggressive mode message 1");
  expect(answers).toEqual([]);
  expect(lab.log.join("\n")).toContain("aggressive mode is not accepted: its hash can be attacked off line");
});

test("a policy that requires it takes no main mode", () => {
  const lab = new Lab({ spec: spec("required") });
  const main = lab.client({ nat: lab.nat() }).connect();
  expect(main.state).toBe("failed");
  expect(connect(lab, "sales").state).toBe("up");
});

test("keys of addresses serve a named peer only where the policy says more than that names are known", () => {
  for (const [use, state] of [
    ["named", "failed"],
    ["accepted", "up"],
  ] as const) {
    const lab = new Lab({ spec: spec(use) });
    expect(connect(lab, "somebody", "secret").state).toBe(state);
  }
});

test("a name that no key is for gets an answer like any other, and the log tells", () => {
  const lengths = ["sales", "selas"].map((group) => {
    const lab = new Lab({ spec: spec("named") });
    const answers = watch(lab);
    const client = connect(lab, group, "key of sales");
    expect(client.state).toBe(group === "sales" ? "up" : "failed");
    if (group === "selas") {
      expect(client.reason).toContain("HASH_R does not match");
      expect(lab.log.join("\n")).toContain("no pre-shared key is configured for key-id selas");
    }
    return answers[0]?.payload.length;
  });
  expect(lengths[0]).toBe(lengths[1]);
});

test("a name that no key is for does not come in with an empty key either", () => {
  const lab = new Lab({ spec: spec("named") });
  expect(connect(lab, "nobody", "").state).toBe("failed");
  expect(lab.snapshot.connections).toEqual([]);
});

test("a wrong key is named at the client, which tells the gateway nothing, and leaves nothing behind", () => {
  const lab = new Lab({ spec: spec("named") });
  const client = connect(lab, "sales", "key of nobody");
  expect(client.reason).toContain("HASH_R does not match");
  lab.run(120_000);
  expect(lab.holdings).toMatchObject({ ikeSas: 0, connections: 0 });
});

test("a third message that is lost comes again with the first of quick mode", () => {
  const lab = new Lab({ spec: spec("named") });
  let lost = 0;
  lab.network.setFilter((packet) => {
    if (packet.destination.address !== GATEWAY || packet.destination.port !== 4500 || lost > 0) return true;
    lost += 1;
    return false;
  });
  const client = connect(lab, "sales");
  expect(lost).toBe(1);
  expect(client.state, lab.log.join("\n")).toBe("up");
});

test("it comes up over a lossy network too", () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const lab = new Lab({ spec: spec("named"), seed, network: { loss: 0.2, duplication: 0.2, jitterMillis: 50 } });
    expect(connect(lab, "sales").state, `seed ${seed}: ${lab.log.join("\n")}`).toBe("up");
  }
});

test("where only ESP in UDP can be carried, a client without a NAT is brought to use it", () => {
  const lab = new Lab({ spec: spec("named"), udpEncapsulationOnly: true });
  const { ikePolicies: policies } = spec(undefined);
  const plan = { group: "sales" };
  const client = lab.client({ persona: "linux", preSharedKey: "key of sales", manners: { policies }, plan }).connect();
  expect(client.ping(INSIDE, 3)).toBe(3);
  expect(lab.snapshot.connections[0]?.encapsulation).toBe("udp");
});

test("debug crypto isakmp tells it in the box's own states", () => {
  const lab = new Lab({ spec: spec("named") });
  connect(lab, "sales");
  const states = lab.events.flatMap(debugText).filter((line) => line.includes("New State") || line.includes("_EXCH"));
  const told = states.map((line) => line.slice(line.search(/Input|Old State/)));
  expect(told).toEqual([
    "Input = IKE_MESG_FROM_PEER, IKE_AM_EXCH",
    "Old State = IKE_READY  New State = IKE_R_AM2",
    "Old State = IKE_R_AM2  New State = IKE_P1_COMPLETE",
  ]);
});

test("of a profile with a keyring only that one is looked into, also when the gateway renews phase 1", () => {
  const made = spec("named", 200);
  const ours = made.preSharedKeys.map((each) => ({ ...each, label: "SALES" }));
  const others = ours.map((each) => ({ ...each, key: new Secret("of another ring"), label: "OTHERS" }));
  const matches = [{ type: "group", name: "sales" }] as const;
  const peerProfiles = [{ name: "SALES", keyLabels: ["SALES"], matches }];
  const lab = new Lab({ spec: { ...made, preSharedKeys: [...others, ...ours], peerProfiles } });
  const client = connect(lab, "sales");
  expect(client.state, lab.log.join("\n")).toBe("up");
  const first = lab.snapshot.ikeSas[0]?.id;
  expect(client.ping(INSIDE, 250, 1000)).toBe(250);
  expect(lab.log.some((line) => line.startsWith("Aggressive mode was started"))).toBe(true);
  expect(lab.snapshot.ikeSas.at(-1)?.id).not.toBe(first);
  expect(lab.log.join("\n")).not.toContain("pre-shared keys differ");
});
