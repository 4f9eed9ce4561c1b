/**
 * The body of a Security Association payload: the IPsec DOI's situation, then proposals with their transforms
 * (RFC 2408 §3.4-3.6, RFC 2407 §4.2, §4.6.1). Refuses another DOI, a situation other than "identity only" (labels would
 * follow), counts that lie, and more transforms than any real peer offers.
 */

import { Reader, Writer } from "./codec.ts";
import { type Attribute, readAttribute, writeAttribute } from "./isakmp-attribute.ts";
import { payloadType } from "./isakmp-payload.ts";

export interface Transform {
  readonly number: number;
  readonly id: number;
  readonly attributes: readonly Attribute[];
}

/** Proposals of one number belong together: all of them or none (RFC 2408 §4.2). */
export interface Proposal {
  readonly number: number;
  readonly protocol: number;
  readonly spi: Uint8Array;
  readonly transforms: readonly Transform[];
}

export const DOI_IPSEC = 1;
const SITUATION_IDENTITY_ONLY = 1;

/** RFC 2407 §4.4.1. */
export const protocolId = { isakmp: 1, ah: 2, esp: 3, ipcomp: 4 } as const;

const MAX_TRANSFORMS = 512;
const MAX_ATTRIBUTES = 32;

export function readSecurityAssociation(body: Uint8Array): readonly Proposal[] {
  const reader = new Reader(body, "security association");
  if (reader.u32() !== DOI_IPSEC) reader.fail("badValue", 0);
  if (reader.u32() !== SITUATION_IDENTITY_ONLY) reader.fail("badValue", 4);
  const proposals: Proposal[] = [];
  let transforms = 0;
  let more = reader.remaining > 0;
  while (more) {
    const at = reader.at;
    const [last, inner] = readItem(reader, payloadType.proposal, "proposal");
    const proposal = readProposal(inner);
    transforms += proposal.transforms.length;
    if (transforms > MAX_TRANSFORMS) reader.fail("tooMany", at);
    proposals.push(proposal);
    more = !last;
  }
  reader.end();
  return proposals;
}

function readProposal(reader: Reader): Proposal {
  const number = reader.u8();
  const protocol = reader.u8();
  const spiLength = reader.u8();
  const count = reader.u8();
  const spi = reader.take(spiLength);
  const transforms: Transform[] = [];
  let more = reader.remaining > 0;
  while (more) {
    const [last, inner] = readItem(reader, payloadType.transform, "transform");
    transforms.push(readTransform(inner));
    more = !last;
  }
  reader.end();
  if (transforms.length !== count) reader.fail("badValue", 3);
  return { number, protocol, spi, transforms };
}

function readTransform(reader: Reader): Transform {
  const number = reader.u8();
  const id = reader.u8();
  reader.u16();
  const attributes: Attribute[] = [];
  while (reader.remaining > 0) {
    if (attributes.length === MAX_ATTRIBUTES) reader.fail("tooMany");
    attributes.push(readAttribute(reader));
  }
  return { number, id, attributes };
}

/** One proposal or transform: its "next" octet must name its own kind or end the list. */
function readItem(reader: Reader, kind: number, what: string): [last: boolean, inner: Reader] {
  const at = reader.at;
  const next = reader.u8();
  if (next !== kind && next !== payloadType.none) reader.fail("badValue", at);
  reader.u8();
  const length = reader.u16();
  if (length < 4) reader.fail("badLength", at + 2);
  return [next === payloadType.none, reader.within(length - 4, what)];
}

export function writeSecurityAssociation(proposals: readonly Proposal[]): Uint8Array {
  const writer = new Writer().u32(DOI_IPSEC).u32(SITUATION_IDENTITY_ONLY);
  for (const [index, proposal] of proposals.entries()) {
    const last = index === proposals.length - 1;
    writeItem(writer, last ? payloadType.none : payloadType.proposal, () => {
      writer.u8(proposal.number).u8(proposal.protocol).u8(proposal.spi.length).u8(proposal.transforms.length);
      writer.put(proposal.spi);
      for (const [at, transform] of proposal.transforms.entries()) {
        const lastTransform = at === proposal.transforms.length - 1;
        writeItem(writer, lastTransform ? payloadType.none : payloadType.transform, () => {
          writer.u8(transform.number).u8(transform.id).u16(0);
          for (const attribute of transform.attributes) writeAttribute(writer, attribute);
        });
      }
    });
  }
  return writer.finish();
}

function writeItem(writer: Writer, next: number, writeBody: () => void): void {
  const start = writer.length;
  writer.u8(next).u8(0).u16(0);
  writeBody();
  writer.patchU16(start + 2, writer.length - start);
}
