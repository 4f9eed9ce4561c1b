/** Slips of the finger and habits of other boxes: what is offered in place of each line, which must read where the line stood. */

import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { examine } from "../../../src/modes/shell/examine.ts";

const TYPOS: readonly (readonly [typed: string, meant: string, below?: string])[] = [
  ["cypto isakmp policy 10", "crypto isakmp policy 10"],
  ["crypto iskamp policy 10", "crypto isakmp policy 10"],
  ["encryption 3desx", "encr 3des", "crypto isakmp policy 10"],
  ["authentcation pre-share", "authentication pre-share", "crypto isakmp policy 10"],
  ["hahs md5", "hash md5", "crypto isakmp policy 10"],
  ["grp 2", "group 2", "crypto isakmp policy 10"],
  ["lifetme 3600", "lifetime 3600", "crypto isakmp policy 10"],
  ["crypto isakmp kye cisco address 0.0.0.0 0.0.0.0", "crypto isakmp key cisco address 0.0.0.0 0.0.0.0"],
  ["crypto ipsec transfrom-set TS esp-3des esp-sha-hmac", "crypto ipsec transform-set TS esp-3des esp-sha-hmac"],
  ["crypto ipsec transform-set TS esp-3des esp-sha1-hmac", "crypto ipsec transform-set TS esp-3des esp-sha-hmac"],
  ["set transformset TS", "set transform-set TS", "crypto ipsec transform-set TS esp-3des\ncrypto dynamic-map DM 10"],
  ["set nat demx", "set nat demux", "crypto dynamic-map DM 10"],
  ["reverse route", "reverse-route", "crypto dynamic-map DM 10"],
  ["crypto map CM 10 ipsec-isakmp dynmic DM", "crypto map CM 10 ipsec-isakmp dynamic DM"],
  ["interface FastEthenet0/0", "interface FastEthernet0/0"],
  ["interface Virtal-Template 1", "interface Virtual-Template 1"],
  ["ip adress 192.0.2.1 255.255.255.0", "ip address 192.0.2.1 255.255.255.0", "interface FastEthernet0/0"],
  ["ip address 192.0.2.1/24", "ip address 192.0.2.1 255.255.255.0", "interface FastEthernet0/0"],
  ["no shutdwon", "no shutdown", "interface FastEthernet0/0"],
  ["ip unumbered Loopback0", "ip unnumbered Loopback0", "interface Virtual-Template1"],
  ["ppp authentication mschap-v2", "ppp authentication ms-chap-v2", "interface Virtual-Template1"],
  ["encryption aes-256", "encr aes 256", "crypto isakmp policy 10"],
  ["crypto ipsec transform-set TS esp-aes-256 esp-sha-hmac", "crypto ipsec transform-set TS esp-aes 256 esp-sha-hmac"],
  ["ip local-pool P 10.0.0.1 10.0.0.9", "ip local pool P 10.0.0.1 10.0.0.9"],
  ["access list 10 permit any", "access-list 10 permit any"],
  ["vpdn group 1", "vpdn-group 1"],
  ["vpdn enabel", "vpdn enable"],
  ["accept-dailin", "accept-dialin", "vpdn-group 1"],
  ["no l2tp tunel authentication", "no l2tp tunnel authentication", "vpdn-group 1"],
  ["l2tp tunnel helo 60", "l2tp tunnel hello 60", "vpdn-group 1"],
  ["ip local pool P 10.0.0.1 - 10.0.0.9", "ip local pool P 10.0.0.1 10.0.0.9"],
  ["ip route 0.0.0.0/0 192.0.2.254", "ip route 0.0.0.0 0.0.0.0 192.0.2.254"],
  ["username bob pasword cisco", "username bob password cisco"],
  ["access-list 101 permit upd any any eq 1701", "access-list 101 permit udp any any eq 1701"],
  ["access-list 101 permit ip 10.0.0.0/8 any", "access-list 101 permit ip 10.0.0.0 0.255.255.255 any"],
  ["access-list 101 permit udp any any eq isakmpp", "access-list 101 permit udp any any eq isakmp"],
  ["aaa authentication ppp default lokal", "aaa authentication ppp default local"],
  ["aaa authentication login default group tacacs lcoal", "aaa authentication login default group tacacs local"],
  ["transport inptu ssh", "transport input ssh", "line vty 0 4"],
];

test.each(TYPOS.map(([typed, meant, below]) => ({ typed, meant, below })))(
  "$typed -> $meant",
  ({ typed, meant, below }) => {
    const under = (line: string): string => [...(below === undefined ? [] : [below]), line].join("\n");
    const [fault] = examine(ios, under(typed), new Date(0)).report.refused;
    expect(fault?.outcome).toMatchObject({ kind: "refused", fault: { nearest: meant } });
    expect(examine(ios, under(meant), new Date(0)).report.refused).toEqual([]);
  },
);
