/** `show l2tp …` to the column: CD93 and the reference's examples. */

import { expect, test } from "vitest";
import type { CallView } from "../../../src/engine/l2tp/events.ts";
import type { SessionSnapshot } from "../../../src/engine/snapshot.ts";
import { ONE_COUNTED } from "../../support/l2tp-totals.ts";
import { TestRouter, text } from "./router.ts";
import { call, session, tunnel } from "./snapshots.ts";

function running(): TestRouter {
  const router = new TestRouter();
  router.doing = {
    l2tp: {
      tunnels: [tunnel()],
      totals: ONE_COUNTED,
    },
    sessions: [session({ user: "fred@isp.com" })],
  };
  return router;
}

test("show l2tp destination profile is laid out as the manual prints it, and works in configuration", () => {
  const router = new TestRouter();
  router.load(`hostname ERX
    l2tp destination profile boston ip address 10.10.76.12
    remote host LAC
    tunnel password TunnelPass
    local host LNS
    local ip address 46.1.1.2
    disconnect-cause
    single-shot-tunnel
    session-out-of-resource-result-code-override`);
  router.shell.enterConfiguration();
  expect(router.session("show l2tp destination profile boston")).toBe(text`
    ERX(config)#show l2tp destination profile boston
    L2TP destination profile boston
    Configuration
      Destination address
        Transport ipUdp
        Virtual router default
        Peer address 10.10.76.12
    Statistics
      Destination profile current session count is 0
    Host profile attributes
      Remote host is LAC
        Configuration
          Tunnel password is TunnelPass
          Local host name is LNS
          Local ip address is 46.1.1.2
          Disconnect-cause avp is enabled
          Tunnels are single-shot
          Override out-of-resource-result-code is enabled
        Statistics
          Current session count is 0
    1 L2TP host profile found
  `);
});

test("a host profile prints all that it says, and the sessions that it has", () => {
  const router = new TestRouter();
  router.load(`virtual-router boston
    l2tp destination profile p ip address 0.0.0.0
    remote host default
    enable ipsec-transport
    profile georgeProfile1
    disable proxy lcp
    enable proxy authenticate
    max-sessions 7
    receive-window-size 4
    default-upper-type mlppp
    bearer-type analog
    failover-resync silent-failover
    tunnel-switch-profile relay
    remote host LAC`);
  const [profile] = router.snapshot().spec.lnsProfiles.filter((lns) => lns.remoteHostName === undefined);
  router.doing = {
    l2tp: {
      ...router.snapshot().l2tp,
      tunnels: [
        tunnel({ profile, sessions: [call(), call({ session: 2, state: "down" })] }),
        tunnel({ tunnel: 2, profile, sessions: [call({ session: 3 })] }),
        tunnel({ tunnel: 3, sessions: [call({ session: 4 })] }),
      ],
    },
  };
  expect(router.session("show l2tp destination profile p")).toBe(text`
    host1#show l2tp destination profile p
    L2TP destination profile p
    Configuration
      Destination address
        Transport ipUdp
        Virtual router boston
        Peer address 0.0.0.0
    Statistics
      Destination profile current session count is 2
    Host profile attributes
      Remote host is default
        Configuration
          Ipsec transport is enabled
          Profile is georgeProfile1
          Proxy lcp is disabled
          Proxy authenticate is enabled
          Max sessions is 7
          Receive window size is 4
          Default upper type is mlppp
          Bearer type is analog
          Failover resync is silent-failover
          Tunnel switch profile is relay
        Statistics
          Current session count is 2
      Remote host is LAC
        Configuration
        Statistics
          Current session count is 0
    2 L2TP host profiles found
  `);
  expect(router.session("show l2tp destination profile")).toBe(text`
    host1#show l2tp destination profile
    L2TP destination profile p
    1 L2TP destination profile found
  `);
  expect(router.session("show l2tp destination profile ghost")).toBe(text`
    host1#show l2tp destination profile ghost
    No L2TP destination profiles found
  `);
});

test("show l2tp: settings and counters", () => {
  expect(running().session("show l2tp")).toBe(text`
    host1#show l2tp
    Configuration
      L2TP administrative state is enabled
      Dynamic interface destruct timeout is 600 seconds
      Data packet checksums are disabled
      Receive data sequencing is not ignored
      Tunnel switching is disabled
      Retransmission retries for established tunnels is 5
      Retransmission retries for not-established tunnels is 5
      Tunnel idle timeout is 60 seconds
      Failover within a preference level is disabled
      Weighted load balancing is disabled
      Tunnel authentication challenge is enabled
      Calling number avp is enabled
      Ignore remote transmit address change is disabled
      Disconnect cause avp is disabled
      Default receive window size is system chosen
      Rx speed avp when equal is disabled
      Destination lockout timeout is 300 seconds
      Destination lockout test is disabled
      Failover resync is failover-protocol-fallback-to-silent-failover
    Sub-interfaces          total   active   failed   auth-errors
      Destinations          1       1        0        n/a
      Tunnels               1       1        0        0
      Sessions              1       1        0        n/a
      Switched-sessions     0       0        0        n/a
  `);
});

test("show l2tp says what was configured instead", () => {
  const router = new TestRouter();
  router.load(`l2tp drain
    l2tp destruct-timeout 1200
    l2tp tunnel idle-timeout 0
    l2tp checksum
    l2tp disable challenge
    l2tp receive-window-size 4
    l2tp retransmission 9 established`);
  const shown = router.session("show l2tp");
  for (const line of [
    "L2TP administrative state is drain",
    "Dynamic interface destruct timeout is 1200 seconds",
    "Data packet checksums are enabled",
    "Retransmission retries for established tunnels is 9",
    "Tunnel idle timeout is 0 seconds",
    "Tunnel authentication challenge is disabled",
    "Default receive window size is 4",
  ]) {
    expect(shown).toContain(`\n  ${line}\n`);
  }
});

test("show l2tp destination and its details", () => {
  expect(running().session("show l2tp destination", "show l2tp destination detail 1")).toBe(text`
    host1#show l2tp destination
    L2TP destination 1 is Up with 1 active tunnel and 1 active session
    1 L2TP destination found
    host1#show l2tp destination detail 1
    L2TP destination 1 is Up with 1 active tunnel and 1 active session
      Configuration
        Administrative state is enabled
        SNMP traps are enabled
      Destination address
        Transport ipUdp
        Virtual router default
        Local address 192.168.1.230, peer address 172.31.1.98
      Destination status
        Effective administrative state is enabled
      Sub-interfaces     total   active   failed   auth-errors
        Tunnels          1       1        0        0
        Sessions         1       1        0        n/a
      Statistics         packets   octets   discards   errors
        Control rx       195       9684     0          0
        Control tx       195       9684     0          0
        Data rx          5         111      0          0
        Data tx          6         144      0          0
  `);
});

test("show l2tp tunnel and its details", () => {
  expect(running().session("show l2tp tunnel", "show l2tp tunnel detail 1/1")).toBe(text`
    host1#show l2tp tunnel
    L2TP tunnel 1/1 is Up with 1 active session
    1 L2TP tunnel found
    host1#show l2tp tunnel detail 1/1
    L2TP tunnel 1/1 is Up with 1 active session
      Configuration
        Administrative state is enabled
        SNMP traps are enabled
      Tunnel address
        Transport ipUdp
        Virtual router default
        Local address 192.168.1.230, peer address 172.31.1.98
        Local UDP port 1701, peer UDP port 1701
      Tunnel status
        Effective administrative state is enabled
        State is established
        Initiated by remote
        Local tunnel id is 14, peer tunnel id is 34
      Sub-interfaces     total   active   failed
        Sessions         1       1        0
      Statistics         packets   octets   discards   errors
        Control rx       195       9684     0          0
        Control tx       195       9684     0          0
        Data rx          5         111      0          0
        Data tx          6         144      0          0
      Control channel statistics
        Receive window size = 4
        Receive ZLB = 17
        Receive out-of-sequence = 0
        Receive out-of-window = 0
        Transmit window size = 4
        Transmit ZLB = 12
        Transmit queue depth = 0
        Retransmissions = 8
      Tunnel operational configuration
        Peer host name is 'LAC'
        Peer vendor name is 'XYZ'
        Peer protocol version is 1.0
        Peer firmware revision is 0x1120
        Peer bearer capabilities are digital and analog
        Peer framing capabilities are sync and async
  `);
});

test("show l2tp session and its details", () => {
  expect(running().session("show l2tp session", "show l2tp session detail 1/1/1")).toBe(text`
    host1#show l2tp session
    L2TP session 1/1/1 is Up
    1 L2TP session found
    host1#show l2tp session detail 1/1/1
    L2TP session 1/1/1 is Up
      Configuration
        Administrative state is enabled
        SNMP traps are enabled
      Session status
        Effective administrative state is enabled
        State is established
        Local session id is 63, peer session id is 3
      Statistics         packets   octets   discards   errors
        Data rx          5         111      0          0
        Data tx          6         144      0          0
      Session operational configuration
        User name is 'fred@isp.com'
        Call type is lnsIncoming
        Call serial number is 0
        Tx connect speed is 0
        Rx connect speed is 0
        Bearer type is none
        Framing type is sync
        Proxy LCP was not provided
        Authentication method was not provided
        Sequencing is none
  `);
});

test("summaries count by state", () => {
  const summary = text`
    Administrative status    enabled      drain        disabled
                             1            0            0
    Operational status       up           down         lower-down   not-present
                             1            0            0            0
  `;
  for (const what of ["tunnel", "destination", "session"]) {
    expect(running().session(`show l2tp ${what} summary`)).toBe(`host1#show l2tp ${what} summary\n${summary}`);
  }
});

test("nothing to show never reads as an error to the clients that look for `not found`", () => {
  const router = new TestRouter();
  for (const [what, line] of [
    ["show l2tp tunnel", "No L2TP tunnels found"],
    ["show l2tp session detail", "No L2TP sessions found"],
    ["show l2tp destination", "No L2TP destinations found"],
    ["show ipsec transport interface", "No Ipsec transport interfaces found"],
    ["show ipsec transport profile", "No IPSEC transport profiles found"],
  ] as const) {
    expect(router.session(what)).toBe(`host1#${what}\n${line}`);
  }
});

test("two clients behind one NAT are two destinations, and names hold while tunnels come and go", () => {
  const at = (number: number, connection: number, sessionId: number) =>
    tunnel({
      tunnel: number,
      path: { ...tunnel().path, connection },
      sessions: [call({ session: sessionId })],
    });
  const router = new TestRouter();
  const show = (...tunnels: readonly ReturnType<typeof tunnel>[]) => {
    router.doing = { l2tp: { ...router.snapshot().l2tp, tunnels } };
    return router
      .session("show l2tp tunnel", "show l2tp session")
      .split("\n")
      .filter((line) => line.includes(" is "));
  };
  expect(show(at(1, 7, 1), at(2, 8, 2), at(3, 7, 3))).toEqual([
    "L2TP tunnel 1/1 is Up with 1 active session",
    "L2TP tunnel 1/3 is Up with 1 active session",
    "L2TP tunnel 2/1 is Up with 1 active session",
    "L2TP session 1/1/1 is Up",
    "L2TP session 1/3/3 is Up",
    "L2TP session 2/1/2 is Up",
  ]);
  expect(show(at(2, 8, 2))).toEqual(["L2TP tunnel 2/1 is Up with 1 active session", "L2TP session 2/1/2 is Up"]);
});

test("a tunnel that is over says why until it is forgotten", () => {
  const router = new TestRouter();
  router.doing = {
    l2tp: {
      ...router.snapshot().l2tp,
      tunnels: [tunnel({ state: "down", sessions: [], lastResult: { code: 1, error: undefined, message: "idle" } })],
    },
  };
  const shown = router.session("show l2tp tunnel detail");
  expect(shown).toContain("L2TP tunnel 1/1 is Down with 0 active sessions\n");
  expect(shown).toContain("\n    State is idle\n");
  expect(shown).toContain("\n    Last result code is 1, error code is 0, message is 'idle'\n");
  expect(shown).toMatch(/\n1 L2TP tunnel found$/);
});

test("the administrative state of a peer is told with it, and the strictest one holds", () => {
  const router = new TestRouter();
  router.load("l2tp shutdown destination ip 172.31.1.98");
  const { l2tp } = router.snapshot();
  router.doing = { l2tp: { ...l2tp, tunnels: [tunnel()] } };
  const states = (line: string): readonly string[] =>
    router.shell.execute(line).lines.filter((one) => one.includes("dministrative state"));
  expect(states("show l2tp destination detail 1")).toEqual([
    "    Administrative state is disabled",
    "    Effective administrative state is disabled",
  ]);
  expect(states("show l2tp tunnel detail 1/1")).toEqual([
    "    Administrative state is enabled",
    "    Effective administrative state is disabled",
  ]);
  router.load("no l2tp shutdown destination ip 172.31.1.98\nl2tp drain");
  expect(states("show l2tp session detail 1/1/1")).toEqual([
    "    Administrative state is enabled",
    "    Effective administrative state is drain",
  ]);
  expect(JSON.parse(router.shell.execute("show l2tp tunnel summary | json").lines.join(""))).toMatchObject({
    drain: 1,
  });
});

test("what a LAC says of its client is shown: how it proved itself, and what was agreed", () => {
  const router = new TestRouter();
  const { l2tp } = router.snapshot();
  const sessionOf = (over: Parameters<typeof call>[0]): string => {
    router.doing = { l2tp: { ...l2tp, tunnels: [tunnel({ sessions: [call(over)] })] } };
    return router.session("show l2tp session detail");
  };
  expect(sessionOf({ proxyLcp: true, proxyAuthenticationType: 2 })).toMatch(
    /Proxy LCP was provided\n {4}Authentication method is pppChap\n/,
  );
  expect(sessionOf({ proxyAuthenticationType: 9 })).toContain("Authentication method is type 9");
  expect(sessionOf({})).toContain("Authentication method was not provided");
});

test("what a session carried still counts when it is over, and from a baseline on", () => {
  const router = running();
  const { sessions } = router.doing;
  const counters = sessions?.[0]?.counters;
  const rows = (line: string) => router.shell.execute(line).lines.filter((each) => each.includes("Data "));
  const before = rows("show l2tp session detail");
  const [live] = router.doing.l2tp?.tunnels ?? [];
  if (live === undefined || router.doing.l2tp === undefined) throw new Error("no tunnel");
  const over = { ...live, sessions: [call({ state: "down", carried: counters })] };
  router.doing = { l2tp: { ...router.doing.l2tp, tunnels: [over] }, sessions: [] };
  expect(rows("show l2tp session detail")).toEqual(before);
  expect(rows("show l2tp tunnel detail")).toEqual(before);
  router.session("baseline l2tp");
  expect(rows("show l2tp session detail delta").join(" ")).toMatch(/^(?:\s+Data [rt]x(?:\s+0){4})+$/);
});

test("details of a session name whoever proved himself in it, also when it is over, and nobody where nobody is asked", () => {
  const router = running();
  const { l2tp, sessions } = router.snapshot();
  const named = (over: Partial<CallView>, still: readonly SessionSnapshot[]) => {
    router.doing = {
      ...router.doing,
      l2tp: { ...l2tp, tunnels: [tunnel({ sessions: [call(over)] })] },
      sessions: still,
    };
    return /User name is .*/.exec(router.session("show l2tp session detail"))?.[0];
  };
  expect(named({ state: "down", user: "fred@isp.com" }, [])).toBe("User name is 'fred@isp.com'");
  expect(named({ state: "down" }, [])).toBeUndefined();
  const unproven = sessions.map((one) => ({ ...one, ppp: { ...one.ppp, peerName: "" } }));
  expect(unproven).toHaveLength(1);
  expect(named({}, unproven)).toBeUndefined();
});
