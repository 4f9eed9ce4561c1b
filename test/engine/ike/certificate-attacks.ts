/** Message 5 with certificates and signatures of every wrong kind, and the gateway that they are tried on. */

import { generateKeyPairSync } from "node:crypto";
import { RsaPrivateKey } from "../../../src/engine/crypto/rsa.ts";
import type { IkeConfiguration } from "../../../src/engine/ike/events.ts";
import { identificationOf } from "../../../src/engine/ike/identities.ts";
import type { Certificate } from "../../../src/engine/pki/certificate.ts";
import type { CertificateFault } from "../../../src/engine/pki/chain.ts";
import { der } from "../../../src/engine/pki/der.ts";
import { writeCertificateBag } from "../../../src/engine/pki/pkcs7.ts";
import { writeIdentification } from "../../../src/engine/wire/isakmp-body.ts";
import { certificateEncoding, writeCertificateBody } from "../../../src/engine/wire/isakmp-certificate.ts";
import { type Payload, payloadType } from "../../../src/engine/wire/isakmp-payload.ts";
import { keyOf, TestAuthority, TODAY } from "../../support/authority.ts";
import { credentials, trustpoint } from "../../support/certified.ts";
import { policy3des, serverConfiguration } from "../../support/ike-pair.ts";
import { flowFrom, Prober, sent, Target } from "../../support/ike-prober.ts";

const DAY = 86_400_000;
/** Of processor time, which a busy machine does not lengthen. One signature takes a fraction of a millisecond. */
export const BOUND_MILLIS = 1000;
export const root = new TestAuthority("cn=Root,o=Example");
export const middle = new TestAuthority("cn=Middle,o=Example", {}, root);
export const stranger = new TestAuthority("cn=Stranger,o=Example");
const gateway = root.issue("cn=gw.example.net");
export const laptop = root.issue("cn=laptop");
const key = keyOf("cn=laptop");
const policy = { ...policy3des, authentication: "rsaSignature" } as const;
export const ADDRESS = "198.51.100.7";
const id = writeIdentification(identificationOf({ type: "address", address: ADDRESS }, 0, 0));

export function payload(data: Uint8Array, encoding: number = certificateEncoding.x509Signature): Payload {
  return { type: payloadType.certificate, body: writeCertificateBody({ encoding, data }) };
}

export function request(data: Uint8Array): Payload {
  const body = writeCertificateBody({ encoding: certificateEncoding.x509Signature, data });
  return { type: payloadType.certificateRequest, body };
}

export interface Attack {
  readonly certificates: readonly Payload[];
  /** Of HASH_I; as it should be if absent. */
  readonly sign?: (proof: Uint8Array) => Uint8Array;
  readonly id?: Uint8Array;
  /** Beside the public value in message 3. */
  readonly asked?: readonly Payload[];
  readonly lists?: readonly Uint8Array[];
  readonly fault?: CertificateFault;
  /** In the one line of the log. */
  readonly says?: RegExp;
}

export function targetOf(lists: readonly Uint8Array[] = []): Target {
  const revocation = lists.length === 0 ? "ignored" : "required";
  const certificates: IkeConfiguration["certificates"] = {
    trustpoints: [trustpoint([root.certificate, gateway], { revocation })],
    credentials: credentials(keyOf("cn=gw.example.net"), lists),
    identity: "address",
  };
  return new Target(serverConfiguration({ policies: [policy], certificates }), TODAY);
}

/** What came back to message 5, and what was told. */
export function tryOn(target: Target, attack: Attack, seed = 1) {
  const prober = new Prober(target, flowFrom(ADDRESS, 500 + seed), seed, policy);
  const own = attack.id ?? id;
  const fifth = prober.fifth(
    undefined,
    own,
    (proof) => [
      { type: payloadType.identification, body: own },
      ...attack.certificates,
      { type: payloadType.signature, body: (attack.sign ?? ((octets) => key.sign(octets)))(proof) },
    ],
    attack.asked,
  );
  const before = target.logs.length;
  const started = process.cpuUsage();
  const answers = sent(prober.say(fifth));
  const { user, system } = process.cpuUsage(started);
  return { answers, millis: (user + system) / 1000, logs: target.logs.slice(before), prober, fifth };
}

const chained = (certificate: Certificate, authority: Certificate = middle.certificate) => [
  payload(certificate.der),
  payload(authority.der),
];

/** An RSA key of another size, not kept: large ones cost seconds to make. */
function keyOfBits(modulusLength: number, publicExponent = 65_537): RsaPrivateKey {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength, publicExponent });
  const read = RsaPrivateKey.read(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  if (read === undefined) throw new Error("node made no RSA key");
  return read;
}

/** The integer cube root, rounded up. */
function cubeRoot(value: bigint): bigint {
  let low = 0n;
  let high = 1n << BigInt(Math.ceil(value.toString(2).length / 3) + 1);
  while (low < high) {
    const half = (low + high) / 2n;
    if (half ** 3n < value) low = half + 1n;
    else high = half;
  }
  return low;
}

/**
 * Bleichenbacher's forgery of 2006: under the exponent 3 the cube root of `00 01 FF 00 | octets | anything` is a signature for
 * whoever looks for the octets behind a short padding and not at what follows them.
 */
function forged(proof: Uint8Array, octets: number): Uint8Array {
  const head = Buffer.concat([Buffer.from("0001ffffffffffffffffff00", "hex"), proof]);
  const block = Buffer.concat([head, Buffer.alloc(octets - head.length)]);
  const root3 = cubeRoot(BigInt(`0x${block.toString("hex")}`));
  const made = root3.toString(16).padStart(octets * 2, "0");
  const cubed = (root3 ** 3n).toString(16).padStart(octets * 2, "0");
  // The forger is right about his part of it.
  if (!cubed.startsWith(head.toString("hex"))) throw new Error("the forgery failed");
  return new Uint8Array(Buffer.from(made, "hex"));
}

export const three = keyOfBits(2048, 3);
export const underThree = root.issue("cn=three", { publicKey: three.publicKey });
export const one = { ...key.publicKey, exponent: Uint8Array.of(1) };
const small = keyOfBits(512);
const huge = { modulus: new Uint8Array(2048).fill(0xff), exponent: Uint8Array.of(1, 0, 1) };

function longBelow(depth: number): Certificate[] {
  let above = root;
  const path: Certificate[] = [];
  for (let index = 0; index < depth; index += 1) {
    above = new TestAuthority(`cn=Level ${index}`, {}, above, keyOf("level"));
    path.unshift(above.certificate);
  }
  return [above.issue("cn=laptop"), ...path];
}

const short = new TestAuthority("cn=Short", { authority: { pathLength: 0 } }, root);
const belowShort = new TestAuthority("cn=Below", {}, short);
export const thousand = Array.from({ length: 1000 }, () => laptop.der);

function nested(depth: number): Uint8Array {
  let bytes: Uint8Array = new Uint8Array(8);
  for (let level = 0; level < depth; level += 1) bytes = der(0x30, bytes);
  return bytes;
}

export const attacks: Readonly<Record<string, Attack>> = {
  "a certificate of another authority": {
    certificates: [payload(stranger.issue("cn=laptop").der), payload(stranger.certificate.der)],
    fault: "unknownAuthority",
    says: /cn=Stranger,o=Example.*is not trusted/,
  },
  "an authority of the same name with another key": {
    certificates: [
      payload(new TestAuthority("cn=Root,o=Example", {}, undefined, keyOf("namesake")).issue("cn=laptop").der),
    ],
    fault: "unknownAuthority",
    says: /another key than the one that issued/,
  },
  "an expired certificate": {
    certificates: [payload(root.issue("cn=laptop", { notAfter: TODAY - 1000 }).der)],
    fault: "expired",
    says: /expired at 2026-11-21T11:59:59Z/,
  },
  "a certificate of tomorrow": {
    certificates: [payload(root.issue("cn=laptop", { notBefore: TODAY + DAY }).der)],
    fault: "notYetValid",
    says: /is not valid before 2026-11-22/,
  },
  "a revoked certificate": {
    certificates: [payload(laptop.der)],
    lists: [root.revoke(laptop)],
    fault: "revoked",
    says: /was revoked/,
  },
  "a certificate without any list of its authority": {
    certificates: [payload(laptop.der)],
    lists: [stranger.revoke()],
    fault: "noRevocationList",
    says: /no revocation list of cn=Root/,
  },
  "more authorities below another than it allows": {
    certificates: [belowShort.issue("cn=laptop"), belowShort.certificate, short.certificate].map((each) =>
      payload(each.der),
    ),
    fault: "pathTooLong",
    says: /cn=Short allows 0 authorities below it, and there are 1/,
  },
  "a path that is longer than any": {
    certificates: longBelow(7).map((each) => payload(each.der)),
    fault: "pathTooLong",
    says: /more than 6 certificates/,
  },
  "a certificate that a mere end has issued": {
    certificates: [payload(root.issue("cn=laptop").der)]
      .concat(
        chained(
          new TestAuthority("cn=End", { authority: undefined as never }, root).issue("cn=laptop"),
          new TestAuthority("cn=End", { authority: undefined as never }, root).certificate,
        ),
      )
      .slice(1),
    fault: "notAnAuthority",
    says: /cn=End is no authority/,
  },
  "a key that may only encipher": {
    certificates: [payload(root.issue("cn=laptop", { keyUsage: ["keyEncipherment"] }).der)],
    fault: "unsuitableKey",
    says: /may not be used to sign/,
  },
  "a certificate for signing code": {
    certificates: [payload(root.issue("cn=laptop", { extendedKeyUsage: ["1.3.6.1.5.5.7.3.3"] }).der)],
    fault: "unsuitableKey",
    says: /other uses than IKE/,
  },
  "another's name": {
    certificates: [payload(laptop.der)],
    id: writeIdentification(identificationOf({ type: "fqdn", name: "admin.example.net" }, 0, 0)),
    fault: "wrongIdentity",
    says: /it is for cn=laptop, and the peer calls itself @admin\.example\.net/,
  },
  "an identity that is no name at all": {
    certificates: [payload(laptop.der)],
    id: Uint8Array.of(9, 0, 0, 0, 0x30, 0x84, 0xff, 0xff),
    fault: "wrongIdentity",
    says: /identity is malformed/,
  },
  "a signature of another key": {
    certificates: [payload(laptop.der)],
    sign: (proof) => keyOf("thief").sign(proof),
    fault: "wrongProof",
    says: /is not by its key/,
  },
  "a signature over another negotiation": {
    certificates: [payload(laptop.der)],
    sign: (proof) => key.sign(proof.map((octet) => octet ^ 1)),
    fault: "wrongProof",
  },
  "a signature that names its hash, as certificates do": {
    certificates: [payload(laptop.der)],
    sign: (proof) => key.signDigest("sha1", proof),
    fault: "wrongProof",
  },
  "no signature to speak of": {
    certificates: [payload(laptop.der)],
    sign: () => new Uint8Array(0),
    fault: "wrongProof",
  },
  "a signature that is an octet short": {
    certificates: [payload(laptop.der)],
    sign: (proof) => key.sign(proof).subarray(1),
    fault: "wrongProof",
  },
  "a signature that is an octet long": {
    certificates: [payload(laptop.der)],
    sign: (proof) => Buffer.concat([Uint8Array.of(0), key.sign(proof)]),
    fault: "wrongProof",
  },
  "a signature of 16 000 octets": {
    certificates: [payload(laptop.der)],
    sign: () => new Uint8Array(16_000).fill(7),
    fault: "wrongProof",
  },
  "a signature that is greater than the modulus": {
    certificates: [payload(laptop.der)],
    sign: (proof) => new Uint8Array(proof.length === 0 ? 0 : 128).fill(0xff),
    fault: "wrongProof",
  },
  "Bleichenbacher's forgery under the exponent 3": {
    certificates: [payload(underThree.der)],
    sign: (proof) => forged(proof, 256),
    fault: "wrongProof",
    says: /is not by its key/,
  },
  "the exponent 1, under which everything is its own signature": {
    certificates: [payload(root.issue("cn=laptop", { publicKey: one }).der)],
    sign: (proof) => {
      const block = new Uint8Array(128).fill(0xff);
      block.set([0, 1]);
      block[127 - proof.length] = 0;
      block.set(proof, 128 - proof.length);
      return block;
    },
    fault: "unsuitableKey",
    says: /the RSA exponent is not acceptable/,
  },
  "a key of 512 bits": {
    certificates: [payload(root.issue("cn=laptop", { publicKey: small.publicKey }).der)],
    sign: (proof) => small.sign(proof),
    fault: "unsuitableKey",
    says: /512 bits; fewer than 1024/,
  },
  "a key of 16 384 bits": {
    certificates: [payload(root.issue("cn=laptop", { publicKey: huge }).der)],
    sign: () => new Uint8Array(2048).fill(3),
    fault: "unsuitableKey",
    says: /16384 bits; more than 8192/,
  },
  "no certificate": { certificates: [], fault: "malformed", says: /sent no certificate/ },
  "octets that are no certificate": {
    certificates: [payload(new Uint8Array(900).fill(0x30))],
    fault: "malformed",
    says: /it cannot be read/,
  },
  "DER of 20 000 levels": { certificates: [payload(nested(7000))], fault: "malformed", says: /it cannot be read/ },
  "a certificate of 30 000 octets": {
    certificates: [payload(der(0x30, new Uint8Array(30_000)))],
    fault: "malformed",
    says: /it cannot be read/,
  },
  "a certificate payload without an encoding": {
    certificates: [{ type: payloadType.certificate, body: new Uint8Array(0) }],
    fault: "malformed",
    says: /it cannot be read/,
  },
  "an encoding that nobody uses": {
    certificates: [payload(laptop.der, 200)],
    fault: "malformed",
    says: /no certificate/,
  },
  "an envelope with a thousand certificates": {
    certificates: [payload(writeCertificateBag(thousand.slice(0, 60)), certificateEncoding.pkcs7)],
    fault: "malformed",
    says: /it cannot be read/,
  },
  "an envelope within an envelope within …": {
    certificates: [
      payload(
        Array.from({ length: 200 }).reduce<Uint8Array>((inner) => writeCertificateBag([inner]), laptop.der),
        certificateEncoding.pkcs7,
      ),
    ],
    fault: "malformed",
    says: /it cannot be read/,
  },
};
