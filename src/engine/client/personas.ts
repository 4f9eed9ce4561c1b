/**
 * How known clients behave, as data: what they propose, how they name themselves, which vendor IDs and L2TP
 * parameters they send. A persona is played by `Client`; nothing in the code asks which one it is.
 */

import { FRAGMENTATION_VENDOR_ID as FRAGMENTATION } from "../ike/fragments.ts";
import type { PppAuthentication } from "../ppp-spec.ts";
import type { EspProposalSpec, IkePolicySpec } from "../spec.ts";
import { knownOffers } from "./known-offers.ts";
import type { PersonaName } from "./persona-names.ts";

export interface Persona {
  readonly name: string;
  /** Phase 1 transforms in the order offered. */
  readonly policies: readonly IkePolicySpec[];
  readonly vendorIds: readonly Uint8Array[];
  /** Phase 2 proposals in the order offered. */
  readonly proposals: readonly EspProposalSpec[];
  /** Each transform in a proposal of its own, in both phases; absent = all in one. */
  readonly proposalPerTransform?: boolean;
  /** Takes itself to be behind a NAT whether it is or not. */
  readonly forceEncapsulation?: boolean;
  /** The last message of aggressive mode is not encrypted (RFC 2409 §5.4 leaves it open). */
  readonly provesInClear?: boolean;
  readonly lifetimeSeconds: number;
  readonly lifetimeKilobytes: number | undefined;
  /** Life durations as four octets (TLV) instead of two (TV). */
  readonly longLifeAttributes: boolean;
  /** `fqdn`: the quick-mode identity is the host's name (Windows with update 818043), else its address. */
  readonly quickModeIdentity: "fqdn" | "address";
  readonly sendInitialContact: boolean;
  /** How a certificate is sent; absent = `x509`. */
  readonly certificateEncoding?: "x509" | "pkcs7";
  /** Source port of L2TP. */
  readonly l2tpPort: number;
  /** Absent = drawn at random. */
  readonly assignedTunnelId: number | undefined;
  readonly vendorName: string;
  readonly firmwareRevision: number | undefined;
  readonly framingCapabilities: number;
  readonly bearerCapabilities: number | undefined;
  readonly receiveWindow: number;
  /** After so long without a word of the gateway; 0 = no hello. */
  readonly helloSeconds: number;
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
const NAT_T_DRAFT_02 = hex("cd60464335df21f87cfdb2fc68b6a448");
const NAT_T_DRAFT_03 = hex("7d9419a65310ca6f2c179d9215529d56");
const XAUTH = hex("09002689dfd6b712");
const NAT_T_RFC_3947 = hex("4a131c81070358455c5728f20e95452f");
const DEAD_PEER_DETECTION = hex("afcad71368a1f1c96b8696fc77570100");
/** `MS NT5 ISAKMPOAKLEY` and a version word: 2 is Windows 2000. */
const WINDOWS_2000 = hex("1e2b516905991c7d7c96fcbfb587e46100000002");

/** The same with XP's second service pack, and with Windows 7; its server says 8. */
const WINDOWS_XP = hex("1e2b516905991c7d7c96fcbfb587e46100000004");
const WINDOWS_7 = hex("1e2b516905991c7d7c96fcbfb587e46100000007");
/** Windows 8 and 10 send another before it. */
const WINDOWS_8 = hex("01528bbbc00696121849ab9a1c5b2a5100000001");
const WINDOWS_10 = hex("1e2b516905991c7d7c96fcbfb587e46100000009");
/** `MS-Negotiation Discovery Capable`, `Vid-Initial-Contact`, `IKE CGA version 1`, as Windows sends them. */
const NEGOTIATION_DISCOVERY = hex("fb1de3cdf341b7ea16b7e5be0855f120");
const VID_INITIAL_CONTACT = hex("26244d38eddb61b3172a36e3d0cfb819");
const CGA_CAPABLE = hex("e3a5966a76379fe707228231e5ce8652");
/** `draft-ietf-ipsec-nat-t-ike`, hashed without a number. */
const NAT_T_APPLE = hex("4df37928e9fc4fd1b3262170d515c662");

const SYNCHRONOUS = 1;

/** A vendor's published list, as it is offered, with the life that its phase 1 asks for. */
function offered(name: keyof typeof knownOffers, lifetimeSeconds: number): Pick<Persona, "policies" | "proposals"> {
  const { phase1, phase2 } = knownOffers[name];
  return {
    policies: phase1.map((offer, index) => ({
      ...offer,
      priority: index + 1,
      authentication: "preShared",
      lifetimeSeconds,
    })),
    proposals: phase2.map(proposalOf),
  };
}

/** Named by its algorithms, as the log has it. */
function proposalOf(offer: Pick<EspProposalSpec, "cipher" | "keyBits" | "integrity">): EspProposalSpec {
  const { cipher, keyBits, integrity } = offer;
  const words = [cipher, keyBits === 0 ? "" : String(keyBits), integrity ?? ""];
  return { ...offer, label: words.filter((word) => word !== "").join("-"), mode: "transport" };
}

const EIGHT_HOURS = 28_800;

/** Windows 2000 with update 818043 (NAT-T draft 02): port 1701, tunnel id 1, an FQDN as quick-mode identity. */
const windows2000: Persona = {
  name: "windows-2000",
  ...offered("windows2000", EIGHT_HOURS),
  vendorIds: [WINDOWS_2000, FRAGMENTATION, NAT_T_DRAFT_02_NEWLINE],
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
  helloSeconds: 60,
  authentication: ["msChapV2", "msChap", "chap", "pap"],
  mru: 1400,
  requestServers: true,
  offerCcp: true,
};

/** Windows XP with service pack 2. */
const windowsXp: Persona = {
  ...windows2000,
  name: "windows-xp",
  certificateEncoding: "pkcs7",
  vendorIds: [WINDOWS_XP, FRAGMENTATION, NAT_T_DRAFT_02_NEWLINE, VID_INITIAL_CONTACT],
  firmwareRevision: 0x0501,
};

/** strongSwan, xl2tpd and pppd as NetworkManager-l2tp sets them up; a proposal for each transform. */
const strongSwan: Persona = {
  name: "strongswan",
  ...offered("strongSwan", EIGHT_HOURS),
  vendorIds: [XAUTH, DEAD_PEER_DETECTION, FRAGMENTATION, NAT_T_RFC_3947, NAT_T_DRAFT_02_NEWLINE],
  proposalPerTransform: true,
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
  receiveWindow: 8,
  helloSeconds: 60,
  authentication: ["msChapV2", "chap", "pap"],
  mru: 1400,
  requestServers: true,
  offerCcp: false,
};

/** Libreswan in strongSwan's place: other lists, all transforms in one proposal. */
const libreswan: Persona = {
  ...strongSwan,
  name: "libreswan",
  ...offered("libreswan", EIGHT_HOURS),
  vendorIds: [
    FRAGMENTATION,
    DEAD_PEER_DETECTION,
    NAT_T_RFC_3947,
    NAT_T_DRAFT_03,
    NAT_T_DRAFT_02_NEWLINE,
    NAT_T_DRAFT_02,
  ],
  proposalPerTransform: false,
};

const LINUX_IKE = { authentication: "preShared", lifetimeSeconds: EIGHT_HOURS, encryption: "aes" } as const;

/** A Linux client as an administrator writes it down by hand: few proposals, a small MTU. */
const linux: Persona = {
  ...libreswan,
  name: "linux",
  policies: [
    { ...LINUX_IKE, priority: 1, keyBits: 128, hash: "sha1", group: 14 },
    { ...LINUX_IKE, priority: 2, keyBits: 256, hash: "sha256", group: 14 },
    { ...LINUX_IKE, priority: 3, keyBits: 0, encryption: "3des", hash: "sha1", group: 2 },
  ],
  proposals: [
    proposalOf({ cipher: "aes", keyBits: 128, integrity: "sha1" }),
    proposalOf({ cipher: "aes", keyBits: 256, integrity: "sha256" }),
    proposalOf({ cipher: "3des", keyBits: 0, integrity: "sha1" }),
  ],
  vendorIds: [DEAD_PEER_DETECTION, FRAGMENTATION, NAT_T_RFC_3947, NAT_T_DRAFT_02_NEWLINE],
  receiveWindow: 4,
  mru: 1280,
  requestServers: false,
};

/** ChromeOS: strongSwan with AES-GCM at the head of phase 2. */
const chromeOs: Persona = {
  ...strongSwan,
  name: "chromeos",
  ...offered("chromeOs", EIGHT_HOURS),
  receiveWindow: 4,
  mru: 1410,
};

const WINDOWS_VISTA_AND_LATER = [
  NAT_T_RFC_3947,
  NAT_T_DRAFT_02_NEWLINE,
  FRAGMENTATION,
  NEGOTIATION_DISCOVERY,
  VID_INITIAL_CONTACT,
  CGA_CAPABLE,
];

/** Windows 7: a list that begins with curves, no dead peer detection, tunnel id 1 for everybody. */
const windows7: Persona = {
  ...windows2000,
  name: "windows-7",
  ...offered("windows7", EIGHT_HOURS),
  vendorIds: [WINDOWS_7, ...WINDOWS_VISTA_AND_LATER],
  quickModeIdentity: "address",
  firmwareRevision: 0x0601,
};

/** Windows 8 and 10. */
const windows10: Persona = {
  ...windows7,
  name: "windows-10",
  vendorIds: [WINDOWS_8, WINDOWS_10, ...WINDOWS_VISTA_AND_LATER],
  firmwareRevision: 0x0a00,
};

/** Nobody has recorded where Windows 11 differs. */
const windows11: Persona = { ...windows10, name: "windows-11" };

/** macOS: a source port of the system's choice, no hellos, its own NAT-T vendor ID among the others. */
const macos: Persona = {
  ...linux,
  name: "macos",
  ...offered("apple", 3600),
  provesInClear: true,
  vendorIds: [
    NAT_T_RFC_3947,
    NAT_T_APPLE,
    NAT_T_DRAFT_03,
    NAT_T_DRAFT_02,
    NAT_T_DRAFT_02_NEWLINE,
    FRAGMENTATION,
    DEAD_PEER_DETECTION,
  ],
  sendInitialContact: true,
  l2tpPort: 52_311,
  vendorName: "",
  firmwareRevision: undefined,
  receiveWindow: 4,
  helloSeconds: 0,
  authentication: ["msChapV2", "chap", "pap"],
  requestServers: true,
};

/** The same code as a Mac's. */
const ios: Persona = { ...macos, name: "ios" };

/** Android up to 11: sixteen transforms in one group, a control window of 1, no hellos. */
const android: Persona = {
  ...linux,
  name: "android",
  ...offered("android", EIGHT_HOURS),
  provesInClear: true,
  vendorIds: [NAT_T_RFC_3947, NAT_T_DRAFT_02_NEWLINE, FRAGMENTATION, DEAD_PEER_DETECTION],
  lifetimeSeconds: 28_800,
  lifetimeKilobytes: 0xffff_ffff,
  longLifeAttributes: true,
  sendInitialContact: true,
  vendorName: "",
  firmwareRevision: undefined,
  bearerCapabilities: undefined,
  receiveWindow: 1,
  helloSeconds: 0,
  authentication: ["msChapV2", "msChap", "chap", "pap"],
};

export const personas: Readonly<Record<PersonaName, Persona>> = {
  "windows-2000": windows2000,
  "windows-xp": windowsXp,
  "windows-7": windows7,
  "windows-10": windows10,
  "windows-11": windows11,
  macos,
  ios,
  android,
  chromeos: chromeOs,
  strongswan: strongSwan,
  libreswan,
  linux,
};
