/** Policies of phase 1: what of IKE is offered and accepted, best first. */

import { uint } from "../../../grammar/arguments.ts";
import { opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { globalMode, isakmpPolicyMode } from "../modes.ts";
import { crypto, isakmp, KEY_BITS, OTHER_GROUPS, withoutUsualLength } from "./crypto-words.ts";

const global = { mode: globalMode } as const;
const DH_GROUPS = {
  "1": "Diffie-Hellman group 1 (768 bit)",
  "2": "Diffie-Hellman group 2 (1024 bit)",
  "5": "Diffie-Hellman group 5 (1536 bit)",
  "14": "Diffie-Hellman group 14 (2048 bit)",
  "15": "Diffie-Hellman group 15 (3072 bit)",
  "16": "Diffie-Hellman group 16 (4096 bit)",
  "19": "Diffie-Hellman group 19 (256 bit ecp)",
  "20": "Diffie-Hellman group 20 (384 bit ecp)",
  "21": "Diffie-Hellman group 21 (521 bit ecp)",
} as const;

export const isakmpPolicy = opener({
  ...global,
  section: "isakmp-policy",
  form: [
    crypto,
    isakmp,
    kw("policy", "Set policy for an ISAKMP protection suite"),
    arg("priority", uint(1, 10_000), "Priority of protection suite"),
  ],
  key: ["priority"],
  opens: isakmpPolicyMode,
});

const inPolicy = { mode: isakmpPolicyMode } as const;

export const policyEncryption = setting({
  ...inPolicy,
  form: [
    kw("encr", "Set encryption algorithm for protection suite", { aliases: ["encryption"] }),
    oneOf(
      [
        pick("algorithm", {
          "3des": "Three key triple DES",
          des: "DES - Data Encryption Standard (56 bit keys).",
        }),
      ],
      [pick("sized", { aes: "AES - Advanced Encryption Standard." }), opt(pick("bits", KEY_BITS))],
    ),
  ],
  normal: withoutUsualLength,
  initial: { algorithm: "des" },
  quiet: true,
});

export const policyHash = setting({
  ...inPolicy,
  form: [
    kw("hash", "Set hash algorithm for protection suite"),
    pick("algorithm", {
      md5: "Message Digest 5",
      sha: "Secure Hash Standard",
      sha256: "Secure Hash Standard 2 (256 bit)",
      sha384: "Secure Hash Standard 2 (384 bit)",
      sha512: "Secure Hash Standard 2 (512 bit)",
    }),
  ],
  initial: { algorithm: "sha" },
  quiet: true,
});

export const policyAuthentication = setting({
  ...inPolicy,
  form: [
    kw("authentication", "Set authentication method for protection suite"),
    pick("method", {
      "pre-share": "Pre-Shared Key",
      "rsa-encr": "Rivest-Shamir-Adleman Encryption",
      "rsa-sig": "Rivest-Shamir-Adleman Signature",
    }),
  ],
  initial: { method: "rsa-sig" },
  quiet: true,
});

const policyOtherAuthentication = setting({
  ...inPolicy,
  form: [
    kw("authentication", "Set authentication method for protection suite"),
    pick("other", { "ecdsa-sig": "Elliptic Curve Digital Signature" }),
  ],
  effect: unsupported("ECDSA signatures are not made here; take rsa-sig or pre-share"),
});

export const policyGroup = setting({
  ...inPolicy,
  form: [kw("group", "Set the Diffie-Hellman group"), pick("group", DH_GROUPS)],
  initial: { group: "1" },
  quiet: true,
});

export const policyOtherGroup = setting({
  ...inPolicy,
  form: [kw("group", "Set the Diffie-Hellman group"), pick("other", OTHER_GROUPS)],
  effect: unsupported("This Diffie-Hellman group is not spoken here; take 14 to 16 or 19 to 21"),
});

export const policyLifetime = setting({
  ...inPolicy,
  form: [
    kw("lifetime", "Set lifetime for ISAKMP security association"),
    arg("seconds", uint(60, 86_400), "lifetime in seconds"),
  ],
  initial: { seconds: 86_400 },
  quiet: true,
});

export const isakmpPolicyCommands = [
  isakmpPolicy,
  policyEncryption,
  policyHash,
  policyAuthentication,
  policyOtherAuthentication,
  policyGroup,
  policyOtherGroup,
  policyLifetime,
];
