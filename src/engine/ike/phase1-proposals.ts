/**
 * Phase 1 transforms (RFC 2409 appendix A): what a peer offers, which of our policies it meets, and why not. Our
 * priority decides, not the peer's order. A transform is never altered in the answer (RFC 2409 §5); what it asks for
 * beyond our own life is simply shorter with us. Refuses AES without a key length, and attributes it does not know.
 */

import type { Address } from "../kernel/address.ts";
import { alternatives } from "../kernel/alternatives.ts";
import type { IkePolicySpec } from "../spec.ts";
import { type Attribute, attributeNumber, longAttribute, shortAttribute } from "../wire/isakmp-attribute.ts";
import { type Proposal, protocolId, type Transform } from "../wire/isakmp-sa.ts";
import { agreedSeconds } from "./lifetimes.ts";
import { type Refusal, refusalOf, unfit } from "./refusals.ts";

const KEY_IKE = 1;

const attributeType = {
  encryption: 1,
  hash: 2,
  authentication: 3,
  group: 4,
  lifeType: 11,
  lifeDuration: 12,
  keyLength: 14,
} as const;

const encryptionNumbers = { des: 1, "3des": 5, aes: 7 } as const;
const hashNumbers = { md5: 1, sha1: 2, sha256: 4, sha384: 5, sha512: 6 } as const;
const authenticationNumbers = { preShared: 1, rsaSignature: 3 } as const;
const LIFE_IN_SECONDS = 1;

/** Above this a key length has come with its octets swapped, as an early Windows sent it. */
const LARGEST_KEY_LENGTH = 4096;

export interface Phase1Choice {
  readonly policy: IkePolicySpec;
  /** What goes back: the peer's proposal with the one chosen transform. */
  readonly proposal: Proposal;
  readonly lifetimeSeconds: number;
}

interface Phase1Offer {
  readonly encryption: number | undefined;
  readonly keyBits: number | undefined;
  readonly hash: number | undefined;
  readonly authentication: number | undefined;
  readonly group: number | undefined;
  readonly lifetimeSeconds: number | undefined;
  readonly unknown: number | undefined;
}

/** The peer's transform that meets our best policy, and a reason for each that was refused before it. */
export function choosePhase1(
  policies: readonly IkePolicySpec[],
  proposals: readonly Proposal[],
  canSign = false,
): { readonly choice: Phase1Choice | undefined; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = [];
  for (const policy of byPriority(policies)) {
    const missing = canSign || policy.authentication === "preShared" ? [] : [NO_CERTIFICATE];
    for (const proposal of proposals) {
      for (const transform of proposal.transforms) {
        const offer = readOffer(transform);
        const at = { proposal: proposal.number, transform: transform.number, against: policy.priority };
        const fault = proposal.protocol === protocolId.isakmp ? offerFault(transform, offer) : "it is not for ISAKMP";
        const refusal =
          fault === undefined ? refusalOf(at, [...missing, ...differences(policy, offer)]) : unfit(at, fault);
        if (refusal === undefined) {
          const lifetimeSeconds = agreedSeconds(policy.lifetimeSeconds, offer.lifetimeSeconds);
          const answer = { ...proposal, spi: new Uint8Array(0), transforms: [transform] };
          return { choice: { policy, proposal: answer, lifetimeSeconds }, refusals };
        }
        refusals.push(refusal);
      }
    }
  }
  return { choice: undefined, refusals };
}

/** What was offered and what is configured, for whoever has to bring them together. */
export function phase1Sides(policies: readonly IkePolicySpec[], proposals: readonly Proposal[]) {
  const offered = proposals.flatMap(({ transforms }) => transforms.map((transform) => offerText(readOffer(transform))));
  const configured = policies.map(
    ({ encryption, keyBits, hash, authentication, group }) =>
      `${encryption}${encryption === "aes" ? `-${keyBits}` : ""}-${hash}-${authentication}-group ${group}`,
  );
  return { offered: alternatives(offered), configured: alternatives(configured) };
}

function offerText({ encryption, keyBits, hash, authentication, group }: Phase1Offer): string {
  const cipher = `${nameOf(encryptionNumbers, encryption)}${keyBits === undefined ? "" : `-${keyBits}`}`;
  const proof = nameOf(authenticationNumbers, authentication);
  return `${cipher}-${nameOf(hashNumbers, hash)}-${proof}-group ${group ?? "missing"}`;
}

/** Policies that serve an address of ours. */
export function policiesAt(
  policies: readonly IkePolicySpec[],
  virtualRouter: string,
  address: Address,
): readonly IkePolicySpec[] {
  return policies.filter(
    ({ boundTo }) =>
      boundTo === undefined ||
      (boundTo.address === address && (boundTo.virtualRouter ?? virtualRouter) === virtualRouter),
  );
}

const NO_CERTIFICATE = "RSA signatures need a certificate of ours with its key, and there is none";

function byPriority(policies: readonly IkePolicySpec[]): readonly IkePolicySpec[] {
  return [...policies].sort((a, b) => a.priority - b.priority);
}

/** Policies that can be used, best first: those with signatures only where there is a certificate to sign for. */
function usablePolicies(policies: readonly IkePolicySpec[], canSign: boolean): readonly IkePolicySpec[] {
  return byPriority(policies).filter(({ authentication }) => canSign || authentication === "preShared");
}

/** One proposal with a transform for each policy, best first. */
export function offerPhase1(policies: readonly IkePolicySpec[], longLife: boolean, canSign = false): Proposal {
  const transforms = usablePolicies(policies, canSign).map((policy, index) => ({
    number: index + 1,
    id: KEY_IKE,
    attributes: attributesOf(policy, longLife),
  }));
  return { number: 1, protocol: protocolId.isakmp, spi: new Uint8Array(0), transforms };
}

/** An offer as it is sent: as it is, or each transform in a proposal of its own. */
export function asProposals(proposal: Proposal, perTransform: boolean | undefined): Proposal[] {
  if (perTransform !== true) return [proposal];
  return proposal.transforms.map((transform, index) => ({
    ...proposal,
    number: index + 1,
    transforms: [{ ...transform, number: 1 }],
  }));
}

function attributesOf(policy: IkePolicySpec, longLife: boolean): Attribute[] {
  const attributes = [shortAttribute(attributeType.encryption, encryptionNumbers[policy.encryption])];
  if (policy.encryption === "aes") attributes.push(shortAttribute(attributeType.keyLength, policy.keyBits));
  attributes.push(
    shortAttribute(attributeType.hash, hashNumbers[policy.hash]),
    shortAttribute(attributeType.authentication, authenticationNumbers[policy.authentication]),
    shortAttribute(attributeType.group, policy.group),
    shortAttribute(attributeType.lifeType, LIFE_IN_SECONDS),
    lifeAttribute(attributeType.lifeDuration, policy.lifetimeSeconds, longLife),
  );
  return attributes;
}

/** A life that does not fit into two octets takes four whatever the persona prefers. */
export function lifeAttribute(type: number, value: number, long: boolean): Attribute {
  return long || value > 0xffff ? longAttribute(type, value) : shortAttribute(type, value);
}

function readOffer(transform: Transform): Phase1Offer {
  const values = new Map<number, number>();
  let lifeType = 0;
  let lifetimeSeconds: number | undefined;
  let unknown: number | undefined;
  for (const attribute of transform.attributes) {
    const value = attributeNumber(attribute);
    if (value === undefined || !knownTypes.has(attribute.type)) unknown ??= attribute.type;
    else if (attribute.type === attributeType.lifeType) lifeType = value;
    else if (attribute.type !== attributeType.lifeDuration) values.set(attribute.type, value);
    else if (lifeType === LIFE_IN_SECONDS) lifetimeSeconds = value;
  }
  return {
    encryption: values.get(attributeType.encryption),
    keyBits: keyLength(values.get(attributeType.keyLength)),
    hash: values.get(attributeType.hash),
    authentication: values.get(attributeType.authentication),
    group: values.get(attributeType.group),
    lifetimeSeconds,
    unknown,
  };
}

const knownTypes: ReadonlySet<number> = new Set(Object.values(attributeType));

/** A key length in bits, its octets put right where they were swapped. */
export function keyLength(value: number | undefined): number | undefined {
  if (value === undefined || value <= LARGEST_KEY_LENGTH) return value;
  return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
}

/** What makes a transform unfit for any policy. */
function offerFault(transform: Transform, offer: Phase1Offer): string | undefined {
  if (transform.id !== KEY_IKE) return `transform identifier ${transform.id} is not KEY_IKE`;
  return offer.unknown === undefined ? undefined : `attribute ${offer.unknown} is not known or has no proper value`;
}

/** The attributes in which an offer does not meet a policy, in plain words. */
function* differences(policy: IkePolicySpec, offer: Phase1Offer): Generator<string> {
  if (offer.encryption !== encryptionNumbers[policy.encryption]) {
    yield differs("encryption", nameOf(encryptionNumbers, offer.encryption), policy.encryption);
  } else if (policy.encryption === "aes" && offer.keyBits !== policy.keyBits) {
    yield differs("AES key length", offer.keyBits === undefined ? "missing" : String(offer.keyBits), policy.keyBits);
  } else if (policy.encryption !== "aes" && offer.keyBits !== undefined) {
    yield "a key length is given for a cipher without one";
  }
  if (offer.hash !== hashNumbers[policy.hash]) yield differs("hash", nameOf(hashNumbers, offer.hash), policy.hash);
  if (offer.authentication !== authenticationNumbers[policy.authentication]) {
    const name = nameOf(authenticationNumbers, offer.authentication);
    yield differs("authentication method", name, policy.authentication);
  }
  if (offer.group !== policy.group) {
    yield differs("Diffie-Hellman group", String(offer.group ?? "missing"), policy.group);
  }
}

/** `encryption aes is not 3des`. */
export function differs(what: string, offered: string, wanted: string | number): string {
  return `${what} ${offered} is not ${wanted}`;
}

/** The name of a number in one of the tables above, or the number itself. */
export function nameOf(table: Readonly<Record<string, number>>, value: number | undefined): string {
  if (value === undefined) return "missing";
  return Object.entries(table).find(([, number]) => number === value)?.[0] ?? String(value);
}
