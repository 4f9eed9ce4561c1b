/**
 * L2TP control messages as values (RFC 2661 §3.2, §6): which types there are, what each must carry, and how a body
 * of AVPs becomes a record of values. A body that breaks a rule still gives what could be read, together with the
 * first fault, because the answer to a fault needs the peer's identifiers (§4.1, §7.1).
 */

import { tryDecode } from "../kernel/errors.ts";
import { Writer } from "./codec.ts";
import { type AvpName, type AvpValues, avpNameOf, avpTable, decodeAvpValue, encodeAvpValue } from "./l2tp-avp.ts";
import { decodeAvps, type RawAvp, writeAvp } from "./l2tp-control.ts";

/** RFC 2661 §3.2. */
export const messageType = {
  sccrq: 1,
  sccrp: 2,
  scccn: 3,
  stopCcn: 4,
  hello: 6,
  ocrq: 7,
  ocrp: 8,
  occn: 9,
  icrq: 10,
  icrp: 11,
  iccn: 12,
  cdn: 14,
  wen: 15,
  sli: 16,
} as const;

export type MessageName = keyof typeof messageType;

/** RFC 2661 §4.4.2, General Error Codes. */
export const errorCode = {
  noTunnel: 1,
  badLength: 2,
  badValue: 3,
  noResources: 4,
  badSession: 5,
  other: 6,
  tryAnother: 7,
  unknownMandatory: 8,
} as const;

/** Without these a message cannot be acted on. What §6 also demands, and clients in the field leave out, is not here. */
const required: Readonly<Partial<Record<MessageName, readonly AvpName[]>>> = {
  sccrq: ["assignedTunnelId"],
  sccrp: ["assignedTunnelId"],
  icrq: ["assignedSessionId"],
  icrp: ["assignedSessionId"],
};

const nameByType: ReadonlyMap<number, MessageName> = new Map(
  (Object.keys(messageType) as MessageName[]).map((name) => [messageType[name], name]),
);

interface MessageFault {
  /** What to tell the peer: a general error code. */
  readonly error: number;
  /** The same in plain words. */
  readonly text: string;
}

export interface ControlBody {
  /** `undefined` = a type that RFC 2661 does not know, or none that could be read. */
  readonly name: MessageName | undefined;
  readonly values: AvpValues;
  /** The first thing wrong with it that must not be overlooked. */
  readonly fault: MessageFault | undefined;
}

/** Reads the value of a hidden AVP (§4.3); `undefined` = it cannot be read. */
export type Reveal = (type: number, randomVector: Uint8Array, hidden: Uint8Array) => Uint8Array | undefined;

const revealNothing: Reveal = () => undefined;

/** Never throws. Octet values are views of `body`, except those that were hidden. */
export function decodeControlBody(body: Uint8Array, reveal: Reveal = revealNothing): ControlBody {
  const split = tryDecode(() => decodeAvps(body));
  if (!split.ok) {
    return { name: undefined, values: {}, fault: { error: errorCode.badLength, text: "an AVP length is wrong" } };
  }
  const [first, ...others] = split.value;
  const type = first === undefined ? undefined : messageTypeOf(first);
  if (first === undefined || type === undefined) {
    return {
      name: undefined,
      values: {},
      fault: { error: errorCode.badValue, text: "Message Type does not come first" },
    };
  }
  const name = nameByType.get(type);
  const values: Partial<Record<AvpName, unknown>> = { messageType: type };
  let fault: MessageFault | undefined;
  if (name === undefined && first.mandatory) {
    fault = { error: errorCode.badValue, text: "a mandatory message is unknown" };
  }
  let randomVector: Uint8Array | undefined;
  for (const avp of others) {
    const read = readAvp(avp, randomVector, reveal);
    if (read.fault !== undefined) {
      if (avp.mandatory) fault ??= read.fault;
      continue;
    }
    if (read.name === "messageType") fault ??= { error: errorCode.badValue, text: "Message Type comes twice" };
    if (read.name === "randomVector") randomVector = read.value as Uint8Array;
    // A repeated attribute does not change what was already said.
    else if (!(read.name in values)) values[read.name] = read.value;
  }
  const missing = name === undefined ? undefined : required[name]?.find((needed) => !(needed in values));
  if (missing !== undefined) fault ??= { error: errorCode.badValue, text: "a required AVP is missing" };
  return { name, values: values as AvpValues, fault };
}

function messageTypeOf(avp: RawAvp): number | undefined {
  if (avpNameOf(avp.vendor, avp.type) !== "messageType" || avp.hidden || avp.reserved) return undefined;
  const decoded = tryDecode(() => decodeAvpValue("messageType", avp.value));
  return decoded.ok ? decoded.value : undefined;
}

type ReadAvp =
  | { readonly name: AvpName; readonly value: unknown; readonly fault: undefined }
  | { readonly fault: MessageFault };

function readAvp(avp: RawAvp, randomVector: Uint8Array | undefined, reveal: Reveal): ReadAvp {
  const name = avp.reserved ? undefined : avpNameOf(avp.vendor, avp.type);
  if (name === undefined) return { fault: { error: errorCode.unknownMandatory, text: "a mandatory AVP is unknown" } };
  let bytes: Uint8Array | undefined = avp.value;
  if (avp.hidden) bytes = randomVector === undefined ? undefined : reveal(avp.type, randomVector, avp.value);
  if (bytes === undefined) return { fault: { error: errorCode.other, text: "a hidden AVP cannot be read" } };
  const octets = bytes;
  const decoded = tryDecode(() => decodeAvpValue(name, octets));
  if (!decoded.ok) return { fault: { error: errorCode.badLength, text: "the value of an AVP has a wrong length" } };
  return { name, value: decoded.value, fault: undefined };
}

/** How values are hidden (§4.3): under a Random Vector that the message carries in front of them. */
export interface Hiding {
  readonly randomVector: Uint8Array;
  readonly hide: (type: number, value: Uint8Array) => Uint8Array;
}

/** The AVPs of a message: Message Type, then `values` in the order given; with `hiding`, hidden as far as that is allowed. */
export function encodeControlBody(
  name: MessageName,
  values: Omit<AvpValues, "messageType">,
  hiding?: Hiding,
): Uint8Array {
  const writer = new Writer();
  const keys = (Object.keys(values) as AvpName[]).filter((key) => (values as AvpValues)[key] !== undefined);
  const put = (key: AvpName, value: AvpValues[AvpName]): void => {
    if (value === undefined) return;
    const { type, mandatory, hideable } = avpTable[key];
    const clear = encodeAvpValue(key, value);
    const hidden = hideable && hiding !== undefined;
    writeAvp(writer, { mandatory, hidden, vendor: 0, type, value: hidden ? hiding.hide(type, clear) : clear });
  };
  put("messageType", messageType[name]);
  if (keys.some((key) => avpTable[key].hideable)) put("randomVector", hiding?.randomVector);
  for (const key of keys) put(key, (values as AvpValues)[key]);
  return writer.finish();
}
