/** The show commands: which there are, and what each prints. */

import { ipv4, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { cryptoMaps, transformSets } from "../compile/crypto-maps.ts";
import { Warnings } from "../compile/warnings.ts";
import { showCryptoEngineBrief, showCryptoEngineConnections } from "../show/crypto-engine.ts";
import { showIpsecLifetime, showIpsecSa, showIpsecSaCount, showTransformSets } from "../show/crypto-ipsec.ts";
import {
  showIsakmpKey,
  showIsakmpPeers,
  showIsakmpPolicy,
  showIsakmpSa,
  showIsakmpSaCount,
  showIsakmpSaDetail,
} from "../show/crypto-isakmp.ts";
import { showCryptoMap, showDynamicMap } from "../show/crypto-map.ts";
import { showCryptoSession } from "../show/crypto-session.ts";
import { showInterfaces, showIpInterfaceBrief } from "../show/interfaces.ts";
import { showIpRoute } from "../show/ip-route.ts";
import { showIpLocalPool } from "../show/pool.ts";
import { showPppAll } from "../show/ppp.ts";
import { runningConfiguration, runningInterface } from "../show/running-config.ts";
import { showUsers } from "../show/users.ts";
import { showVersion } from "../show/version.ts";
import { showL2tpSession, showL2tpSessionAll, showL2tpTunnel, showL2tpTunnelAll, showVpdn } from "../show/vpdn.ts";

const show = kw("show", "Show running system information");
const crypto = kw("crypto", "Encryption module");
const isakmp = kw("isakmp", "Show ISAKMP");
const ipsec = kw("ipsec", "Show IPSEC policy");
const sa = kw("sa", "Security associations");
const ip = kw("ip", "IP information");

function print(lines: readonly string[], model: unknown): ExecResult {
  return { lines, model };
}

export const showCommands = [
  exec({
    form: [
      show,
      crypto,
      isakmp,
      sa,
      flag("detail", "detail", "Show all existing IKE SAs in detail"),
      flag("count", "count", "Show the count of IKE SAs"),
    ],
    run: ({ snapshot }: ExecContext, { detail, count }) => {
      const render = count === true ? showIsakmpSaCount : detail === true ? showIsakmpSaDetail : showIsakmpSa;
      return print(render(snapshot), snapshot.ikeSas);
    },
  }),
  exec({
    form: [show, crypto, isakmp, kw("policy", "Show ISAKMP protection suite policy")],
    run: ({ snapshot }: ExecContext) => print(showIsakmpPolicy(snapshot), snapshot.spec.ikePolicies),
  }),
  exec({
    level: 15,
    form: [show, crypto, isakmp, kw("key", "Show ISAKMP preshared keys")],
    run: ({ snapshot }: ExecContext) => print(showIsakmpKey(snapshot), snapshot.spec.preSharedKeys),
  }),
  exec({
    form: [show, crypto, isakmp, kw("peers", "Show ISAKMP peer structures")],
    run: ({ snapshot }: ExecContext) => print(showIsakmpPeers(snapshot), snapshot.connections),
  }),
  exec({
    form: [
      show,
      crypto,
      ipsec,
      sa,
      opt(
        oneOf(
          [kw("peer", "Show peer"), arg("peer", ipv4(), "Peer's address")],
          [kw("interface", "Show info for specific interface"), arg("interface", anyInterface, "Interface")],
          [kw("map", "IPSec SA for specific crypto map"), arg("map", word(), "Crypto map name")],
        ),
      ),
      flag("detail", "detail", "Show counters detail"),
    ],
    run: ({ snapshot }: ExecContext, values) =>
      print(
        showIpsecSa(snapshot, {
          detail: values.detail === true,
          ...(values.peer === undefined ? {} : { peer: values.peer }),
          ...(values.interface === undefined ? {} : { interfaceName: nameOf(values.interface) }),
          ...(values.map === undefined ? {} : { map: values.map }),
        }),
        snapshot.connections,
      ),
  }),
  exec({
    form: [show, crypto, ipsec, sa, kw("count", "Show SA count")],
    run: ({ snapshot }: ExecContext) => print(showIpsecSaCount(snapshot), snapshot.connections.length),
  }),
  exec({
    form: [show, crypto, ipsec, kw("transform-set", "Crypto transform sets")],
    run: ({ chassis }: ExecContext) => {
      const sets = transformSets(chassis);
      return print(showTransformSets(sets), sets);
    },
  }),
  exec({
    form: [
      show,
      crypto,
      ipsec,
      kw("security-association", "Show parameters for IPSec security associations"),
      kw("lifetime", "Show the lifetime"),
    ],
    run: ({ snapshot }: ExecContext) => print(showIpsecLifetime(snapshot), undefined),
  }),
  exec({
    form: [
      show,
      crypto,
      kw("map", "Crypto maps"),
      opt(
        oneOf(
          [kw("tag", "Crypto maps with a given tag"), arg("tag", word(), "Crypto map name")],
          [kw("interface", "Crypto maps for an interface"), arg("interface", anyInterface, "Interface")],
        ),
      ),
    ],
    run: ({ snapshot, chassis }: ExecContext, { tag, interface: port }) => {
      const configured = cryptoMaps(chassis, new Warnings());
      const filter = {
        ...(tag === undefined ? {} : { tag }),
        ...(port === undefined ? {} : { interfaceName: nameOf(port) }),
      };
      return print(showCryptoMap(snapshot, configured, filter), configured);
    },
  }),
  exec({
    form: [
      show,
      crypto,
      kw("dynamic-map", "Crypto map templates"),
      opt(kw("tag", "Crypto map templates with a given tag"), arg("tag", word(), "Dynamic map name")),
    ],
    run: ({ chassis }: ExecContext, { tag }) => {
      const configured = cryptoMaps(chassis, new Warnings());
      return print(showDynamicMap(configured, tag), configured.templates);
    },
  }),
  exec({
    form: [show, crypto, kw("session", "Show crypto sessions (tunnels)"), flag("detail", "detail", "Show detail")],
    run: ({ snapshot }: ExecContext, { detail }) =>
      print(showCryptoSession(snapshot, detail === true), snapshot.connections),
  }),
  exec({
    form: [
      show,
      crypto,
      kw("engine", "Show crypto engine info"),
      kw("connections", "Show crypto engine connections"),
      kw("active", "Show all active crypto engine connections"),
    ],
    run: ({ snapshot }: ExecContext) => print(showCryptoEngineConnections(snapshot), snapshot.connections),
  }),
  exec({
    form: [
      show,
      crypto,
      kw("engine", "Show crypto engine info"),
      pick("what", { brief: "Show all crypto engines", configuration: "Show crypto engine config" }),
    ],
    run: ({ snapshot }: ExecContext) => print(showCryptoEngineBrief(snapshot), snapshot.cryptoEngine),
  }),
  exec({
    form: [show, kw("vpdn", "VPDN information")],
    run: ({ snapshot }: ExecContext) => print(showVpdn(snapshot), snapshot.l2tp),
  }),
  exec({
    form: [
      show,
      pick("protocol", { l2tp: "Layer 2 Tunnel Protocol", vpdn: "VPDN information" }),
      kw("tunnel", "L2TP control channel information"),
      flag("all", "all", "Everything of every tunnel"),
    ],
    run: ({ snapshot }: ExecContext, { all }) =>
      print(all === true ? showL2tpTunnelAll(snapshot) : showL2tpTunnel(snapshot), snapshot.l2tp.tunnels),
  }),
  exec({
    form: [
      show,
      pick("protocol", { l2tp: "Layer 2 Tunnel Protocol", vpdn: "VPDN information" }),
      kw("session", "L2TP session information"),
      flag("all", "all", "Everything of every session"),
    ],
    run: ({ snapshot }: ExecContext, { all }) =>
      print(all === true ? showL2tpSessionAll(snapshot) : showL2tpSession(snapshot), snapshot.sessions),
  }),
  exec({
    form: [show, kw("l2tp", "Layer 2 Tunnel Protocol")],
    run: ({ snapshot }: ExecContext) => print(showVpdn(snapshot), snapshot.l2tp),
  }),
  exec({
    form: [
      show,
      kw("users", "Display information about terminal lines"),
      flag("all", "all", "Include information about inactive ports"),
    ],
    run: ({ snapshot, session }: ExecContext) =>
      print(
        showUsers(snapshot, [{ number: 0, name: session.line, user: session.user, idleSeconds: 0, current: true }]),
        snapshot.sessions,
      ),
  }),
  exec({
    form: [
      show,
      ip,
      kw("local", "IP local options"),
      kw("pool", "IP Local address pool lists"),
      opt(arg("name", word(), "Address pool")),
    ],
    run: ({ snapshot }: ExecContext, { name }) => print(showIpLocalPool(snapshot, name), snapshot.pools),
  }),
  exec({
    form: [
      show,
      ip,
      kw("interface", "IP interface status and configuration"),
      kw("brief", "Brief summary of IP status and configuration"),
    ],
    run: ({ snapshot }: ExecContext) =>
      print(
        showIpInterfaceBrief(snapshot),
        snapshot.spec.virtualRouters.map((router) => router.interfaces),
      ),
  }),
  exec({
    form: [
      show,
      kw("interfaces", "Interface status and configuration"),
      opt(arg("interface", anyInterface, "Interface")),
    ],
    run: ({ snapshot }: ExecContext, { interface: port }) =>
      print(showInterfaces(snapshot, port === undefined ? undefined : nameOf(port)), snapshot.sessions),
  }),
  exec({
    form: [show, kw("ppp", "PPP parameters and statistics"), kw("all", "Every PPP session")],
    run: ({ snapshot }: ExecContext) => print(showPppAll(snapshot), snapshot.sessions),
  }),
  exec({
    form: [
      show,
      ip,
      kw("route", "IP routing table"),
      opt(kw("vrf", "Routes of a VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
    ],
    run: ({ snapshot }: ExecContext, { vrf }) =>
      print(
        showIpRoute(snapshot, vrf),
        snapshot.spec.virtualRouters.map((router) => router.routes),
      ),
  }),
  exec({
    level: 15,
    form: [
      show,
      kw("running-config", "Current operating configuration"),
      opt(kw("interface", "Show interface configuration"), arg("interface", anyInterface, "Interface")),
    ],
    run: (context: ExecContext, { interface: port }) => {
      const body = context.renderConfiguration();
      const lines = port === undefined ? runningConfiguration(body) : runningInterface(body, nameOf(port));
      return print(lines, lines);
    },
  }),
  exec({
    level: 15,
    form: [kw("write", "Write running configuration to memory or terminal"), kw("terminal", "Write to terminal")],
    run: (context: ExecContext) => print(runningConfiguration(context.renderConfiguration()), undefined),
  }),
  exec({
    form: [show, kw("version", "System hardware and software status")],
    run: ({ snapshot, version }: ExecContext) => print(showVersion(snapshot, version), version),
  }),
  exec({
    form: [show, kw("clock", "Display the system clock")],
    run: ({ clock }: ExecContext) => print([clockLine(clock.now)], clock.now.toISOString()),
  }),
  exec({
    form: [show, kw("privilege", "Show current privilege level")],
    run: ({ session }: ExecContext) => print([`Current privilege level is ${session.level}`], session.level),
  }),
  exec({
    form: [show],
    run: () => ({ lines: ['% Type "show ?" for a list of subcommands', ""], ok: false }),
  }),
];

/** `*18:57:38.347 UTC Mon Oct 19 2015`. */
function clockLine(now: Date): string {
  // "Mon, 19 Oct 2015 18:57:38 GMT"
  const [weekday = "", day = "", month = "", year = ""] = now.toUTCString().split(/,? /);
  return `*${now.toISOString().slice(11, 23)} UTC ${weekday} ${month} ${Number(day)} ${year}`;
}
