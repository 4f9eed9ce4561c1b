/**
 * Domain maps: what the domain in a user's name decides. Their tunnels, and tunnel groups, belong to a LAC and are kept and
 * printed.
 */

import { ipv4, quotedWord, uint } from "../../../grammar/arguments.ts";
import { inert, type Mode, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import {
  domainName,
  interfaceReference,
  nameOf,
  password,
  poolName,
  routerName,
  tunnelHostName,
  userName,
} from "../arguments.ts";
import { maskable } from "../masking.ts";
import { domainMapMode, domainMapTunnelMode, globalMode, tunnelGroupMode, tunnelGroupTunnelMode } from "../modes.ts";
import { address, anInterface, netmask } from "./kept-parameters.ts";

const aaa = kw("aaa", "Configure authentication, authorization, and accounting characteristics");
const tunnelEffect = inert("the router opens no tunnels of its own");

export const domainMap = opener({
  mode: globalMode,
  opens: domainMapMode,
  section: "domainMap",
  form: [
    aaa,
    kw("domain-map", "Configure how users of a domain are treated"),
    arg("domain", domainName, "Domain, or none, or default"),
    opt(arg("router", routerName, "Virtual router of the domain")),
  ],
  key: ["domain"],
});

const mode = domainMapMode;
const routerOfMap = arg("name", routerName, "Name of the virtual router");

/** Authentication and IP, where they have no line of their own. */
export const mapRouter = setting({ mode, form: [kw("router-name", "Configure the virtual router"), routerOfMap] });

export const mapAuthenticationRouter = setting({
  mode,
  form: [kw("auth-router-name", "Configure the virtual router of authentication"), routerOfMap],
});

export const mapIpRouter = setting({
  mode,
  form: [kw("ip-router-name", "Configure the virtual router of IP"), routerOfMap],
});

const mapIpv6Router = setting({
  mode,
  form: [kw("ipv6-router-name", "Configure the virtual router of IPv6"), routerOfMap],
  effect: inert("only IPv4 is carried"),
});

export const mapPool = setting({
  mode,
  form: [kw("address-pool-name", "Configure the address pool"), arg("pool", poolName, "Name of the pool")],
});

export const mapBackupPool = setting({
  mode,
  form: [kw("backup-address-pool-name", "Configure the second pool"), arg("pool", poolName, "Name of the pool")],
});

export const mapLoopback = setting({
  mode,
  form: [kw("loopback", "Configure the loopback interface"), arg("number", uint(0, 2_147_483_647), "Number")],
});

export const mapInterface = setting({
  mode,
  form: [
    kw("local-interface", "Configure the interface that lends our address"),
    arg("interface", interfaceReference, "Interface"),
  ],
});

export const mapStripDomain = setting({
  mode,
  form: [
    kw("strip-domain", "Configure whether the domain is cut off"),
    pick("state", { enable: "Cut it off", disable: "Leave it" }),
  ],
  initial: { state: "disable" },
  quiet: true,
});

export const mapOverride = setting({
  mode,
  form: [
    kw("override-user", "Configure who every user of the domain is"),
    kw("name", "Name of the user"),
    arg("name", nameOf(64), "Name"),
    kw("password", "Password of the user"),
    maskable("password", password, "Password"),
  ],
});

const mapIpHint = setting({
  mode,
  form: [kw("ip-hint", "Configure address hints"), pick("state", { enable: "Give them", disable: "Give none" })],
  effect: inert("the local address server takes no hints"),
});

function tunnelOpener(mode: Mode, opens: Mode) {
  return opener({
    mode,
    opens,
    effect: tunnelEffect,
    form: [kw("tunnel", "Configure a tunnel"), arg("tag", uint(1, 31), "Tag of the tunnel")],
    key: ["tag"],
  });
}

function tunnelCommands(mode: Mode) {
  const base = { mode, effect: tunnelEffect } as const;
  return [
    setting({ ...base, form: [kw("address", "Configure the peer"), arg("address", ipv4(), "Address of the peer")] }),
    setting({ ...base, form: [kw("hostname", "Configure our host name"), arg("name", tunnelHostName, "Host name")] }),
    setting({ ...base, form: [kw("client-name", "Configure the name we give"), arg("name", tunnelHostName, "Name")] }),
    setting({ ...base, form: [kw("server-name", "Configure the peer's name"), arg("name", tunnelHostName, "Name")] }),
    setting({
      ...base,
      form: [kw("password", "Configure the tunnel password"), maskable("password", password, "Password")],
    }),
    setting({
      ...base,
      form: [kw("identification", "Configure the identifier"), arg("id", quotedWord({ max: 32 }), "Identifier")],
    }),
    setting({
      ...base,
      form: [kw("preference", "Configure the preference"), arg("level", uint(0, 2000), "Level; 0 is best")],
      initial: { level: 1000 },
      quiet: true,
    }),
    setting({
      ...base,
      form: [kw("max-sessions", "Configure the number of sessions"), arg("count", uint(0, 65_535), "Sessions")],
      initial: { count: 1000 },
      quiet: true,
    }),
    setting({ ...base, form: [kw("medium", "Configure the medium"), pick("medium", { ipv4: "IP version 4" })] }),
    setting({ ...base, form: [kw("type", "Configure the protocol"), pick("type", { l2tp: "L2TP" })] }),
    setting({
      ...base,
      form: [kw("source-address", "Configure our address"), arg("address", ipv4(), "Our address")],
    }),
    setting({
      ...base,
      form: [kw("router-name", "Configure the virtual router"), arg("name", routerName, "Name of the virtual router")],
    }),
  ];
}

const mapRest = keptLines(
  { mode, effect: inert("users come through L2TP and have an IPv4 address each") },
  {
    "atm override-user": [
      "Configure who users of ATM are",
      [
        kw("name", "Name"),
        arg("name", userName, "Name"),
        kw("password", "Password"),
        maskable("password", password, "Password"),
      ],
    ],
    "ipv6-local-interface": ["Configure the interface that lends our IPv6 address", [anInterface]],
    padn: [
      "Configure routes of PPPoE users",
      [address, netmask, arg("distance", uint(0, 255), "Distance")],
      ["address", "mask"],
    ],
  },
);

export const mapTunnel = tunnelOpener(domainMapMode, domainMapTunnelMode);

export const tunnelGroupOfMap = setting({
  mode,
  form: [kw("tunnel-group", "Configure the tunnel group"), arg("name", domainName, "Name of the group")],
  effect: tunnelEffect,
});

const tunnelGroup = opener({
  mode: globalMode,
  opens: tunnelGroupMode,
  section: "domainMap",
  effect: tunnelEffect,
  form: [aaa, kw("tunnel-group", "Configure a tunnel group"), arg("name", domainName, "Name of the group")],
  key: ["name"],
});

export const domainMapCommands = [
  domainMap,
  mapRouter,
  mapAuthenticationRouter,
  mapIpRouter,
  mapIpv6Router,
  mapPool,
  mapBackupPool,
  mapLoopback,
  mapInterface,
  mapStripDomain,
  mapOverride,
  mapIpHint,
  ...mapRest,
  tunnelGroupOfMap,
  mapTunnel,
  ...tunnelCommands(domainMapTunnelMode),
  tunnelGroup,
  tunnelOpener(tunnelGroupMode, tunnelGroupTunnelMode),
  ...tunnelCommands(tunnelGroupTunnelMode),
];
