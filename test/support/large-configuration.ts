/** Configurations of a given number of lines, of the shapes that grow in the field: users, keys, maps, routes, lists. */

import type { DialectName } from "../../src/modes/dialect.ts";

type Block = (index: number) => readonly string[];

const octets = (index: number): string => `${(index >> 8) & 255}.${index & 255}`;

const ios: readonly Block[] = [
  (n) => [`username user${n} password 0 secret${n}`],
  (n) => [`crypto isakmp key secret${n} address 172.16.${octets(n)}`],
  (n) => [`ip route 10.${octets(n)}.0 255.255.255.0 192.0.2.1`],
  (n) => [`access-list ${100 + (n % 90)} permit udp host 10.1.${octets(n)} any eq 1701`],
  (n) => [
    `crypto map OUTSIDE ${n + 1} ipsec-isakmp`,
    ` set peer 172.17.${octets(n)}`,
    " set transform-set TS1",
    ` match address ${100 + (n % 90)}`,
  ],
  (n) => [`interface Loopback${n}`, ` ip address 10.200.${octets(n)} 255.255.255.255`],
];

const junose: readonly Block[] = [
  (n) => [`ip route 10.${octets(n)}.0 255.255.255.0 192.0.2.1`],
  (n) => [`ipsec key manual pre-share 172.16.${octets(n)}`, `  key secret${n}`],
  (n) => [`interface loopback ${n}`, ` ip address 10.200.${octets(n)} 255.255.255.255`],
  (n) => [`aaa domain-map realm${n}.example`, " auth-router-name default", " ip-router-name default"],
];

const HEADS: Readonly<Record<DialectName, readonly string[]>> = {
  ios: [
    "hostname LARGE",
    "aaa new-model",
    "crypto isakmp policy 1",
    " encr 3des",
    " authentication pre-share",
    " group 2",
    "crypto ipsec transform-set TS1 esp-3des esp-sha-hmac",
    " mode transport",
  ],
  junose: ["hostname LARGE"],
};

export function largeConfiguration(dialect: DialectName, lines: number): string {
  const blocks = dialect === "ios" ? ios : junose;
  const text = [...HEADS[dialect]];
  for (let index = 0; text.length < lines; index += 1) for (const block of blocks) text.push(...block(index));
  return `${text.slice(0, lines).join("\n")}\n`;
}
