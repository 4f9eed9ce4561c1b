/** `show crypto ipsec …`, `show crypto map`, `show crypto dynamic-map`, `show crypto session`. */

import { uint, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, cryptoMapName, isakmpProfileName, nameOf, peerAddress } from "../arguments.ts";
import { cryptoMaps, transformSets } from "../compile/crypto-maps.ts";
import { Warnings } from "../compile/warnings.ts";
import { connectionsOf } from "../show/connection-filter.ts";
import { showIpsecLifetime, showIpsecSa, showIpsecSaCount, showTransformSets } from "../show/crypto-ipsec.ts";
import { showCryptoMap, showDynamicMap } from "../show/crypto-map.ts";
import { connectionModel } from "../show/crypto-models.ts";
import { showCryptoSession } from "../show/crypto-session.ts";
import { showCryptoSessionBrief } from "../show/crypto-session-brief.ts";
import { showIpsecAddresses } from "../show/ipsec-addresses.ts";
import { ipsecProfiles, showIpsecProfiles } from "../show/ipsec-profile.ts";
import { CRYPTO_MARKS } from "./counter-marks.ts";
import { print, show } from "./words.ts";

const crypto = kw("crypto", "Encryption module");
const ipsec = kw("ipsec", "Show IPSEC policy");
const defaultSets = kw("default", "Transform sets that need no configuration");
const sa = kw("sa", "Security associations");

export const showIpsecCommands = [
  exec({
    form: [
      show,
      crypto,
      ipsec,
      sa,
      opt(
        oneOf(
          [
            kw("peer", "Show peer"),
            arg("peer", peerAddress, "Peer's address"),
            opt(kw("port", "Peer's port"), arg("port", uint(1, 65_535), "Port number")),
          ],
          [kw("interface", "Show info for specific interface"), arg("interface", anyInterface, "Interface")],
          [kw("map", "IPSec SA for specific crypto map"), arg("map", cryptoMapName, "Crypto map name")],
          [kw("vrf", "IPSec SAs of a VRF"), arg("vrf", word(), "VRF name")],
          [
            pick("which", {
              active: "Show HA-enabled active SAs",
              identity: "IPSEC SADB identity tree",
              standby: "Show HA-enabled standby SAs",
            }),
          ],
        ),
      ),
      flag("detail", "detail", "Show counters detail"),
    ],
    run: ({ snapshot, baselines }: ExecContext, values) => {
      const { peer, port, map, vrf, which, interface: name } = values;
      const interfaceName = name === undefined ? undefined : nameOf(name);
      const filter = { peer, port, map, vrf, interfaceName, standby: which === "standby" };
      const style = {
        detail: values.detail === true,
        identity: which === "identity",
        counted: baselines.since(CRYPTO_MARKS, snapshot),
      };
      return print(showIpsecSa(snapshot, filter, style), connectionModel(snapshot, connectionsOf(snapshot, filter)));
    },
  }),
  exec({
    form: [
      show,
      crypto,
      ipsec,
      sa,
      kw("address", "IPSEC SA table in (dest) address order"),
      flag("detail", "detail", "Show counters detail"),
    ],
    run: ({ snapshot }: ExecContext) => print(showIpsecAddresses(snapshot), connectionModel(snapshot)),
  }),
  exec({
    form: [show, crypto, ipsec, sa, kw("count", "Show SA count")],
    run: ({ snapshot }: ExecContext) => {
      const sas = snapshot.connections.flatMap((connection) => connection.sas);
      const active = 2 * sas.filter(({ superseded }) => !superseded).length;
      return print(showIpsecSaCount(snapshot), { total: 2 * sas.length, active, unused: 2 * sas.length - active });
    },
  }),
  exec({
    form: [
      show,
      crypto,
      ipsec,
      kw("transform-set", "Crypto transform sets"),
      opt(kw("tag", "Transform set with a given tag"), arg("tag", word(), "Transform set name")),
    ],
    run: ({ chassis }: ExecContext, { tag }) => {
      const sets = transformSets(chassis).filter(({ name }) => name === (tag ?? name));
      return print(showTransformSets(sets), sets);
    },
  }),
  ...[
    [kw("transform-set", "Crypto transform sets"), defaultSets] as const,
    [defaultSets, kw("transform-set", "Crypto transform sets")] as const,
  ].map((words) =>
    exec({
      form: [show, crypto, ipsec, ...words],
      run: () => print(["% There are no default transform sets: every crypto map names its own"], []),
    }),
  ),
  exec({
    form: [
      show,
      crypto,
      ipsec,
      kw("profile", "Show ipsec profile information"),
      opt(kw("tag", "Profile with a given tag"), arg("tag", isakmpProfileName, "Profile name")),
    ],
    run: (context: ExecContext, { tag }) => {
      const profiles = ipsecProfiles(context.renderConfiguration()).filter(({ name }) => name === (tag ?? name));
      return print(showIpsecProfiles(profiles, transformSets(context.chassis)), profiles);
    },
  }),
  exec({
    form: [
      show,
      crypto,
      ipsec,
      kw("security-association", "Show parameters for IPSec security associations"),
      opt(pick("what", { lifetime: "Show the lifetime" })),
    ],
    run: ({ snapshot }: ExecContext) => {
      const gateway = snapshot.spec.ipsecGateways[0];
      const kilobytes = gateway?.lifetimeKilobytes ?? null;
      return print(showIpsecLifetime(snapshot), { kilobytes, seconds: gateway?.lifetimeSeconds ?? 3600 });
    },
  }),
  exec({
    form: [
      show,
      crypto,
      kw("map", "Crypto maps"),
      opt(
        oneOf(
          [kw("tag", "Crypto maps with a given tag"), arg("tag", cryptoMapName, "Crypto map name")],
          [kw("interface", "Crypto maps for an interface"), arg("interface", anyInterface, "Interface")],
        ),
      ),
    ],
    run: ({ snapshot, chassis }: ExecContext, { tag, interface: port }) => {
      const configured = cryptoMaps(chassis, new Warnings());
      const filter = { tag, interfaceName: port === undefined ? undefined : nameOf(port) };
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
      const templates = configured.templates.filter(({ name }) => name === (tag ?? name));
      return print(showDynamicMap(configured, tag), templates);
    },
  }),
  exec({
    form: [
      show,
      crypto,
      kw("session", "Show crypto sessions (tunnels)"),
      opt(
        oneOf(
          [
            kw("remote", "Crypto sessions with a peer"),
            arg("remote", peerAddress, "Peer's address"),
            opt(kw("port", "Peer's port"), arg("port", uint(1, 65_535), "Port number")),
          ],
          [kw("local", "Crypto sessions of a local address"), arg("local", peerAddress, "Local address")],
          [kw("interface", "Crypto sessions on an interface"), arg("interface", anyInterface, "Interface")],
          [kw("username", "Crypto sessions of a user"), arg("user", word(), "User name")],
          [kw("fvrf", "Crypto sessions of a front-door VRF"), arg("fvrf", word(), "VRF name")],
          [kw("ivrf", "Crypto sessions of an inside VRF"), arg("ivrf", word(), "VRF name")],
          [pick("which", { active: "Show HA-enabled active sessions", standby: "Show standby sessions" })],
        ),
      ),
      opt(pick("style", { brief: "Show a line for each session", detail: "Show detail" })),
    ],
    run: ({ snapshot }: ExecContext, values) => {
      const { remote: peer, port, local, user, fvrf, ivrf, which, interface: name } = values;
      const interfaceName = name === undefined ? undefined : nameOf(name);
      const filter = { peer, port, local, user, vrf: fvrf ?? ivrf, interfaceName, standby: which === "standby" };
      const lines =
        values.style === "brief"
          ? showCryptoSessionBrief(snapshot, filter)
          : showCryptoSession(snapshot, values.style === "detail", filter);
      return print(lines, connectionModel(snapshot, connectionsOf(snapshot, filter)));
    },
  }),
];
