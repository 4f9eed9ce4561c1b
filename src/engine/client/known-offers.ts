/**
 * What the clients in the field propose, for telling a configuration that none of them can use. From the vendors' published
 * lists and sources: Windows 10's list, Apple's `ipsec_utils.c`, Android's `setup.c`, NetworkManager-l2tp, ChromeOS's shill. The
 * same lists are what the built-in client offers when it plays one of them.
 */

import type { EspProposalSpec, IkePolicySpec } from "../spec.ts";

type Phase1Offer = Pick<IkePolicySpec, "encryption" | "keyBits" | "hash" | "group">;
type Phase2Offer = Pick<EspProposalSpec, "cipher" | "keyBits" | "integrity">;

interface KnownClient {
  readonly name: string;
  readonly phase1: readonly Phase1Offer[];
  readonly phase2: readonly Phase2Offer[];
}

const CIPHERS = {
  des: { cipher: "des", keyBits: 0 },
  "3des": { cipher: "3des", keyBits: 0 },
  aes128: { cipher: "aes", keyBits: 128 },
  aes192: { cipher: "aes", keyBits: 192 },
  aes256: { cipher: "aes", keyBits: 256 },
  gcm128: { cipher: "aes-gcm", keyBits: 128 },
} as const;

type CipherWord = keyof typeof CIPHERS;
type IkeCipherWord = Exclude<CipherWord, "gcm128">;
type Phase1Hash = IkePolicySpec["hash"];

/** Every cipher with every hash in every group. */
function phase1(
  ciphers: readonly IkeCipherWord[],
  hashes: readonly Phase1Hash[],
  groups: readonly IkePolicySpec["group"][],
): Phase1Offer[] {
  return ciphers.flatMap((word) => {
    const { cipher, keyBits } = CIPHERS[word];
    return hashes.flatMap((hash) => groups.map((group) => ({ encryption: cipher, keyBits, hash, group })));
  });
}

function phase2(ciphers: readonly CipherWord[], integrity: readonly Phase2Offer["integrity"][]): Phase2Offer[] {
  return ciphers.flatMap((word) => integrity.map((each) => ({ ...CIPHERS[word], integrity: each })));
}

const windows2000: KnownClient = {
  name: "Windows 2000 and XP",
  phase1: [...phase1(["3des"], ["sha1", "md5"], [2]), ...phase1(["des"], ["sha1", "md5"], [1])],
  phase2: phase2(["3des", "des"], ["sha1", "md5"]),
};

const windows7: KnownClient = {
  name: "Windows 7 to 11",
  phase1: [
    ...phase1(["aes256"], ["sha1"], [20]),
    ...phase1(["aes128"], ["sha1"], [19]),
    ...phase1(["aes256", "3des"], ["sha1"], [14]),
    ...phase1(["3des"], ["sha1"], [2]),
  ],
  phase2: phase2(["aes256", "aes128", "3des"], ["sha1"]),
};

const apple: KnownClient = {
  name: "macOS and iOS",
  phase1: [
    ...phase1(["aes256"], ["sha256", "sha1", "md5", "sha512"], [14]),
    ...phase1(["aes256"], ["sha256", "sha1", "md5"], [5]),
    ...phase1(["aes256"], ["sha256", "sha1", "md5"], [2]),
    ...phase1(["aes128", "3des"], ["sha1", "md5"], [2]),
  ],
  phase2: phase2(["aes256", "aes128", "3des"], ["sha256", "sha1", "md5"]),
};

/** Its own order of hashes: SHA-512 third, because a gateway in the field fails when it comes first. */
const android: KnownClient = {
  name: "Android",
  phase1: [
    ...phase1(["aes256"], ["sha384", "sha256", "sha512", "sha1", "md5"], [2]),
    ...phase1(["aes128"], ["sha512", "sha384", "sha256", "sha1", "md5"], [2]),
    ...phase1(["3des", "des"], ["sha256", "sha1", "md5"], [2]),
  ],
  phase2: phase2(["aes256", "aes128", "3des", "des"], ["sha256", "sha1", "md5"]),
};

const chromeOs: KnownClient = {
  name: "ChromeOS",
  phase1: [
    ...phase1(["aes128"], ["sha256"], [15]),
    ...phase1(["aes128"], ["sha1"], [14]),
    ...phase1(["3des"], ["sha1"], [5, 2]),
  ],
  phase2: [
    ...phase2(["gcm128"], [undefined]),
    ...phase2(["aes128"], ["sha256", "sha1"]),
    ...phase2(["3des"], ["sha1", "md5"]),
  ],
};

const strongSwan: KnownClient = {
  name: "NetworkManager-l2tp with strongSwan",
  phase1: [
    ...phase1(["aes256"], ["sha256"], [14, 5, 2]),
    ...phase1(["aes256"], ["sha1"], [14, 5, 2, 20]),
    ...phase1(["aes128"], ["sha1"], [2, 19]),
    ...phase1(["3des"], ["sha1"], [14, 2]),
  ],
  phase2: phase2(["aes256", "aes128", "3des"], ["sha1"]),
};

/** Without group 2, which it is no longer built with. */
const libreswan: KnownClient = {
  name: "NetworkManager-l2tp with Libreswan",
  phase1: strongSwan.phase1.filter(({ group }) => group !== 2),
  phase2: strongSwan.phase2,
};

export const knownOffers = { windows2000, windows7, apple, android, chromeOs, strongSwan, libreswan } as const;

export const knownClients: readonly KnownClient[] = Object.values(knownOffers);
