/** The ways into every mode and the prompts there, and the answers to lines that are wrong, in both dialects. */

import { expect, test } from "vitest";
import { dialects } from "../../src/modes/dialects.ts";
import { storesEqual } from "../../src/modes/tree/equal.ts";
import { TestShell } from "../support/shell.ts";

type Place = readonly [prompt: string, ...way: readonly string[]];

const IOS: readonly Place[] = [
  ["(config)", "end", "configure terminal"],
  ["(config-if)", "interface Virtual-Template1"],
  ["(config-if)", "interface Loopback 0"],
  ["(config-if)", "int gi0/1"],
  ["(config-subif)", "interface FastEthernet0/0.10"],
  ["(config-subif)", "int atm 2/0.1 point-to-point"],
  ["(config-if-range)", "interface range FastEthernet0/0 - 3"],
  ["(config-isakmp)", "crypto isakmp policy 10"],
  ["(cfg-crypto-trans)", "crypto ipsec transform-set T esp-3des esp-sha-hmac"],
  ["(config-crypto-map)", "crypto dynamic-map D 10"],
  ["(config-crypto-map)", "crypto map M 20 ipsec-isakmp"],
  ["(config)", "crypto map M 10 ipsec-isakmp dynamic D"],
  ["(conf-keyring)", "crypto keyring K"],
  ["(conf-isa-prof)", "crypto isakmp profile P"],
  ["(ipsec-profile)", "crypto ipsec profile P"],
  ["(config-isakmp-group)", "crypto isakmp client configuration group G"],
  ["(config-isakmp-peer)", "crypto isakmp peer address 192.0.2.1"],
  ["(config-vpdn)", "vpdn-group 1"],
  ["(config-vpdn-acc-in)", "vpdn-group 1", "accept-dialin"],
  ["(config-vpdn-req-in)", "vpdn-group 2", "request-dialin"],
  ["(config-vpdn-temp)", "vpdn-template 1"],
  ["(config-l2tp-class)", "l2tp-class C"],
  ["(config-line)", "line con 0"],
  ["(config-line)", "line vty 0 4"],
  ["(config-router)", "router ospf 1"],
  ["(config-vrf)", "ip vrf V"],
  ["(config-vrf)", "vrf definition W"],
  ["(config-vrf-af)", "vrf definition W", "address-family ipv4"],
  ["(config-std-nacl)", "ip access-list standard S"],
  ["(config-ext-nacl)", "ip access-list extended E"],
  ["(dhcp-config)", "ip dhcp pool P"],
  ["(config-sg-radius)", "aaa group server radius G"],
  ["(config-radius-server)", "radius server R"],
  ["(config-archive)", "archive"],
  ["(config-archive-log-cfg)", "archive", "log config"],
  ["(config-gk)", "gatekeeper"],
  ["(config-cp)", "control-plane"],
  ["(config-cp-host)", "control-plane host"],
  ["(config-cmap)", "class-map match-all C"],
  ["(config-pmap)", "policy-map P"],
  ["(config-pmap-c)", "policy-map P", "class C"],
  ["(ca-trustpoint)", "crypto pki trustpoint T"],
];

const JUNOSE: readonly Place[] = [
  ["(config)", "end", "configure terminal"],
  ["(config-if)", "interface loopback 0"],
  ["(config-if)", "interface fastEthernet 0/0"],
  ["(config-subif)", "interface atm 2/0.1"],
  ["(config-profile)", "profile P"],
  ["(config-l2tp-dest-profile)", "l2tp destination profile D ip address 192.0.2.1"],
  ["(config-l2tp-dest-profile-host)", "l2tp destination profile D ip address 192.0.2.1", "remote host default"],
  ["(config-l2tp-tunnel-switch-profile)", "l2tp switch-profile S"],
  ["(config-ipsec-transport-profile)", "ipsec transport profile T virtual-router default ip address 10.1.1.1"],
  [
    "(config-ipsec-transport-profile-local)",
    "ipsec transport profile T virtual-router default ip address 10.1.1.1",
    "local ip address 10.1.1.1",
  ],
  ["(config-ipsec-tunnel-profile)", "ipsec tunnel profile T virtual-router default"],
  ["(config-ike-policy)", "ipsec ike-policy-rule 1"],
  ["(config-ike-policy)", "ipsec isakmp-policy-rule 1"],
  ["(config-manual-key)", "ipsec key manual pre-share 192.0.2.1"],
  ["(config-ipsec-identity)", "ipsec identity"],
  ["(config-ca-identity)", "ipsec ca identity C"],
  ["(config-peer-public-key)", "ipsec key pubkey-chain rsa address 192.0.2.1"],
  ["(config-domain-map)", "aaa domain-map example.net"],
  ["(config-domain-map-tunnel)", "aaa domain-map example.net", "tunnel 1"],
  ["(config-tunnel-group)", "aaa tunnel-group G"],
  ["(config-control-plane)", "control-plane"],
  ["(config-router-af)", "router bgp 100", "address-family ipv4 vrf V"],
  ["(config-controll)", "controller t3 2/0"],
  ["(config-tunnel-group-tunnel)", "aaa tunnel-group G", "tunnel 1"],
  ["(config-aaa-profile)", "aaa profile P"],
  ["(config-radius)", "radius authentication server 192.0.2.1"],
  ["(config-radius)", "radius accounting server 192.0.2.1"],
  ["(config-local-user)", "aaa local username anna database default"],
  ["(config-line)", "line vty 0 4"],
  ["(config-line)", "line console 0"],
  ["(config-l2c)", "l2c"],
  ["(config-vrf)", "ip vrf V"],
  ["(config-router)", "router bgp 100"],
];

test.each([
  ["ios", "Router", IOS],
  ["junose", "host1", JUNOSE],
] as const)("%s: each mode is entered by its command and says so in its prompt", (name, host, places) => {
  const got = places.map(([, ...way]): Place => {
    const { shell } = new TestShell(dialects[name]);
    shell.enterConfiguration();
    for (const line of way) shell.execute(line);
    return [shell.prompt().slice(host.length).replace(/#$/, ""), ...way];
  });
  expect(got).toEqual(places);
});

test.each([
  ["ios", "Router", IOS],
  ["junose", "host1", JUNOSE],
] as const)("%s: `exit` leads one mode out of each, and `end` out of all", (name, _host, places) => {
  for (const [, ...way] of places) {
    const { shell } = new TestShell(dialects[name]);
    shell.enterConfiguration();
    const prompts = way.map((line) => {
      const before = shell.prompt();
      shell.execute(line);
      return before;
    });
    const inside = shell.prompt();
    if (inside !== prompts.at(-1) && !way.includes("end")) {
      shell.execute("exit");
      expect([...way, shell.prompt()]).toEqual([...way, prompts.at(-1)]);
    }
    if (shell.configuring) shell.execute("end");
    expect(shell.prompt()).not.toContain("(");
  }
});

/** The answer: where the caret stands in the line, counted from 0, which is the first character that no word or value goes on with; or what is said in its place. */
type Wrong = readonly [what: string, way: readonly string[], line: string, answer: number | string];

const INCOMPLETE = "% Incomplete command.";

const WRONG: Readonly<Record<"ios" | "junose", readonly Wrong[]>> = {
  ios: [
    ["single unknown word", [], "shows", 'Translating "shows"...domain server (255.255.255.255)'],
    ["unknown second word", [], "show foooooooo", 6],
    ["unknown value", [], "show ip interface nowhere", 19],
    ["extra word", [], "show clock now", 11],
    ["ambiguous", [], "show i", '% Ambiguous command:  "show i"'],
    ["incomplete", [], "clear", INCOMPLETE],
    ["unknown word", ["configure terminal"], "vpdx-group 1", 3],
    ["incomplete", ["configure terminal"], "vpdn-group", INCOMPLETE],
    ["out of range", ["configure terminal"], "crypto isakmp policy 10001", 21],
    ["wrong type", ["configure terminal"], "crypto isakmp policy ten", 21],
    ["wrong type", ["configure terminal"], "ip route 10.0.0.0 255.0.0.0 300.1.1.1", 30],
    ["no mask", ["configure terminal"], "ip route 10.0.0.0 255.0.255.0 10.1.1.1", "%Inconsistent address and mask"],
    ["out of range", ["configure terminal", "crypto isakmp policy 1"], "lifetime 59", 9],
    ["incomplete", ["configure terminal", "crypto isakmp policy 1"], "lifetime", INCOMPLETE],
    ["unknown word", ["configure terminal", "crypto isakmp policy 1"], "group 3", 6],
    ["not in this mode", ["configure terminal"], "accept-dialin", 4],
    ["not in this mode", ["configure terminal", "interface Loopback0"], "protocol l2tp", 3],
    ["extra word", ["configure terminal", "interface Loopback0"], "shutdown now", 9],
    ["unknown word behind no", ["configure terminal"], "no vpdx", 6],
    ["exec in configuration", ["configure terminal"], "do show foo", 9],
  ],
  junose: [
    ["unknown second word", [], "show nothing", 6],
    ["extra word", [], "show clock now", 11],
    ["incomplete", [], "clear", INCOMPLETE],
    ["incomplete", ["configure terminal"], "l2tp destination profile boston ip", INCOMPLETE],
    ["wrong type", ["configure terminal"], "l2tp destination profile boston ip address 300.1.1.1", 45],
    ["out of range", ["configure terminal"], "ipsec ike-policy-rule 10001", 22],
    ["wrong type", ["configure terminal"], "ipsec ike-policy-rule one", 22],
    ["out of range", ["configure terminal", "ipsec ike-policy-rule 1"], "lifetime 59", 9],
    ["incomplete", ["configure terminal", "ipsec ike-policy-rule 1"], "lifetime", INCOMPLETE],
    ["unknown word", ["configure terminal", "ipsec ike-policy-rule 1"], "group 3", 6],
    ["not in this mode", ["configure terminal"], "remote host default", 2],
    ["extra word", ["configure terminal", "profile P"], "ppp keepalive 30 more", 17],
    ["masked wrong", ["configure terminal"], "username anna password 8 plain", 25],
    ["unknown word behind no", ["configure terminal"], "no nothing", 4],
  ],
};

test.each(["ios", "junose"] as const)(
  "%s: a wrong line is answered under the character that is wrong, and changes nothing",
  (name) => {
    const got = WRONG[name].map(([what, way, line]): Wrong => {
      const { shell, store } = new TestShell(dialects[name]);
      for (const each of way) shell.execute(each);
      const [prompt, before] = [shell.prompt(), store.clone()];
      const { ok, lines } = shell.execute(line);
      expect({ line, ok }).toEqual({ line, ok: false });
      expect(storesEqual(store, before)).toBe(true);
      expect(shell.prompt()).toBe(prompt);
      const caret = lines.find((text) => /^ *\^$/.test(text));
      if (caret !== undefined) expect(lines).toContain("% Invalid input detected at '^' marker.");
      return [what, way, line, caret === undefined ? (lines[0] ?? "") : caret.length - 1 - prompt.length];
    });
    expect(got).toEqual(WRONG[name]);
  },
);
