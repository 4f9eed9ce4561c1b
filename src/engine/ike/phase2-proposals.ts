/**
 * Phase 2 transforms (RFC 2407 §4.4, §4.5; RFC 3602 for AES; RFC 4868 for SHA-2; RFC 4106 for AES-GCM): what a peer offers for ESP, which of
 * our proposals it meets, and why not. Refuses tunnel mode, AH, bundles of protocols, AES without a key length, and
 * attributes it does not know; a cipher that is not built in is passed over for the next transform.
 */

import { isDhGroup } from "../crypto/dh.ts";
import { alternatives } from "../kernel/alternatives.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { DhGroup, EspProposalSpec } from "../spec.ts";
import { Reader, Writer } from "../wire/codec.ts";
import {
  type Attribute,
  attributeNumber,
  longAttribute,
  readAttribute,
  shortAttribute,
  writeAttribute,
} from "../wire/isakmp-attribute.ts";
import { type Proposal, protocolId, type Transform } from "../wire/isakmp-sa.ts";
import { agreedKilobytes, agreedSeconds, DEFAULT_IPSEC_LIFETIME_SECONDS } from "./lifetimes.ts";
import type { NatDialect } from "./nat-traversal.ts";
import { differs, keyLength, lifeAttribute, nameOf } from "./phase1-proposals.ts";
import { type Refusal, refusalOf, unfit } from "./refusals.ts";

const attributeType = {
  lifeType: 1,
  lifeDuration: 2,
  group: 3,
  encapsulation: 4,
  integrity: 5,
  keyLength: 6,
} as const;

/** RFC 4106 has a number for each length of the ICV. */
const cipherNumbers = {
  des: 2,
  "3des": 3,
  null: 11,
  aes: 12,
  "aes-gcm-8": 18,
  "aes-gcm-12": 19,
  "aes-gcm": 20,
} as const;
const integrityNumbers = { md5: 1, sha1: 2, sha256: 5, sha384: 6, sha512: 7 } as const;
const lifeTypes = { seconds: 1, kilobytes: 2 } as const;
const TUNNEL = 1;
const TRANSPORT = 2;

/** What quick mode agrees on besides keys. */
export interface Phase2Terms {
  readonly proposals: readonly EspProposalSpec[];
  readonly lifetimeSeconds: number;
  readonly lifetimeKilobytes: number | undefined;
  /** Demanded; where absent, the peer's wish is granted. */
  readonly pfsGroup: DhGroup | undefined;
}

/** What phase 1 has found out about the way between the peers. */
export interface Encapsulations {
  readonly dialect: NatDialect | undefined;
  readonly natFound: boolean;
  /** ESP without UDP cannot be carried at all. */
  readonly udpOnly: boolean;
  /** IKE has left its first port, or its dialect does without: ESP in UDP has a port to arrive at. */
  readonly floated: boolean;
}

export interface Phase2Choice {
  readonly proposal: EspProposalSpec;
  readonly peerSpi: number;
  /** The peer's proposal with the one chosen transform; the SPI in it is still the peer's. */
  readonly answer: Proposal;
  readonly encapsulation: "udp" | "esp";
  readonly pfsGroup: DhGroup | undefined;
  readonly lifetimeSeconds: number;
  readonly lifetimeKilobytes: number | undefined;
  /** The peer asked for a longer life than it gets. */
  readonly shortened: boolean;
}

interface Phase2Offer {
  readonly keyBits: number | undefined;
  readonly integrity: number | undefined;
  readonly encapsulation: number | undefined;
  readonly group: number | undefined;
  readonly seconds: number | undefined;
  readonly kilobytes: number | undefined;
  readonly unknown: number | undefined;
}

export function choosePhase2(
  terms: Phase2Terms,
  proposals: readonly Proposal[],
  way: Encapsulations,
): { readonly choice: Phase2Choice | undefined; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = [];
  for (const ours of terms.proposals) {
    for (const proposal of proposals) {
      const bundled = proposals.filter(({ number }) => number === proposal.number).length > 1;
      for (const transform of proposal.transforms) {
        const offer = readOffer(transform);
        const at = { proposal: proposal.number, transform: transform.number, against: ours.label };
        const fault = bundled ? "it is one of a bundle of protocols" : offerFault(ours, proposal, offer);
        const refusal =
          fault === undefined ? refusalOf(at, differences(ours, transform, offer, terms, way)) : unfit(at, fault);
        if (refusal === undefined) return { choice: choiceOf(ours, proposal, transform, offer, terms), refusals };
        refusals.push(refusal);
      }
    }
  }
  return { choice: undefined, refusals };
}

/** What was offered and what is configured, for whoever has to bring them together. */
export function phase2Sides(terms: Phase2Terms, proposals: readonly Proposal[]) {
  const offered = proposals.flatMap(({ protocol, transforms }) =>
    transforms.map((transform) => offerText(protocol, transform)),
  );
  const configured = terms.proposals.map((ours) => {
    const group = terms.pfsGroup === undefined ? "" : `-group ${terms.pfsGroup}`;
    return `${cipherWord(ours)}${ours.keyBits === 0 ? "" : `-${ours.keyBits}`}-${ours.integrity ?? "none"}${group}`;
  });
  return { offered: alternatives(offered), configured: alternatives(configured) };
}

function offerText(protocol: number, transform: Transform): string {
  if (protocol !== protocolId.esp) return nameOf(protocolId, protocol);
  const { keyBits, integrity, group } = readOffer(transform);
  const cipher = `${nameOf(cipherNumbers, transform.id)}${keyBits === undefined ? "" : `-${keyBits}`}`;
  const check = integrity === undefined ? "none" : nameOf(integrityNumbers, integrity);
  return `${cipher}-${check}${group === undefined ? "" : `-group ${group}`}`;
}

function choiceOf(
  ours: EspProposalSpec,
  proposal: Proposal,
  transform: Transform,
  offer: Phase2Offer,
  terms: Phase2Terms,
): Phase2Choice {
  const offered = offer.seconds ?? DEFAULT_IPSEC_LIFETIME_SECONDS;
  const lifetimeSeconds = agreedSeconds(terms.lifetimeSeconds, offered);
  return {
    proposal: ours,
    peerSpi: spiNumber(proposal.spi),
    answer: { ...proposal, transforms: [transform] },
    encapsulation: (offer.encapsulation ?? TRANSPORT) === TRANSPORT ? "esp" : "udp",
    pfsGroup: offer.group !== undefined && isDhGroup(offer.group) ? offer.group : undefined,
    lifetimeSeconds,
    lifetimeKilobytes: agreedKilobytes(terms.lifetimeKilobytes, offer.kilobytes),
    shortened: lifetimeSeconds < offered,
  };
}

export function spiNumber(spi: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = spi;
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

export function spiOctets(spi: number): Uint8Array {
  return Uint8Array.of(spi >>> 24, spi >>> 16, spi >>> 8, spi);
}

/** One proposal under one SPI, with a transform for each of ours, best first. */
export function offerPhase2(
  terms: Phase2Terms,
  spi: number,
  encapsulation: "udp" | "esp",
  dialect: NatDialect | undefined,
  longLife: boolean,
): Proposal {
  const mode = encapsulation === "udp" && dialect !== undefined ? dialect.udpTransport : TRANSPORT;
  const transforms = terms.proposals.map((ours, index) => ({
    number: index + 1,
    id: cipherNumbers[cipherWord(ours)],
    attributes: attributesOf(ours, terms, mode, longLife),
  }));
  return { number: 1, protocol: protocolId.esp, spi: spiOctets(spi), transforms };
}

function attributesOf(ours: EspProposalSpec, terms: Phase2Terms, mode: number, longLife: boolean): Attribute[] {
  const attributes = [
    shortAttribute(attributeType.encapsulation, mode),
    shortAttribute(attributeType.lifeType, lifeTypes.seconds),
    lifeAttribute(attributeType.lifeDuration, terms.lifetimeSeconds, longLife),
  ];
  if (terms.lifetimeKilobytes !== undefined) {
    attributes.push(
      shortAttribute(attributeType.lifeType, lifeTypes.kilobytes),
      lifeAttribute(attributeType.lifeDuration, terms.lifetimeKilobytes, longLife),
    );
  }
  if (ours.integrity !== undefined) {
    attributes.push(shortAttribute(attributeType.integrity, integrityNumbers[ours.integrity]));
  }
  if (ours.keyBits !== 0) attributes.push(shortAttribute(attributeType.keyLength, ours.keyBits));
  if (terms.pfsGroup !== undefined) attributes.push(shortAttribute(attributeType.group, terms.pfsGroup));
  return attributes;
}

function cipherWord({ cipher, icvOctets = 16 }: EspProposalSpec): keyof typeof cipherNumbers {
  return cipher === "aes-gcm" && icvOctets !== 16 ? `aes-gcm-${icvOctets}` : cipher;
}

/** A life in seconds as RESPONDER-LIFETIME carries it (RFC 2407 §4.6.3.1). */
export function writeLifetime(seconds: number): Uint8Array {
  const writer = new Writer();
  writeAttribute(writer, shortAttribute(attributeType.lifeType, lifeTypes.seconds));
  writeAttribute(writer, longAttribute(attributeType.lifeDuration, seconds));
  return writer.finish();
}

/** The life in seconds in the data of RESPONDER-LIFETIME; `undefined` where there is none or 0. */
export function readLifetime(data: Uint8Array): number | undefined {
  const attributes = tryDecode(() => {
    const reader = new Reader(data, "responder lifetime");
    const list: Attribute[] = [];
    while (reader.remaining > 0) list.push(readAttribute(reader));
    return list;
  });
  if (!attributes.ok) return undefined;
  const { seconds } = readOffer({ number: 0, id: 0, attributes: attributes.value });
  return seconds === 0 ? undefined : seconds;
}

const knownTypes: ReadonlySet<number> = new Set(Object.values(attributeType));

function readOffer(transform: Transform): Phase2Offer {
  const values = new Map<number, number>();
  const lives = new Map<number, number>();
  let lifeType = 0;
  let unknown: number | undefined;
  for (const attribute of transform.attributes) {
    const value = attributeNumber(attribute);
    if (value === undefined || !knownTypes.has(attribute.type)) unknown ??= attribute.type;
    else if (attribute.type === attributeType.lifeType) lifeType = value;
    else if (attribute.type === attributeType.lifeDuration) lives.set(lifeType, value);
    else values.set(attribute.type, value);
  }
  return {
    keyBits: keyLength(values.get(attributeType.keyLength)),
    integrity: values.get(attributeType.integrity),
    encapsulation: values.get(attributeType.encapsulation),
    group: values.get(attributeType.group),
    seconds: lives.get(lifeTypes.seconds),
    kilobytes: lives.get(lifeTypes.kilobytes),
    unknown,
  };
}

function proposalFault(proposal: Proposal): string | undefined {
  if (proposal.protocol === protocolId.ah) return "AH is not supported";
  if (proposal.protocol !== protocolId.esp) return `protocol ${proposal.protocol} is not ESP`;
  if (proposal.spi.length !== 4) return `the SPI has ${proposal.spi.length} octets`;
  return spiNumber(proposal.spi) === 0 ? "the SPI is 0" : undefined;
}

/** What makes a transform unfit for this proposal of ours, whatever its attributes say. */
function offerFault(ours: EspProposalSpec, proposal: Proposal, offer: Phase2Offer): string | undefined {
  const fault = proposalFault(proposal);
  if (fault !== undefined) return fault;
  if (ours.mode !== "transport") return "our own transform set is for tunnel mode";
  return offer.unknown === undefined ? undefined : `attribute ${offer.unknown} is not known or has no proper value`;
}

/** The attributes in which an offer does not meet one of our proposals, in plain words. */
function* differences(
  ours: EspProposalSpec,
  transform: Transform,
  offer: Phase2Offer,
  terms: Phase2Terms,
  way: Encapsulations,
): Generator<string> {
  const cipher = cipherWord(ours);
  if (transform.id !== cipherNumbers[cipher]) {
    yield differs("cipher", nameOf(cipherNumbers, transform.id), cipher);
  } else if (ours.keyBits !== 0 && offer.keyBits !== ours.keyBits) {
    yield differs("AES key length", String(offer.keyBits ?? "missing"), ours.keyBits);
  } else if (ours.keyBits === 0 && offer.keyBits !== undefined) {
    yield "a key length is given for a cipher without one";
  }
  const integrity = ours.integrity === undefined ? undefined : integrityNumbers[ours.integrity];
  if (offer.integrity !== integrity) {
    yield differs("integrity", nameOf(integrityNumbers, offer.integrity), ours.integrity ?? "missing");
  }
  const encapsulation = encapsulationFault(offer.encapsulation ?? TRANSPORT, way);
  if (encapsulation !== undefined) yield encapsulation;
  const group = groupFault(offer.group, terms.pfsGroup);
  if (group !== undefined) yield group;
}

function encapsulationFault(mode: number, way: Encapsulations): string | undefined {
  switch (mode) {
    case TRANSPORT:
      if (way.natFound) return "ESP without UDP cannot pass the NAT that was found";
      return way.udpOnly ? "ESP without UDP cannot be carried here: the peer must use NAT traversal" : undefined;
    case 4:
    case 61444:
      if (way.dialect === undefined) return "UDP encapsulation without NAT traversal in phase 1";
      return way.floated ? undefined : "UDP encapsulation although IKE has not moved to the NAT traversal port";
    case TUNNEL:
    case 3:
    case 61443:
      return "tunnel mode is not supported: L2TP needs transport mode";
    default:
      return `encapsulation mode ${mode} is not known`;
  }
}

function groupFault(offered: number | undefined, demanded: DhGroup | undefined): string | undefined {
  if (demanded !== undefined && offered !== demanded) {
    return differs("perfect forward secrecy group", String(offered ?? "missing"), demanded);
  }
  if (offered !== undefined && !isDhGroup(offered)) return `Diffie-Hellman group ${offered} is not supported`;
  return undefined;
}
