/**
 * L2TP destination profiles: who may open tunnels to us. Without one no tunnel is accepted; removing one
 * drops its tunnels.
 */

import { ipv4, named, quotedWord, uint } from "../../../grammar/arguments.ts";
import { inert, type Opener, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, opt, pick } from "../../../grammar/elements.ts";
import { objectName, password, routerName, tunnelHostName } from "../arguments.ts";
import { maskable } from "../masking.ts";
import { destinationHostMode, destinationProfileMode, globalMode, sessionsLimitGroupMode } from "../modes.ts";

const MAX_SESSIONS = 65_535;

const profileForm = [
  kw("l2tp", "Configure L2TP"),
  kw("destination", "Configure an L2TP destination"),
  kw("profile", "Configure an L2TP destination profile"),
  arg("name", named("destinationProfile", objectName), "Name of the profile"),
  opt(
    opt(kw("virtual-router", "Virtual router"), arg("virtualRouter", routerName, "Name of the virtual router")),
    kw("ip", "IP"),
    kw("address", "Address of the peer"),
    arg("address", ipv4(), "Address of the peer; 0.0.0.0 is any"),
  ),
] as const;

export const destinationProfile: Opener<typeof profileForm> = opener({
  mode: globalMode,
  scope: "virtualRouter",
  opens: destinationProfileMode,
  section: "l2tpDestination",
  form: profileForm,
  key: ["name"],
  /** A profile is entered again by its name alone. */
  check({ name, address }, config) {
    const known = config.find(destinationProfile, { name }) !== undefined;
    return address === undefined && !known ? `% L2TP destination profile ${name} needs an ip address` : undefined;
  },
});

export const profileMaxSessions = setting({
  mode: destinationProfileMode,
  form: [
    kw("max-sessions", "Configure the number of sessions"),
    arg("count", uint(1, MAX_SESSIONS), "Sessions of all its hosts"),
  ],
});

const groupForm = [
  kw("sessions-limit-group", "Configure a limit that hosts share"),
  arg("name", objectName, "Name of the group"),
] as const;

/** A limit that those of the profile's hosts share which name it. */
export const sessionsLimitGroup: Opener<typeof groupForm> = opener({
  mode: destinationProfileMode,
  opens: sessionsLimitGroupMode,
  form: groupForm,
  key: ["name"],
});

export const groupMaxSessions = setting({
  mode: sessionsLimitGroupMode,
  form: [
    kw("max-sessions", "Configure the number of sessions"),
    arg("count", uint(1, MAX_SESSIONS), "Sessions of all hosts of the group"),
  ],
});

export const remoteHost = opener({
  mode: destinationProfileMode,
  opens: destinationHostMode,
  form: [
    kw("remote", "Configure a remote peer"),
    kw("host", "Configure the host profile of a peer"),
    arg("name", tunnelHostName, "Host name that the peer sends, or default"),
  ],
  key: ["name"],
});

const host = { mode: destinationHostMode } as const;

export const enableIpsec = setting({
  ...host,
  form: [kw("enable", "Enable a feature"), kw("ipsec-transport", "Accept tunnels only under IPsec")],
});

/** Later releases say `interface profile` for the same; it is kept and printed as `profile`. */
export const hostProfile = setting({
  ...host,
  form: [
    flag("interface", "interface", "Configure the interfaces of the sessions"),
    kw("profile", "Configure the profile of the sessions"),
    arg("name", named("profile", objectName), "Name of the profile"),
  ],
  normal: ({ interface: _later, ...said }) => said,
});

export const localAddress = setting({
  ...host,
  form: [
    kw("local", "Configure our end"),
    kw("ip", "IP"),
    kw("address", "Address that the peer must call"),
    arg("address", ipv4(), "IP address"),
  ],
});

export const localHost = setting({
  ...host,
  form: [
    kw("local", "Configure our end"),
    kw("host", "Host name that we send"),
    arg("name", tunnelHostName, "Host name"),
  ],
});

export const tunnelPassword = setting({
  ...host,
  form: [
    kw("tunnel", "Configure the tunnel"),
    kw("password", "Configure the tunnel password"),
    maskable("password", password, "Password"),
  ],
});

export const singleShot = setting({
  ...host,
  form: [kw("single-shot-tunnel", "One session in the whole life of a tunnel")],
});

export const hostDisconnectCause = setting({
  ...host,
  form: [kw("disconnect-cause", "Tell the peer why PPP disconnected")],
});

export const resultCodeOverride = setting({
  ...host,
  form: [
    kw(
      "session-out-of-resource-result-code-override",
      "Answer calls above a limit with result code 2 instead of 4 or 5",
    ),
  ],
});

export const hostMaxSessions = setting({
  ...host,
  form: [kw("max-sessions", "Configure the number of sessions"), arg("count", uint(1, MAX_SESSIONS), "Sessions")],
});

export const hostLimitGroup = setting({ ...host, form: groupForm });

export const hostReceiveWindow = setting({
  ...host,
  form: [kw("receive-window-size", "Configure the receive window"), arg("size", uint(4, 4), "Control messages")],
});

export const proxyAuthenticate = setting({
  ...host,
  form: [
    kw("enable", "Enable a feature"),
    kw("proxy", "Use what the peer negotiated"),
    kw("authenticate", "Use its authentication"),
  ],
});

export const proxyLcp = setting({
  ...host,
  form: [
    kw("disable", "Disable a feature"),
    kw("proxy", "What the peer negotiated"),
    kw("lcp", "Negotiate LCP from scratch"),
  ],
});

export const upperType = setting({
  ...host,
  form: [
    kw("default-upper-type", "Configure what stands on a session"),
    pick("type", { mlppp: "Multilink PPP", ppp: "PPP" }),
  ],
  initial: { type: "ppp" },
  quiet: true,
  effect: inert("PPP stands on every session"),
});

export const bearerType = setting({
  ...host,
  form: [
    kw("bearer-type", "Configure the bearer of outgoing calls"),
    pick("type", { digital: "Digital", analog: "Analog", none: "None" }),
  ],
  effect: inert("the router makes no outgoing calls"),
});

export const hostFailoverResync = setting({
  ...host,
  form: [
    kw("failover-resync", "Configure resynchronization with the peer"),
    pick("method", {
      "failover-protocol": "Failover protocol",
      "failover-protocol-fallback-to-silent-failover": "Failover protocol where the peer has it",
      "silent-failover": "Silent failover",
      disable: "None",
    }),
  ],
  effect: inert("there is no second route processor"),
});

export const hostSwitchProfile = setting({
  ...host,
  form: [
    kw("tunnel-switch-profile", "Configure the tunnel switch profile"),
    arg("name", quotedWord({ max: 64 }), "Name of the profile"),
  ],
  effect: inert("the router opens no tunnels of its own"),
});

export const destinationProfileCommands = [
  destinationProfile,
  profileMaxSessions,
  sessionsLimitGroup,
  groupMaxSessions,
  remoteHost,
  enableIpsec,
  hostProfile,
  localAddress,
  localHost,
  tunnelPassword,
  proxyAuthenticate,
  proxyLcp,
  upperType,
  bearerType,
  hostReceiveWindow,
  hostFailoverResync,
  hostSwitchProfile,
  hostMaxSessions,
  hostLimitGroup,
  hostDisconnectCause,
  singleShot,
  resultCodeOverride,
];
