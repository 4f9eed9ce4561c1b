/** LNS profiles and PPP profiles of an IOS configuration: vpdn-groups and virtual templates. */

import { ANY_PREFIX } from "../../../engine/kernel/address.ts";
import type { L2tpSystemSpec, LnsProfileSpec } from "../../../engine/l2tp-spec.ts";
import type {
  PppAuthentication,
  PppNegotiationSpec,
  PppProfileSpec,
  SessionTimeoutsSpec,
} from "../../../engine/ppp-spec.ts";
import { DEFAULT_ROUTER } from "../../../engine/spec.ts";
import type { ConfigNode, ConfigReader, Setting } from "../../../grammar/declaration.ts";
import type { Element } from "../../../grammar/elements.ts";
import { nameOf } from "../arguments.ts";
import * as port from "../commands/interface.ts";
import { ipUnnumbered } from "../commands/interface-addresses.ts";
import { type InterfaceNode, interfaceNamed, interfacesIn } from "../commands/interface-openers.ts";
import { localPool } from "../commands/pools.ts";
import * as ppp from "../commands/ppp.ts";
import * as limits from "../commands/ppp-limits.ts";
import { username } from "../commands/system.ts";
import * as vpdn from "../commands/vpdn.ts";
import * as vpdnGroup from "../commands/vpdn-group.ts";
import { otherDirections } from "../commands/vpdn-lac.ts";
import * as shared from "../commands/vpdn-template.ts";
import { accessGroupsOf } from "./access-lists.ts";
import { addressOf, clearPassword, routerOf } from "./interfaces.ts";
import type { Warnings } from "./warnings.ts";

type Node = Parameters<ConfigReader["under"]>[0];

const DEFAULT_RECEIVE_WINDOW = 1024;
const DEFAULT_NO_SESSION_SECONDS = 10;
const DEFAULT_RETRIES = 10;
const DEFAULT_RETRANSMIT_SECONDS = { min: 1, max: 8 } as const;

export function l2tpSystem(config: ConfigReader): L2tpSystemSpec {
  const limits = [vpdn.vpdnSessionLimit, vpdn.vpdnIncomingLimit].flatMap((command) =>
    config.all(command).map(({ values }) => values.sessions),
  );
  return {
    enabled: config.all(vpdn.vpdnEnable).length > 0,
    ...(limits.length === 0 ? {} : { maxSessions: Math.min(...limits) }),
    idleTimeoutSeconds: DEFAULT_NO_SESSION_SECONDS,
    destructTimeoutSeconds: 0,
    retransmitRetriesEstablished: DEFAULT_RETRIES,
    retransmitRetriesNotEstablished: DEFAULT_RETRIES,
    retransmitTimeoutSeconds: DEFAULT_RETRANSMIT_SECONDS,
    ignoreUdpChecksums: config.all(vpdn.vpdnIgnoreChecksum).length > 0,
  };
}

/** Lines that say a thing of a group: its own before those of its template. */
type Said = <Form extends readonly Element[]>(command: Setting<Form>) => readonly ConfigNode<Form>[];

/** A name that no template has gives none: the group stands by itself. */
function templateOf(config: ConfigReader, group: Node): ConfigNode<typeof shared.vpdnTemplate.form> | undefined {
  const source = config.under(group, vpdnGroup.groupTemplate)[0];
  if (source?.negated === true) return undefined;
  const name = source?.values.template;
  return config.find(shared.vpdnTemplate, name === undefined ? {} : { name });
}

/** A limit of the group itself counts beside the one of its template. */
function limitsOf(
  config: ConfigReader,
  group: Node,
  template: ReturnType<typeof templateOf>,
): Pick<LnsProfileSpec, "maxSessions" | "sharedLimits"> {
  const own = [
    config.under(group, vpdnGroup.groupSessionLimit)[0]?.values.sessions,
    config.under(group, shared.groupLimit)[0]?.values.sessions,
  ].filter((limit) => limit !== undefined);
  const common = template && config.under(template, shared.groupLimit)[0]?.values.sessions;
  const of = template?.values.name === undefined ? "the vpdn-template" : `vpdn-template ${template.values.name}`;
  return {
    maxSessions: own.length === 0 ? undefined : Math.min(...own),
    ...(common === undefined ? {} : { sharedLimits: [{ of, maxSessions: common }] }),
  };
}

/** Timers are per group on the box. Its 0 is "at once"; in the specification 0 stands for never. */
function timersOf(said: Said): Pick<LnsProfileSpec, "timers"> {
  const noSession = said(shared.tunnelNoSession)[0]?.values;
  const retries = said(shared.retransmitRetries)[0]?.values.retries;
  const setupSeconds = said(shared.tunnelSetup)[0]?.values.seconds;
  const waits = said(shared.retransmitTimeout).map(({ values }) => values);
  const wait = (which: "min" | "max") =>
    waits.find((each) => each.which === which)?.seconds ?? DEFAULT_RETRANSMIT_SECONDS[which];
  const timers = {
    ...(noSession === undefined
      ? {}
      : { idleTimeoutSeconds: noSession.never === undefined ? Math.max(1, noSession.seconds ?? 0) : 0 }),
    ...(retries === undefined
      ? {}
      : { retransmitRetriesEstablished: retries, retransmitRetriesNotEstablished: retries }),
    ...(waits.length === 0 ? {} : { retransmitTimeoutSeconds: { min: wait("min"), max: wait("max") } }),
    ...(setupSeconds === undefined ? {} : { setupSeconds }),
  };
  return Object.keys(timers).length === 0 ? {} : { timers };
}

/** Groups for a certain peer come before the one for everybody. */
export function lnsProfiles(config: ConfigReader, hostname: string, warnings: Warnings): LnsProfileSpec[] {
  const sourceIp = config.all(vpdn.vpdnSourceIp)[0]?.values.address;
  const profiles = config.all(vpdnGroup.vpdnGroup).flatMap((group): LnsProfileSpec[] => {
    const where = `vpdn-group ${group.values.name}`;
    const template = templateOf(config, group);
    const said: Said = (command) =>
      [group, ...(template === undefined ? [] : [template])].flatMap((node) => config.under(node, command));
    const dialin = config.under(group, vpdnGroup.acceptDialin)[0];
    if (dialin === undefined) {
      // What asks for calls or places them says so itself: it does nothing here.
      const isOther = otherDirections.some((command) => config.under(group, command).length > 0);
      if (!isOther) warnings.add(where, "accept-dialin is missing: the group accepts nobody");
      return [];
    }
    const protocol = config.under(dialin, vpdnGroup.dialinProtocol)[0]?.values.protocol;
    if (protocol !== "l2tp" && protocol !== "any") {
      warnings.add(
        where,
        protocol === undefined
          ? "no protocol is set: the group accepts nobody"
          : `protocol ${protocol} is not spoken here`,
      );
      return [];
    }
    const number = config.under(dialin, vpdnGroup.dialinVirtualTemplate)[0]?.values.number;
    const pppProfile = `Virtual-Template${number ?? ""}`;
    if (number === undefined) warnings.add(where, "virtual-template is missing: sessions cannot be built");
    else {
      const there = interfaceNamed(config, { type: "Virtual-Template", number: String(number) });
      if (there === undefined) warnings.add(where, `there is no interface ${pppProfile}`);
      else if (!carriesPpp(there)) warnings.add(where, `${pppProfile} is of a type that does not speak PPP`);
    }
    const password = said(shared.tunnelPassword)[0]?.values;
    const tunnelAuthentication = said(shared.tunnelAuthentication)[0]?.negated !== true;
    if (tunnelAuthentication && password === undefined) {
      warnings.add(
        where,
        "tunnels must authenticate but there is no l2tp tunnel password: say no l2tp tunnel authentication",
      );
    }
    return [
      {
        name: group.values.name,
        virtualRouter: config.under(group, vpdnGroup.groupVrf)[0]?.values.vrf ?? DEFAULT_ROUTER,
        remote: ANY_PREFIX,
        remoteHostName: config.under(group, vpdnGroup.terminateFrom)[0]?.values.host,
        localAddress: said(shared.groupSourceIp)[0]?.values.address ?? sourceIp,
        localHostName: said(shared.localName)[0]?.values.name ?? hostname,
        tunnelPassword:
          password === undefined ? undefined : clearPassword(password.encoding, password.password, where, warnings),
        tunnelAuthentication,
        transport: "either",
        singleShot: false,
        helloSeconds: said(shared.tunnelHello)[0]?.values.seconds ?? 60,
        receiveWindow: said(shared.tunnelReceiveWindow)[0]?.values.messages ?? DEFAULT_RECEIVE_WINDOW,
        pppProfile,
        ...limitsOf(config, group, template),
        resultCodeOverride: false,
        disconnectCause: false,
        ...timersOf(said),
        ...dataOf(said),
        ...proxyOf(config, group, dialin),
      },
    ];
  });
  const forAll = profiles.filter((profile) => profile.remoteHostName === undefined).map((profile) => profile.name);
  if (forAll.length > 1) {
    warnings.add(`vpdn-group ${forAll[1]}`, `it has no terminate-from, and ${forAll[0]} takes every peer already`);
  }
  return profiles.sort((a, b) => Number(a.remoteHostName === undefined) - Number(b.remoteHostName === undefined));
}

function dataOf(said: Said) {
  const chosen = said(shared.l2tpChoice).map(({ values }) => values.name);
  return {
    hidesAttributes: chosen.includes("hidden"),
    numbersData: chosen.includes("sequencing"),
    dropsLateData: said(shared.dropOutOfOrder).length > 0,
  };
}

/** What a LAC has negotiated stands, unless LCP shall be negotiated again; its proof of the user, unless he shall be challenged. */
function proxyOf(config: ConfigReader, group: Node, dialin: Node) {
  const again = config.under(group, vpdnGroup.lcpRenegotiation)[0]?.values.when;
  if (again === "always") return {};
  return {
    proxyLcp: again === "on-mismatch" ? "fitting" : "always",
    proxyAuthentication:
      config.under(group, vpdnGroup.forceLocalChap).length === 0 &&
      config.under(dialin, vpdnGroup.dialinForceChap).length === 0,
  } as const;
}

const PPP_METHODS: Readonly<Record<string, PppAuthentication>> = {
  chap: "chap",
  "ms-chap": "msChap",
  "ms-chap-v2": "msChapV2",
  pap: "pap",
};

export function pppProfiles(config: ConfigReader, warnings: Warnings): PppProfileSpec[] {
  const hasUsers = config.all(username).length > 0;
  const poolNames = new Set(config.all(localPool).map(({ values }) => values.name));
  return interfacesIn(config)
    .filter((node) => node.values.name.type === "Virtual-Template" && carriesPpp(node))
    .map((node): PppProfileSpec => {
      const name = nameOf(node.values.name);
      const where = `interface ${name}`;
      const lender = config.under(node, ipUnnumbered)[0]?.values.interface;
      const unnumbered = lender === undefined ? undefined : nameOf(lender);
      const lending = lender === undefined ? undefined : interfaceNamed(config, lender);
      const address = lending === undefined ? addressOf(config, node) : addressOf(config, lending);
      if (unnumbered !== undefined && lending === undefined) warnings.add(where, `there is no interface ${unnumbered}`);
      else if (address === undefined) warnings.add(where, "it has no address to speak from");
      const peerAddress = config.under(node, ppp.peerFixedAddress)[0]?.values.address;
      const pools = poolsOf(config, node, { where, warnings, poolNames });
      const ipMtu = config.under(node, port.ipMtu)[0]?.values.octets;
      const tcpMss = config.under(node, port.ipTcpMss)[0]?.values.octets;
      const challenge = config.under(node, ppp.pppChallengeLength)[0]?.values;
      const authentication = authenticationOf(config, node, where, warnings);
      if (authentication.length > 0 && !hasUsers) {
        warnings.add(where, "clients must authenticate but no username is configured");
      }
      const conditions = config.under(node, ppp.pppAuthentication)[0]?.values.conditions ?? [];
      const keepalive = config.under(node, ppp.keepalive)[0];
      const servers = (values: { readonly first: string; readonly second?: string } | undefined): string[] =>
        values === undefined ? [] : [values.first, ...(values.second === undefined ? [] : [values.second])];
      const sessionTimeouts = timeoutsOf(config, node);
      return {
        name,
        virtualRouter: routerOf(config, node),
        authentication,
        ...(conditions.includes("optional") ? { authenticationOptional: true } : {}),
        localAddress: address?.address,
        unnumbered,
        ...(peerAddress === undefined ? {} : { peerAddress }),
        pools,
        dns: servers(config.under(node, ppp.pppIpcpDns)[0]?.values),
        nbns: servers(config.under(node, ppp.pppIpcpWins)[0]?.values),
        mru: config.under(node, port.mtu)[0]?.values.octets ?? 1500,
        ...(ipMtu === undefined ? {} : { ipMtu }),
        ...(tcpMss === undefined ? {} : { tcpMss }),
        ...(sessionTimeouts === undefined ? {} : { sessionTimeouts }),
        negotiation: negotiationOf(config, node),
        mtuAdaptive: config.under(node, ppp.pppMtuAdaptive).length > 0,
        keepaliveSeconds: keepalive?.negated === true ? 0 : (keepalive?.values.seconds ?? 10),
        keepaliveRetries: keepalive?.values.retries ?? 5,
        chapChallengeLength: { min: challenge?.min ?? 16, max: challenge?.max ?? 16 },
        authenticationRetries: (config.under(node, ppp.pppMaxBadAuth)[0]?.values.failures ?? 1) - 1,
        ...accessGroupsOf(config, node),
      };
    });
}

/** Templates of other types carry the packets of IPsec tunnels. */
function carriesPpp({ values }: InterfaceNode): boolean {
  return !("kind" in values) || values.kind === "serial" || values.kind === "ppp";
}

/** Of the two ways of naming the longest time, the one that counts in seconds speaks. */
function timeoutsOf(config: ConfigReader, node: Node): SessionTimeoutsSpec | undefined {
  const seconds = (what: "absolute" | "idle"): number | undefined =>
    config.under(node, ppp.pppSessionTimeout).find(({ values }) => values.what === what)?.values.seconds;
  const plain = config.under(node, ppp.absoluteTimeout)[0]?.values;
  const idleSeconds = seconds("idle");
  const absoluteSeconds = seconds("absolute") ?? (plain && plain.minutes * 60 + (plain.seconds ?? 0));
  if (idleSeconds === undefined && absoluteSeconds === undefined) return undefined;
  return {
    ...(idleSeconds === undefined ? {} : { idleSeconds }),
    ...(absoluteSeconds === undefined ? {} : { absoluteSeconds }),
  };
}

function negotiationOf(config: ConfigReader, node: Node): PppNegotiationSpec {
  const ncp = config.under(node, limits.pppNcpTimeout)[0]?.values;
  const proof = config.under(node, limits.pppAuthenticationTimeout)[0]?.values.seconds ?? 10;
  return {
    retrySeconds: config.under(node, limits.pppRetryTimeout)[0]?.values.seconds ?? 2,
    ...(proof === 0 ? {} : { authenticationSeconds: proof }),
    maxConfigure: config.under(node, limits.pppMaxConfigure)[0]?.values.times ?? 10,
    maxTerminate: config.under(node, limits.pppMaxTerminate)[0]?.values.times ?? 2,
    maxFailure: config.under(node, limits.pppMaxFailure)[0]?.values.times ?? 5,
    ...(ncp === undefined ? {} : { networkSeconds: ncp.seconds }),
    ...(ncp?.again === undefined ? {} : { networkAgainSeconds: ncp.again }),
  };
}

function poolsOf(
  config: ConfigReader,
  node: Node,
  around: { readonly where: string; readonly warnings: Warnings; readonly poolNames: ReadonlySet<string> },
): readonly string[] {
  const { where, warnings, poolNames } = around;
  if (config.under(node, ppp.peerFixedAddress).length > 0) return [];
  const line = config.under(node, ppp.peerPool)[0];
  const pools = line?.values.pools ?? ["default"];
  const missing = pools.filter((pool) => !poolNames.has(pool));
  for (const pool of missing) {
    warnings.add(
      where,
      line === undefined
        ? "peer default ip address pool is missing: clients get no address"
        : `there is no ip local pool ${pool}: clients get no address`,
    );
  }
  return pools;
}

function authenticationOf(config: ConfigReader, node: Node, where: string, warnings: Warnings): PppAuthentication[] {
  const { methods = [], conditions = [] } = config.under(node, ppp.pppAuthentication)[0]?.values ?? {};
  if (conditions.includes("callout") && !conditions.includes("callin")) return [];
  if (methods.includes("eap")) warnings.add(where, "EAP is not spoken; the other methods are asked for");
  return methods.flatMap((method) => PPP_METHODS[method] ?? []);
}
