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

/** `SECRET` stands where a secret stands. */
const LINES = [
  "enable secret level 5 0 SECRET",
  "username fred password 7 SECRET",
  "crypto isakmp key 6 SECRET address 0.0.0.0 0.0.0.0",
  " pre-shared-key address 0.0.0.0 0.0.0.0 key SECRET",
  " ip ospf message-digest-key 1 md5 7 SECRET",
  " ip ospf authentication-key 7 SECRET",
  "ntp authentication-key 1 md5 SECRET 7",
  "key config-key password-encrypt SECRET",
  "snmp-server community SECRET RO 10",
  "snmp-server host 10.1.1.60 SECRET",
  "snmp-server host 10.1.1.60 vrf X informs version 2c SECRET",
  "snmp-server host 10.1.1.60 version v2c SECRET snmp link",
  "snmp-server user joe G v3 auth sha SECRET",
  "snmp-server user joe G v3 auth noSuchHash x priv aes 128 SECRET",
  "snmp-server user joe group G authentication md5 SECRET",
  " standby 1 authentication md5 key-string 7 SECRET",
  "radius-server host 10.1.1.10 auth-port 1812 acct-port 1813 key 7 SECRET",
  "ppp pap sent-username fred password 0 SECRET",
  " path ftp://fred:SECRET@10.1.1.60/backup",
  "pre-share SECRET",
  "username fred password 0 SECRET",
  "enable password 10 SECRET",
  " pre-shared-key local 6 SECRET",
  " pre-shared-key SECRET",
  " area-password SECRET",
  "domain-authentication-key 8 SECRET",
  " isis message-digest-key 1 hmac-md5 SECRET level-1",
  " ipv6 ospf authentication ipsec spi 500 md5 0 SECRET",
  " standby 1 authentication SECRET",
  " vrrp 1 authentication text SECRET",
  " glbp 1 authentication text SECRET",
  " client 10.0.0.1 server-key 7 SECRET",
  "snmp-server user joe G v3 auth noSuchHash x priv des56 SECRET",
  "snmp context red community SECRET",
  "crypto pki import NAME pkcs12 flash: SECRET",
  " set session-key inbound esp 300 cipher SECRET",
  " encryption key 1 size 40bit 7 SECRET transmit-key",
  " wpa-psk ascii 0 SECRET",
  " ip nhrp authentication SECRET",
  "exception protocol ftp fred SECRET",
  "  pre-share-masked SECRET",
];

test.each(LINES)("what is secret is hidden, and nothing else: %s", (line) => {
  expect(maskSecrets(line)).toBe(line.replace("SECRET", "******"));
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
const MIXED = /^snmp-server user \S+ SECRET$/;

/** A variety of lines of every command of the dialect that says a secret, each of which is `SECRET`. */
function linesWithSecrets({ config }: Dialect): string[] {
  const random = seededRandom(16);
  const withSecrets = (values: Values): Values[] =>
    Object.values(values).some((value) => value instanceof Secret)
      ? [
          Object.fromEntries(
            Object.entries(values).map(([name, value]) => [
              name,
              value instanceof Secret ? new Secret("SECRET") : value,
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
  expect(lines.filter((line) => maskSecrets(line).includes("SECRET"))).toEqual([]);
});
