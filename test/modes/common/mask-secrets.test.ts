/** What a report of lines hides and what it shows. */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { Values } from "../../../src/grammar/elements.ts";
import { renderForm } from "../../../src/grammar/render.ts";
import { maskSecrets } from "../../../src/modes/common/mask-secrets.ts";
import type { Dialect } from "../../../src/modes/dialect.ts";
import { dialects } from "../../../src/modes/dialects.ts";
import { variantsOf } from "../../support/form-samples.ts";
import { seededRandom } from "../../support/random.ts";

/** `XYZZYQ` stands where a secret stands. */
const LINES = [
  "enable secret level 5 0 XYZZYQ",
  "username fred password 7 XYZZYQ",
  "crypto isakmp key 6 XYZZYQ address 0.0.0.0 0.0.0.0",
  " pre-shared-key address 0.0.0.0 0.0.0.0 key XYZZYQ",
  " ip ospf message-digest-key 1 md5 7 XYZZYQ",
  " ip ospf authentication-key 7 XYZZYQ",
  "ntp authentication-key 1 md5 XYZZYQ 7",
  "key config-key password-encrypt XYZZYQ",
  "snmp-server community XYZZYQ RO 10",
  "snmp-server host 10.1.1.60 XYZZYQ",
  "snmp-server host 10.1.1.60 vrf X informs version 2c XYZZYQ",
  "snmp-server host 10.1.1.60 version v2c XYZZYQ snmp link",
  "snmp-server user joe G v3 auth sha XYZZYQ",
  "snmp-server user joe G v3 auth noSuchHash x priv aes 128 XYZZYQ",
  "snmp-server user joe group G authentication md5 XYZZYQ",
  " standby 1 authentication md5 key-string 7 XYZZYQ",
  "radius-server host 10.1.1.10 auth-port 1812 acct-port 1813 key 7 XYZZYQ",
  "ppp pap sent-username fred password 0 XYZZYQ",
  " path ftp://fred:XYZZYQ@10.1.1.60/backup",
  "pre-share XYZZYQ",
  "username fred password 0 XYZZYQ",
  "enable password 10 XYZZYQ",
  " pre-shared-key local 6 XYZZYQ",
  " pre-shared-key XYZZYQ",
  " area-password XYZZYQ",
  "domain-authentication-key 8 XYZZYQ",
  " isis message-digest-key 1 hmac-md5 XYZZYQ level-1",
  " ipv6 ospf authentication ipsec spi 500 md5 0 XYZZYQ",
  " standby 1 authentication XYZZYQ",
  " vrrp 1 authentication text XYZZYQ",
  " glbp 1 authentication text XYZZYQ",
  " client 10.0.0.1 server-key 7 XYZZYQ",
  "snmp-server user joe G v3 auth noSuchHash x priv des56 XYZZYQ",
  "snmp context red community XYZZYQ",
  "crypto pki import NAME pkcs12 flash: XYZZYQ",
  " set session-key inbound esp 300 cipher XYZZYQ",
  " encryption key 1 size 40bit 7 XYZZYQ transmit-key",
  " wpa-psk ascii 0 XYZZYQ",
  " ip nhrp authentication XYZZYQ",
  "exception protocol ftp fred XYZZYQ",
  "  pre-share-masked XYZZYQ",
];

test.each(LINES)("what is secret is hidden, and nothing else: %s", (line) => {
  expect(maskSecrets(line)).toBe(line.replace("XYZZYQ", "******"));
});

test("a password with blanks is hidden to its end", () => {
  expect(maskSecrets("username fred password 0 two words")).toBe("username fred password 0 *********");
  expect(maskSecrets(" password 0 two words")).toBe(" password 0 *********");
});

const OPEN = [
  "crypto key generate rsa",
  "key chain OSPF",
  "service password-encryption",
  "crypto isakmp policy 1",
  "ipsec key manual pre-share 10.0.0.1",
  " standby 1 authentication md5 key-chain RED",
  " vrrp 1 authentication md5 key-chain RED",
  " area 0 authentication message-digest",
  "crypto ipsec transform-set T esp-des esp-md5-hmac",
  "password encryption aes",
  "neighbor 10.1.1.1 send-community both",
  " set community 65000:1",
  "snmp-server enable traps snmp",
  " path tftp://10.1.1.60:69/a@b",
];

test.each(OPEN)("a line without a secret is shown as it is: %s", (line) => {
  expect(maskSecrets(line)).toBe(line);
});

/** Kept as one text with what is no secret; its parts are told by their words. */
const MIXED = /^snmp-server user \S+ XYZZYQ$/;

/** A variety of lines of every command of the dialect that says a secret, each of which is `XYZZYQ`. */
function linesWithSecrets({ config }: Dialect): string[] {
  const random = seededRandom(16);
  const withSecrets = (values: Values): Values[] =>
    Object.values(values).some((value) => value instanceof Secret)
      ? [
          Object.fromEntries(
            Object.entries(values).map(([name, value]) => [
              name,
              value instanceof Secret ? new Secret("XYZZYQ") : value,
            ]),
          ),
        ]
      : [];
  return config.flatMap((command) =>
    variantsOf(command.form, random, 20)
      .flatMap(({ values }) => withSecrets(values))
      .map((values) => renderForm(command.form, values)),
  );
}

test.each(Object.values(dialects))("no secret that a command of $name can say is shown", (dialect) => {
  const lines = linesWithSecrets(dialect).filter((line) => !MIXED.test(line));
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.filter((line) => maskSecrets(line).includes("XYZZYQ"))).toEqual([]);
});
