/**
 * What strangers send as certificates, lists, names, envelopes and bundles, under mutation and nested as DER allows: each is a value or
 * a `WireError`, in little time, and nothing that differs from what an authority signed is ever believed.
 */

import { expect } from "vitest";
import { WireError } from "../../src/engine/kernel/errors.ts";
import { readCertificate, sameOctets } from "../../src/engine/pki/certificate.ts";
import { checkChain } from "../../src/engine/pki/chain.ts";
import { der } from "../../src/engine/pki/der.ts";
import { decodeName } from "../../src/engine/pki/distinguished-name.ts";
import { readRequest, writeRequest } from "../../src/engine/pki/issue.ts";
import { readCertificateBag, writeCertificateBag } from "../../src/engine/pki/pkcs7.ts";
import { readPkcs12 } from "../../src/engine/pki/pkcs12.ts";
import { readRevocationList } from "../../src/engine/pki/revocation-list.ts";
import { keyOf, nameOf, TestAuthority, TODAY } from "../support/authority.ts";
import { fuzz } from "../support/fuzzing.ts";
import { Chance, mutated } from "../support/mutation.ts";
import { seededRandom } from "../support/random.ts";

const READINGS = 4000;
const root = new TestAuthority("cn=Root,o=Example");
const middle = new TestAuthority("cn=Middle,o=Example", {}, root);
const leaf = middle.issue("cn=pc", { alternativeNames: [{ type: "dns", name: "pc.example.net" }] });
const list = middle.revoke(leaf, root.certificate);
const request = writeRequest({ subject: nameOf("cn=pc"), alternativeNames: [] }, keyOf("cn=pc"));
const bag = writeCertificateBag([leaf.der, middle.certificate.der]);

/** Deeper than any recursion would survive. */
function nested(chance: Chance): Uint8Array {
  let bytes: Uint8Array = chance.octets(8);
  for (let depth = 0; depth < 4000; depth += 1) bytes = der(chance.pick([0x30, 0x31, 0xa0, 0xa3, 0x24]), bytes);
  return bytes;
}

const readers: readonly (readonly [Uint8Array, (bytes: Uint8Array) => unknown])[] = [
  [leaf.der, readCertificate],
  [list, readRevocationList],
  [request, readRequest],
  [bag, readCertificateBag],
  [leaf.subject.der, decodeName],
];

fuzz(
  "whatever is read as a certificate, a list, a request, an envelope or a name is a value or a WireError",
  61,
  (seed) => {
    const chance = new Chance(seededRandom(seed));
    const deep = nested(chance);
    const before = process.cpuUsage();
    for (let count = 0; count < READINGS; count += 1) {
      const [sample, read] = chance.pick(readers);
      const bytes = chance.oneIn(500) ? deep : mutated(sample, chance);
      try {
        read(bytes);
      } catch (error) {
        expect(error, Buffer.from(bytes).toString("hex").slice(0, 4000)).toBeInstanceOf(WireError);
      }
      if (count % 8 === 0) readPkcs12(bytes, "");
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / READINGS, "microseconds of processor time for each").toBeLessThan(5000);
  },
);

fuzz("no certificate or list is believed that differs from what was signed", 62, (seed) => {
  const chance = new Chance(seededRandom(seed));
  const question = {
    others: [middle.certificate],
    anchors: [root.certificate],
    revocation: "required",
    epoch: TODAY,
  } as const;
  const lists = [root.revoke(), middle.revoke()];
  for (let count = 0; count < READINGS / 4; count += 1) {
    const changed = mutated(leaf.der, chance);
    const changedList = mutated(list, chance);
    try {
      const revocationLists = lists.map(readRevocationList);
      const answer = checkChain({ ...question, leaf: readCertificate(changed), revocationLists });
      expect(answer.ok, Buffer.from(changed).toString("hex")).toBe(sameOctets(changed, leaf.der));
    } catch (error) {
      expect(error).toBeInstanceOf(WireError);
    }
    try {
      const revocationLists = [lists[0] ?? list, changedList].map(readRevocationList);
      expect(checkChain({ ...question, leaf, revocationLists }).ok).toBe(false);
    } catch (error) {
      expect(error).toBeInstanceOf(WireError);
    }
  }
});
