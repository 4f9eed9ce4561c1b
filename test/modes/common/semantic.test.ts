import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { RouterSpec } from "../../../src/engine/spec.ts";
import { specificationFindings } from "../../../src/modes/common/semantic/specification-rules.ts";
import { dialects } from "../../../src/modes/dialects.ts";
import { examine } from "../../../src/modes/shell/examine.ts";
import { readConfiguration } from "../../../src/modes/shell/read-configuration.ts";

/** A configuration that works, as replacements make it one that does not. */
const IOS = `hostname lns
vpdn enable
vpdn-group L2TP
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
username fred password 0 letmein
crypto isakmp policy 10
 encr 3des
 authentication pre-share
 group 2
crypto isakmp key s3cret address 0.0.0.0 0.0.0.0
crypto ipsec transform-set TS esp-3des esp-sha-hmac
 mode transport
crypto dynamic-map DYN 10
 set transform-set TS
crypto map M 10 ipsec-isakmp dynamic DYN
interface Loopback0
 ip address 198.51.100.1 255.255.255.255
interface FastEthernet0/0
 ip address 192.0.2.1 255.255.255.0
 crypto map M
interface Virtual-Template1
 ip unnumbered Loopback0
 peer default ip address pool CLIENTS
 ppp authentication ms-chap-v2
ip local pool CLIENTS 203.0.113.10 203.0.113.99
`;

const JUNOSE = readFileSync(new URL("../../../fixtures/configs/junose-l2tp-ipsec.cfg", import.meta.url), "utf8");

function findings(name: "ios" | "junose", text: string) {
  const { report, findings: found } = examine(dialects[name], text, new Date(0));
  expect(report.refused.map((line) => line.text)).toEqual([]);
  return found.map(({ rule, line }) => `${rule.id}@${line === undefined ? "" : text.split("\n")[line - 1]?.trim()}`);
}

test("configurations that work have nothing said about them", () => {
  expect(findings("ios", IOS)).toEqual([]);
  expect(findings("junose", JUNOSE)).toEqual([]);
});

test("what a row of terminal lines lacks is said once", () => {
  expect(findings("ios", `${IOS}line vty 0 15\n access-class 40 in\n`)).toEqual([
    "missing-definition@access-class 40 in",
  ]);
});

test("the words of an IKEv2 policy that name an address of ours name no access list", () => {
  const policy = "crypto ikev2 policy P\n match address local 192.0.2.1\n proposal X\n";
  expect(findings("ios", `${IOS}${policy}`)).toEqual([]);
});

test("a template that borrows from an interface that is not there is told so once", () => {
  const lost = IOS.replace("ip unnumbered Loopback0", "ip unnumbered Loopback9");
  expect(findings("ios", lost)).toEqual(["missing-definition@interface Virtual-Template1"]);
});

test("pools of different groups may have addresses in common", () => {
  expect(findings("ios", `${IOS}ip local pool B 203.0.113.99 203.0.113.120 group VPN\n`)).toEqual([]);
});

test("an IPv6 address beside that of IPv4 asks for no key of its own, and one alone does", () => {
  const dual = IOS.replace(" ip address 192.0.2.1 255.255.255.0\n", "$& ipv6 address 2001:DB8::1/64\n");
  expect(findings("ios", dual)).toEqual([]);
  const alone = dual.replace(" ip address 192.0.2.1 255.255.255.0\n", "");
  expect(findings("ios", alone)).toContain("no-key-for-peer@crypto dynamic-map DYN 10");
  const keyed = alone.replace("address 0.0.0.0 0.0.0.0", "address ipv6 ::/0");
  expect(findings("ios", keyed)).toEqual([]);
});

const iosCases: readonly (readonly [expected: string, from: string | RegExp, to: string])[] = [
  ["map-without-transform-set@crypto dynamic-map DYN 10", " set transform-set TS\n", ""],
  ["missing-pool@interface Virtual-Template1", "pool CLIENTS\n ppp", "pool OTHERS\n ppp"],
  [
    "key-without-peer@crypto isakmp key other address 10.9.9.9",
    "crypto map M 10 ipsec-isakmp dynamic DYN\n",
    "crypto map M 10 ipsec-isakmp\n set peer 192.0.2.9\n set transform-set TS\ncrypto isakmp key other address 10.9.9.9\n",
  ],
  ["map-applied-nowhere@crypto map M 10 ipsec-isakmp dynamic DYN", " crypto map M\n", ""],
  ["map-applied-nowhere@crypto dynamic-map SPARE 5", /$/, "crypto dynamic-map SPARE 5\n set transform-set TS\n"],
  ["no-client-phase-2@crypto dynamic-map DYN 10", "TS esp-3des esp-sha-hmac", "TS esp-aes 192 esp-md5-hmac"],
  ["tunnel-mode-only@crypto dynamic-map DYN 10", " mode transport\n", ""],
  ["no-client-phase-1@crypto isakmp policy 10", "encr 3des", "encr aes 192"],
  ["pool-holds-own-address@ip local pool CLIENTS 203.0.113.10 203.0.113.99", "198.51.100.1", "203.0.113.10"],
  [
    "duplicate-address@",
    /$/,
    // Typed for both at once; one by one the second is refused.
    "interface range FastEthernet0/1 - 2\n ip address 10.9.0.1 255.255.255.0\n",
  ],
  ["open-to-everybody@interface Virtual-Template1", " ppp authentication ms-chap-v2\n", ""],
  [
    "nobody-can-authenticate@interface Virtual-Template1",
    "password 0 letmein",
    "secret 5 $1$abcd$0123456789012345678901",
  ],
  ["vpdn-not-enabled@", "vpdn enable\n", ""],
  ["missing-template@vpdn-group L2TP", "  virtual-template 1\n", ""],
  ["short-lifetime@crypto isakmp policy 10", " group 2\n", " group 2\n lifetime 120\n"],
  ["pfs-for-clients@crypto dynamic-map DYN 10", "set transform-set TS\n", "set transform-set TS\n set pfs group2\n"],
  ["missing-definition@match address 177", "set transform-set TS\n", "set transform-set TS\n match address 177\n"],
  [
    "missing-definition@ppp authentication ms-chap-v2 VPN",
    "ppp authentication ms-chap-v2",
    "ppp authentication ms-chap-v2 VPN",
  ],
  ["no-key@", "crypto isakmp key s3cret address 0.0.0.0 0.0.0.0\n", ""],
  [
    "no-key-for-peer@crypto map M 20 ipsec-isakmp",
    /crypto isakmp key[\s\S]*?dynamic DYN\n/,
    `crypto isakmp key s3cret address 198.51.100.0 255.255.255.0
crypto ipsec transform-set TS esp-3des esp-sha-hmac
 mode transport
crypto dynamic-map DYN 10
 set transform-set TS
crypto map M 10 ipsec-isakmp dynamic DYN
crypto map M 20 ipsec-isakmp
 set peer 192.0.2.200
 set transform-set TS
`,
  ],
  ["unknown-tunnel-address@vpdn-group L2TP", " no l2tp tunnel", " source-ip 192.0.2.77\n no l2tp tunnel"],
  ["map-without-address@interface FastEthernet0/0", " ip address 192.0.2.1 255.255.255.0\n", ""],
  ["missing-definition@keyring NONE", /$/, "crypto isakmp profile P\n keyring NONE\n"],
  ["no-certificates@crypto isakmp policy 10", " authentication pre-share\n", ""],
  [
    "not-in-effect@aaa authentication ppp default group radius local",
    "vpdn enable\n",
    "vpdn enable\naaa new-model\naaa authentication ppp default group radius local\n",
  ],
  ["nobody-terminates-tunnels@crypto dynamic-map DYN 10", /vpdn-group[\s\S]*?authentication\n/, ""],
];

test.each(iosCases)("IOS: %s", (expected, from, to) => {
  const text = IOS.replace(from, to);
  expect(text).not.toBe(IOS);
  expect(findings("ios", text)).toContain(expected);
});

const junoseCases: readonly (readonly [expected: string, from: string | RegExp, to: string])[] = [
  [
    "accepts-nobody@l2tp destination profile boston4 ip address 0.0.0.0",
    /remote host default[\s\S]*?single-shot-tunnel\n/,
    "",
  ],
  [
    "no-key@ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0",
    / *pre-share groupSecret\n/,
    "",
  ],
  [
    "missing-template@l2tp destination profile boston4 ip address 0.0.0.0",
    /profile georgeProfile1\n(?=local)/,
    "profile other\n",
  ],
  [
    "overlapping-pools@ip local pool more 10.20.0.250 10.20.0.251",
    /$/,
    "\nip local pool more 10.20.0.250 10.20.0.251\n",
  ],
  [
    "no-nat-traversal@ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0",
    "ipsec option",
    "no ipsec option",
  ],
  [
    "nobody-brings-tunnels@l2tp destination profile boston4 ip address 0.0.0.0",
    /local ip address 10.0.0.1\nsingle/,
    "local ip address 10.0.0.2\nsingle",
  ],
  [
    "nobody-terminates-tunnels@ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0",
    "enable ipsec-transport\n",
    "",
  ],
  [
    "unknown-tunnel-address@l2tp destination profile boston4 ip address 0.0.0.0",
    /10\.0\.0\.1\nsingle/,
    "10.9.9.9\nsingle",
  ],
  ["profile-used-nowhere@profile spare", /$/, "\nprofile spare\nppp authentication chap\n"],
  [
    "database-selected-nowhere@aaa local username ann database others",
    /$/,
    "\naaa local database others\naaa local username ann database others\npassword annPw\n",
  ],
  ["lockout-outlives-destination@l2tp destruct-timeout 120", /$/, "\nl2tp destruct-timeout 120\n"],
  [
    "lockout-outlives-destination@l2tp destination lockout-timeout 900",
    /$/,
    "\nl2tp destination lockout-timeout 900\n",
  ],
  [
    "key-without-peer@ipsec key manual pre-share 192.0.2.77",
    /$/,
    "\nvirtual-router west\nipsec key manual pre-share 192.0.2.77\nkey k\n",
  ],
  [
    "no-key@ipsec key manual pre-share 192.0.2.77",
    /$/,
    "\nvirtual-router default\nipsec key manual pre-share 192.0.2.77\n",
  ],
  ["missing-definition@classifier-group nobody", /$/, "\nip policy-list lost\nclassifier-group nobody\nforward\n"],
  ["missing-definition@tunnel-group nobody", /$/, "\naaa domain-map isp.example\ntunnel-group nobody\n"],
  ["missing-pool@profile georgeProfile1", /ip local pool.*\n/, ""],
  ["pool-holds-own-address@ip local pool vpnpool 10.20.0.10 10.20.0.250", /10\.0\.0\.1 255/, "10.20.0.11 255"],
  ["open-to-everybody@profile georgeProfile1", "ppp authentication chap\n", ""],
  ["hashed-user@username fred secret fredPw", "password fredPw", "secret fredPw"],
  [
    "missing-definition@ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0",
    "application l2tp\n",
    "application l2tp\ntransform-set nowhere\n",
  ],
  ["missing-definition@aaa domain-map isp.example west", /$/, "\naaa domain-map isp.example west\n"],
  ["missing-definition@backup-address-pool-name gone", /$/, "\naaa domain-map d\nbackup-address-pool-name gone\n"],
  ["missing-definition@ip local alias more pool-name gone", /$/, "\nip local alias more pool-name gone\n"],
  ["missing-definition@login authentication gone", /$/, "\nline vty 0 4\nlogin authentication gone\n"],
  [
    "missing-definition@ip address 10.0.0.1 virtual-router gone",
    /$/,
    "\nipsec ike-policy-rule 5\nip address 10.0.0.1 virtual-router gone\n",
  ],
  [
    "missing-definition@operational-virtual-router gone",
    /$/,
    "\naaa local username ann database default\noperational-virtual-router gone\n",
  ],
  ["radius-only@profile georgeProfile1", "default local none", "default radius"],
  ["no-client-phase-1@ipsec ike-policy-rule 5", /group 2\n/, "group 1\n"],
  [
    "no-client-phase-2@ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0",
    "application l2tp\n",
    "application l2tp\ntransform-set esp-null-hmac-md5\n",
  ],
  [
    "pfs-for-clients@ipsec transport profile remoteL2tp virtual-router default ip address 0.0.0.0",
    "application l2tp\n",
    "application l2tp\npfs group 2\n",
  ],
];

test.each(junoseCases)("JunosE: %s", (expected, from, to) => {
  const text = JUNOSE.replace(from, to);
  expect(text).not.toBe(JUNOSE);
  expect(findings("junose", text)).toContain(expected);
});

test("operators log in on a terminal: a hash of theirs is none of CHAP's business", () => {
  const secret = "secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0";
  expect(findings("ios", `${IOS}username noc privilege 15 ${secret}\n`)).toEqual([]);
  expect(findings("ios", `${IOS}username wilma ${secret}\n`)).toEqual([`hashed-user@username wilma ${secret}`]);
});

test("a secret that was taken out of the listing is found, whatever program took it out", () => {
  for (const mark of ["*****", "<removed>", "<secret hidden>"]) {
    const line = `crypto isakmp key ${mark} address 0.0.0.0 0.0.0.0`;
    expect(findings("ios", IOS.replace("key s3cret", `key ${mark}`))).toEqual([`hidden-secret@${line}`]);
  }
  const ring =
    "crypto keyring K\n pre-shared-key address 192.0.2.7 key **\n pre-shared-key address 192.0.2.8 key ******\n";
  expect(findings("ios", IOS + ring).filter((found) => found.startsWith("hidden"))).toEqual([
    "hidden-secret@pre-shared-key address 192.0.2.8 key ******",
  ]);
});

test("tunnels may be taken at any address of an interface, of either family", () => {
  const { spec } = dialects.ios.compile(readConfiguration(dialects.ios, IOS, new Date(0)).store);
  const at = (localAddress: string) => {
    const lnsProfiles = spec.lnsProfiles.map((profile) => ({ ...profile, localAddress }));
    const virtualRouters = spec.virtualRouters.map((router) => ({
      ...router,
      interfaces: router.interfaces.map((port) => ({ ...port, ipv6: [{ address: "2001:db8::1", length: 64 }] })),
    }));
    const places = dialects.ios.semantics?.places;
    if (places === undefined) throw new Error("IOS has places");
    return specificationFindings({ ...spec, lnsProfiles, virtualRouters } as RouterSpec, places).map(
      ({ rule }) => rule.id,
    );
  };
  expect(at("2001:db8::1")).not.toContain("unknown-tunnel-address");
  expect(at("192.0.2.1")).not.toContain("unknown-tunnel-address");
  expect(at("2001:db8::2")).toContain("unknown-tunnel-address");
});

test("two devices in one file are told of, and a device that is renamed is not two", () => {
  const first = "hostname R1\ninterface Loopback7\n ip address 10.7.7.7 255.255.255.255\nend\n";
  expect(findings("ios", `${first}${IOS}`)).toEqual(["several-devices@hostname lns"]);
  expect(findings("ios", `hostname R1\n${IOS}end\n`)).toEqual([]);
  expect(findings("ios", `${IOS}end\nlns#show running-config\n${IOS}end\n`)).toEqual([]);
});

test("nothing is said twice: a compiler's warning and a rule about the same are one finding", () => {
  for (const [, from, to] of iosCases) {
    const { findings: found } = examine(dialects.ios, IOS.replace(from, to), new Date(0));
    expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
    const perLine = found.map(({ rule, line }) => `${rule.id} ${line}`);
    expect(new Set(perLine).size).toBe(perLine.length);
  }
});

test("every rule that is found is told of in the documentation", () => {
  const page = readFileSync(new URL("../../../docs/check.md", import.meta.url), "utf8");
  const rulesOf = (name: "ios" | "junose", text: string) =>
    examine(dialects[name], text, new Date(0)).findings.map(({ rule }) => rule);
  const found = [
    ...iosCases.flatMap(([, from, to]) => rulesOf("ios", IOS.replace(from, to))),
    ...junoseCases.flatMap(([, from, to]) => rulesOf("junose", JUNOSE.replace(from, to))),
    ...rulesOf("ios", `hostname a\nend\n${IOS.replace("s3cret", "*****")}`),
  ];
  expect(new Set(found.map(({ id }) => id)).size).toBeGreaterThan(15);
  for (const { id, text, advice } of found) {
    expect(page).toContain(`\`${id}\``);
    expect(`${text}${advice}`).toMatch(/^[A-Z].*\.$/);
  }
});
