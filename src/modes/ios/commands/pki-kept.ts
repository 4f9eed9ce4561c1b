/**
 * Certificates as a box gets and gives them over the network, identities and engines: kept and printed back. What would
 * take private keys out of the device is refused.
 */

import { inert, unsupported } from "../../../grammar/declaration.ts";
import {
  certificateServerMode,
  cryptoIdentityMode,
  enrollmentProfileMode,
  globalMode,
  pubkeyChainMode,
  pubkeyMode,
} from "../modes.ts";
import { keyDigits } from "./hexadecimal.ts";
import { byHand } from "./pki.ts";
import { usageLines, usageOpener } from "./usage-lines.ts";

const words = {
  profile: "Enrollment profile",
  aim: "Module inside the box",
  "ca-cert": "Of the authority itself",
  cnm: "Names and dates of certificates",
  compliance: "Rules for algorithms",
  crt: "Certificates",
  em: "Extension module",
  ip: "IP",
  nm: "Network module",
  onboard: "Engine on the board",
  p12: "Keys and certificate of the server",
  ra: "Registration authority",
  "ra-cert": "Of a registration authority",
  ser: "Serial numbers",
  shield: "What is refused",
  slot: "Card in a slot",
  "sub-cs": "An authority below another",
  transparent: "Pass requests on as they come",
  "3des": "Encrypt with 3DES",
  all: "All",
  aes: "Encrypt with AES",
  any: "Any",
  auto: "Without being asked",
  ca: "Certificate of the authority",
  cache: "Cache",
  certificate: "Certificates",
  check: "Check what is imported",
  clean: "Throw away what is there first",
  complete: "Names and fields",
  crl: "List of revoked certificates",
  crypto: "Encryption module",
  database: "Where certificates are kept",
  decrypt: "Decrypt a keypair",
  default: "The default",
  des: "Encrypt with DES",
  download: "Fetch lists of revoked certificates",
  ec: "Elliptic curve keys",
  encrypt: "Encrypt a keypair",
  encryption: "Key that encrypts",
  engine: "Encryption engine",
  error: "Errors",
  export: "Export a keypair",
  failure: "Failures",
  flowmib: "IPsec flow monitor",
  grant: "What becomes of requests",
  history: "History",
  import: "Import a keypair",
  ipsec: "IPsec",
  ipv4: "IPv4",
  ipv6: "IPv6",
  isakmp: "ISAKMP",
  key: "Long term key operations",
  lifetime: "How long it is good",
  mib: "Configure Crypto-related MIB Parameters",
  minimum: "Serial numbers alone",
  move: "Move a keypair",
  config: "Another configuration",
  "delete-after": "Minutes after which a list goes",
  "encrypted-user-pin": "Keep the PIN encrypted",
  interval: "Seconds between them",
  lock: "Log out of it",
  "max-retries": "How often a PIN may be wrong",
  name: "Name of the keypair",
  on: "On a device",
  passphrase: "Passphrase",
  pem: "Between PEM boundaries",
  removal: "When it is taken out",
  "removal timeout": "Seconds after which keys go",
  retries: "How often it is tried again",
  secondary: "A second configuration on it",
  size: "Octets",
  "source-interface": "Interface whose address is ours",
  trustpool: "Pool of authorities",
  unconfig: "Lines that are taken back with it",
  "user-pin": "PIN",
  "with-keypair": "Keys too",
  number: "How often",
  names: "Names and serial numbers",
  none: "Without being asked for anything else",
  pki: "Public Key components",
  "pubkey-chain": "Public keys of peers",
  "ra-auto": "Requests of a registration authority, without being asked",
  reject: "Refuse them",
  rollover: "Next certificate",
  rsa: "RSA keys",
  schedule: "When to fetch",
  signature: "Key that signs",
  storage: "Default storage of keypairs",
  terminal: "Typed at the terminal",
  tunnel: "Tunnels",
  url: "URL",
  "url WORD": "URL",
  vrf: "VPN Routing/Forwarding instance",
  write: "Write it to the startup configuration too",
  "general-purpose": "For signing and encrypting",
  "usage-keys": "One pair for signing, one for encrypting",
  exportable: "Let them be exported",
  "non-exportable": "Never let them be exported",
  "on WORD": "Name of the device",
} as const;

const global = { mode: globalMode, words } as const;

const identity = usageOpener(
  {
    ...global,
    section: "crypto-identity",
    effect: inert("peers are told apart by policy and key alone"),
    opens: cryptoIdentityMode,
  },
  "crypto identity @WORD",
  "Configure a list of identities",
);
const identityLines = usageLines(
  { mode: cryptoIdentityMode, effect: inert("peers are told apart by policy and key alone") },
  {
    "description LINE": "Description",
    "dn @LINE": "Part of the distinguished name of a peer",
    "fqdn @WORD": "Domain name of a peer",
  },
);

const noRsaKeys = inert("peers prove themselves by pre-shared keys or certificates here");
const pubkeyChain = usageOpener(
  { ...global, section: "pubkey-chain", effect: noRsaKeys, opens: pubkeyChainMode },
  "crypto key pubkey-chain rsa",
  "RSA keys of peers",
);
const pubkeyWords = { encryption: "Key that encrypts", signature: "Key that signs" } as const;
const peerKeys = ["addressed-key @A.B.C.D @[encryption | signature]", "named-key @WORD @[encryption | signature]"].map(
  (usage) =>
    usageOpener(
      { mode: pubkeyChainMode, effect: noRsaKeys, words: pubkeyWords, opens: pubkeyMode },
      usage,
      usage.startsWith("named") ? "Key of a peer with this name" : "Key of the peer at this address",
    ),
);
const peerKeyLines = usageLines(
  { mode: pubkeyMode, effect: noRsaKeys },
  { "address A.B.C.D": "Address of the peer", "serial-number WORD": "Serial number of the peer" },
);
const keyActions = usageLines(
  { ...global, effect: unsupported("Private keys never leave the device; import one with crypto pki import") },
  {
    "crypto key decrypt [write] {ec | rsa} [name WORD] [passphrase PASSWORD]": "Decrypt a keypair",
    "crypto key encrypt [write] {ec | rsa} [name WORD] [passphrase PASSWORD]": "Encrypt a keypair",
    "crypto key export {ec | rsa} WORD pem {terminal | url WORD} {3des | des | aes} PASSWORD": "Export a keypair",
    "crypto key import {ec | rsa} WORD [pem] [general-purpose | signature | usage-keys] [exportable] [on WORD] {terminal | url WORD} [exportable] [on WORD] PASSWORD":
      "Import a keypair",
    "crypto key move rsa WORD [non-exportable] [on WORD] [storage WORD]": "Move a keypair",
    "crypto key storage WORD": "Default storage of keypairs",
  },
);

const WEEKDAYS = "{Friday | Monday | Saturday | Sunday | Thursday | Tuesday | Wednesday}";
const fetching = usageLines(
  {
    ...global,
    section: "pki",
    effect: byHand,
    words: {
      ...words,
      Friday: "Friday",
      Monday: "Monday",
      Saturday: "Saturday",
      Sunday: "Sunday",
      Thursday: "Thursday",
      Tuesday: "Tuesday",
      Wednesday: "Wednesday",
    },
  },
  {
    "crypto pki certificate pool": "Pool of certificates of authorities",
    "crypto pki certificate query": "Ask for certificates when they are needed",
    "crypto pki certificate storage {WORD | on [WORD] [with-keypair]}": "Where certificates are kept",
    "crypto pki crl cache {size <0-131072> | delete-after <1-43200> | none}":
      "Lists of revoked certificates that are kept",
    "crypto pki crl download schedule prepublish <0-65535>": "Minutes before a list ends",
    "crypto pki crl download schedule retries number <1-15> interval <15-600>": "How often it is tried again",
    [`crypto pki crl download schedule time ${WEEKDAYS} hh:mm`]: "At this time",
    "crypto pki crl download trustpoint @WORD": "Lists of a trustpoint",
    "crypto pki crl download url @WORD [source-interface IFNAME] [vrf WORD]": "A list from a URL",
    "crypto pki token {default | @WORD} @{encrypted-user-pin [write] | lock [rsa] | max-retries <0-15> | removal timeout <0-480> | secondary {config WORD | unconfig WORD} | user-pin [PASSWORD]}":
      "Configure cryptographic token",
    "crypto pki trustpool import {clean [terminal | url WORD] | terminal | url WORD}": "Import authorities",
    "crypto pki trustpool policy": "How the pool is used",
  },
);

const enrollmentProfile = usageOpener(
  { ...global, section: "pki", effect: byHand, opens: enrollmentProfileMode },
  "crypto pki profile enrollment @WORD",
  "Define an enrollment profile",
);
const enrollmentLines = usageLines(
  {
    mode: enrollmentProfileMode,
    effect: byHand,
    words: {
      authentication: "How the authority is asked for its certificate",
      enrollment: "How we ask for ours",
      prompt: "Text that asks for it",
      reenrollment: "How we ask for the next one",
      value: "Value",
      vrf: "VPN Routing/Forwarding instance",
      "url WORD": "URL",
      credential: "Trustpoint whose certificate we have",
      command: "Lines of HTTP",
      terminal: "By cut and paste",
      url: "URL",
    },
  },
  {
    "authentication @{command LINE | terminal | url WORD [vrf WORD]}": "How the authority is asked for its certificate",
    "enrollment @{command LINE | credential WORD | terminal | url WORD [vrf WORD]}": "How we ask for ours",
    "method-est": "Enroll by EST",
    "parameter @<1-8> {value LINE | prompt LINE}": "Parameter of the lines of HTTP",
    "reenrollment @{command LINE | terminal | url WORD [vrf WORD]}": "How we ask for the next one",
    "source-interface IFNAME": "Interface whose address is ours",
  },
);

const server = usageOpener(
  { ...global, section: "pki", effect: inert("no certificate authority runs here"), opens: certificateServerMode },
  "crypto pki server @WORD",
  "Define a certificate server",
);
const HASH = "{md5 | sha1 | sha256 | sha384 | sha512}";
const serverLines = usageLines(
  {
    mode: certificateServerMode,
    effect: inert("no certificate authority runs here"),
    words: {
      ...words,
      "ca-certificate": "Certificate of the authority",
      "enrollment-request": "A request",
      archive: "Keep keys and certificate in a file",
      level: "What is kept of each certificate",
      md5: "Message Digest 5",
      password: "Password",
      pem: "PEM",
      pkcs12: "PKCS #12",
      sha1: "Secure Hash Standard",
      sha256: "Secure Hash Standard 2 (256 bit)",
      sha384: "Secure Hash Standard 2 (384 bit)",
      sha512: "Secure Hash Standard 2 (512 bit)",
      trustpoint: "Of those with a certificate of this trustpoint",
      username: "User",
    },
  },
  {
    "auto-rollover [<0-1825>]": "Make the next certificate in time",
    "cdp-url WORD": "Where the list of revoked certificates is",
    "database archive {pem | pkcs12} [password [0 | 7] KEY]": "Keep keys and certificate in a file",
    "database level {complete | minimum | names}": "What is kept of each certificate",
    "database url @[crl | cnm | crt | p12 | pem | ser] WORD": "Where certificates are kept",
    "database username WORD [password [0 | 7] KEY]": "Who keeps them there",
    "grant {auto [{rollover {ca-cert | ra-cert} | trustpoint WORD}] | none | ra-auto}": "What becomes of requests",
    [`hash ${HASH}`]: "Hash under signatures",
    "issuer-name LINE": "Name of the authority",
    "lifetime {ca-certificate <0-7305> | certificate <0-7305>} [<0-23> [<0-59>]]": "Days, hours and minutes",
    "lifetime {crl <0-336> | enrollment-request <1-1000>}": "Hours",
    "mode {ra [transparent] | sub-cs}": "Registration authority, or one below another",
    "serial-number HEX": "First serial number",
    shutdown: "Shut the server down",
  },
);

const crypto = usageLines(
  {
    ...global,
    section: "crypto-late",
    effect: inert("cryptography is that of this process; show crypto engine tells which"),
  },
  {
    "crypto engine {aim <0-1> | em <0-1> | nm <0-4> | onboard <0-1> | slot <0-15>}": "Encryption engine",
    "crypto engine compliance shield disable": "Take weak algorithms",
    "crypto mib ipsec flowmib history failure size <0-200>": "How many failures are remembered",
    "crypto mib ipsec flowmib history tunnel size <0-200>": "How many tunnels are remembered",
  },
);
export const pkiKeptCommands = [
  identity,
  ...identityLines,
  pubkeyChain,
  ...peerKeys,
  ...peerKeyLines,
  keyDigits(pubkeyMode, noRsaKeys),
  ...fetching,
  enrollmentProfile,
  ...enrollmentLines,
  server,
  ...serverLines,
  ...crypto,
  ...keyActions,
];
