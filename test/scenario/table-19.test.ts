/**
 * Table 19 of the E-series manual, each cell on a router as it is typed: what the idle timeout and the destruct timeout do to standard and to
 * single-shot tunnels once the last session has gone. The LAC ends nothing by itself but what a row says, so whatever else
 * goes is taken down by the router, at its second.
 */

import { expect, test } from "vitest";
import type { Millis } from "../../src/engine/kernel/machine.ts";
import { TypedLab } from "../support/typed-lab.ts";
import { SecuredLac } from "./secured-lac.ts";

const IDLE = 20_000;
const DESTRUCT = 120_000;
const CLEAR = { code: 1, error: undefined, message: undefined };

const configuration = (singleShot: boolean) => `hostname host1
interface loopback 0
 ip address 10.0.0.1 255.255.255.255
ip local pool vpnpool 10.20.0.10 10.20.0.250
ip address-pool local
aaa authentication ppp default none
profile georgeProfile1
 ip unnumbered loopback 0
 ppp authentication chap
ipsec ike-policy-rule 5
 authentication pre-share
 encryption 3des
 group 2
ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0
 application l2tp
 local ip address 10.0.0.1
  pre-share groupSecret
l2tp tunnel idle-timeout ${IDLE / 1000}
l2tp destruct-timeout ${DESTRUCT / 1000}
l2tp destination profile boston4 ip address 0.0.0.0
 remote host default
  enable ipsec-transport
  profile georgeProfile1
  local ip address 10.0.0.1
  ${singleShot ? "single-shot-tunnel" : "no single-shot-tunnel"}
`;

interface Scene {
  readonly lab: TypedLab;
  readonly lac: SecuredLac;
  /** What the router calls the session that is up. */
  readonly session: number;
}

function scene(singleShot: boolean): Scene {
  const lab = new TypedLab(configuration(singleShot));
  const { plan, context } = lab.enrol({ psk: "groupSecret", behind: lab.nat("172.31.1.99"), address: "192.168.1.2" });
  const lac = new SecuredLac(lab, plan, context);
  expect(lac.secure()).toBe(true);
  expect(lac.establish()).toEqual(["sccrp"]);
  const session = lac.call(1);
  lac.hear();
  return { lab, lac, session: Number(session) };
}

/** Types a command of global configuration that is none of the configuration. */
function order({ lab }: Scene, command: string): void {
  expect(["configure terminal", command, "end"].map((line) => lab.router.run(line)).map(({ ok }) => ok)).not.toContain(
    false,
  );
}

/** When it becomes so, in seconds from `start` on, without the tenths that messages are under way. */
function after({ lab }: Scene, start: Millis, isSo: () => boolean): number | undefined {
  const came = lab.network.runUntil(isSo, IDLE + DESTRUCT + 60_000);
  return came ? Math.round((lab.now - start) / 1000) : undefined;
}

const tunnelIsUp = ({ lab }: Scene): boolean => lab.router.state.tunnels.some(({ isUp }) => isUp);
const tunnelIsShown = ({ lab }: Scene): boolean => lab.show("show l2tp tunnel")[0] !== "No L2TP tunnels found";

/** What the router takes down, and when, from now on. */
function moments(scene: Scene, start: Millis = scene.lab.now) {
  return {
    tunnelDown: after(scene, start, () => !tunnelIsUp(scene)),
    ipsecDown: after(scene, start, () => scene.lac.closedAt !== undefined),
    forgotten: after(scene, start, () => !tunnelIsShown(scene)),
  };
}

/** How the only session ends; each is over when the LAC has heard that it is. */
const sessionEnds: Readonly<Record<string, (scene: Scene) => void>> = {
  "the LAC hangs up": ({ lac, session }) => void lac.hangUp(1, session),
  "an operator shuts the session down": (scene) => {
    order(scene, "l2tp shutdown session 1/1/1");
    expectCdn(scene);
  },
  // PPP of this LAC never answers.
  "PPP does not come up": expectCdn,
};

function expectCdn({ lab, lac }: Scene): void {
  expect(lab.network.runUntil(() => lac.listen().some(({ name }) => name === "cdn"), 60_000)).toBe(true);
}

test.each(Object.entries(sessionEnds))(
  "standard, %s: the idle timeout passes, then the destruct timeout, then IPsec goes",
  (_, end) => {
    const here = scene(false);
    end(here);
    const tunnelDown = IDLE / 1000;
    const both = (IDLE + DESTRUCT) / 1000;
    expect(moments(here)).toEqual({ tunnelDown, ipsecDown: both, forgotten: both });
  },
);

test.each(Object.entries(sessionEnds))(
  "single-shot, %s: no idle timeout, and IPsec goes as the destruct timeout begins",
  (_, end) => {
    const here = scene(true);
    end(here);
    expect(moments(here)).toEqual({ tunnelDown: 0, ipsecDown: 0, forgotten: DESTRUCT / 1000 });
  },
);

const tunnelEnds: Readonly<Record<string, (scene: Scene) => void>> = {
  "the LAC clears the tunnel": ({ lac }) => void lac.say("stopCcn", { assignedTunnelId: 7, resultCode: CLEAR }),
  "an operator shuts the tunnel down": (scene) => order(scene, "l2tp shutdown tunnel 1/1"),
};
const ends = Object.keys(tunnelEnds).flatMap((how) => [false, true].map((singleShot) => ({ how, singleShot })));

test.each(ends)(
  "the tunnel itself ends ($how, single shot: $singleShot): the destruct timeout begins at once",
  ({ how, singleShot }) => {
    const here = scene(singleShot);
    const start = here.lab.now;
    tunnelEnds[how]?.(here);
    const destruct = DESTRUCT / 1000;
    expect(moments(here, start)).toEqual({ tunnelDown: 0, ipsecDown: singleShot ? 0 : destruct, forgotten: destruct });
  },
);

test("standard: a session that comes within the idle timeout keeps the tunnel for itself and for later ones", () => {
  const here = scene(false);
  const { lab, lac } = here;
  lac.hangUp(1, here.session);
  for (const number of [2, 3, 4]) {
    lab.run(IDLE - 1000);
    const next = lac.call(number);
    expect(next).toEqual(expect.any(Number));
    // It holds the tunnel for longer than the idle timeout was to last.
    lab.run(5000);
    expect(tunnelIsUp(here)).toBe(true);
    lac.hangUp(number, Number(next));
  }
  expect(moments(here)).toMatchObject({ tunnelDown: IDLE / 1000 });
});

test("standard: while the destruct timeout runs its IPsec connection carries a new tunnel, and then stays for that", () => {
  const here = scene(false);
  const { lab, lac } = here;
  lac.hangUp(1, here.session);
  expect(after(here, lab.now, () => !tunnelIsUp(here))).toBe(IDLE / 1000);
  lac.startTunnel();
  expect(lac.establish()).toEqual(["sccrp"]);
  expect(lac.call(2)).toEqual(expect.any(Number));
  const start = lab.now;
  // The end of the first destruct timeout comes and goes; the second tunnel has one of its own.
  lab.run(DESTRUCT + 1000);
  expect(lac.closedAt).toBeUndefined();
  expect(after(here, start, () => lac.closedAt !== undefined)).toBeGreaterThan((DESTRUCT + IDLE) / 1000);
});

test("single-shot: nothing passes after the only session, not even beside it, and a new IPsec connection is a new chance", () => {
  const here = scene(true);
  const { lac } = here;
  expect(lac.call(2)).toMatchObject({ name: "cdn" });
  lac.hangUp(1, here.session);
  expect(lac.isSecured).toBe(false);
  expect(lac.secure()).toBe(true);
  expect(lac.establish()).toEqual(["sccrp"]);
  expect(lac.call(1)).toEqual(expect.any(Number));
});

test("single-shot: of one IPsec connection the first tunnel is the only one, while it lives too", () => {
  const here = scene(true);
  here.lac.startTunnel();
  expect(here.lac.establish()).toEqual(["stopCcn"]);
  expect(here.lab.show("show l2tp tunnel")).toEqual([
    "L2TP tunnel 1/1 is Up with 1 active session",
    "1 L2TP tunnel found",
  ]);
});

test("standard: with an idle timeout of 0 a tunnel without sessions stays", () => {
  const here = scene(false);
  here.lab.configure("l2tp tunnel idle-timeout 0");
  here.lac.hangUp(1, here.session);
  here.lab.run(10 * DESTRUCT);
  expect(tunnelIsUp(here)).toBe(true);
  expect(here.lac.closedAt).toBeUndefined();
});
