/** What a report of lines hides and what it shows. */

import { expect, test } from "vitest";
import { maskSecrets } from "../../../src/modes/common/mask-secrets.ts";

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
  "  pre-share-masked SECRET",
];

test.each(LINES)("what is secret is hidden, and nothing else: %s", (line) => {
  expect(maskSecrets(line)).toBe(line.replace("SECRET", "******"));
});

const OPEN = [
  "crypto key generate rsa",
  "key chain OSPF",
  "service password-encryption",
  "password encryption aes",
  "neighbor 10.1.1.1 send-community both",
  " set community 65000:1",
  "snmp-server enable traps snmp",
  " path tftp://10.1.1.60:69/a@b",
];

test.each(OPEN)("a line without a secret is shown as it is: %s", (line) => {
  expect(maskSecrets(line)).toBe(line);
});
