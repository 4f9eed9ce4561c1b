import { expect, test } from "vitest";
import type { CryptoMaps } from "../../../../src/modes/ios/compile/crypto-maps.ts";
import { showCryptoEngineConnections } from "../../../../src/modes/ios/show/crypto-engine.ts";
import { showIpsecSa, showIpsecSaCount, showTransformSets } from "../../../../src/modes/ios/show/crypto-ipsec.ts";
import {
  showIsakmpKey,
  showIsakmpPeers,
  showIsakmpPolicy,
  showIsakmpSa,
  showIsakmpSaCount,
  showIsakmpSaDetail,
} from "../../../../src/modes/ios/show/crypto-isakmp.ts";
import { showCryptoMap, showDynamicMap } from "../../../../src/modes/ios/show/crypto-map.ts";
import { showCryptoSession } from "../../../../src/modes/ios/show/crypto-session.ts";
import { connection, gateway, ikeSa, nothing, snapshotOf } from "./snapshots.ts";

test("show crypto isakmp sa, to the column", () => {
  expect(showIsakmpSa(snapshotOf())).toEqual([
    "IPv4 Crypto ISAKMP SA",
    "dst             src             state          conn-id status",
    "20.21.22.1      30.31.32.1      QM_IDLE           1001 ACTIVE",
    "",
    "IPv6 Crypto ISAKMP SA",
    "",
  ]);
  expect(
    showIsakmpSa(
      snapshotOf({
        ikeSas: [
          { ...ikeSa, state: "sentSa" },
          { ...ikeSa, state: "initial" },
          { ...ikeSa, state: "deleted" },
          { ...ikeSa, state: "sentKe", aggressive: true },
          { ...ikeSa, state: "sentSa", aggressive: true },
          { ...ikeSa, aggressive: true },
        ],
      }),
    ).slice(2, 8),
  ).toEqual([
    "20.21.22.1      30.31.32.1      MM_SA_SETUP       1001 ACTIVE",
    "20.21.22.1      30.31.32.1      MM_NO_STATE          0 ACTIVE",
    "20.21.22.1      30.31.32.1      MM_NO_STATE       1001 ACTIVE (deleted)",
    "20.21.22.1      30.31.32.1      AG_INIT_EXCH      1001 ACTIVE",
    "20.21.22.1      30.31.32.1      AG_NO_STATE          0 ACTIVE",
    "20.21.22.1      30.31.32.1      QM_IDLE           1001 ACTIVE",
  ]);
});

test("show crypto isakmp sa detail names algorithms, the life left and the capabilities", () => {
  expect(showIsakmpSaDetail(snapshotOf()).slice(5)).toEqual([
    "IPv4 Crypto ISAKMP SA",
    "",
    "C-id  Local           Remote          I-VRF  Status Encr Hash   Auth DH Lifetime Cap.",
    "",
    "1001  20.21.22.1      30.31.32.1             ACTIVE 3des sha    psk  2  23:25:03 DN  ",
    "       Engine-id:Conn-id =  SW:1",
    "",
    "IPv6 Crypto ISAKMP SA",
    "",
  ]);
});

test("show crypto isakmp policy, key, peers and sa count", () => {
  expect(showIsakmpPolicy(snapshotOf())).toEqual([
    "",
    "Global IKE policy",
    "Protection suite of priority 10",
    "\tencryption algorithm:\tThree key triple DES",
    "\thash algorithm:\t\tSecure Hash Standard",
    "\tauthentication method:\tPre-Shared Key",
    "\tDiffie-Hellman group:\t#2 (1024 bit)",
    "\tlifetime:\t\t86400 seconds, no volume limit",
    "Default protection suite",
    "\tencryption algorithm:\tDES - Data Encryption Standard (56 bit keys).",
    "\thash algorithm:\t\tSecure Hash Standard",
    "\tauthentication method:\tRivest-Shamir-Adleman Signature",
    "\tDiffie-Hellman group:\t#1 (768 bit)",
    "\tlifetime:\t\t86400 seconds, no volume limit",
  ]);
  expect(showIsakmpKey(snapshotOf())).toEqual([
    "Keyring      Hostname/Address                            Preshared Key",
    "",
    "default      10.10.10.2                                  cisco",
    "L2TP         0.0.0.0        [0.0.0.0        ]            group",
  ]);
  expect(showIsakmpPeers(snapshotOf())).toEqual([
    "Peer: 30.31.32.1 Port: 4500 Local: 20.21.22.1",
    " Phase1 id: 192.168.1.10",
  ]);
  expect(showIsakmpSaCount(snapshotOf())[0]).toBe("Active ISAKMP SA's: 1");
});

/** The recorded output of a router with a Windows client behind a NAT and `set nat demux`. */
test("show crypto ipsec sa, line for line", () => {
  expect(showIpsecSa(snapshotOf(), {}, { detail: false })).toEqual([
    "",
    "interface: GigabitEthernet0/1",
    "    Crypto map tag: L2TP_MAP, local addr 20.21.22.1",
    "",
    "   protected vrf: (none)",
    "   local  ident (addr/mask/prot/port): (20.21.22.1/255.255.255.255/17/1701)",
    "   remote ident (addr/mask/prot/port): (30.31.32.1/255.255.255.255/17/4500)",
    "   current_peer 30.31.32.1 port 4500",
    "     PERMIT, flags={}",
    "    #pkts encaps: 38688, #pkts encrypt: 38688, #pkts digest: 38688",
    "    #pkts decaps: 22513, #pkts decrypt: 22513, #pkts verify: 22513",
    "    #pkts compressed: 0, #pkts decompressed: 0",
    "    #pkts not compressed: 0, #pkts compr. failed: 0",
    "    #pkts not decompressed: 0, #pkts decompress failed: 0",
    "    #send errors 0, #recv errors 0",
    "",
    "     local crypto endpt.: 20.21.22.1, remote crypto endpt.: 30.31.32.1",
    "     plaintext mtu 1458, path mtu 1500, ip mtu 1500, ip mtu idb GigabitEthernet0/1",
    "     current outbound spi: 0xC2A36F58(3265490776)",
    "     PFS (Y/N): N, DH group: none",
    "",
    "     inbound esp sas:",
    "      spi: 0x658F7C11(1703902225)",
    "        transform: esp-3des esp-sha-hmac ,",
    "        in use settings ={Transport UDP-Encaps, }",
    "        conn id: 1, flow_id: SW:1, sibling_flags 80000000, crypto map: L2TP_MAP",
    "        sa timing: remaining key lifetime (k/sec): (4314414/1324)",
    "        IV size: 8 bytes",
    "        replay detection support: Y",
    "        Status: ACTIVE(ACTIVE)",
    "",
    "     inbound ah sas:",
    "",
    "     inbound pcp sas:",
    "",
    "     outbound esp sas:",
    "      spi: 0xC2A36F58(3265490776)",
    "        transform: esp-3des esp-sha-hmac ,",
    "        in use settings ={Transport UDP-Encaps, }",
    "        conn id: 2, flow_id: SW:2, sibling_flags 80000000, crypto map: L2TP_MAP",
    "        sa timing: remaining key lifetime (k/sec): (4314414/1324)",
    "        IV size: 8 bytes",
    "        replay detection support: Y",
    "        Status: ACTIVE(ACTIVE)",
    "",
    "     outbound ah sas:",
    "",
    "     outbound pcp sas:",
  ]);
});

/** Five recorded routers: transform, NAT, plaintext MTU. */
test.each([
  ["3des", 0, "sha1", false, 1466],
  ["3des", 0, "sha1", true, 1458],
  ["aes", 128, "sha256", false, 1458],
  ["aes", 256, "sha1", true, 1442],
] as const)("the plaintext MTU of %s %i %s, behind a NAT %s, is %i", (cipher, keyBits, integrity, natted, mtu) => {
  const [sa] = connection.sas;
  if (sa === undefined) throw new Error("the connection has an SA");
  const proposal = { ...sa.proposal, cipher, keyBits, integrity };
  const encapsulation = natted ? "udp" : "esp";
  const lines = showIpsecSa(
    snapshotOf({ connections: [{ ...connection, encapsulation, sas: [{ ...sa, proposal }] }] }),
    {},
    { detail: false },
  );
  expect(lines.find((line) => line.includes("plaintext mtu"))).toContain(`plaintext mtu ${mtu},`);
});

test("without set nat demux, or without a NAT, the remote port is the client's own", () => {
  for (const other of [{ demuxPort: undefined }, { behindNat: false, demuxPort: undefined }]) {
    const lines = showIpsecSa(snapshotOf({ connections: [{ ...connection, ...other }] }), {}, { detail: false });
    expect(lines.find((line) => line.includes("remote ident"))).toContain("/17/1701)");
  }
});

test("an interface with a map and no SA prints its two lines; without a map there is nothing", () => {
  expect(showIpsecSa(snapshotOf(nothing), {}, { detail: false })).toEqual([
    "",
    "interface: GigabitEthernet0/1",
    "    Crypto map tag: L2TP_MAP, local addr 20.21.22.1",
  ]);
  const spec = { ...snapshotOf().spec, ipsecGateways: [] };
  expect(showIpsecSa(snapshotOf({ ...nothing, spec }), {}, { detail: false })).toEqual(["", "No SAs found"]);
});

test("show crypto ipsec sa detail has the ten counters, show crypto ipsec sa count their number", () => {
  const lines = showIpsecSa(snapshotOf(), {}, { detail: true });
  expect(lines.filter((line) => line.startsWith("    #"))).toHaveLength(14);
  expect(lines).toContain("    ##pkts replay failed (rcv): 0");
  expect(showIpsecSaCount(snapshotOf())).toEqual(["IPsec SA total: 2, active: 2, rekeying: 0, unused: 0, invalid: 0"]);
  expect(showTransformSets([{ name: "TRANF_SET", words: ["esp-3des", "esp-sha-hmac"], mode: "transport" }])).toEqual([
    "Transform set TRANF_SET: { esp-3des esp-sha-hmac  } ",
    "   will negotiate = { Transport,  }, ",
    "",
  ]);
});

const configured: CryptoMaps = {
  templates: [{ name: "L2TP_DMAP", sequence: 10, accessList: undefined, terms: gateway }],
  entries: [{ kind: "dynamic", map: "L2TP_MAP", sequence: 10, dynamicMap: "L2TP_DMAP" }],
  interfaces: [{ map: "L2TP_MAP", name: "GigabitEthernet0/1" }],
};

test("a static map that no interface carries is shown, and said to be incomplete", () => {
  const entry = {
    kind: "static",
    map: "STATIC_MAP",
    sequence: 5,
    peers: [],
    accessList: undefined,
    terms: gateway,
  } as const;
  expect(showCryptoMap(snapshotOf(nothing), { ...configured, entries: [entry], interfaces: [] }, {})).toEqual([
    'Crypto Map "STATIC_MAP" 5 ipsec-isakmp',
    "\tWARNING: This crypto map is in an incomplete state!",
    "\t\t(missing peer or access-list definitions)",
    "\tNo matching address list set.",
    "\tSecurity association lifetime: 4608000 kilobytes/3600 seconds",
    "\tResponder-Only (Y/N): N",
    "\tPFS (Y/N): N",
    "\tMixed-mode : Disabled",
    "\tTransform sets={ ",
    "\t\tTRANF_SET:  { esp-3des esp-sha-hmac  } , ",
    "\t}",
    "\tInterfaces using crypto map STATIC_MAP:",
    "",
  ]);
});

test("show crypto map prints the entry, an instance for each peer, and the interfaces", () => {
  expect(showCryptoMap(snapshotOf(), configured, {})).toEqual([
    'Crypto Map "L2TP_MAP" 10 ipsec-isakmp',
    "\tDynamic map template tag: L2TP_DMAP",
    "",
    'Crypto Map "L2TP_MAP" 65536 ipsec-isakmp',
    "\tPeer = 30.31.32.1",
    "\tExtended IP access list ",
    "\t    access-list  permit udp host 20.21.22.1 port = 1701 host 30.31.32.1 port = 4500",
    "\t    dynamic (created from dynamic map L2TP_DMAP/10)",
    "\tCurrent peer: 30.31.32.1",
    "\tSecurity association lifetime: 4608000 kilobytes/3600 seconds",
    "\tResponder-Only (Y/N): N",
    "\tPFS (Y/N): N",
    "\tMixed-mode : Disabled",
    "\tTransform sets={ ",
    "\t\tTRANF_SET:  { esp-3des esp-sha-hmac  } , ",
    "\t}",
    "\tInterfaces using crypto map L2TP_MAP:",
    "\t\tGigabitEthernet0/1",
    "",
  ]);
  expect(showCryptoMap(snapshotOf(), configured, { tag: "OTHER" })).toEqual(["No crypto maps found."]);
});

test("show crypto dynamic-map prints the template once and no demux line", () => {
  expect(showDynamicMap(configured, "L2TP_DMAP")).toEqual([
    'Crypto Map Template"L2TP_DMAP" 10',
    "\tNo matching address list set.",
    "\tSecurity association lifetime: 4608000 kilobytes/3600 seconds",
    "\tResponder-Only (Y/N): N",
    "\tPFS (Y/N): N",
    "\tMixed-mode : Disabled",
    "\tTransform sets={ ",
    "\t\tTRANF_SET:  { esp-3des esp-sha-hmac  } , ",
    "\t}",
  ]);
});

test("show crypto session tells whether the peer is up", () => {
  expect(showCryptoSession(snapshotOf(), false)).toEqual([
    "Crypto session current status",
    "",
    "Interface: GigabitEthernet0/1",
    "Session status: UP-ACTIVE     ",
    "Peer: 30.31.32.1 port 4500 ",
    "  Session ID: 0  ",
    "  IKEv1 SA: local 20.21.22.1/4500 remote 30.31.32.1/4500 Active ",
    "  IPSEC FLOW: permit 17 host 20.21.22.1 port 1701 host 30.31.32.1 port 4500 ",
    "        Active SAs: 2, origin: dynamic crypto map",
    "",
  ]);
  expect(showCryptoSession(snapshotOf({ ikeSas: [] }), false)[3]).toBe("Session status: UP-NO-IKE     ");
});

test("show crypto engine connections active has a row for each direction", () => {
  expect(showCryptoEngineConnections(snapshotOf())).toEqual([
    "Crypto Engine Connections",
    "",
    "   ID  Type    Algorithm           Encrypt  Decrypt LastSeqN IP-Address",
    "    1  IPsec   3DES+SHA                  0    22513    22513 20.21.22.1",
    "    2  IPsec   3DES+SHA              38688        0        0 20.21.22.1",
    " 1001  IKE     SHA+3DES                  0        0        0 20.21.22.1",
    "",
  ]);
});
