/** `show crypto engine …`. */

import type { Snapshot } from "../../../engine/snapshot.ts";
import type { EspProposalSpec, IkePolicySpec } from "../../../engine/spec.ts";
import { inboundNumbers } from "./sa-numbers.ts";

const INTEGRITY: Readonly<Record<string, string>> = {
  md5: "MD5",
  sha1: "SHA",
  sha256: "SHA256",
  sha384: "SHA384",
  sha512: "SHA512",
};

function cipher(algorithm: EspProposalSpec["cipher"] | IkePolicySpec["encryption"], keyBits: number): string {
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
        `${String(row.id).padStart(5)}  ${row.type.padEnd(6)}  ${row.algorithm.padEnd(18)} ${String(row.encrypt).padStart(8)} ${String(row.decrypt).padStart(8)} ${String(row.last).padStart(8)} ${row.address}`,
    ),
    "",
  ];
}

const ENGINES: Readonly<Record<string, string>> = {
  node: "OpenSSL through Node.js",
  noble: "portable JavaScript",
};

export function showCryptoEngineBrief(snapshot: Snapshot): string[] {
  return [
    `        crypto engine name:  ${snapshot.cryptoEngine} (${ENGINES[snapshot.cryptoEngine] ?? "unknown"})`,
    "        crypto engine type:  software",
    "        crypto engine state:  active",
  ];
}
