/** The show commands: which there are, and what each prints. They also work in configuration modes. */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { objectName, poolName, routerName } from "../arguments.ts";
import { showIkeSas } from "../show/ike-sa.ts";
import {
  showIkePolicyRules,
  showIpsecLifetime,
  showIpsecOptions,
  showLocalEndpoint,
  showManualKeys,
  showTransformSets,
} from "../show/ipsec.ts";
import { showTransportInterfaces, showTransportProfiles } from "../show/ipsec-transport.ts";
import { showL2tp } from "../show/l2tp.ts";
import { showDestinationProfiles } from "../show/l2tp-destination-profile.ts";
import { showDestinations, showSessions, showTunnels } from "../show/l2tp-tunnels.ts";
import { showLocalPools, showSubscribers, showSubscribersSummary } from "../show/subscribers.ts";
import {
  showClock,
  showConfiguration,
  showLicenses,
  showPrivilege,
  showVersion,
  showVirtualRouters,
} from "../show/system.ts";

const PRIVILEGED_SHOW = 5;
/** Who sees secrets. */
const CONFIGURATION = 10;

const show = kw("show", "Show what the router knows");
const l2tp = kw("l2tp", "L2TP");
const ipsec = kw("ipsec", "IPsec");
const view = opt(pick("view", { detail: "Everything about each", summary: "Counts only" }));
const name = opt(arg("name", word({ placeholder: "NAME" }), "Name, as the listing prints it"));
const PROFILE = "Name of the profile";

export const showCommands = [
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, l2tp],
    run: (context: ExecContext) => showL2tp(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      l2tp,
      kw("destination", "Peers of tunnels"),
      kw("profile", "Who may open tunnels"),
      opt(arg("name", objectName, PROFILE)),
    ],
    run: (context: ExecContext, values) => showDestinationProfiles(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      l2tp,
      kw("destination", "Peers of tunnels"),
      view,
      opt(oneOf([kw("ip", "By address"), arg("address", ipv4(), "Address of the peer")], [name.elements[0]])),
    ],
    run: (context: ExecContext, values) => showDestinations(context, values.view ?? "brief", values),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, l2tp, kw("tunnel", "Tunnels"), view, name],
    run: (context: ExecContext, values) => showTunnels(context, values.view ?? "brief", values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, l2tp, kw("session", "Sessions"), view, name],
    run: (context: ExecContext, values) => showSessions(context, values.view ?? "brief", values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("option", "Options of this virtual router")],
    run: (context: ExecContext) => showIpsecOptions(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("ike-sa", "IKE SAs of this virtual router")],
    run: (context: ExecContext) => showIkeSas(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, kw("ike", "IKE", { hidden: true }), kw("sa", "IKE SAs of this virtual router")],
    run: (context: ExecContext) => showIkeSas(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      kw("ike-policy-rule", "IKE policy rules", { aliases: ["isakmp-policy-rule"] }),
      opt(arg("priority", uint(1, 10_000), "Priority of the rule")),
    ],
    run: (context: ExecContext, values) => showIkePolicyRules(context, values.priority),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("transform-set", "Transform sets"), opt(arg("name", objectName, "Name of the set"))],
    run: (context: ExecContext, values) => showTransformSets(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("lifetime", "Lifetimes of IPsec SAs")],
    run: (context: ExecContext) => showIpsecLifetime(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("local-endpoint", "Our ends of IPsec tunnels")],
    run: (context: ExecContext) => showLocalEndpoint(context),
  }),
  exec({
    level: CONFIGURATION,
    form: [
      show,
      ipsec,
      kw("key", "IKE keys"),
      kw("manual", "Keys configured by hand"),
      opt(pick("kind", { "pre-share": "Pre-shared keys" })),
    ],
    run: (context: ExecContext) => showManualKeys(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      kw("transport", "Transport mode"),
      kw("profile", "Transport profiles"),
      opt(arg("name", objectName, PROFILE)),
    ],
    run: (context: ExecContext, values) => showTransportProfiles(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      kw("transport", "Transport mode"),
      kw("interface", "Connections"),
      view,
      opt(arg("number", uint(1, 4_294_967_295), "Number of the interface")),
    ],
    run: (context: ExecContext, values) => showTransportInterfaces(context, values.view ?? "brief", values.number),
  }),
  exec({
    form: [show, kw("version", "Release and cards")],
    run: (context: ExecContext) => showVersion(context),
  }),
  exec({
    level: CONFIGURATION,
    form: [
      show,
      kw("configuration", "The running configuration"),
      opt(
        kw("virtual-router", "Of one virtual router"),
        arg("virtualRouter", routerName, "Name of the virtual router"),
      ),
    ],
    run: (context: ExecContext, values) => showConfiguration(context, values.virtualRouter),
  }),
  exec({
    form: [show, kw("virtual-router", "Virtual routers")],
    run: (context: ExecContext) => showVirtualRouters(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, kw("subscribers", "Remote users"), flag("summary", "summary", "Counts only")],
    run: (context: ExecContext, values) =>
      values.summary === true ? showSubscribersSummary(context) : showSubscribers(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      kw("ip", "IP"),
      kw("local", "Local addresses"),
      kw("pool", "Address pools"),
      opt(arg("name", poolName, "Name of the pool")),
    ],
    run: (context: ExecContext, values) => showLocalPools(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      kw("license", "License keys"),
      opt(arg("feature", word({ placeholder: "FEATURE" }), "Licensed feature")),
    ],
    run: (context: ExecContext, values) => showLicenses(context, values.feature),
  }),
  exec({
    form: [show, kw("clock", "Time of day")],
    run: (context: ExecContext) => showClock(context),
  }),
  exec({
    form: [show, kw("privilege", "Privilege level of the session")],
    run: (context: ExecContext) => showPrivilege(context),
  }),
  exec({
    form: [show, kw("log", "Logging"), kw("severity", "What this session asked for")],
    run: ({ debug }: ExecContext) => ({ lines: [...debug.on].sort(), model: [...debug.on] }),
  }),
];
