/**
 * Trustpoints, certificate maps and certificate chains. Requests and certificates are carried by hand (terminal or file): nothing
 * is fetched or sent over the network, so what concerns enrollment by URL is kept and printed back. Making keys, importing and
 * enrolling are exec commands.
 */

import { parseName } from "../../../engine/pki/distinguished-name.ts";
import { line, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { KEY_LABEL } from "../../common/key-store.ts";
import { secret } from "../../common/secret-argument.ts";
import { certificateChainMode, certificateMapMode, globalMode, trustpointMode } from "../modes.ts";
import { crypto } from "./crypto-words.ts";
import { hexadecimal, hexadecimalRows } from "./hexadecimal.ts";
import { usageLines } from "./usage-lines.ts";

export const byHand = inert(
  "nothing is fetched or sent over the network: requests and certificates are carried by hand",
);
const global = { mode: globalMode, section: "pki" } as const;

/** `ca` is the older spelling of `pki`; both print as `pki`. */
export const pki = kw("pki", "Public Key components", { aliases: ["ca"] });

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
  initialUnless: crlUse,
  quiet: true,
});

export const matchCertificate = setting({
  mode: trustpointMode,
  form: [
    kw("match", "Match from certificate attributes"),
    kw("certificate", "Match certificate"),
    arg("map", word(), "Certificate map tag"),
    opt(
      oneOf(
        [
          kw("allow", "Let certificates that match pass in spite of"),
          pick("allow", { "expired-certificate": "Their being expired" }),
        ],
        [
          kw("skip", "Do not ask of certificates that match"),
          pick("skip", {
            "authorization-check": "Whether they are authorized",
            "revocation-check": "Whether they are revoked",
          }),
        ],
        [
          kw("override", "Ask elsewhere about certificates that match"),
          oneOf(
            [
              kw("cdp", "Revocation list"),
              pick("place", { directory: "In a directory", url: "At a URL" }),
              arg("list", word(), "Where it is"),
            ],
            [
              kw("ocsp", "OCSP server"),
              opt(kw("trustpoint", "Who signs its answers"), arg("signer", word(), "CA trustpoint label")),
              arg("order", uint(0, 10_000), "Place among servers"),
              kw("url", "URL of the server"),
              arg("server", word(), "URL"),
            ],
          ),
        ],
      ),
    ),
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

const TRUSTPOINT_WORDS = {
  enrollment: enrollment.help,
  "http-proxy WORD": "Name or address of the proxy",
  "url WORD": "URL",
  "profile WORD": "Profile name",
  "storage WORD": "Device: nvram:, flash:, usbtoken0:",
  "tftp WORD": "Server, then file",
  all: "The whole name",
  commonname: "Common name",
  continue: "Go on to the certificate that signed it",
  country: "Country",
  count: "How often to ask",
  email: "Address of mail",
  ike: "For IKE",
  ipaddress: "IP address",
  locality: "Locality",
  md5: "Message Digest 5",
  mode: "Mode supported by the Certificate Authority",
  none: "Do not include it",
  ocsp: "OCSP parameters",
  organization: "Organization",
  organizationalunit: "Unit of the organization",
  pem: "Add PEM boundaries to the certificate request",
  period: "Minutes between requests",
  postalcode: "Postal code",
  ra: "Registration authority",
  regenerate: "Make new keys for it",
  retry: "Polling parameters",
  root: "Get the CA certificate",
  serialnumber: "Serial number",
  sha1: "Secure Hash Standard",
  sha256: "Secure Hash Standard 2 (256 bit)",
  sha384: "Secure Hash Standard 2 (384 bit)",
  sha512: "Secure Hash Standard 2 (512 bit)",
  source: "Specify source of connections",
  "ssl-client": "As a client of SSL",
  "ssl-server": "As a server of SSL",
  state: "State",
  stop: "Believe it",
  streetaddress: "Street address",
  subjectname: "Name of the certificate",
  title: "Title",
  unstructuredname: "Unstructured name",
  authorization: "Authorization parameters",
  username: "Name that is asked about",
} as const;

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
  setting({
    ...inTrustpoint,
    form: [kw("eckeypair", "Specify EC keypair for this identity"), arg("label", word(), "Label of the key pair")],
    effect: inert("IKE proves itself with RSA: certificates are asked for with the key pair of rsakeypair"),
  }),
  ...usageLines(
    { ...inTrustpoint, words: TRUSTPOINT_WORDS },
    {
      "authorization list WORD": "List of AAA that is asked",
      "authorization username subjectname {all | commonname | country | email | ipaddress | locality | organization | organizationalunit | postalcode | serialnumber | state | streetaddress | title | unstructuredname}":
        "Part of the name that is the user's",
      "auto-enroll [<0-100>] [regenerate]": "Automatically enroll this router identity",
      "chain-validation {stop | continue [WORD]}": "Use certificate chain validation",
      "enrollment http-proxy WORD <1-65535>": "HTTP proxy server for enrollment",
      "enrollment mode ra": "Mode supported by the Certificate Authority",
      "enrollment pkcs12": "Key and certificates come in a file",
      "enrollment profile WORD": "Specify an enrollment profile",
      "enrollment retry count <1-100>": "How often to ask",
      "enrollment retry period <1-60>": "Minutes between requests",
      "enrollment url WORD [pem]": "CA server enrollment URL",
      "hash {md5 | sha1 | sha256 | sha384 | sha512}": "Specify hash algorithm",
      "ocsp disable-nonce": "Send no nonce",
      "ocsp url WORD": "Server to ask",
      primary: "Specify trustpoint as primary",
      regenerate: "Regenerate keys on re-enrollment",
      "root tftp WORD WORD": "Get the CA certificate by TFTP",
      "serial-number [none]": "Include serial number",
      "source interface IFNAME": "Specify source interface",
      "storage WORD": "Define a trustpoint storage device",
      "usage {ike | ssl-client | ssl-server}*3": "Certificate Usage",
    },
  ),
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
  block: (values) =>
    hexadecimal(values, {
      notice: "Enter the certificate in hexadecimal representation....",
      what: "hexadecimal digits",
    }),
  print(values) {
    const { kind, serial } = values;
    const head = ["certificate", kind, serial].filter((each) => each !== undefined).join(" ");
    return [head, ...hexadecimalRows(values, "  "), "  \tquit"].join("\n");
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

const DATE = "{<1-31> MONTH | MONTH <1-31>} <1993-2035> [hh:mm:ss] [utc]";
const mapTimes = usageLines(
  {
    mode: certificateMapMode,
    effect: inert("certificates are compared by their names alone"),
    words: {
      co: "Contains",
      eq: "Equal",
      nc: "Does not contain",
      ge: "At that time or later",
      lt: "Before that time",
      ne: "Not equal",
      utc: "Universal time",
      "<>": "Day of the month, or year",
    },
  },
  {
    [`valid-start {eq ${DATE} | ge ${DATE} | lt ${DATE} | ne ${DATE}}`]: "Validity start date",
    [`expires-on {eq ${DATE} | ge ${DATE} | lt ${DATE} | ne ${DATE}}`]: "Expiration date",
    "name {co | eq | nc | ne} LINE": "Match field criteria of any name",
  },
);

export const pkiCommands = [
  trustpoint,
  ...trustpointSettings,
  certificateMap,
  ...mapConditions.map(({ command }) => command),
  ...mapTimes,
  certificateChain,
  certificate,
];
