/** `show crypto engine …`. */

import type { SaCounters } from "../../../engine/forwarding.ts";
import type { Snapshot } from "../../../engine/snapshot.ts";
import type { EspProposalSpec, IkePolicySpec } from "../../../engine/spec.ts";
import { descriptorTexts } from "../../common/descriptors.ts";
import { inCapitals } from "../../common/ipv6-arguments.ts";
import { lineModuleTable } from "../../common/line-modules.ts";
import { inboundNumbers } from "./sa-numbers.ts";

const INTEGRITY: Readonly<Record<string, string>> = {
  md5: "MD5",
  sha1: "SHA",
  sha256: "SHA256",
  sha384: "SHA384",
  sha512: "SHA512",
};

function cipher(algorithm: EspProposalSpec["cipher"] | IkePolicySpec["encryption"], keyBits: number): string {
  if (algorithm === "aes-gcm") return `AES-GCM${keyBits === 128 ? "" : keyBits}`;
  return algorithm === "aes" ? `AES${keyBits === 128 ? "" : keyBits}` : algorithm.toUpperCase();
}

interface Row {
  readonly id: number;
  readonly type: string;
  readonly algorithm: string;
  readonly encrypt: number;
  readonly decrypt: number;
  readonly last: number;
  readonly address: string;
}

/** A row for each direction of each SA, then the IKE SAs. */
export function showCryptoEngineConnections(snapshot: Snapshot): string[] {
  const ids = inboundNumbers(snapshot);
  const ipsec = snapshot.connections.flatMap((connection) =>
    connection.sas.flatMap((sa): Row[] => {
      const { proposal } = sa;
      const integrity = proposal.integrity === undefined ? "" : `+${INTEGRITY[proposal.integrity]}`;
      const common = {
        type: "IPsec",
        algorithm: `${cipher(proposal.cipher, proposal.keyBits)}${integrity}`,
        address: connection.flow.local.address,
      };
      const id = ids.get(sa) ?? 0;
      return [
        { ...common, id, encrypt: 0, decrypt: sa.inbound.packets, last: sa.inbound.lastSequence },
        { ...common, id: id + 1, encrypt: sa.outbound.packets, decrypt: 0, last: 0 },
      ];
    }),
  );
  const ike = snapshot.ikeSas
    .filter((sa) => sa.state === "established")
    .map((sa): Row => {
      const algorithm =
        sa.policy === undefined
          ? ""
          : `${INTEGRITY[sa.policy.hash]}+${cipher(sa.policy.encryption, sa.policy.keyBits)}`;
      return { id: sa.id, type: "IKE", algorithm, encrypt: 0, decrypt: 0, last: 0, address: sa.flow.local.address };
    });
  return [
    "Crypto Engine Connections",
    "",
    "   ID  Type    Algorithm           Encrypt  Decrypt LastSeqN IP-Address",
    ...[...ipsec, ...ike].map(
      (row) =>
        `${String(row.id).padStart(5)}  ${row.type.padEnd(6)}  ${row.algorithm.padEnd(18)} ${String(row.encrypt).padStart(8)} ${String(row.decrypt).padStart(8)} ${String(row.last).padStart(8)} ${inCapitals(row.address)}`,
    ),
    "",
  ];
}

const ENGINES: Readonly<Record<string, string>> = {
  openssl: "OpenSSL, called directly",
  node: "OpenSSL through Node.js",
  noble: "portable JavaScript",
};

function detailsOf({ cryptoEngineDetails: details }: Snapshot): string[] {
  if (details === undefined) return [];
  const lanes = details.lanes === 1 ? "none" : `${details.lanes} packets side by side`;
  const measured = details.measured === undefined ? [] : [`        crypto engine measured:  ${details.measured}`];
  return [`        crypto engine lanes:  ${lanes}`, ...measured];
}

export function showCryptoEngineBrief(snapshot: Snapshot): string[] {
  return [
    `        crypto engine name:  ${snapshot.cryptoEngine} (${ENGINES[snapshot.cryptoEngine] ?? "unknown"})`,
    "        crypto engine type:  software",
    "        crypto engine state:  active",
    ...detailsOf(snapshot),
    ...descriptorTexts(snapshot).map(({ name, manner }) => `        crypto engine ${name}:  ${manner}`),
    ...lineModuleTable(snapshot),
  ];
}

/** What the software has done in place of an accelerator, over all SAs that are there now. */
export interface AcceleratorStatistics {
  readonly packetsDecrypted: number;
  readonly packetsEncrypted: number;
  readonly octetsBeforeDecrypt: number;
  readonly octetsDecrypted: number;
  readonly octetsEncrypted: number;
  readonly octetsAfterEncrypt: number;
  readonly authenticationErrors: number;
  readonly replayErrors: number;
  readonly padErrors: number;
  readonly decryptErrors: number;
  readonly otherErrors: number;
  readonly unknownSpi: number;
}

export function acceleratorStatistics(snapshot: Snapshot): AcceleratorStatistics {
  const sas = snapshot.connections.flatMap((connection) => connection.sas);
  const sum = (direction: "inbound" | "outbound", field: keyof SaCounters): number =>
    sas.reduce((total, sa) => total + sa[direction][field], 0);
  return {
    packetsDecrypted: sum("inbound", "packets"),
    packetsEncrypted: sum("outbound", "packets"),
    octetsBeforeDecrypt: sum("inbound", "wireOctets"),
    octetsDecrypted: sum("inbound", "octets"),
    octetsEncrypted: sum("outbound", "octets"),
    octetsAfterEncrypt: sum("outbound", "wireOctets"),
    authenticationErrors: sum("inbound", "authenticationErrors"),
    replayErrors: sum("inbound", "replayErrors"),
    padErrors: sum("inbound", "padErrors"),
    decryptErrors: sum("inbound", "decryptErrors"),
    otherErrors: sum("inbound", "otherErrors") + sum("inbound", "policyErrors") + sum("outbound", "otherErrors"),
    unknownSpi: snapshot.lineModule.unknownSpi,
  };
}

export function showAccelerator(snapshot: Snapshot, counted: AcceleratorStatistics): string[] {
  const pair = (left: number, leftText: string, right: number, rightText: string): string =>
    `   ${String(left).padStart(10)} ${leftText.padEnd(24)}${String(right).padStart(10)} ${rightText}`;
  return [
    `Device:   Software Crypto Engine: ${snapshot.cryptoEngine}`,
    "Location: Onboard: 0",
    "        :Statistics for encryption device, of the SAs that are up:",
    pair(counted.packetsDecrypted, "packets decrypted", counted.packetsEncrypted, "packets encrypted"),
    pair(counted.octetsBeforeDecrypt, "bytes before decrypt", counted.octetsEncrypted, "bytes encrypted"),
    pair(counted.octetsDecrypted, "bytes decrypted", counted.octetsAfterEncrypt, "bytes after encrypt"),
    "        Errors:",
    pair(counted.authenticationErrors, "authentication errors", counted.replayErrors, "replay errors"),
    pair(counted.padErrors, "pad errors", counted.decryptErrors, "decrypt errors"),
    pair(counted.unknownSpi, "unknown SPI", counted.otherErrors, "other errors"),
    "",
  ];
}

/** The layer between IPsec and its engines; there is no engine of hardware. */
export function showCryptoEli(snapshot: Snapshot): string[] {
  const active = snapshot.ikeSas.filter((sa) => sa.state === "established").length;
  const sas = 2 * snapshot.connections.reduce((count, connection) => count + connection.sas.length, 0);
  return [
    "Hardware Encryption : INACTIVE",
    " Number of hardware crypto engines = 0",
    "",
    ` CryptoEngine Software Crypto Engine (${snapshot.cryptoEngine}) details: state = Active`,
    " Capability    : DES, 3DES, AES, AES-GCM, MD5, SHA1, SHA2, DH groups 1, 2, 5, 14, 15, 16, 19, 20, 21",
    "",
    ` IKE-Session   : ${String(active).padStart(5)} active`,
    ` IPSec-Session : ${String(sas).padStart(5)} active`,
    "",
  ];
}

/** Which numbers the flows have that SAs belong to. */
export function showCryptoEngineFlows(snapshot: Snapshot): string[] {
  const numbers = [...inboundNumbers(snapshot).values()].flatMap((id) => [id, id + 1]);
  return [
    "Crypto engine: Software Crypto Engine",
    "      flow_id   ah_conn_id   esp_conn_id   comp_conn_id",
    ...numbers.map(
      (id) => `${String(id).padStart(13)}${"0".padStart(13)}${String(id).padStart(14)}${"0".padStart(15)}`,
    ),
    "",
  ];
}
