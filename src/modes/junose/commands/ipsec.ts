/** IPsec settings outside the modes: options, lifetimes, transform sets, keys of the whole router. */

import { ipv4, named, uint } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, opt, pick } from "../../../grammar/elements.ts";
import { objectName, routerName } from "../arguments.ts";
import { globalMode } from "../modes.ts";
import { transforms } from "../transforms.ts";

export const ipsec = kw("ipsec", "Configure IPsec");
const chassis = { mode: globalMode, section: "ipsec" } as const;
const option = kw("option", "Configure an IPsec option of this virtual router");
const inRouter = { mode: globalMode, scope: "virtualRouter", section: "ipsecOption" } as const;

/** On by default; `no` is kept. Negotiations that follow are affected, IKE SAs that stand are not. */
export const natTraversal = setting({
  ...inRouter,
  form: [ipsec, option, kw("nat-t", "NAT Traversal")],
  negation: "stored",
  initial: {},
  quiet: true,
});

export const deadPeerDetection = setting({ ...inRouter, form: [ipsec, option, kw("dpd", "Dead Peer Detection")] });

export const invalidCookie = setting({
  ...inRouter,
  form: [ipsec, option, kw("tx-invalid-cookie", "Answer unknown cookies with a notification")],
});

export const SECONDS = { min: 1800, max: 864_000 } as const;
/** The upper end means unlimited. */
export const KILOBYTES = { min: 102_400, max: 4_294_967_295 } as const;

const noTunnels = inert("it is of IPsec tunnels, which are not carried; a transport profile has a range of its own");

export const lifetimeSeconds = setting({
  ...chassis,
  effect: noTunnels,
  form: [
    ipsec,
    kw("lifetime", "Configure how long IPsec SAs live"),
    kw("seconds", "In seconds"),
    arg("seconds", uint(SECONDS.min, SECONDS.max), "Seconds"),
  ],
  initial: { seconds: 28_800 },
  quiet: true,
});

export const lifetimeKilobytes = setting({
  ...chassis,
  effect: noTunnels,
  form: [
    ipsec,
    kw("lifetime", "Configure how long IPsec SAs live"),
    kw("kilobytes", "In kilobytes"),
    arg("kilobytes", uint(KILOBYTES.min, KILOBYTES.max), "Kilobytes"),
  ],
  initial: { kilobytes: KILOBYTES.max },
  quiet: true,
});

export const transformSet = setting({
  ...chassis,
  form: [
    ipsec,
    kw("transform-set", "Configure a transform set"),
    arg("name", named("transformSet", objectName), "Name of the transform set"),
    many("transforms", pick("transform", transforms), 6),
  ],
  key: ["name"],
});

export const localEndpoint = setting({
  ...chassis,
  form: [
    ipsec,
    kw("local-endpoint", "Configure our end of IPsec tunnels"),
    arg("address", ipv4(), "IP address"),
    kw("transport-virtual-router", "Virtual router of the address"),
    arg("virtualRouter", routerName, "Name of the virtual router"),
  ],
  key: ["virtualRouter"],
  noForm: [
    ipsec,
    kw("local-endpoint", "Configure our end of IPsec tunnels"),
    arg("address", ipv4(), "IP address"),
    opt(
      kw("transport-virtual-router", "Virtual router of the address"),
      arg("virtualRouter", routerName, "Name of the virtual router"),
    ),
  ],
  effect: inert("IPsec tunnels are not carried; transport profiles name their own addresses"),
});

export const ipsecCommands = [
  transformSet,
  lifetimeSeconds,
  lifetimeKilobytes,
  localEndpoint,
  natTraversal,
  deadPeerDetection,
  invalidCookie,
];
