/** Single-shot tunnels beside standard ones: idle timeout, destruct timeout and the IPsec connection underneath. */

import { expect, test } from "vitest";
import type { LnsProfileSpec } from "../../src/engine/l2tp-spec.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { INSIDE, Lab, NAT } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";
import { ScriptedLac } from "./scripted-lac.ts";

const IDLE = 30_000;
const DESTRUCT = 120_000;
const LAC = "192.0.2.77";

function specWith(lns: Partial<LnsProfileSpec>): RouterSpec {
  const spec = specOf({
    gateway: { separation: "perConnection" },
    lns: { helloSeconds: 0, ...lns },
    ppp: { keepaliveSeconds: 0 },
  });
  return {
    ...spec,
    l2tp: { ...spec.l2tp, idleTimeoutSeconds: IDLE / 1000, destructTimeoutSeconds: DESTRUCT / 1000 },
    virtualRouters: spec.virtualRouters.map((router) => ({
      ...router,
      interfaces: router.interfaces.map((port) => ({ ...port, ipsecOnly: false })),
    })),
  };
}

function clearLab(singleShot: boolean): { lab: Lab; lac: ScriptedLac } {
  const lab = new Lab({ spec: specWith({ transport: "clear", singleShot }) });
  return { lab, lac: ScriptedLac.inTheClear(lab, LAC) };
}

function tunnelState(lab: Lab): string | undefined {
  return lab.snapshot.l2tp.tunnels[0]?.state;
}

test("Table 19, idle timeout, standard tunnel: it stays so long, and is kept by a new session for itself and for later ones", () => {
  const { lab, lac } = clearLab(false);
  expect(lac.establish()).toEqual(["sccrp"]);
  const first = lac.call(1);
  const second = lac.call(2);
  expect([first, second]).toEqual([expect.any(Number), expect.any(Number)]);
  expect(lab.holdings).toMatchObject({ tunnels: 1, sessions: 2 });
  lac.hangUp(1, Number(first));
  lac.hangUp(2, Number(second));
  lab.run(IDLE - 5000);
  expect(tunnelState(lab)).toBe("established");
  const third = lac.call(3);
  expect(third).toEqual(expect.any(Number));
  // The new session keeps the tunnel for itself and for those after it.
  lab.run(IDLE);
  expect(tunnelState(lab)).toBe("established");
  lac.hangUp(3, Number(third));
  lab.run(IDLE - 1000);
  expect(tunnelState(lab)).toBe("established");
  lac.hear();
  lab.run(2000);
  expect(lac.hear()).toMatchObject([{ name: "stopCcn" }]);
  expect(tunnelState(lab)).toBe("down");
});

test("Table 19, idle timeout, single-shot tunnel: it is ignored, and nothing passes after the only session", () => {
  const { lab, lac } = clearLab(true);
  expect(lac.establish()).toEqual(["sccrp"]);
  const only = lac.call(1);
  expect(only).toEqual(expect.any(Number));
  expect(lac.call(2)).toMatchObject({ name: "cdn" });
  expect(lab.holdings).toMatchObject({ tunnels: 1, sessions: 1 });
  // The idle timeout is not waited for.
  expect(lac.hangUp(1, Number(only))).toEqual(["stopCcn"]);
  expect(lab.holdings.sessions).toBe(0);
  expect(tunnelState(lab)).toBe("down");
});

test("in the clear the peer of a single-shot tunnel that is over may open another", () => {
  const { lab, lac } = clearLab(true);
  lac.establish();
  lac.hangUp(1, Number(lac.call(1)));
  const again = ScriptedLac.inTheClear(lab, LAC);
  expect(again.establish()).toEqual(["sccrp"]);
  expect(again.call(1)).toEqual(expect.any(Number));
});

test.each([true, false])(
  "a tunnel that is over stays visible for the destruct timeout (single shot: %s)",
  (singleShot) => {
    const { lab, lac } = clearLab(singleShot);
    lac.establish();
    lac.hangUp(1, Number(lac.call(1)));
    lab.run(singleShot ? 1000 : IDLE + 1000);
    expect(tunnelState(lab)).toBe("down");
    lab.run(DESTRUCT - 3000);
    expect(tunnelState(lab)).toBe("down");
    lab.run(3000);
    expect(tunnelState(lab)).toBeUndefined();
  },
);

/** Clears the session at the gateway while the client is cut off, so that the gateway acts alone. */
function timesOfTheEnd(singleShot: boolean): { readonly tunnelDown: number; readonly connectionGone: number } {
  const lab = new Lab({ spec: specWith({ transport: "ipsec", singleShot }) });
  const client = lab.client({ nat: lab.nat() }).connect();
  expect(client.ping(INSIDE, 2)).toBe(2);
  lab.network.setFilter(({ source }) => source.address !== NAT);
  lab.request({ type: "closeSession", session: lab.snapshot.sessions[0]?.session ?? 0, reason: "cleared" });
  expect(lab.network.runUntil(() => tunnelState(lab) === "down", 600_000)).toBe(true);
  const tunnelDown = lab.network.now;
  expect(lab.network.runUntil(() => lab.snapshot.connections.length === 0, 600_000)).toBe(true);
  return { tunnelDown, connectionGone: lab.network.now };
}

test("Table 19, destruct timeout, single-shot tunnel: its IPsec connection goes when the timeout begins", () => {
  const { tunnelDown, connectionGone } = timesOfTheEnd(true);
  expect(connectionGone - tunnelDown).toBe(0);
});

test("Table 19, destruct timeout, standard tunnel: its IPsec connection goes when the timeout ends", () => {
  const { tunnelDown, connectionGone } = timesOfTheEnd(false);
  expect(connectionGone - tunnelDown).toBe(DESTRUCT);
});

test("under IPsec a client of a single-shot tunnel comes and goes as any other, each time on a new connection", () => {
  const lab = new Lab({ spec: specWith({ transport: "ipsec", singleShot: true }) });
  const nat = lab.nat();
  const neighbour = lab.client({ nat }).connect();
  const seen = new Set<number>();
  for (let round = 0; round < 3; round += 1) {
    const client = lab.client({ nat, address: "10.0.0.77" }).connect();
    expect(client.ping(INSIDE, 3), client.reason).toBe(3);
    seen.add(lab.snapshot.connections.at(-1)?.connection ?? 0);
    client.disconnect();
    expect(lab.snapshot.connections).toHaveLength(1);
  }
  expect(seen.size).toBe(3);
  expect(neighbour.ping(INSIDE, 3)).toBe(3);
});

test("under IPsec a failed attempt costs a single-shot connection its life", () => {
  const lab = new Lab({ spec: specWith({ transport: "ipsec", singleShot: true }) });
  const nat = lab.nat();
  const wrong = lab.client({ nat, password: "guess" }).connect();
  expect(wrong.state).toBe("failed");
  lab.run(1000);
  expect(lab.holdings).toMatchObject({ connections: 0, sessions: 0, leases: 0 });
  expect(lab.client({ nat }).connect().state).toBe("up");
});

test("a single-shot client that lost its power comes back from the same endpoint, without INITIAL-CONTACT, to a fresh tunnel", () => {
  const lab = new Lab({ spec: specWith({ transport: "ipsec", singleShot: true }) });
  const nat = lab.nat();
  const before = lab.client({ nat, address: "10.0.0.2" }).connect();
  expect(before.ping(INSIDE, 2)).toBe(2);
  const old = lab.snapshot.l2tp.tunnels[0]?.tunnel;
  // The same machine, with nothing in its memory.
  const after = lab.client({ nat, address: "10.0.0.2" }).connect();
  expect(after.state, after.reason).toBe("up");
  expect(after.ping(INSIDE, 3)).toBe(3);
  const standing = lab.snapshot.l2tp.tunnels.filter(({ state }) => state === "established");
  expect(standing).toHaveLength(1);
  expect(standing[0]?.tunnel).not.toBe(old);
  expect(lab.holdings).toMatchObject({ connections: 1, sessions: 1, leases: 1 });
  // The end of the old tunnel does not take the connection that the new one runs over.
  lab.run(DESTRUCT + 5000);
  expect(after.ping(INSIDE, 3)).toBe(3);
});

test("a new phase 1 and 2 of a client that kept its single-shot tunnel changes nothing of it", () => {
  const spec = specWith({ transport: "ipsec", singleShot: true });
  const lab = new Lab({
    spec: {
      ...spec,
      ikePolicies: spec.ikePolicies.map((policy) => ({ ...policy, lifetimeSeconds: 100 })),
      ipsecGateways: spec.ipsecGateways.map((gateway) => ({ ...gateway, lifetimeSeconds: 100 })),
    },
  });
  const client = lab.client({ nat: lab.nat() }).connect();
  const [before] = lab.snapshot.l2tp.tunnels;
  expect(client.ping(INSIDE, 100, 5000)).toBe(100);
  expect(lab.snapshot.l2tp.tunnels.map(({ tunnel }) => tunnel)).toEqual([before?.tunnel]);
});
