/**
 * Certificates and keys. Peers prove themselves by pre-shared keys here, so trustpoints are kept and printed back with their
 * certificates, and making keys is refused.
 */

import { line, shaped, uint, word } from "../../../grammar/arguments.ts";
import { type BlockReader, inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import type { Values } from "../../../grammar/elements.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { secret } from "../../common/secret-argument.ts";
import { certificateChainMode, certificateMapMode, globalMode, trustpointMode } from "../modes.ts";
import { crypto } from "./crypto-words.ts";

const effect = inert("peers prove themselves by pre-shared keys; no certificate is used");
const global = { mode: globalMode, section: "pki", effect } as const;

/** `ca` is the older spelling of `pki`; both print as `pki`. */
const pki = kw("pki", "Public Key components", { aliases: ["ca"] });

const trustpoint = opener({
  ...global,
  form: [crypto, pki, kw("trustpoint", "Define a CA trustpoint"), arg("name", word(), "CA Server Name")],
  key: ["name"],
  opens: trustpointMode,
});

const inTrustpoint = { mode: trustpointMode, effect } as const;
const trustpointSettings = [
  setting({
    ...inTrustpoint,
    form: [kw("vrf", "VRF to use for enrollment and obtaining CRLs"), arg("vrf", word(), "VRF name")],
  }),
  setting({
    ...inTrustpoint,
    form: [
      kw("password", "Revocation password"),
      opt(pick("encoding", { "0": "An unencrypted password follows", "7": "A hidden password follows" })),
      arg("password", secret(line()), "The password"),
    ],
  }),
  ...keptLines(
    { ...inTrustpoint, single: true },
    {
      "auto-enroll": "Automatically enroll this router identity",
      "chain-validation": "Use certificate chain validation",
      crl: "CRL options",
      eckeypair: "Specify EC keypair for this identity",
      fqdn: "Include fully-qualified domain name",
      hash: "Specify hash algorithm",
      "ip-address": "Include ip address",
      ocsp: "OCSP parameters",
      primary: "Specify trustpoint as primary",
      regenerate: "Regenerate keys on re-enrollment",
      "revocation-check": "Revocation checking options",
      root: "Get the CA certificate",
      rsakeypair: "Specify rsakeypair for this identity",
      "serial-number": "Include serial number",
      "source interface": "Specify source interface",
      storage: "Define a trustpoint storage device",
      "subject-alt-name": "Include subject alternative name",
      "subject-name": "Subject Name",
      usage: "Certificate Usage",
    },
  ),
  ...keptLines(inTrustpoint, {
    authorization: "Authorization parameters",
    enrollment: "Enrollment parameters",
    match: "Match from certificate attributes",
  }),
];

const certificateMap = opener({
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

const certificateChain = opener({
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

/** Lines of hexadecimal digits up to `quit`. */
function hexadecimal(values: Values): BlockReader {
  const digits: string[] = [];
  return {
    notice: ["Enter the certificate in hexadecimal representation...."],
    take(typed) {
      const text = typed.trim();
      if (text.toLowerCase() !== END) {
        if (text !== "") digits.push(text);
        return undefined;
      }
      return { ...values, digits: digits.join("\n") };
    },
  };
}

const serial = shaped("Hex-string", /^[0-9A-Fa-f]+$/);

const certificate = setting({
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
  effect,
  block: hexadecimal,
  print(values) {
    const { kind, serial, digits } = values as Values;
    const head = ["certificate", kind, serial].filter((each) => each !== undefined).join(" ");
    const rows = typeof digits === "string" && digits !== "" ? digits.split("\n").map((row) => `  ${row}`) : [];
    return [head, ...rows, `  \t${END}`].join("\n");
  },
});

const noKeys = unsupported("There are no RSA keys for configuration here; the SSH server keeps a key of its own");
const keyWords = [crypto, kw("key", "Long term key operations")] as const;

const keyActions = setting({
  mode: globalMode,
  form: [
    ...keyWords,
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
  effect: noKeys,
});

export const pkiCommands = [
  trustpoint,
  ...trustpointSettings,
  certificateMap,
  ...keptLines(
    { mode: certificateMapMode, effect },
    {
      "alt-subject-name": "Match field criteria of the alternate subject name",
      "issuer-name": "Match field criteria of the issuer name",
      "subject-name": "Match field criteria of the subject name",
      "valid-start": "Validity start date",
      "expires-on": "Expiration date",
    },
  ),
  certificateChain,
  certificate,
  ...keptLines(
    { ...global, shared: { crypto: crypto.help, pki: pki.help } },
    {
      "crypto engine": "Encryption engine",
      "crypto ikev2": "IKE version 2, which is not spoken",
      "crypto mib": "Configure Crypto-related MIB Parameters",
      "crypto xauth": "X-Auth parameters",
      "crypto pki profile": "Enrollment profile",
      "crypto pki server": "Certificate server",
      "crypto pki token": "Configure cryptographic token",
      "crypto pki export": "Export certificate or keys",
      "crypto pki import": "Import certificate or keys",
      "crypto pki enroll": "Request a certificate from a CA",
      "crypto pki authenticate": "Get the CA certificate",
    },
  ),
  keyActions,
];
