/** What `crypto isakmp` says besides policies: keys, identity, keepalives, and what is logged and admitted. */

import { ipv4, mask, uint, word } from "../../../grammar/arguments.ts";
import { type ConfigReader, inert, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { ipv6Prefix } from "../arguments.ts";
import { globalMode } from "../modes.ts";
import { crypto, isakmp, KEY_ENCODING } from "./crypto-words.ts";
import { isakmpPolicyCommands } from "./isakmp-policy.ts";
import { keyringCommands } from "./keyring.ts";
import { keyFault, keyFault6, type PeerKey, type PeerKey6 } from "./pre-shared-key.ts";
import { withoutZero } from "./said-in-clear.ts";
import { usageLines } from "./usage-lines.ts";

const global = { mode: globalMode } as const;

export const isakmpKey = setting({
  ...global,
  section: "isakmp-key",
  form: [
    crypto,
    isakmp,
    kw("key", "Set pre-shared key for remote peer"),
    opt(pick("encoding", KEY_ENCODING)),
    arg("key", secret(word({ max: 128 })), "The pre-shared key"),
    oneOf(
      [
        kw("address", "define shared key with IP address"),
        arg("address", ipv4(), "Peer IP address"),
        opt(arg("mask", mask(), "Peer IP subnet mask")),
      ],
      [kw("hostname", "define shared key with hostname"), arg("host", word(), "Peer hostname")],
    ),
    flag("noXauth", "no-xauth", "Bypasses XAuth for this peer"),
  ],
  key: ["address", "mask", "host"],
  mustGoFirst: true,
  normal: (values) => withoutZero(values),
  check: (values, config): string | undefined => peerKeyFault(values, config),
});

export const isakmpKey6 = setting({
  ...global,
  section: "isakmp-key",
  form: [
    crypto,
    isakmp,
    kw("key", "Set pre-shared key for remote peer"),
    opt(pick("encoding", KEY_ENCODING)),
    arg("key", secret(word({ max: 128 })), "The pre-shared key"),
    kw("address", "define shared key with IP address"),
    kw("ipv6", "define shared key with IPv6 address"),
    arg("prefix", ipv6Prefix, "Peer IPv6 address"),
    flag("noXauth", "no-xauth", "Bypasses XAuth for this peer"),
  ],
  key: ["prefix"],
  mustGoFirst: true,
  normal: (values) => withoutZero(values),
  check: (values, config): string | undefined => peerKeyFault6(values, config),
});

function peerKeyFault(values: PeerKey, config: ConfigReader): string | undefined {
  return keyFault(values, (peer) => config.find(isakmpKey, peer)?.values);
}

function peerKeyFault6(values: PeerKey6, config: ConfigReader): string | undefined {
  return keyFault6(values, config.find(isakmpKey6, values)?.values);
}

export const isakmpKeepalive = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    kw("keepalive", "Set a keepalive interval for use with IOS peers"),
    arg("seconds", uint(10, 3600), "Number of seconds between keep alives"),
    opt(arg("retry", uint(2, 60), "Number of seconds between retries if keepalive fails")),
    opt(pick("mode", { "on-demand": "on-demand keepalives", periodic: "periodic keepalives" })),
  ],
});

export const isakmpNatKeepalive = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    kw("nat", "Set a nat keepalive interval for use with IOS peers"),
    kw("keepalive", "Set a nat keepalive interval"),
    arg("seconds", uint(5, 3600), "Number of seconds between keep alives"),
  ],
  effect: inert("clients keep their NAT's mapping alive themselves"),
});

export const isakmpEnable = setting({
  ...global,
  section: "isakmp",
  form: [crypto, isakmp, kw("enable", "Enable ISAKMP")],
  negation: "stored",
  initial: {},
  quiet: true,
});

export const isakmpIdentity = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    kw("identity", "Set the identity which ISAKMP will use"),
    pick("kind", { address: "Use the IP address", dn: "Use the distinguished name", hostname: "Use the hostname" }),
  ],
  initial: { kind: "address" },
  quiet: true,
});

export const isakmpAggressiveMode = setting({
  ...global,
  section: "isakmp",
  form: [crypto, isakmp, kw("aggressive-mode", "Aggressive mode"), kw("disable", "Disable ISAKMP aggressive mode")],
  off: [{}],
});

export const isakmpFragmentation = setting({
  ...global,
  section: "isakmp",
  form: [crypto, isakmp, kw("fragmentation", "IKE fragmentation")],
  off: [{}],
});

export const isakmpSwitch = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    oneOf(
      [
        pick("name", {
          "disconnect-revoked-peers": "Disconnect peers whose certificate was revoked",
          "invalid-spi-recovery": "Initiate IKE and send Invalid SPI Notify",
        }),
      ],
      [kw("default", "ISAKMP default policies"), pick("default", { policy: "Default policies" })],
    ),
  ],
  key: ["name", "default"],
  initials: [{ default: "policy" }],
  quiet: true,
  off: [{ name: "disconnect-revoked-peers" }, { name: "invalid-spi-recovery" }],
  effect: inert("peers whose SPI is not known are told nothing, and certificates are looked at when IKE is opened"),
  negation: "stored",
});

const isakmpXauth = setting({
  ...global,
  section: "isakmp",
  form: [
    crypto,
    isakmp,
    kw("xauth", "Set Extended Authentication values"),
    kw("timeout", "Set timeout for xauth"),
    arg("seconds", uint(5, 90), "Timeout in seconds"),
  ],
  effect: inert("L2TP clients prove themselves in PPP"),
});

const logging = [crypto, kw("logging", "logging messages")] as const;

/** Without it the coming and going of connections stays with `debug`. */
export const sessionLogging = setting({
  ...global,
  section: "isakmp",
  form: [...logging, kw("session", "Logging of up and down of sessions")],
});

const cryptoLogging = setting({
  ...global,
  section: "isakmp",
  form: [
    ...logging,
    pick("what", { ezvpn: "Logging of EzVPN", ikev2: "Logging of IKEv2" }),
    opt(kw("group", "Group of clients"), arg("group", word(), "Group name")),
  ],
  key: ["what"],
  effect: inert("there is neither EzVPN nor IKEv2 here"),
});

const callAdmission = usageLines(
  {
    ...global,
    section: "isakmp",
    effect: inert("half-open negotiations are limited by the process itself"),
    words: {
      admission: "Configure Crypto Call Admission Control",
      all: "Limits of both",
      call: "Configure Crypto Call Admission Control",
      crypto: crypto.help,
      ike: "Limits of IKE",
      "in-negotiation-sa": "Number of SAs in negotiation",
      ipsec: "Limits of IPsec",
      sa: "Number of SAs",
    },
  },
  {
    "crypto call admission limit @{all in-negotiation-sa <10-99999> | ike @{in-negotiation-sa <10-99999> | sa <0-99999>} | ipsec sa <0-99999>}":
      "Configure Crypto Call Admission Control limit",
  },
);

export const isakmpCommands = [
  ...keyringCommands,
  ...isakmpPolicyCommands,
  isakmpKey,
  isakmpKey6,
  isakmpIdentity,
  isakmpKeepalive,
  isakmpNatKeepalive,
  isakmpEnable,
  isakmpAggressiveMode,
  isakmpFragmentation,
  isakmpSwitch,
  isakmpXauth,
  sessionLogging,
  cryptoLogging,
  ...callAdmission,
];
