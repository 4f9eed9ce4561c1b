/** IPsec settings outside the modes: options, lifetimes, transform sets, keys of the whole router. */

import { ipv4, line, uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { objectName, routerName } from "../arguments.ts";
import { caIdentityMode, globalMode, ipsecIdentityMode } from "../modes.ts";
import { transforms } from "../transforms.ts";

export const ipsec = kw("ipsec", "Configure IPsec");
const chassis = { mode: globalMode, section: "ipsec" } as const;
const option = kw("option", "Configure an IPsec option of this virtual router");
const inRouter = { mode: globalMode, scope: "virtualRouter", section: "ipsecOption" } as const;

/** On by default; `no` is kept. Negotiations that follow are affected, IKE SAs that stand are not. */
export const natTraversal = setting({
  ...inRouter,
  form: [ipsec, option, kw("nat-t", "NAT Traversal")],
  negation: "stored",
});

export const deadPeerDetection = setting({ ...inRouter, form: [ipsec, option, kw("dpd", "Dead Peer Detection")] });

export const invalidCookie = setting({
  ...inRouter,
  form: [ipsec, option, kw("tx-invalid-cookie", "Answer unknown cookies with a notification")],
  effect: inert("unknown cookies are never answered: anyone can make them up"),
});

export const SECONDS = { min: 1800, max: 864_000 } as const;
/** The upper end means unlimited. */
export const KILOBYTES = { min: 102_400, max: 4_294_967_295 } as const;

export const lifetimeSeconds = setting({
  ...chassis,
  form: [
    ipsec,
    kw("lifetime", "Configure how long IPsec SAs live"),
    kw("seconds", "In seconds"),
    arg("seconds", uint(SECONDS.min, SECONDS.max), "Seconds"),
  ],
  initial: { seconds: 28_800 },
});

export const lifetimeKilobytes = setting({
  ...chassis,
  form: [
    ipsec,
    kw("lifetime", "Configure how long IPsec SAs live"),
    kw("kilobytes", "In kilobytes"),
    arg("kilobytes", uint(KILOBYTES.min, KILOBYTES.max), "Kilobytes"),
  ],
  initial: { kilobytes: KILOBYTES.max },
});

export const transformSet = setting({
  ...chassis,
  form: [
    ipsec,
    kw("transform-set", "Configure a transform set"),
    arg("name", objectName, "Name of the transform set"),
    many("transforms", pick("transform", transforms), 6),
  ],
  key: ["name"],
});

export const localEndpoint = setting({
  ...chassis,
  form: [
    ipsec,
    kw("local-endpoint", "Configure our end of IPsec tunnels"),
    arg("address", ipv4(), "IP address"),
    kw("transport-virtual-router", "Virtual router of the address"),
    arg("virtualRouter", routerName, "Name of the virtual router"),
  ],
  key: ["virtualRouter"],
  noForm: [
    ipsec,
    kw("local-endpoint", "Configure our end of IPsec tunnels"),
    arg("address", ipv4(), "IP address"),
    opt(
      kw("transport-virtual-router", "Virtual router of the address"),
      arg("virtualRouter", routerName, "Name of the virtual router"),
    ),
  ],
  effect: inert("IPsec tunnels are not carried; transport profiles name their own addresses"),
});

const certificates = inert("there are no certificates; use pre-shared keys");

const certificateCommands = [
  setting({
    ...chassis,
    form: [ipsec, kw("certificate-scep", "Get certificates by SCEP")],
    effect: certificates,
  }),
  setting({
    ...chassis,
    form: [
      ipsec,
      kw("crl", "Configure certificate revocation lists"),
      pick("use", { ignored: "Do not use them", optional: "Use them if there are any", required: "Require them" }),
    ],
    effect: certificates,
  }),
  opener({
    ...chassis,
    opens: ipsecIdentityMode,
    form: [ipsec, kw("identity", "Configure the identity in our certificate")],
    effect: certificates,
  }),
  ...(["common-name", "country", "domain-name", "organization"] as const).map((word) =>
    setting({
      mode: ipsecIdentityMode,
      form: [kw(word, `Configure the ${word.replace("-", " ")}`), arg("text", line(), "Text")],
      effect: certificates,
    }),
  ),
  opener({
    ...chassis,
    opens: caIdentityMode,
    form: [
      ipsec,
      kw("ca", "Configure certification authorities"),
      kw("identity", "Configure a certification authority"),
      arg("name", objectName, "Name of the authority"),
    ],
    key: ["name"],
    effect: certificates,
  }),
  setting({
    mode: caIdentityMode,
    form: [
      kw("enrollment", "Configure enrollment"),
      pick("what", {
        url: "Address of the authority",
        "retry-period": "Minutes between attempts",
        "retry-limit": "Minutes until it is given up",
      }),
      arg("value", line(), "Value"),
    ],
    effect: certificates,
  }),
  setting({
    mode: caIdentityMode,
    form: [kw("issuer-identifier", "Configure the name of the authority"), arg("name", line(), "Name")],
    effect: certificates,
  }),
  setting({
    mode: caIdentityMode,
    form: [
      kw("root", "Configure the way to the authority"),
      kw("proxy", "HTTP proxy"),
      kw("url", "Address of the proxy"),
      arg("url", line(), "URL"),
    ],
    effect: certificates,
  }),
  setting({
    ...chassis,
    form: [
      ipsec,
      oneOf(
        [
          kw("ca", "Certification authorities"),
          pick("request", { authenticate: "Fetch its certificate", enroll: "Ask for a certificate" }),
          arg("text", line(), "Name of the authority and password"),
        ],
        [
          kw("key", "Keys"),
          pick("act", { generate: "Make a key pair", zeroize: "Destroy keys", "pubkey-chain": "Keys of peers" }),
          arg("text", line(), "Which keys"),
        ],
        [
          pick("what", { "certificate-request": "Certificate request", "certificate-database": "Certificates" }),
          arg("text", line(), "What to do with it"),
        ],
      ),
    ],
    effect: unsupported("There are no certificates here; use pre-shared keys"),
  }),
  setting({
    ...chassis,
    form: [
      ipsec,
      kw("tunnel", "Configure IPsec tunnels"),
      kw("profile", "Configure an IPsec tunnel profile"),
      arg("text", line(), "Name and virtual router"),
    ],
    effect: unsupported("IPsec tunnels are not carried; use an IPsec transport profile"),
  }),
];

export const ipsecCommands = [
  transformSet,
  lifetimeSeconds,
  lifetimeKilobytes,
  localEndpoint,
  ...certificateCommands,
  natTraversal,
  deadPeerDetection,
  invalidCookie,
];
