/** `show ipsec …` to the column: the reference's examples. */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { mask } from "../../../src/modes/junose/masking.ts";
import { TestRouter, text } from "./router.ts";
import { connection, hexOctets, ikeSa } from "./snapshots.ts";

test("show ipsec option tells of the virtual router that the session stands in", () => {
  const router = new TestRouter();
  router.load("virtual-router westford\nvirtual-router boston\nno ipsec option nat-t\nipsec option dpd");
  router.session("virtual-router westford");
  expect(router.session("show ipsec option")).toBe(text`
    host1:westford#show ipsec option
    IPsec options:
    Dead Peer Detection: disabled
    NAT Traversal      : enabled
    Tx Invalid Cookie  : disabled
  `);
  router.session("virtual-router boston");
  expect(router.session("show ipsec option")).toBe(text`
    host1:boston#show ipsec option
    IPsec options:
    Dead Peer Detection: enabled
    NAT Traversal      : disabled
    Tx Invalid Cookie  : disabled
  `);
});

test("show ipsec ike-sa: ports, remaining seconds, our cookie first", () => {
  const router = new TestRouter();
  router.doing = {
    ikeSas: [
      ikeSa({ localPort: 500, remote: "172.31.1.98", port: 500 }),
      ikeSa({
        localPort: 4500,
        remote: "172.31.1.99",
        port: 1027,
        expiresAt: 187_496_000 + 28_774_999,
        responderCookie: hexOctets("01f9efa234d45ad8"),
        initiatorCookie: hexOctets("ada4cb7cc9ac4fe2"),
      }),
      ikeSa({ localPort: 500, remote: "172.31.1.97", port: 500, virtualRouter: "westford" }),
    ],
  };
  expect(router.session("show ipsec ike-sa")).toBe(text`
    host1#show ipsec ike-sa
    IKE Phase 1 SA's:
    Local:Port        Remote:Port       Time(Sec)  State     Local Cookie        Remote Cookie
    10.0.0.1:500      172.31.1.98:500   26133      DONE      0x87a943562124c711  0xafa2cf4a260399a4
    10.0.0.1:4500     172.31.1.99:1027  28774      DONE      0x01f9efa234d45ad8  0xada4cb7cc9ac4fe2
  `);
  expect(router.session("show ike sa").split("\n")).toHaveLength(5);
});

test("negotiations have the states of the IKE MIB, and long addresses keep the columns apart", () => {
  const router = new TestRouter();
  const states = ["initial", "sentSa", "sentKe", "sentId", "established", "deleted"] as const;
  router.doing = {
    ikeSas: [
      ...states.map((state) => ikeSa({ localPort: 500, remote: "203.113.113.113", port: 65_535, state })),
      ikeSa({ localPort: 500, remote: "10.0.0.2", port: 500, state: "sentKe", initiator: true, expiresAt: undefined }),
    ],
  };
  const rows = router.session("show ipsec ike-sa").split("\n").slice(3);
  expect(rows.map((row) => row.split(/\s+/)[3])).toEqual([
    "START_SA_NEGOTIATION_R",
    "MM_SA_R",
    "MM_KE_R",
    "MM_FINAL_R",
    "DONE",
    "DELETED",
    "MM_KE_I",
  ]);
  expect(rows[6]).toMatch(/10\.0\.0\.2:500 +0 +MM_KE_I +0xafa2cf4a260399a4 {2}0x87a943562124c711$/);
  expect(new Set(rows.map((row) => row.indexOf("0x"))).size).toBe(1);
});

test("show ipsec ike-policy-rule", () => {
  const router = new TestRouter();
  expect(router.session("show ipsec ike-policy-rule")).toContain("\nDefault protection suite\n");
  router.load("ipsec ike-policy-rule 5\nipsec ike-policy-rule 9\nencryption des\nhash md5\ngroup 1");
  expect(router.session("show ipsec ike-policy-rule 5")).toBe(text`
    host1#show ipsec ike-policy-rule 5
    IKE Policy Rules:
    Protection suite priority: 5
            encryption algorithm      :3DES
            hash algorithm            :SHA   Secure Hash Standard
            authentication method     :Pre Shared Keys
            Diffie-Hellman group      :2 (1024 bit)
            lifetime                  :28800 seconds
            aggressive mode           :Not Allowed
  `);
  expect(router.session("show ipsec isakmp-policy-rule")).toContain(
    "priority: 9\n        encryption algorithm      :DES",
  );
});

test("transform sets, lifetimes and manual keys", () => {
  const router = new TestRouter();
  router.load(`ipsec transform-set customer-x esp-3des-hmac-sha esp-des-hmac-sha
    ipsec key manual pre-share 10.10.1.1
    key topSecret`);
  expect(router.session("show ipsec transform-set", "show ipsec lifetime")).toBe(text`
    host1#show ipsec transform-set
    Transform-set: customer-x = {esp-3des-hmac-sha esp-des-hmac-sha}.
    host1#show ipsec lifetime
    Default lifetime in seconds is 28800
    Default lifetime in kilobytes is 4294967295
  `);
  expect(router.session("show ipsec key manual pre-share").split("\n")).toEqual([
    "host1#show ipsec key manual pre-share",
    "Pre-shared keys:",
    "Address           Masked key",
    `10.10.1.1         ${mask(new Secret("topSecret"))}`,
  ]);
});

test("show ipsec transport profile", () => {
  const router = new TestRouter();
  router.load(`ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0
    transform-set esp-3des-hmac-sha
    local ip address 10.0.0.1
    pre-share hidden`);
  expect(router.session("show ipsec transport profile remoteL2tp")).toBe(text`
    host1#show ipsec transport profile remoteL2tp
    IPSEC transport profile remoteL2tp
       Virtual router default
       Peer address 0.0.0.0
       Application l2tp
       Lifetime range in seconds 1800 - 864000
       Lifetime range in kilobytes 102400 - 4294967295
       Pfs group none
       Transform-set esp-3des-hmac-sha
       Local ip address: 10.0.0.1
  `);
  router.load("ipsec transport profile remoteL2tp\nlifetime seconds 1800 3600\nlifetime kilobytes 200000\npfs group 5");
  const shown = router.session("show ipsec transport profile remoteL2tp");
  expect(shown).toContain("\n   Lifetime range in seconds 1800 - 3600\n");
  expect(shown).toContain("\n   Lifetime range in kilobytes 200000 - 200000\n");
  expect(shown).toContain("\n   Pfs group 5\n");
});

test("show ipsec transport interface, its details and its summary", () => {
  const router = new TestRouter();
  router.doing = { connections: [connection()] };
  expect(router.session("show ipsec transport interface", "show ipsec transport interface detail 1")).toBe(text`
    host1#show ipsec transport interface
    IPSEC transport interface 1 is Up
    1 Ipsec transport interface found
    host1#show ipsec transport interface detail 1
    IPSEC transport interface 1 is Up
       Configuration
         Virtual router     default
         Application        l2tp
         Pfs group          none
         Mtu                1466
         Local address      10.0.0.1
         Remote address     172.31.1.98
         Lifetime           28800 seconds 4294967295 kilobytes
       IPSEC inbound/outbound SAs
         Inbound spi        0x15c50506  transform esp-3des-hmac-sha
         Outbound spi       0x2a0f1c44  transform esp-3des-hmac-sha
       Statistics
         InUserPackets 5          OutUserPackets 5
         InUserOctets  520        OutUserOctets  520
         InAccPackets  5          OutAccPackets  5
         InAccOctets   800        OutAccOctets   800
         InAuthErrors  0          OutPolicyErrors 0
         InReplayErrors 0         OutOtherTxErrors 0
         InPolicyErrors 0
         InOtherRxErrors 0
         InDecryptErrors 0
         InPadErrors   0
  `);
  expect(router.session("show ipsec transport interface summary")).toBe(text`
    host1#show ipsec transport interface summary
    Operational status       up           down         lower-down   not-present
                             1            0            0            0
  `);
});

test("with NAT-T the peer's translated port is told, and counters are those of all SAs together", () => {
  const router = new TestRouter();
  const one = connection();
  const local = { address: "10.0.0.1", port: 4500 };
  router.doing = {
    connections: [
      connection({
        encapsulation: "udp",
        flow: { local, wire: local, remote: { address: "172.31.1.99", port: 1027 } },
        sas: [...one.sas.map((sa) => ({ ...sa, superseded: true })), ...one.sas],
      }),
    ],
  };
  const shown = router.session("show ipsec transport interface detail");
  expect(shown).toContain("\n     Remote NAT-T port  1027\n");
  expect(shown).toContain("\n     InUserPackets 10         OutUserPackets 10\n");
  expect(shown).toMatch(/\n1 Ipsec transport interface found$/);
});

test("tunnel interfaces are listed as configured and not there", () => {
  const router = new TestRouter();
  router.load("interface tunnel ipsec:ottawa transport-virtual-router default\ninterface tunnel gre:boston");
  expect(router.session("show ipsec tunnel", "show ipsec tunnel detail ottawa", "show ipsec tunnel summary")).toBe(text`
    host1#show ipsec tunnel
    IPSEC tunnel ottawa is NotPresent
    1 IPSEC tunnel found
    host1#show ipsec tunnel detail ottawa
    IPSEC tunnel ottawa is NotPresent
       Transport virtual router default
    1 IPSEC tunnel found
    host1#show ipsec tunnel summary
    Administrative status    enabled      drain        disabled
                             1            0            0
    Operational status       up           down         lower-down   not-present
                             0            0            0            1
  `);
});

test("a rule that is bound to an address says so", () => {
  const router = new TestRouter();
  router.load("ipsec ike-policy-rule 7\nip address 10.0.0.1 virtual-router default");
  const bound = router.shell.execute("show ipsec ike-policy-rule 7").lines.at(-1);
  expect(bound).toBe("        ip address                :10.0.0.1 virtual-router default");
});
