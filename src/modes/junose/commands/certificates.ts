/**
 * Certificates, the authorities behind them and public keys of peers: kept and printed. Phase 1 is proved by pre-shared
 * keys, so nothing is fetched, signed or checked, and what would act at once is refused.
 */

import { ipv4, line, quotedWord, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { nameOf, objectName } from "../arguments.ts";
import { caIdentityMode, globalMode, ipsecIdentityMode, peerKeyMode } from "../modes.ts";
import { ipsec } from "./ipsec.ts";

const IDENTITY_MAX = 80;

const chassis = { mode: globalMode, section: "certificates" } as const;
const effect = inert("peers prove themselves by pre-shared keys; there are no certificates");
const noCertificates = unsupported("There are no certificates here; use pre-shared keys");
const noKeys = unsupported("There are no RSA keys here; use pre-shared keys");

const scep = setting({ ...chassis, form: [ipsec, kw("certificate-scep", "Get certificates by SCEP")], effect });

const revocation = setting({
  ...chassis,
  form: [
    ipsec,
    kw("crl", "Configure certificate revocation lists"),
    pick("use", { ignored: "Do not use them", optional: "Use them if there are any", required: "Require them" }),
  ],
  effect,
});

const ikeCertificate = setting({
  ...chassis,
  form: [
    ipsec,
    pick("word", { "ike-cert": "Configure the certificate of IKE", isakmp: "Configure the certificate of IKE" }),
    opt(arg("text", line(), "Parameters")),
  ],
  key: ["word", "text"],
  effect,
});

const identity = opener({
  ...chassis,
  opens: ipsecIdentityMode,
  form: [ipsec, kw("identity", "Configure the identity in our certificate")],
  effect,
});

const identityParts = {
  "common-name": "Configure the common name",
  country: "Configure the country",
  "domain-name": "Configure the domain",
  organization: "Configure the organization",
};

const inIdentity = Object.entries(identityParts).map(([part, help]) =>
  setting({
    mode: ipsecIdentityMode,
    form: [kw(part, help), arg("text", quotedWord({ max: IDENTITY_MAX }), "Text, up to 80 characters")],
    effect,
  }),
);

const ca = kw("ca", "Configure certification authorities");

const authority = opener({
  ...chassis,
  opens: caIdentityMode,
  form: [
    ipsec,
    ca,
    kw("identity", "Configure a certification authority"),
    arg("name", objectName, "Name of the authority"),
  ],
  key: ["name"],
  effect,
});

const enrollment = kw("enrollment", "Configure enrollment");
const inAuthority = [
  setting({
    mode: caIdentityMode,
    form: [enrollment, kw("url", "Address of the authority"), arg("url", word(), "URL")],
    effect,
  }),
  setting({
    mode: caIdentityMode,
    form: [
      enrollment,
      kw("retry-period", "Configure the pause between attempts"),
      arg("minutes", uint(0, 480), "Minutes"),
    ],
    effect,
  }),
  setting({
    mode: caIdentityMode,
    form: [
      enrollment,
      kw("retry-limit", "Configure how long enrollment is tried"),
      arg("minutes", uint(0, 480), "Minutes"),
    ],
    effect,
  }),
  setting({
    mode: caIdentityMode,
    form: [
      kw("issuer-identifier", "Configure the name of the authority"),
      arg("name", quotedWord({ max: IDENTITY_MAX }), "Name"),
    ],
    effect,
  }),
  setting({
    mode: caIdentityMode,
    form: [
      kw("root", "Configure the way to the authority"),
      kw("proxy", "HTTP proxy"),
      kw("url", "Address of the proxy"),
      arg("url", word(), "URL"),
    ],
    effect,
  }),
];

const key = kw("key", "Configure IKE keys");

const peerKey = opener({
  ...chassis,
  opens: peerKeyMode,
  form: [
    ipsec,
    key,
    kw("pubkey-chain", "Configure public keys of peers"),
    kw("rsa", "RSA keys"),
    oneOf(
      [kw("address", "Peer by its address"), arg("address", ipv4(), "Address of the peer")],
      [kw("name", "Peer by its name"), arg("name", nameOf(IDENTITY_MAX), "Name of the peer")],
    ),
  ],
  key: ["address", "name"],
  effect,
});

const keyString = setting({
  mode: peerKeyMode,
  form: [kw("key-string", "Configure the key"), arg("text", line(), "Key in hexadecimal")],
  effect,
});

const actions = [
  setting({
    ...chassis,
    form: [
      ipsec,
      ca,
      pick("request", { authenticate: "Fetch the authority's certificate", enroll: "Ask for a certificate" }),
      arg("name", objectName, "Name of the authority"),
      opt(arg("password", quotedWord(), "Password of the request")),
    ],
    effect: noCertificates,
  }),
  setting({
    ...chassis,
    form: [
      ipsec,
      kw("certificate-request", "Certificate request"),
      kw("generate", "Make a request"),
      opt(arg("text", line(), "Kind of key and file")),
    ],
    effect: noCertificates,
  }),
  setting({
    ...chassis,
    form: [ipsec, kw("certificate-database", "Certificates"), kw("refresh", "Read them again")],
    effect: noCertificates,
  }),
  setting({
    ...chassis,
    form: [
      ipsec,
      key,
      kw("generate", "Make a key pair"),
      kw("rsa", "RSA keys"),
      pick("bits", { "1024": "1024 bits", "2048": "2048 bits" }),
    ],
    effect: noKeys,
  }),
  setting({
    ...chassis,
    form: [
      ipsec,
      key,
      kw("zeroize", "Destroy keys"),
      pick("keys", {
        all: "All keys",
        "pre-share": "Pre-shared keys",
        "pubkey-chain": "Public keys of peers",
        rsa: "RSA keys",
      }),
    ],
    effect: unsupported("Keys are removed one by one: no ipsec key manual, no pre-share"),
  }),
];

export const certificateCommands = [
  scep,
  revocation,
  ikeCertificate,
  identity,
  ...inIdentity,
  authority,
  ...inAuthority,
  peerKey,
  keyString,
  ...actions,
];
