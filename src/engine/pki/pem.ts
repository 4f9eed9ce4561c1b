/**
 * PEM (RFC 7468): octets in base64 between two lines that say what they are. Bare base64 without those lines is read too,
 * because that is what gets pasted. Refuses encrypted blocks of the old kind (`Proc-Type`).
 */

export interface PemBlock {
  /** `CERTIFICATE`; empty for base64 without its lines. */
  readonly label: string;
  readonly bytes: Uint8Array;
}

const MAX_TEXT = 1_000_000;
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

/** All blocks of a text, in order; `undefined` where one of them is not base64. */
export function readPem(text: string): PemBlock[] | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const blocks: PemBlock[] = [];
  for (const [, label = "", body = ""] of text.matchAll(BLOCK)) {
    const bytes = fromBase64(body);
    if (bytes === undefined) return undefined;
    blocks.push({ label, bytes });
  }
  if (blocks.length > 0) return blocks;
  const bytes = fromBase64(text);
  return bytes === undefined ? undefined : [{ label: "", bytes }];
}

export function writePem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, "");
  if (digits === "" || digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(digits)) return undefined;
  return new Uint8Array(Buffer.from(digits, "base64"));
}
