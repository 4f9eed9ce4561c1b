/**
 * Certificates, the authorities behind them and public keys of peers. Certificates and revocation lists lie in files, requests
 * are carried by hand: nothing is fetched over the network, so what concerns SCEP is kept and printed, and what would fetch
 * is refused. Making keys and requests are exec commands.
 */

import type { ArgumentType } from "../../../grammar/argument.ts";
import { ipv4, line, quotedWord, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { type BannerText, bannerBlock, bannerText } from "../../common/banner.ts";
import { nameOf, objectName } from "../arguments.ts";
import { caIdentityMode, globalMode, ipsecIdentityMode, peerKeyMode } from "../modes.ts";
import { ipsec } from "./ipsec.ts";

const IDENTITY_MAX = 80;

const chassis = { mode: globalMode, section: "certificates" } as const;
const effect = inert("nothing is fetched over the network: every root certificate in the files is trusted");
const noRawKeys = inert("peers with RSA keys show certificates; a bare public key is not used");
const noFetching = unsupported(
  "Nothing is fetched over the network; copy the files and say ipsec certificate-database refresh",
);

const scep = setting({ ...chassis, form: [ipsec, kw("certificate-scep", "Get certificates by SCEP")], effect });

const revocationLists = [
  kw("crl", "Configure certificate revocation lists"),
  pick("use", { ignored: "Do not use them", optional: "Use them if there are any", required: "Require them" }),
] as const;

export const revocation = setting({
  ...chassis,
  form: [ipsec, ...revocationLists],
  initial: { use: "optional" },
  quiet: true,
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

export const identity = opener({
  ...chassis,
  opens: ipsecIdentityMode,
  form: [ipsec, kw("identity", "Configure the identity in our certificate")],
});

const identityText = arg("text", quotedWord({ max: IDENTITY_MAX }), "Text, up to 80 characters");

function identityPart(part: string, help: string) {
  return setting({ mode: ipsecIdentityMode, form: [kw(part, help), identityText] });
}

export const commonName = identityPart("common-name", "Configure the common name");
export const country = identityPart("country", "Configure the country");
export const domainName = identityPart("domain-name", "Configure the domain");
export const organization = identityPart("organization", "Configure the organization");

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
    form: revocationLists,
    effect: inert("lists come from files, and `ipsec crl` decides about them for every authority"),
  }),
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
  effect: noRawKeys,
});

/** Hexadecimal, on the line itself or between quotes, where it may go on over as many lines as it takes. */
const keyText: ArgumentType<BannerText> = {
  ...bannerText,
  examples: ['"30820122"'],
  read(text, at) {
    const isHexadecimal = /^[0-9a-f ]+$/i.test(text.slice(at));
    if (isHexadecimal)
      return { ok: true, value: { delimiter: "", text: text.slice(at), closed: true }, end: text.length };
    return text.startsWith('"', at) ? bannerText.read(text, at) : { ok: false, at };
  },
  print: ({ delimiter, text, closed }) => `${delimiter}${text}${closed ? delimiter : ""}`,
};

const keyString = setting({
  mode: peerKeyMode,
  form: [kw("key-string", "Configure the key"), arg("text", keyText, "Key in hexadecimal, between quotes")],
  effect: noRawKeys,
  block: bannerBlock,
  print: ({ text }) => `key-string ${keyText.print(text)}`,
});

const fetching = setting({
  ...chassis,
  form: [
    ipsec,
    ca,
    pick("request", { authenticate: "Fetch the authority's certificate", enroll: "Ask for a certificate" }),
    arg("name", objectName, "Name of the authority"),
    opt(arg("password", quotedWord(), "Password of the request")),
  ],
  effect: noFetching,
});

export const certificateCommands = [
  scep,
  revocation,
  ikeCertificate,
  identity,
  commonName,
  country,
  domainName,
  organization,
  authority,
  ...inAuthority,
  peerKey,
  keyString,
  fetching,
];
