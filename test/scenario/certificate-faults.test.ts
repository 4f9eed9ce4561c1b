/** What the gateway says of certificates of its own that peers will not believe. */

import { expect, test } from "vitest";
import type { Certificate } from "../../src/engine/pki/certificate.ts";
import type { RouterSpec } from "../../src/engine/spec.ts";
import { keyOf, TestAuthority, TODAY } from "../support/authority.ts";
import { credentials, trustpoint } from "../support/certified.ts";
import { Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";

const DAY = 86_400_000;
const root = new TestAuthority("cn=Root,o=Example");
const middle = new TestAuthority("cn=Middle,o=Example", {}, root);
const gateway = root.issue("cn=gw.example.net");

function spec(change: Partial<RouterSpec>): RouterSpec {
  return { ...specOf(), ...change };
}

const soon = root.issue("cn=gw.example.net", { notAfter: TODAY + 10 * DAY });
const late = root.issue("cn=gw.example.net", { notAfter: TODAY - DAY / 2 });
const orphan = middle.issue("cn=gw.example.net");

/** Certificates of ours, the key pair there is, and what the log says of them. */
const own: Readonly<Record<string, readonly [Certificate, string, RegExp | undefined]>> = {
  "is in order": [gateway, "cn=gw.example.net", undefined],
  "ends in ten days": [soon, "cn=gw.example.net", /expires in 10 days/],
  "has expired": [late, "cn=gw.example.net", /expired at/],
  "has no key here": [gateway, "cn=laptop", /private key of its certificate is not here/],
  "lacks the authority between": [orphan, "cn=gw.example.net", /cn=Middle,o=Example.* is not trusted/],
};

test.each(Object.entries(own))(
  "what is wrong with our own certificate is told once: one that %s",
  (_, [certificate, key, says]) => {
    const lab = new Lab({ spec: spec({ trustpoints: [] }) });
    lab.request({ type: "credentials", credentials: credentials(keyOf(key)) });
    const changed = spec({ trustpoints: [trustpoint([root.certificate, certificate])] });
    lab.request({ type: "configure", spec: changed });
    lab.request({ type: "configure", spec: changed });
    const told = lab.log.filter((line) => line.startsWith("Peers will not believe our certificate"));
    expect(told).toEqual(says === undefined ? [] : [expect.stringMatching(says)]);
  },
);
