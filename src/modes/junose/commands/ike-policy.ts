/** IKE policy rules: what phase 1 may look like, for the whole chassis. */

import { ipv4, uint } from "../../../grammar/arguments.ts";
import { type Opener, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { routerName } from "../arguments.ts";
import { globalMode, ikePolicyMode } from "../modes.ts";
import { ipsec } from "./ipsec.ts";

const MAX_RULES = 10;

const ruleForm = [
  ipsec,
  kw("ike-policy-rule", "Configure an IKE policy rule", { aliases: ["isakmp-policy-rule"] }),
  arg("priority", uint(1, 10_000), "Priority; 1 is the highest"),
] as const;

export const ikePolicyRule: Opener<typeof ruleForm> = opener({
  mode: globalMode,
  opens: ikePolicyMode,
  section: "ipsec",
  form: ruleForm,
  key: ["priority"],
  check({ priority }, config) {
    const others = config.all(ikePolicyRule).filter((rule) => rule.values.priority !== priority);
    return others.length >= MAX_RULES ? `% There are ${MAX_RULES} IKE policy rules already` : undefined;
  },
});

const mode = ikePolicyMode;

export const ikeAuthentication = setting({
  mode,
  form: [
    kw("authentication", "Configure how peers prove who they are"),
    pick("method", { "pre-share": "Pre-shared keys", "rsa-sig": "RSA signatures" }),
  ],
  initial: { method: "pre-share" },
  quiet: true,
});

export const ikeEncryption = setting({
  mode,
  form: [kw("encryption", "Configure the cipher"), pick("cipher", { "3des": "Triple DES", des: "DES" })],
  initial: { cipher: "3des" },
  quiet: true,
});

export const ikeGroup = setting({
  mode,
  form: [
    kw("group", "Configure the Diffie-Hellman group"),
    pick("group", { "1": "768-bit MODP", "2": "1024-bit MODP", "5": "1536-bit MODP" }),
  ],
  initial: { group: "2" },
  quiet: true,
});

export const ikeHash = setting({
  mode,
  form: [kw("hash", "Configure the hash algorithm"), pick("hash", { md5: "MD5", sha: "SHA-1" })],
  initial: { hash: "sha" },
  quiet: true,
});

export const ikeLifetime = setting({
  mode,
  form: [kw("lifetime", "Configure how long an IKE SA lives"), arg("seconds", uint(60, 86_400), "Seconds")],
  initial: { seconds: 28_800 },
  quiet: true,
});

export const ikeAggressiveMode = setting({
  mode,
  form: [
    kw("aggressive-mode", "Configure aggressive mode"),
    pick("use", { accepted: "Accept it", requested: "Ask for it", required: "Require it" }),
  ],
});

export const ikeAddress = setting({
  mode,
  form: [
    kw("ip", "Bind the rule to an address"),
    kw("address", "Our address"),
    arg("address", ipv4(), "IP address"),
    opt(kw("virtual-router", "Virtual router"), arg("virtualRouter", routerName, "Name of the virtual router")),
  ],
});

export const ikePolicyCommands = [
  ikePolicyRule,
  ikeAuthentication,
  ikeEncryption,
  ikeGroup,
  ikeHash,
  ikeLifetime,
  ikeAggressiveMode,
  ikeAddress,
];
