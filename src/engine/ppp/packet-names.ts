/** Packets of PPP in the words of their RFCs, for whoever debugs a negotiation. Values of proofs are left out. */

import { tryDecode } from "../kernel/errors.ts";
import type { LogFields } from "../kernel/log.ts";
import { type ControlPacket, controlOptions, pppProtocol } from "../wire/ppp-control.ts";

const CONFIGURATION = [
  "",
  "Configure-Request",
  "Configure-Ack",
  "Configure-Nak",
  "Configure-Reject",
  "Terminate-Request",
  "Terminate-Ack",
  "Code-Reject",
] as const;

const PROTOCOLS: Readonly<Record<number, { readonly name: string; readonly codes: readonly string[] }>> = {
  [pppProtocol.lcp]: {
    name: "LCP",
    codes: [
      ...CONFIGURATION,
      "Protocol-Reject",
      "Echo-Request",
      "Echo-Reply",
      "Discard-Request",
      "Identification",
      "Time-Remaining",
    ],
  },
  [pppProtocol.ipcp]: { name: "IPCP", codes: CONFIGURATION },
  [pppProtocol.ccp]: { name: "CCP", codes: CONFIGURATION },
  [pppProtocol.pap]: { name: "PAP", codes: ["", "Authenticate-Request", "Authenticate-Ack", "Authenticate-Nak"] },
  [pppProtocol.chap]: { name: "CHAP", codes: ["", "Challenge", "Response", "Success", "Failure"] },
};

const OPTIONS: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  [pppProtocol.lcp]: {
    1: "MRU",
    2: "ACCM",
    3: "AuthProto",
    4: "QualityProto",
    5: "MagicNumber",
    7: "PFC",
    8: "ACFC",
    13: "Callback",
    17: "MRRU",
    18: "ShortSequence",
    19: "EndpointDisc",
  },
  [pppProtocol.ipcp]: {
    1: "Addresses",
    2: "CompressType",
    3: "Address",
    129: "PrimaryDNS",
    130: "PrimaryNBNS",
    131: "SecondaryDNS",
    132: "SecondaryNBNS",
  },
};

const LAST_WITH_OPTIONS = 4;

export function describePacket(protocol: number, packet: ControlPacket): LogFields {
  const known = PROTOCOLS[protocol];
  const text = known?.codes[packet.code] ?? "";
  return {
    protocol: known?.name ?? `0x${protocol.toString(16).padStart(4, "0")}`,
    packet: text === "" ? `code ${packet.code}` : text,
    identifier: packet.identifier,
    options: describeOptions(protocol, packet),
  };
}

function describeOptions(protocol: number, packet: ControlPacket): string | undefined {
  const names = OPTIONS[protocol];
  if (names === undefined || packet.code > LAST_WITH_OPTIONS) return undefined;
  const options = tryDecode(() => controlOptions.decode(packet.data));
  if (!options.ok) return "malformed";
  return options.value
    .map(({ type, data }) => {
      const value = data.length === 0 ? "" : ` 0x${Buffer.from(data).toString("hex").toUpperCase()}`;
      return `${names[type] ?? `option ${type}`}${value}`;
    })
    .join(", ");
}
