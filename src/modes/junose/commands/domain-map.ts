/** Domain maps and tunnel groups: for a LAC and for AAA by domain; kept and printed. */

import { ipv4, quotedWord, uint, word } from "../../../grammar/arguments.ts";
import { inert, type Mode, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { domainName, interfaceReference, password, poolName, routerName, tunnelHostName } from "../arguments.ts";
import { domainMapMode, domainMapTunnelMode, globalMode, tunnelGroupMode, tunnelGroupTunnelMode } from "../modes.ts";

const aaa = kw("aaa", "Configure authentication, authorization, and accounting characteristics");
const effect = inert("users are looked up by their whole name, without domain maps");
const tunnelEffect = inert("the router opens no tunnels of its own");

function router(keyword: string, help: string) {
  return setting({
    mode: domainMapMode,
    effect,
    form: [kw(keyword, help), arg("name", routerName, "Name of the virtual router")],
  });
}

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
    setting({ ...base, form: [kw("server-name", "Configure the peer's name"), arg("name", tunnelHostName, "Name")] }),
    setting({
      ...base,
      form: [kw("password", "Configure the tunnel password"), arg("password", secret(password), "Password")],
    }),
    setting({
      ...base,
      form: [kw("identification", "Configure the identifier"), arg("id", quotedWord({ max: 32 }), "Identifier")],
    }),
    setting({
      ...base,
      form: [kw("preference", "Configure the preference"), arg("level", uint(0, 2000), "Level; 0 is best")],
    }),
    setting({
      ...base,
      form: [kw("max-sessions", "Configure the number of sessions"), arg("count", uint(0, 65_535), "Sessions")],
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

export const domainMapCommands = [
  opener({
    mode: globalMode,
    opens: domainMapMode,
    section: "domainMap",
    effect,
    form: [
      aaa,
      kw("domain-map", "Configure how users of a domain are treated"),
      arg("domain", domainName, "Domain, or none, or default"),
      opt(arg("router", routerName, "Virtual router of the domain")),
    ],
    key: ["domain"],
  }),
  router("router-name", "Configure the virtual router"),
  router("auth-router-name", "Configure the virtual router of authentication"),
  router("ip-router-name", "Configure the virtual router of IP"),
  router("ipv6-router-name", "Configure the virtual router of IPv6"),
  setting({
    mode: domainMapMode,
    effect,
    form: [kw("address-pool-name", "Configure the address pool"), arg("pool", poolName, "Name of the pool")],
  }),
  setting({
    mode: domainMapMode,
    effect,
    form: [kw("backup-address-pool-name", "Configure the second pool"), arg("pool", poolName, "Name of the pool")],
  }),
  setting({
    mode: domainMapMode,
    effect,
    form: [kw("loopback", "Configure the loopback interface"), arg("number", uint(0, 2_147_483_647), "Number")],
  }),
  setting({
    mode: domainMapMode,
    effect,
    form: [kw("local-interface", "Configure the interface"), arg("interface", interfaceReference, "Interface")],
  }),
  setting({
    mode: domainMapMode,
    effect,
    form: [
      kw("strip-domain", "Configure whether the domain is cut off"),
      pick("state", { enable: "Cut it off", disable: "Leave it" }),
    ],
  }),
  setting({
    mode: domainMapMode,
    effect,
    form: [
      kw("override-user", "Configure who every user of the domain is"),
      kw("name", "Name of the user"),
      arg("name", word({ max: 64 }), "Name"),
      kw("password", "Password of the user"),
      arg("password", secret(password), "Password"),
    ],
  }),
  setting({
    mode: domainMapMode,
    effect,
    form: [kw("ip-hint", "Configure address hints"), pick("state", { enable: "Give them", disable: "Give none" })],
  }),
  setting({
    mode: domainMapMode,
    effect: tunnelEffect,
    form: [kw("tunnel-group", "Configure the tunnel group"), arg("name", domainName, "Name of the group")],
  }),
  tunnelOpener(domainMapMode, domainMapTunnelMode),
  ...tunnelCommands(domainMapTunnelMode),
  opener({
    mode: globalMode,
    opens: tunnelGroupMode,
    section: "domainMap",
    effect: tunnelEffect,
    form: [aaa, kw("tunnel-group", "Configure a tunnel group"), arg("name", domainName, "Name of the group")],
    key: ["name"],
  }),
  tunnelOpener(tunnelGroupMode, tunnelGroupTunnelMode),
  ...tunnelCommands(tunnelGroupTunnelMode),
];
