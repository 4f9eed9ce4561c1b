/** The lab's scenarios as data: which configuration, what it lacks, who connects, and what must come of it. */

export interface LabClientPlan {
  readonly host: string;
  /** Its private address behind the PAT. */
  readonly address: string;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** In `fixtures/configs`. */
  readonly config: string;
  /** Lines typed after the configuration, and why they are needed. */
  readonly additions: readonly { readonly lines: readonly string[]; readonly why: string }[];
  readonly clients: readonly LabClientPlan[];
  readonly preSharedKey: string;
  readonly user: string;
  readonly password: string;
  /** Where the clients ping to. */
  readonly pingTarget: string;
  /** What is shown once all clients are up. */
  readonly shows: readonly string[];
  /** Which clients still get answers when all are connected. */
  readonly alive: readonly boolean[];
  readonly lesson: string;
}

const TWO_CLIENTS: readonly LabClientPlan[] = [
  { host: "w2k01", address: "10.0.0.2" },
  { host: "w2k02", address: "10.0.0.3" },
];

const IOS_USER = {
  lines: ["username lab password 0 lab"],
  why: "the listing names no user, and its virtual template asks for CHAP",
};

const ios = {
  config: "ios-nat-demux.cfg",
  clients: TWO_CLIENTS,
  preSharedKey: "*****",
  user: "lab",
  password: "lab",
  pingTarget: "12.0.0.8",
} as const;

export const scenarios: Readonly<Record<string, Scenario>> = {
  "nat-demux": {
    ...ios,
    name: "nat-demux",
    title: "two Windows 2000 clients behind one PAT, set nat demux",
    additions: [IOS_USER],
    shows: ["show crypto ipsec sa", "show l2tp tunnel all"],
    alive: [true, true],
    lesson: "Each client has a translated port of its own, so both stay connected.",
  },
  "no-demux": {
    ...ios,
    name: "no-demux",
    title: "the same without set nat demux",
    additions: [
      IOS_USER,
      { lines: ["crypto dynamic-map DYN_MAP 10", "no set nat demux"], why: "this is the scenario" },
    ],
    shows: ["show crypto ipsec sa | include ident|peer|pkts encaps", "show l2tp tunnel"],
    alive: [false, true],
    lesson: "Both are (NAT address, UDP 1701) after decryption: the second client's SA took the first one's traffic.",
  },
  "e-series": {
    name: "e-series",
    title: "the same clients on an E-series router: NAT-T and a single-shot tunnel",
    config: "junose-l2tp-ipsec.cfg",
    additions: [],
    clients: TWO_CLIENTS,
    preSharedKey: "groupSecret",
    user: "fred",
    password: "fredPw",
    pingTarget: "10.0.0.1",
    shows: [
      "show ipsec ike-sa",
      "show ipsec transport interface",
      "show l2tp destination profile boston4",
      "show l2tp tunnel detail",
    ],
    alive: [true, true],
    lesson: "NAT-T alone keeps the clients apart; each tunnel carries one session in its life.",
  },
};
