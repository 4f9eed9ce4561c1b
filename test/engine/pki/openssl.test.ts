/** What openssl makes is read here, and what is made here is believed by openssl; left out where there is no openssl. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readCertificate } from "../../../src/engine/pki/certificate.ts";
import { checkChain } from "../../../src/engine/pki/chain.ts";
import { writeRequest } from "../../../src/engine/pki/issue.ts";
import { readPem, writePem } from "../../../src/engine/pki/pem.ts";
import { readCertificateBag, writeCertificateBag } from "../../../src/engine/pki/pkcs7.ts";
import { readPkcs12 } from "../../../src/engine/pki/pkcs12.ts";
import { readRevocationList } from "../../../src/engine/pki/revocation-list.ts";
import { isKeyOf } from "../../../src/engine/pki/trust.ts";
import { keyOf, nameOf, TestAuthority, TODAY } from "../../support/authority.ts";

const isMissing = spawnSync("openssl", ["version"]).error !== undefined;
const place = mkdtempSync(join(tmpdir(), "pki-"));
afterAll(() => rmSync(place, { recursive: true }));

function openssl(...words: string[]): string {
  return execFileSync("openssl", words, { cwd: place, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function put(name: string, text: string): void {
  writeFileSync(join(place, name), text);
}

function take(name: string): Uint8Array {
  const [block] = readPem(readFileSync(join(place, name), "utf8")) ?? [];
  if (block === undefined) throw new Error(`${name} is not PEM`);
  return block.bytes;
}

test.skipIf(isMissing)("openssl verifies a chain and a list of ours", () => {
  const root = new TestAuthority("cn=Root,o=Example");
  const middle = new TestAuthority("cn=Middle", {}, root);
  const leaf = middle.issue("cn=gw", { alternativeNames: [{ type: "dns", name: "gw.example.net" }] });
  put("root.pem", writePem("CERTIFICATE", root.certificate.der));
  put("middle.pem", writePem("CERTIFICATE", middle.certificate.der));
  put("leaf.pem", writePem("CERTIFICATE", leaf.der));
  const at = String(TODAY / 1000);
  const level = ["-auth_level", "0", "-x509_strict", "-attime", at];
  expect(openssl("verify", ...level, "-CAfile", "root.pem", "-untrusted", "middle.pem", "leaf.pem")).toMatch(/OK/);
  expect(openssl("x509", "-in", "leaf.pem", "-noout", "-text")).toMatch(/DNS:gw\.example\.net/);
  put("list.pem", writePem("X509 CRL", root.revoke(middle.certificate)));
  expect(openssl("crl", "-in", "list.pem", "-noout", "-text", "-CAfile", "root.pem")).toMatch(/Revoked Certificates/);
  put("bag.pem", writePem("PKCS7", writeCertificateBag([leaf.der, middle.certificate.der])));
  expect(openssl("pkcs7", "-in", "bag.pem", "-print_certs", "-noout")).toMatch(/Middle/);
});

test.skipIf(isMissing)(
  "a request of ours is signed by an authority of openssl, and what comes back is believed",
  () => {
    const key = keyOf("gw", 2048);
    const names = [
      { type: "dns", name: "gw.example.net" },
      { type: "address", address: "203.0.113.1" },
    ] as const;
    put(
      "gw.csr",
      writePem(
        "CERTIFICATE REQUEST",
        writeRequest({ subject: nameOf("cn=gw,o=Ex"), alternativeNames: names, challengePassword: "pw" }, key),
      ),
    );
    expect(openssl("req", "-in", "gw.csr", "-noout", "-verify", "-text")).toMatch(/IP Address:203\.0\.113\.1/);
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-subj",
      "/O=Ex/CN=CA",
      "-days",
      "30",
    );
    openssl(
      "x509",
      "-req",
      "-in",
      "gw.csr",
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "20",
      "-copy_extensions",
      "copy",
      "-out",
      "gw.pem",
    );
    const leaf = readCertificate(take("gw.pem"));
    const anchors = [readCertificate(take("ca.pem"))];
    const question = {
      leaf,
      others: [],
      anchors,
      revocationLists: [],
      revocation: "ignored",
      epoch: leaf.notBefore + 1,
    } as const;
    expect(checkChain(question)).toMatchObject({ ok: true, warnings: [] });
    expect(leaf.extensions.alternativeNames).toEqual(names);
    openssl("crl2pkcs7", "-nocrl", "-certfile", "gw.pem", "-certfile", "ca.pem", "-out", "bag.p7b");
    expect(readCertificateBag(take("bag.p7b"))).toHaveLength(2);
    put("index.txt", "");
    put("ca.cnf", "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=5\n");
    openssl("ca", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-revoke", "gw.pem");
    openssl("ca", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-gencrl", "-out", "crl.pem");
    const revocationLists = [readRevocationList(take("crl.pem"))];
    const revoked = checkChain({
      ...question,
      epoch: leaf.notBefore + 10_000,
      revocation: "required",
      revocationLists,
    });
    expect(revoked).toMatchObject({ ok: false, fault: "revoked" });
  },
);

test.skipIf(isMissing)("certificates with curves, MD5 and strange names are read, and refused with the reason", () => {
  openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ec.key");
  openssl("req", "-x509", "-key", "ec.key", "-out", "ec.pem", "-subj", "/CN=curve", "-days", "30");
  const curve = readCertificate(take("ec.pem"));
  const base = { others: [], revocationLists: [], revocation: "ignored", epoch: curve.notBefore + 1 } as const;
  expect(checkChain({ ...base, leaf: curve, anchors: [] })).toMatchObject({ ok: false, fault: "unsuitableKey" });
  openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-md5",
    "-nodes",
    "-keyout",
    "md.key",
    "-out",
    "md.pem",
    "-utf8",
    "-subj",
    "/CN=Zürich",
    "-days",
    "30",
  );
  const weak = readCertificate(take("md.pem"));
  expect(weak.algorithm.hash).toBe("md5");
  expect(checkChain({ ...base, leaf: weak, anchors: [] })).toMatchObject({ ok: false, fault: "weakAlgorithm" });
});

test.skipIf(isMissing)(
  "PKCS #12 of openssl is read with its password, and not without, whatever is changed in it",
  () => {
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "p.key",
      "-out",
      "p.pem",
      "-subj",
      "/CN=p",
      "-days",
      "30",
    );
    const forms = {
      aes: [],
      tripleDes: ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"],
      sha512: ["-macalg", "sha512", "-keypbe", "AES-128-CBC", "-certpbe", "NONE"],
    };
    const MAC_LENGTHS = { aes: 32, tripleDes: 20, sha512: 64 };
    for (const [name, words] of Object.entries(forms)) {
      const password = "Zürich 8001";
      openssl(
        "pkcs12",
        "-export",
        "-in",
        "p.pem",
        "-inkey",
        "p.key",
        "-out",
        `${name}.p12`,
        "-passout",
        `pass:${password}`,
        ...words,
      );
      const bytes = new Uint8Array(readFileSync(join(place, `${name}.p12`)));
      const bundle = readPkcs12(bytes, password);
      expect(bundle, name).toHaveProperty("key");
      expect(
        "key" in bundle && bundle.certificates[0] !== undefined && isKeyOf(bundle.key, bundle.certificates[0]),
      ).toBe(true);
      expect(readPkcs12(bytes, "guess")).toEqual({ fault: "the password is wrong, or the file was changed" });
      // The parameters of the check's algorithm, two octets before the check itself, say nothing; every other octet counts.
      const octets = Buffer.from(bytes);
      const idle = octets.lastIndexOf(Buffer.from([0x05, 0x00, 0x04, MAC_LENGTHS[name as keyof typeof forms]]));
      expect(idle, name).toBeGreaterThan(0);
      for (const at of [...Array(Math.ceil(bytes.length / 97)).keys()].map((step) => step * 97).concat(idle)) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ 0x11;
        const read = readPkcs12(changed, password);
        if ("key" in read) expect([idle, idle + 1], name).toContain(at);
      }
    }
  },
);
