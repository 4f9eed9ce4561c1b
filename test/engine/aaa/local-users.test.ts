import { expect, test } from "vitest";
import { findUser, verifyProof } from "../../../src/engine/aaa/local-users.ts";
import { chapResponse } from "../../../src/engine/crypto/chap.ts";
import {
  authenticatorResponse,
  challengeResponse,
  ntPasswordHash,
  ntResponse,
} from "../../../src/engine/crypto/ms-chap.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { PppProof } from "../../../src/engine/proof.ts";
import type { PasswordHash, UserSpec } from "../../../src/engine/spec.ts";

function user(name: string, password: string | undefined): UserSpec {
  return {
    name,
    password: password === undefined ? undefined : new Secret(password),
    address: undefined,
    pool: undefined,
  };
}

const users = [user("fred", "pw"), user("hashed", undefined), user("anna@a", "full"), user("anna", "bare")];
const CHALLENGE = Uint8Array.from({ length: 16 }, (_, index) => index);
const PEER_CHALLENGE = new Uint8Array(16).fill(9);

type Kind = PppProof["protocol"];

function proof(kind: Kind, password: string, hashedName = "fred"): PppProof {
  const hash = ntPasswordHash(password);
  const challenge = kind === "msChap" ? CHALLENGE.subarray(0, 8) : CHALLENGE;
  switch (kind) {
    case "pap":
      return { protocol: "pap", password: new Secret(password) };
    case "chap":
      return { protocol: "chap", identifier: 3, challenge, response: chapResponse(3, password, challenge) };
    case "msChap":
      return { protocol: "msChap", challenge, response: challengeResponse(challenge, hash) };
    case "msChapV2": {
      const response = ntResponse(challenge, PEER_CHALLENGE, hashedName, hash);
      return { protocol: "msChapV2", challenge, peerChallenge: PEER_CHALLENGE, response };
    }
  }
}

const kinds: Kind[] = ["pap", "chap", "msChap", "msChapV2"];
const local = { users, methods: ["local"] } as const;

test.each(kinds)("%s: the right password is accepted, a wrong one, a stranger and a bad length are not", (kind) => {
  expect(verifyProof(local, "fred", proof(kind, "pw")).accepted).toBe(true);
  expect(verifyProof(local, "fred", proof(kind, "pW"))).toEqual({ accepted: false, reason: "the password is wrong" });
  expect(verifyProof(local, "eve", proof(kind, "pw"))).toEqual({ accepted: false, reason: "there is no user eve" });
  expect(verifyProof(local, "eve", proof(kind, ""))).toMatchObject({ accepted: false });
  const given = proof(kind, "pw");
  if (given.protocol === "pap") return;
  const short = { ...given, response: given.response.subarray(1) };
  expect(verifyProof(local, "fred", short).accepted).toBe(false);
});

test("MS-CHAP v2 is answered with our own proof, and leaves the NT domain out of its hash (RFC 2759 §8.2)", () => {
  const given = proof("msChapV2", "pw");
  if (given.protocol !== "msChapV2") return;
  const expected = authenticatorResponse(ntPasswordHash("pw"), given.response, PEER_CHALLENGE, CHALLENGE, "fred");
  for (const name of ["fred", "CORP\\fred", "a\\b\\fred"]) {
    expect(verifyProof(local, name, given)).toEqual({ accepted: true, authenticatorResponse: expected });
  }
  // A realm belongs to the name that the client hashes.
  expect(verifyProof(local, "fred@example.net", proof("msChapV2", "pw", "fred@example.net")).accepted).toBe(true);
});

test("the whole name goes before the name without its domain", () => {
  expect(findUser(users, "anna@a")?.password?.reveal()).toBe("full");
  expect(findUser(users, "anna@b")?.password?.reveal()).toBe("bare");
  expect(findUser(users, "CORP\\anna@b")?.password?.reveal()).toBe("bare");
  expect(findUser(users, "anna@a@b")?.password?.reveal()).toBe("full");
  expect(findUser(users, "@anna")).toBeUndefined();
  expect(findUser(users, "Anna")).toBeUndefined();
});

/** All of `hashcat`: the examples that the program of that name publishes, and SHA-256 as other tools print it. */
const HASHES: readonly PasswordHash[] = (
  [
    ["md5Crypt", "$1$28772684$iEwNOgGugqO9.bIz5sk8k/"],
    ["pbkdf2", "$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk"],
    ["scrypt", "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"],
    ["sha256Base64", "En5vv+JKdQ5ykwwiCo4TgnVla45dj0ipjDyS3yyrqTU="],
  ] as const
).map(([scheme, text]) => ({ scheme, text: new Secret(text) }));

test.each(HASHES)(
  "a user with a one-way secret ($scheme) is proven by PAP, and refused what is computed with a password",
  (hash) => {
    const hashed = { users: [{ ...user("anna", undefined), passwordHash: hash }], methods: ["local"] } as const;
    expect(verifyProof(hashed, "anna", proof("pap", "hashcat")).accepted).toBe(true);
    for (const wrong of ["", "Hashcat", "hashcat ", hash.text.reveal()]) {
      expect(verifyProof(hashed, "anna", proof("pap", wrong))).toEqual({
        accepted: false,
        reason: "the password is wrong",
      });
    }
    for (const kind of ["chap", "msChap", "msChapV2"] as const) {
      const verdict = verifyProof(hashed, "anna", proof(kind, "hashcat"));
      expect(verdict).toMatchObject({
        accepted: false,
        reason: expect.stringContaining("only a one-way secret, which"),
      });
    }
    expect(verifyProof(hashed, "eve", proof("pap", "hashcat"))).toMatchObject({ reason: "there is no user eve" });
  },
);

test.each(kinds)("%s: a user without any password is refused, whatever is offered", (kind) => {
  for (const password of ["", "pw"]) expect(verifyProof(local, "hashed", proof(kind, password)).accepted).toBe(false);
});

test("`none` lets anyone in where it stands first, and strangers where it stands behind `local`", () => {
  const lenient = { users, methods: ["local", "none"] } as const;
  expect(verifyProof({ users, methods: ["none"] }, "fred", proof("pap", "no")).accepted).toBe(true);
  expect(verifyProof(lenient, "eve", proof("pap", "x")).accepted).toBe(true);
  expect(verifyProof(lenient, "fred", proof("pap", "no")).accepted).toBe(false);
  expect(verifyProof({ users, methods: [] }, "fred", proof("pap", "pw"))).toEqual({
    accepted: false,
    reason: "no authentication method is configured",
  });
});

/** Not a measurement, which would be noise here: the work itself is counted by what the proof is asked for. */
test("a stranger costs the same computations as a wrong password", () => {
  const touched = (name: string): string[] => {
    const seen: string[] = [];
    const watched = new Proxy(proof("msChapV2", "guess"), {
      get(target, key) {
        seen.push(String(key));
        return Reflect.get(target, key);
      },
    });
    verifyProof(local, name, watched);
    return seen;
  };
  expect(touched("eve")).toEqual(touched("fred"));
});
