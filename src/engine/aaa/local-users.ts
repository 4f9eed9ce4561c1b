/**
 * Authentication against the users of the configuration. Every refusal looks the same from outside: an unknown user
 * costs the same work as a wrong password, and comparisons take the same time wherever they differ.
 */

import { chapResponse } from "../crypto/chap.ts";
import { equalBytes, equalText } from "../crypto/constant-time.ts";
import { authenticatorResponse, challengeResponse, ntPasswordHash, ntResponse } from "../crypto/ms-chap.ts";
import { hashHolds } from "../crypto/password-hash.ts";
import { Secret } from "../kernel/secret.ts";
import type { PppProof, PppVerdict } from "../proof.ts";
import type { UserSpec } from "../spec.ts";

export interface LocalAuthentication {
  readonly users: readonly UserSpec[];
  /** Tried in order: `local` decides about users it knows, `none` lets anyone in. */
  readonly methods: readonly ("local" | "none")[];
}

const NO_PASSWORD = new Secret("");

/** Stands in for a user that does not exist, so that the work is the same; a one-way form, if any user has one, is the dearest. */
function nobody(users: readonly UserSpec[]): Pick<UserSpec, "password" | "passwordHash"> {
  return users.find((user) => user.passwordHash !== undefined) ?? { password: NO_PASSWORD };
}

export function verifyProof(local: LocalAuthentication, name: string, proof: PppProof): PppVerdict {
  if (local.methods.length === 0) return { accepted: false, reason: "no authentication method is configured" };
  for (const method of local.methods) {
    if (method === "none") return { accepted: true, authenticatorResponse: undefined };
    const user = findUser(local.users, name);
    const verdict = checkUser(user ?? nobody(local.users), withoutDomain(name), proof);
    if (user === undefined) {
      // The next method decides about users that this one does not know.
      if (local.methods.at(-1) === "none") continue;
      return { accepted: false, reason: `there is no user ${name}` };
    }
    return verdict;
  }
  return { accepted: false, reason: `there is no user ${name}` };
}

/**
 * By the whole name first; `DOMAIN\user` and `user@domain` also as the user alone. All users are looked at in any case, so that
 * the time says nothing about which of them exist.
 */
export function findUser(users: readonly UserSpec[], name: string): UserSpec | undefined {
  const bare = withoutDomain(name);
  const realm = bare.lastIndexOf("@");
  const candidates = [name, bare, realm > 0 ? bare.slice(0, realm) : bare];
  const found: (UserSpec | undefined)[] = candidates.map(() => undefined);
  for (const user of users) {
    for (const [rank, candidate] of candidates.entries()) if (user.name === candidate) found[rank] ??= user;
  }
  return found.find((user) => user !== undefined);
}

/** NT names carry a domain in front that MS-CHAP leaves out of its hashes (RFC 2759 §8.2). */
function withoutDomain(name: string): string {
  return name.replace(/^.*\\/, "");
}

function checkUser(
  { password, passwordHash }: Pick<UserSpec, "password" | "passwordHash">,
  name: string,
  proof: PppProof,
): PppVerdict {
  if (password !== undefined) return checkProof(password, name, proof);
  if (passwordHash === undefined) return { accepted: false, reason: "the user has no password" };
  if (proof.protocol === "pap") return verdictOf(hashHolds(passwordHash, proof.password.reveal()));
  return {
    accepted: false,
    reason: `the user has only a one-way secret, which ${PROTOCOL_NAMES[proof.protocol]} cannot use`,
  };
}

const PROTOCOL_NAMES = { pap: "PAP", chap: "CHAP", msChap: "MS-CHAP", msChapV2: "MS-CHAP v2" } as const;

function checkProof(password: Secret, name: string, proof: PppProof): PppVerdict {
  switch (proof.protocol) {
    case "pap":
      return verdictOf(equalText(proof.password.reveal(), password.reveal()));
    case "chap":
      return verdictOf(equalBytes(chapResponse(proof.identifier, password.reveal(), proof.challenge), proof.response));
    case "msChap":
      return verdictOf(
        equalBytes(challengeResponse(proof.challenge, ntPasswordHash(password.reveal())), proof.response),
      );
    case "msChapV2": {
      const { challenge, peerChallenge, response } = proof;
      const passwordHash = ntPasswordHash(password.reveal());
      const good = equalBytes(ntResponse(challenge, peerChallenge, name, passwordHash), response);
      return verdictOf(good, authenticatorResponse(passwordHash, response, peerChallenge, challenge, name));
    }
  }
}

function verdictOf(good: boolean, response?: string): PppVerdict {
  return good
    ? { accepted: true, authenticatorResponse: response }
    : { accepted: false, reason: "the password is wrong" };
}
