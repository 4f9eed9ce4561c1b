/**
 * Keys in the words of Wireshark's own tables, so that it can open what is on the wire too: a line of `esp_sa` for each SA, and
 * of `ikev1_decryption_table` for each ISAKMP SA.
 */

import type { IsakmpSecret } from "../../engine/crypto/keymat.ts";
import type { EspKeys } from "../../engine/forwarding.ts";
import type { EspCipher, EspIntegrity } from "../../engine/spec.ts";

const ciphers: Readonly<Record<Exclude<EspCipher, "aes-gcm">, string>> = {
  null: "NULL",
  des: "DES-CBC [RFC2405]",
  "3des": "TripleDES-CBC [RFC2451]",
  aes: "AES-CBC [RFC3602]",
};

const integrities: Readonly<Record<EspIntegrity, string>> = {
  md5: "HMAC-MD5-96 [RFC2403]",
  sha1: "HMAC-SHA-1-96 [RFC2404]",
  sha256: "HMAC-SHA-256-128 [RFC4868]",
  sha384: "HMAC-SHA-384-192 [RFC4868]",
  sha512: "HMAC-SHA-512-256 [RFC4868]",
};
const SHORT_SHA256 = "HMAC-SHA-256-96 [draft-ietf-ipsec-ciph-sha-256-00]";
const SHORT_ICV_OCTETS = 12;

function cipherName({ cipher, icvOctets }: EspKeys): string {
  return cipher === "aes-gcm" ? `AES-GCM with ${icvOctets ?? 16} octet ICV [RFC4106]` : ciphers[cipher];
}

function integrityName({ integrity, icvOctets }: EspKeys): string {
  if (integrity === undefined) return "NULL";
  return integrity === "sha256" && icvOctets === SHORT_ICV_OCTETS ? SHORT_SHA256 : integrities[integrity];
}

/** An SA that a packet names by its SPI alone: addresses may change under it. */
export function espLine(spi: number, keys: EspKeys): string {
  const columns = [
    "IPv4",
    "*",
    "*",
    `0x${spi.toString(16).padStart(8, "0")}`,
    cipherName(keys),
    hex(keys.encryptionKey),
    integrityName(keys),
    hex(keys.integrityKey),
  ];
  return `esp_sa:${columns.map((column) => `"${column}"`).join(",")}`;
}

export function isakmpLine({ initiatorCookie, keys }: IsakmpSecret): string {
  return `ikev1_decryption_table:${hex(initiatorCookie, "")},${hex(keys.cipher.key, "")}`;
}

function hex(bytes: Uint8Array, prefix = "0x"): string {
  return bytes.length === 0 ? "" : prefix + Buffer.from(bytes).toString("hex");
}
