import { expect, test } from "vitest";
import { RsaPrivateKey, verifyRsa } from "../../../src/engine/crypto/rsa.ts";
import { type Certificate, readCertificate } from "../../../src/engine/pki/certificate.ts";
import { type ChainQuestion, checkChain } from "../../../src/engine/pki/chain.ts";
import { readRevocationList } from "../../../src/engine/pki/revocation-list.ts";
import { keyOf, TestAuthority, TODAY } from "../../support/authority.ts";

const DAY = 86_400_000;
const root = new TestAuthority("cn=Root,o=Example");
const middle = new TestAuthority("cn=Middle,o=Example", {}, root);
const leaf = middle.issue("cn=gw");

function ask(change: Partial<ChainQuestion> = {}): ReturnType<typeof checkChain> {
  return checkChain({
    leaf,
    others: [middle.certificate],
    anchors: [root.certificate],
    revocationLists: [],
    revocation: "ignored",
    epoch: TODAY,
    ...change,
  });
}

function faultOf(answer: ReturnType<typeof checkChain>): string | undefined {
  return answer.ok ? undefined : answer.fault;
}

test("a certificate under an authority between it and the root is believed, and the path is told", () => {
  const answer = ask();
  expect(answer).toMatchObject({ ok: true, path: [leaf, middle.certificate, root.certificate] });
  expect(answer.ok && answer.warnings.join()).toMatch(/1024 bits/);
});

test("the order and the company of the certificates that came with it do not matter", () => {
  const stranger = new TestAuthority("cn=Stranger");
  const namesake = new TestAuthority("cn=Middle,o=Example", { subject: middle.name }, stranger);
  for (const others of [
    [root.certificate, stranger.certificate, middle.certificate],
    [namesake.certificate, middle.certificate],
  ]) {
    expect(ask({ others }).ok).toBe(true);
  }
});

const self = new TestAuthority("cn=gw self");
const shortPath = new TestAuthority("cn=Short", { authority: { pathLength: 0 } });
const belowShort = new TestAuthority("cn=Below", {}, shortPath);
const noAuthority = new TestAuthority(
  "cn=End as issuer",
  { authority: undefined as never, keyUsage: ["keyCertSign"] },
  root,
);

/** What is wrong, and the question that shows it. */
const refusals: Readonly<Record<string, readonly [fault: string, change: Partial<ChainQuestion>]>> = {
  "another authority is trusted": ["unknownAuthority", { anchors: [self.certificate] }],
  "nobody is trusted": ["unknownAuthority", { anchors: [] }],
  "the authority between was not sent": ["unknownAuthority", { others: [] }],
  "it is signed by itself": ["unknownAuthority", { leaf: self.issue("cn=gw self", {}, self.key) }],
  "it has expired": ["expired", { leaf: middle.issue("cn=gw", { notAfter: TODAY - DAY / 2 }) }],
  "it is not valid yet": ["notYetValid", { leaf: middle.issue("cn=gw", { notBefore: TODAY + DAY }) }],
  "the authority between has expired": [
    "expired",
    { epoch: TODAY + 3651 * DAY, leaf: middle.issue("cn=gw", { notAfter: TODAY + 9999 * DAY }) },
  ],
  "an issuer is no authority": [
    "notAnAuthority",
    { leaf: noAuthority.issue("cn=gw"), others: [noAuthority.certificate] },
  ],
  "an issuer may not sign certificates": [
    "notAnAuthority",
    (() => {
      const mute = new TestAuthority("cn=Mute", { keyUsage: ["crlSign"] }, root);
      return { leaf: mute.issue("cn=gw"), others: [mute.certificate] };
    })(),
  ],
  "more authorities stand between than the root allows": [
    "pathTooLong",
    { leaf: belowShort.issue("cn=gw"), others: [belowShort.certificate], anchors: [shortPath.certificate] },
  ],
  "its key may not sign": ["unsuitableKey", { leaf: middle.issue("cn=gw", { keyUsage: ["keyEncipherment"] }) }],
  "it is for something else": [
    "unsuitableKey",
    { leaf: middle.issue("cn=gw", { extendedKeyUsage: ["1.3.6.1.5.5.7.3.3"] }) },
  ],
  "its key is too short": ["unsuitableKey", { leaf: middle.issue("cn=gw", {}, keyOf("short", 512)) }],
  "it is revoked": ["revoked", revocation("required", [leaf])],
  "it is revoked, where lists are only used": ["revoked", revocation("optional", [leaf])],
  "there is no list of one of the authorities": [
    "noRevocationList",
    { revocation: "required", revocationLists: [readRevocationList(middle.revoke())] },
  ],
  "the list is out of date": ["noRevocationList", { ...revocation("required", []), epoch: TODAY + 8 * DAY }],
};

function revocation(use: ChainQuestion["revocation"], revoked: readonly Certificate[]): Partial<ChainQuestion> {
  const lists = [middle.revoke(...revoked), root.revoke()];
  return { revocation: use, revocationLists: lists.map(readRevocationList) };
}

test.each(Object.entries(refusals))("refused: %s", (_, [fault, change]) => {
  expect(faultOf(ask(change))).toBe(fault);
});

test("lists that name others let it through, and lists that somebody else signed do not count", () => {
  const other = middle.issue("cn=other");
  expect(ask(revocation("required", [other])).ok).toBe(true);
  const namesake = new TestAuthority("cn=Middle,o=Example", {}, undefined, keyOf("namesake"));
  const forged = [readRevocationList(namesake.revoke(leaf))];
  expect(ask({ revocation: "optional", revocationLists: forged }).ok).toBe(true);
  expect(faultOf(ask({ revocation: "required", revocationLists: forged }))).toBe("noRevocationList");
});

test("a changed octet anywhere in a certificate is never believed", () => {
  for (let at = 0; at < leaf.der.length; at += 7) {
    const changed = leaf.der.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x41;
    let answer: ReturnType<typeof checkChain> | undefined;
    try {
      answer = ask({ leaf: readCertificate(changed) });
    } catch (error) {
      expect(String(error)).toMatch(/WireError/);
    }
    expect(answer?.ok ?? false, `octet ${at}`).toBe(false);
  }
});

test("a signature is believed for the very octets, key and padding only", () => {
  const key = keyOf("signer");
  const octets = new Uint8Array(20).fill(7);
  const signature = key.sign(octets);
  expect(verifyRsa(key.publicKey, octets, signature)).toBe(true);
  expect(verifyRsa(keyOf("other").publicKey, octets, signature)).toBe(false);
  expect(verifyRsa(key.publicKey, octets.subarray(1), signature)).toBe(false);
  expect(verifyRsa(key.publicKey, octets, signature.subarray(1))).toBe(false);
  expect(verifyRsa(key.publicKey, octets, new Uint8Array(128))).toBe(false);
  expect(verifyRsa(key.publicKey, octets, new Uint8Array(128).fill(0xff))).toBe(false);
  const one = new Uint8Array(128);
  one[127] = 1;
  expect(verifyRsa(key.publicKey, octets, one)).toBe(false);
  // Exponents with which everything, or nothing, is a signature.
  for (const exponent of [0, 1, 2]) {
    expect(verifyRsa({ ...key.publicKey, exponent: Uint8Array.of(exponent) }, octets, octets)).toBe(false);
  }
});

test("a private key is read from what openssl and Windows write, and never shows itself", () => {
  const key = keyOf("shy");
  const again = RsaPrivateKey.read(key.reveal());
  expect(again?.publicKey).toEqual(key.publicKey);
  expect(`${key} ${JSON.stringify({ key })}`).not.toMatch(/BEGIN|MII/);
  expect(RsaPrivateKey.read("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")).toBeUndefined();
});
