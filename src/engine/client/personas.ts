/**
 * How known clients behave, as data: what they propose, how they name themselves, which vendor IDs and L2TP
 * parameters they send. A persona is played by `Client`; nothing in the code asks which one it is.
 */

import type { EspProposalSpec, IkePolicySpec, PppAuthentication } from "../spec.ts";
import { knownClients } from "./known-offers.ts";

export interface Persona {
  readonly name: string;
  /** Phase 1 transforms in the order offered. */
  readonly policies: readonly IkePolicySpec[];
  readonly vendorIds: readonly Uint8Array[];
  /** Phase 2 proposals in the order offered. */
  readonly proposals: readonly EspProposalSpec[];
  readonly lifetimeSeconds: number;
  readonly lifetimeKilobytes: number | undefined;
  /** Life durations as four octets (TLV) instead of two (TV). */
  readonly longLifeAttributes: boolean;
  /** `fqdn`: the quick-mode identity is the host's name (Windows with update 818043), else its address. */
  readonly quickModeIdentity: "fqdn" | "address";
  readonly sendInitialContact: boolean;
  /** Source port of L2TP. */
  readonly l2tpPort: number;
  /** Absent = drawn at random. */
  readonly assignedTunnelId: number | undefined;
  readonly vendorName: string;
  readonly firmwareRevision: number | undefined;
  readonly framingCapabilities: number;
  readonly bearerCapabilities: number | undefined;
  readonly receiveWindow: number;
  readonly authentication: readonly PppAuthentication[];
  readonly mru: number;
  readonly requestServers: boolean;
  readonly offerCcp: boolean;
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** `draft-ietf-ipsec-nat-t-ike-02` followed by a newline, hashed with it by mistake; Windows sends this one. */
const NAT_T_DRAFT_02_NEWLINE = hex("90cb80913ebb696e086381b5ec427b1f");
const NAT_T_RFC_3947 = hex("4a131c81070358455c5728f20e95452f");
const FRAGMENTATION = hex("4048b7d56ebce88525e7de7f00d6c2d3");
const DEAD_PEER_DETECTION = hex("afcad71368a1f1c96b8696fc77570100");
/** `MS NT5 ISAKMPOAKLEY` and a version word: 2 is Windows 2000. */
const WINDOWS_2000 = hex("1e2b516905991c7d7c96fcbfb587e46100000002");

const WINDOWS_10 = hex("1e2b516905991c7d7c96fcbfb587e46100000009");
/** `MS-Negotiation Discovery Capable`, `Vid-Initial-Contact`, `IKE CGA version 1`, as Windows sends them. */
const NEGOTIATION_DISCOVERY = hex("fb1de3cdf341b7ea16b7e5be0855f120");
const VID_INITIAL_CONTACT = hex("26244d38eddb61b3172a36e3d0cfb819");
const CGA_CAPABLE = hex("e3a5966a76379fe707228231e5ce8652");
/** `draft-ietf-ipsec-nat-t-ike`, hashed without a number. */
const NAT_T_APPLE = hex("4df37928e9fc4fd1b3262170d515c662");

const SYNCHRONOUS = 1;

function phase1(
  priority: number,
  encryption: IkePolicySpec["encryption"],
  keyBits: IkePolicySpec["keyBits"],
  hash: IkePolicySpec["hash"],
  group: IkePolicySpec["group"],
): IkePolicySpec {
  return { priority, encryption, keyBits, hash, group, authentication: "preShared", lifetimeSeconds: 28_800 };
}

function esp(
  cipher: EspProposalSpec["cipher"],
  keyBits: EspProposalSpec["keyBits"],
  integrity: EspProposalSpec["integrity"],
): EspProposalSpec {
  return { label: "", cipher, keyBits, integrity, mode: "transport" };
}

/** A vendor's published list, as it is offered. */
function offered(name: string): Pick<Persona, "policies" | "proposals"> {
  const client = knownClients.find((known) => known.name === name);
  return {
    policies: (client?.phase1 ?? []).map(({ encryption, keyBits, hash, group }, index) =>
      phase1(index + 1, encryption, keyBits, hash, group),
    ),
    proposals: (client?.phase2 ?? []).map(({ cipher, keyBits, integrity }) => esp(cipher, keyBits, integrity)),
  };
}

/** Windows 2000 with update 818043 (NAT-T draft 02): port 1701, tunnel id 1, an FQDN as quick-mode identity. */
const windows2000: Persona = {
  name: "windows-2000",
  policies: [
    phase1(1, "3des", 0, "sha1", 2),
    phase1(2, "3des", 0, "md5", 2),
    phase1(3, "des", 0, "sha1", 1),
    phase1(4, "des", 0, "md5", 1),
  ],
  vendorIds: [WINDOWS_2000, FRAGMENTATION, NAT_T_DRAFT_02_NEWLINE],
  proposals: [esp("3des", 0, "sha1"), esp("3des", 0, "md5"), esp("des", 0, "sha1"), esp("des", 0, "md5")],
  lifetimeSeconds: 3600,
  lifetimeKilobytes: 250_000,
  longLifeAttributes: true,
  quickModeIdentity: "fqdn",
  sendInitialContact: false,
  l2tpPort: 1701,
  assignedTunnelId: 1,
  vendorName: "Microsoft",
  firmwareRevision: 0x0500,
  framingCapabilities: SYNCHRONOUS,
  bearerCapabilities: 0,
  receiveWindow: 8,
  authentication: ["msChapV2", "msChap", "chap", "pap"],
  mru: 1400,
  requestServers: true,
  offerCcp: true,
};

/** A current Linux client: strongSwan with AES, xl2tpd, pppd. */
const linux: Persona = {
  name: "linux",
  policies: [phase1(1, "aes", 128, "sha1", 14), phase1(2, "aes", 256, "sha256", 14), phase1(3, "3des", 0, "sha1", 2)],
  vendorIds: [DEAD_PEER_DETECTION, FRAGMENTATION, NAT_T_RFC_3947, NAT_T_DRAFT_02_NEWLINE],
  proposals: [esp("aes", 128, "sha1"), esp("aes", 256, "sha256"), esp("3des", 0, "sha1")],
  lifetimeSeconds: 3600,
  lifetimeKilobytes: undefined,
  longLifeAttributes: false,
  quickModeIdentity: "address",
  sendInitialContact: true,
  l2tpPort: 1701,
  assignedTunnelId: undefined,
  vendorName: "xelerance.com",
  firmwareRevision: 0x0690,
  framingCapabilities: 3,
  bearerCapabilities: 0,
  receiveWindow: 4,
  authentication: ["msChapV2", "chap", "pap"],
  mru: 1280,
  requestServers: false,
  offerCcp: false,
};

/** Windows 8 to 11: a list that begins with curves, no dead peer detection, tunnel id 1 for everybody. */
const windows10: Persona = {
  ...windows2000,
  name: "windows-10",
  ...offered("Windows 7 to 11"),
  vendorIds: [
    hex("01528bbbc00696121849ab9a1c5b2a5100000001"),
    WINDOWS_10,
    NAT_T_RFC_3947,
    NAT_T_DRAFT_02_NEWLINE,
    FRAGMENTATION,
    NEGOTIATION_DISCOVERY,
    VID_INITIAL_CONTACT,
    CGA_CAPABLE,
  ],
  quickModeIdentity: "address",
  firmwareRevision: 0x0a00,
};

/** macOS and iOS: a source port of the system's choice, no hellos, its own NAT-T vendor ID among the others. */
const macos: Persona = {
  ...linux,
  name: "macos",
  ...offered("macOS and iOS"),
  vendorIds: [NAT_T_RFC_3947, NAT_T_APPLE, NAT_T_DRAFT_02_NEWLINE, FRAGMENTATION, DEAD_PEER_DETECTION],
  sendInitialContact: true,
  l2tpPort: 52_311,
  vendorName: "",
  firmwareRevision: undefined,
  receiveWindow: 4,
  authentication: ["msChapV2", "chap", "pap"],
  requestServers: true,
};

/** Android up to 11: sixteen transforms in one group, a control window of 1, no hellos. */
const android: Persona = {
  ...linux,
  name: "android",
  ...offered("Android"),
  vendorIds: [NAT_T_RFC_3947, NAT_T_DRAFT_02_NEWLINE, FRAGMENTATION, DEAD_PEER_DETECTION],
  lifetimeSeconds: 28_800,
  lifetimeKilobytes: 0xffff_ffff,
  longLifeAttributes: true,
  sendInitialContact: true,
  vendorName: "",
  firmwareRevision: undefined,
  bearerCapabilities: undefined,
  receiveWindow: 1,
  authentication: ["msChapV2", "msChap", "chap", "pap"],
};

const all = { "windows-2000": windows2000, "windows-10": windows10, macos, android, linux } as const;

export type PersonaName = keyof typeof all;

export const personas: Readonly<Record<PersonaName, Persona>> = all;
