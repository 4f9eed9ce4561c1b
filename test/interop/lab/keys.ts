/**
 * The keys of a session, as the client knows them: ESP from the kernel's SA events (`ip xfrm monitor SA`), IKE from
 * charon's log. Taking them from the client proves the gateway without its help.
 */

export interface EspKey {
  /** As in the packet: 0x and eight digits. */
  readonly spi: string;
  readonly encryption: string;
  readonly encryptionKey: string;
  readonly authentication: string;
  readonly authenticationKey: string;
}

export interface IkeKey {
  /** In hexadecimal. */
  readonly initiatorCookie: string;
  readonly key: string;
}

/** tshark's names for the kernel's algorithms. */
const ENCRYPTION: Readonly<Record<string, string>> = {
  "cbc(aes)": "AES-CBC [RFC3602]",
  "cbc(des3_ede)": "TripleDES-CBC [RFC2451]",
  "rfc4106(gcm(aes))/128": "AES-GCM with 16 octet ICV [RFC4106]",
};
const AUTHENTICATION: Readonly<Record<string, string>> = {
  "": "NULL",
  "hmac(md5)": "HMAC-MD5-96 [RFC2403]",
  "hmac(sha1)": "HMAC-SHA-1-96 [RFC2404]",
  "hmac(sha256)": "HMAC-SHA-256-128 [RFC4868]",
};

const SA_EVENT =
  /proto esp spi (?<spi>0x[0-9a-f]{8})[\s\S]*?auth-trunc (?<auth>\S+) (?<authKey>0x[0-9a-f]+) \d+\s+enc (?<enc>\S+) (?<encKey>0x[0-9a-f]+)/g;

/** Encryption and integrity in one: the key with its salt, and the octets of the ICV in bits. */
const COMBINED_SA_EVENT =
  /proto esp spi (?<spi>0x[0-9a-f]{8})[^\n]*\n(?:(?!proto esp)[\s\S])*?aead (?<enc>\S+) (?<encKey>0x[0-9a-f]+) (?<bits>\d+)/g;

/** Every SA in what `ip xfrm monitor SA` wrote, once. */
export function espKeysOf(log: string): readonly EspKey[] {
  const keys = new Map<string, EspKey>();
  for (const { groups } of log.matchAll(SA_EVENT)) {
    const { spi = "", auth = "", authKey = "", enc = "", encKey = "" } = groups ?? {};
    keys.set(spi, { spi, encryption: enc, encryptionKey: encKey, authentication: auth, authenticationKey: authKey });
  }
  for (const { groups } of log.matchAll(COMBINED_SA_EVENT)) {
    const { spi = "", enc = "", encKey = "", bits = "" } = groups ?? {};
    keys.set(spi, {
      spi,
      encryption: `${enc}/${bits}`,
      encryptionKey: encKey,
      authentication: "",
      authenticationKey: "",
    });
  }
  return [...keys.values()];
}

const HEX_DUMP = /\[IKE\] (natd_chunk|encryption key Ka) => \d+ bytes.*\n((?:.*\[IKE\] +\d+: .*\n)+)/g;
const COOKIE_BYTES = 8;

/** Every phase 1 key in charon's log: the NAT-D hash before it is made over the cookies. */
export function ikeKeysOf(log: string): readonly IkeKey[] {
  const keys: IkeKey[] = [];
  let initiatorCookie = "";
  for (const [, name, dump = ""] of log.matchAll(HEX_DUMP)) {
    const hex = bytesOfDump(dump);
    if (name === "natd_chunk") initiatorCookie = hex.slice(0, 2 * COOKIE_BYTES);
    // In aggressive mode the key is there before the hash: that SA stays closed.
    else if (initiatorCookie !== "") keys.push({ initiatorCookie, key: hex });
  }
  return keys;
}

/** `12[IKE]   16: CB 00 71 01 01 F4      ..q...`: the digits between the offset and the wide gap. */
function bytesOfDump(dump: string): string {
  return [...dump.matchAll(/: +((?:[0-9A-F]{2} )+) /g)].map(([, bytes = ""]) => bytes.replaceAll(" ", "")).join("");
}

/** For ESP of that family. */
export function tsharkEspKey(key: EspKey, family: "IPv4" | "IPv6"): string {
  const encryption = ENCRYPTION[key.encryption] ?? key.encryption;
  const authentication = AUTHENTICATION[key.authentication] ?? key.authentication;
  const columns = [family, "*", "*", key.spi, encryption, key.encryptionKey, authentication, key.authenticationKey];
  return columns.map((column) => `"${column}"`).join(",");
}

export function tsharkIkeKey(key: IkeKey): string {
  return `${key.initiatorCookie},${key.key}`.toLowerCase();
}
