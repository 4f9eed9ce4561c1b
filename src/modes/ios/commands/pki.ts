/**
 * Trustpoints, certificate maps and certificate chains. Requests and certificates are carried by hand (terminal or file): nothing
 * is fetched or sent over the network, so what concerns enrollment by URL is kept and printed back. Making keys, importing and
 * enrolling are exec commands.
 */

import { parseName } from "../../../engine/pki/distinguished-name.ts";
import { line, shaped, uint, word } from "../../../grammar/arguments.ts";
import { type BlockReader, inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import type { Values } from "../../../grammar/elements.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { KEY_LABEL } from "../../common/key-store.ts";
import { secret } from "../../common/secret-argument.ts";
import { certificateChainMode, certificateMapMode, globalMode, trustpointMode } from "../modes.ts";
import { crypto } from "./crypto-words.ts";

const byHand = inert("nothing is fetched or sent over the network: requests and certificates are carried by hand");
const global = { mode: globalMode, section: "pki" } as const;

/** `ca` is the older spelling of `pki`; both print as `pki`. */
const pki = kw("pki", "Public Key components", { aliases: ["ca"] });

export const trustpoint = opener({
  ...global,
  form: [crypto, pki, kw("trustpoint", "Define a CA trustpoint"), arg("name", word(), "CA Server Name")],
  key: ["name"],
  opens: trustpointMode,
});

const enrollment = kw("enrollment", "Enrollment parameters");

export const enrollmentWay = setting({
  mode: trustpointMode,
  form: [
    enrollment,
    pick("way", {
      selfsigned: "Generate a self-signed certificate",
      terminal: "Enroll via the terminal (cut-and-paste)",
    }),
    flag("pem", "pem", "Add PEM boundaries to the certificate request"),
  ],
});

export const subjectName = setting({
  mode: trustpointMode,
  form: [kw("subject-name", "Subject Name"), arg("text", line(), "Subject name in LDAP format")],
  check: ({ text }) => {
    const name = parseName(text);
    return "fault" in name ? `% The subject name cannot be read: ${name.fault}` : undefined;
  },
});

export const fqdn = setting({
  mode: trustpointMode,
  form: [kw("fqdn", "Include fully-qualified domain name"), arg("name", word(), "Name, or none")],
});

export const ipAddress = setting({
  mode: trustpointMode,
  form: [kw("ip-address", "Include ip address"), arg("address", word(), "Address, or none")],
});

export const subjectAltName = setting({
  mode: trustpointMode,
  form: [kw("subject-alt-name", "Include subject alternative name"), arg("name", word(), "Name")],
});

export const rsaKeyPair = setting({
  mode: trustpointMode,
  form: [
    kw("rsakeypair", "Specify rsakeypair for this identity"),
    arg("label", shaped("WORD", KEY_LABEL), "RSA keypair label"),
    opt(arg("bits", uint(360, 4096), "Key size"), opt(arg("encryptionBits", uint(360, 4096), "Encryption key size"))),
  ],
});

export const revocationCheck = setting({
  mode: trustpointMode,
  form: [
    kw("revocation-check", "Revocation checking options"),
    many(
      "methods",
      pick("method", {
        crl: "Revocation check by CRL",
        none: "Ignore revocation check",
        ocsp: "Revocation check by OCSP",
      }),
      3,
    ),
  ],
  initial: { methods: ["crl"] },
});

/** 12.2 and older. */
export const crlUse = setting({
  mode: trustpointMode,
  form: [
    kw("crl", "CRL options"),
    oneOf(
      [pick("use", { optional: "CRL verification is optional", "best-effort": "Use a CRL where there is one" })],
      [kw("query", "Query for CRL"), arg("url", word(), "URL")],
    ),
  ],
  key: ["url"],
});

export const matchCertificate = setting({
  mode: trustpointMode,
  form: [
    kw("match", "Match from certificate attributes"),
    kw("certificate", "Match certificate"),
    arg("map", word(), "Certificate map tag"),
    opt(arg("options", line(), "Options")),
  ],
  key: ["map"],
});

export const enrollmentPassword = setting({
  mode: trustpointMode,
  form: [
    kw("password", "Revocation password"),
    opt(pick("encoding", { "0": "An unencrypted password follows", "7": "A hidden password follows" })),
    arg("password", secret(line()), "The password"),
  ],
});

const inTrustpoint = { mode: trustpointMode, effect: byHand } as const;
const trustpointSettings = [
  enrollmentWay,
  subjectName,
  fqdn,
  ipAddress,
  subjectAltName,
  rsaKeyPair,
  revocationCheck,
  crlUse,
  matchCertificate,
  enrollmentPassword,
  setting({
    ...inTrustpoint,
    form: [kw("vrf", "VRF to use for enrollment and obtaining CRLs"), arg("vrf", word(), "VRF name")],
  }),
  ...keptLines(
    { ...inTrustpoint, single: true, shared: { enrollment: enrollment.help } },
    {
      "auto-enroll": "Automatically enroll this router identity",
      "chain-validation": "Use certificate chain validation",
      eckeypair: "Specify EC keypair for this identity",
      "enrollment http-proxy": "HTTP proxy server for enrollment",
      "enrollment mode": "Mode supported by the Certificate Authority",
      "enrollment profile": "Specify an enrollment profile",
      "enrollment retry": "Polling parameters",
      "enrollment url": "CA server enrollment URL",
      hash: "Specify hash algorithm",
      ocsp: "OCSP parameters",
      primary: "Specify trustpoint as primary",
      regenerate: "Regenerate keys on re-enrollment",
      root: "Get the CA certificate",
      "serial-number": "Include serial number",
      "source interface": "Specify source interface",
      storage: "Define a trustpoint storage device",
      usage: "Certificate Usage",
    },
  ),
  ...keptLines(inTrustpoint, { authorization: "Authorization parameters" }),
];

export const certificateMap = opener({
  ...global,
  form: [
    crypto,
    pki,
    kw("certificate", "Actions on certificates"),
    kw("map", "Define certificate attributes map"),
    arg("name", word(), "Certificate map tag"),
    arg("sequence", uint(1, 65_535), "Sequence to insert to/delete from existing entry"),
  ],
  key: ["name", "sequence"],
  opens: certificateMapMode,
});

export const certificateChain = opener({
  ...global,
  form: [
    crypto,
    pki,
    kw("certificate", "Actions on certificates"),
    kw("chain", "Identify certificates"),
    arg("name", word(), "CA Server Name"),
  ],
  key: ["name"],
  opens: certificateChainMode,
});

const END = "quit";

const HEX_ROW = /^(?:[0-9A-F ]*|quit)$/i;

/** Copied from a page, a row has blanks of other kinds. */
function rowOf(typed: string): string {
  return typed.trim().replace(/\s+/g, " ");
}

/** Lines of hexadecimal digits up to `quit`. */
function hexadecimal(values: Values): BlockReader {
  const digits: string[] = [];
  return {
    notice: ["Enter the certificate in hexadecimal representation...."],
    refuses: (typed) => (HEX_ROW.test(rowOf(typed)) ? undefined : "% Not a row of hexadecimal digits, and not quit"),
    take(typed) {
      const text = rowOf(typed);
      if (text.toLowerCase() !== END) {
        if (text !== "") digits.push(text);
        return undefined;
      }
      return { ...values, digits: digits.join("\n") };
    },
  };
}

const serial = shaped("Hex-string", /^[0-9A-Fa-f]+$/);

export const certificate = setting({
  mode: certificateChainMode,
  form: [
    kw("certificate", "Enter certificates"),
    opt(
      pick("kind", {
        ca: "Enter CA certificate",
        "ra-encrypt": "Enter RA encryption certificate",
        "ra-general": "Enter RA general purpose certificate",
        "ra-sign": "Enter RA signature certificate",
        rollover: "Enter rollover certificate",
        "self-signed": "Enter self-signed certificate",
      }),
    ),
    arg("serial", serial, "Certificate serial number"),
  ],
  key: ["kind", "serial"],
  block: hexadecimal,
  print(values) {
    const { kind, serial, digits } = values as Values;
    const head = ["certificate", kind, serial].filter((each) => each !== undefined).join(" ");
    const rows = typeof digits === "string" && digits !== "" ? digits.split("\n").map((row) => `  ${row}`) : [];
    return [head, ...rows, `  \t${END}`].join("\n");
  },
});

const comparison = pick("comparison", {
  co: "Contains",
  eq: "Equal",
  nc: "Does not contain",
  ne: "Not equal",
});

/** Fields of certificates that maps look at, and their help. */
const mapFields = {
  "alt-subject-name": "Match field criteria of the alternate subject name",
  "issuer-name": "Match field criteria of the issuer name",
  "serial-number": "Match field criteria of the serial number",
  "subject-name": "Match field criteria of the subject name",
  "unstructured-subject-name": "Match field criteria of the unstructured name",
} as const;
export type MapField = keyof typeof mapFields;

export const mapConditions = (Object.keys(mapFields) as MapField[]).map((field) => ({
  field,
  command: setting({
    mode: certificateMapMode,
    form: [kw(field, mapFields[field]), comparison, arg("text", line(), "Text")],
    key: ["comparison", "text"],
  }),
}));

const keyActions = setting({
  mode: globalMode,
  form: [
    crypto,
    kw("key", "Long term key operations"),
    pick("action", {
      decrypt: "Decrypt a keypair",
      encrypt: "Encrypt a keypair",
      export: "Export a keypair",
      import: "Import a keypair",
      move: "Move a keypair",
      storage: "Default storage of keypairs",
    }),
    pick("kind", { ec: "Elliptic curve keys", rsa: "RSA keys" }),
    opt(arg("rest", line(), "Parameters of the key")),
  ],
  key: ["action", "kind"],
  effect: unsupported("Private keys never leave the device; import one with crypto pki import"),
});

export const pkiCommands = [
  trustpoint,
  ...trustpointSettings,
  certificateMap,
  ...mapConditions.map(({ command }) => command),
  ...keptLines(
    { mode: certificateMapMode, effect: inert("certificates are compared by their names alone") },
    { "valid-start": "Validity start date", "expires-on": "Expiration date" },
  ),
  certificateChain,
  certificate,
  ...keptLines(
    { ...global, effect: byHand, shared: { crypto: crypto.help, pki: pki.help } },
    {
      "crypto engine": "Encryption engine",
      "crypto ikev2": "IKE version 2, which is not spoken",
      "crypto mib": "Configure Crypto-related MIB Parameters",
      "crypto xauth": "X-Auth parameters",
      "crypto pki profile": "Enrollment profile",
      "crypto pki server": "Certificate server",
      "crypto pki token": "Configure cryptographic token",
    },
  ),
  keyActions,
];
