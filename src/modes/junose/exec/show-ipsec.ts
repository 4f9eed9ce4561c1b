/** `show ipsec …` and its older spellings under `show ike`. */

import { ipv4, named, uint } from "../../../grammar/arguments.ts";
import { exec, inert } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { onClock } from "../../common/civil-time.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { failureLines, failureModel, failuresIn } from "../../common/failures.ts";
import { ikeCountLines, ikeCountModel } from "../../common/ike-counts.ts";
import { objectName, routerName } from "../arguments.ts";
import { civilTime } from "../compile/civil-time.ts";
import {
  showCertificates,
  showIkeConfiguration,
  showKeyPair,
  showRefusedCertificates,
  showRevocationLists,
} from "../show/certificates.ts";
import { showIkeSas } from "../show/ike-sa.ts";
import {
  showIkePolicyRules,
  showIpsecLifetime,
  showIpsecOptions,
  showIpsecTunnels,
  showLocalEndpoint,
  showManualKeys,
  showTransformSets,
} from "../show/ipsec.ts";
import { showTransportInterfaces, showTransportProfiles } from "../show/ipsec-transport.ts";
import { timestamp } from "../syslog.ts";
import { counting, delta } from "./delta.ts";
import { CONFIGURATION, inRouter, name, PRIVILEGED_SHOW, show, view } from "./show-words.ts";

const ipsec = kw("ipsec", "IPsec");
const oldIke = kw("ike", "IKE", { hidden: true });
const transport = kw("transport", "Transport mode");
const priority = opt(arg("priority", uint(1, 10_000), "Priority of the rule"));

export const ipsecShowCommands = [
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("option", "Options of this virtual router")],
    run: (context: ExecContext) => showIpsecOptions(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      kw("failures", "Why clients did not come up, and what to change"),
      flag("detail", "detail", "Each failure in several lines"),
    ],
    run: ({ logBuffer, chassis }: ExecContext, { detail }) => {
      const failures = failuresIn(logBuffer);
      const time = civilTime(chassis);
      const dated = (at: Date): string => timestamp(onClock(time, at));
      const lines = failureLines(failures, dated, detail === true ? "detail" : "brief");
      return { lines, model: failureModel(failures) };
    },
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("ike-statistics", "What IKE received, sent and refused")],
    run: ({ snapshot }: ExecContext) => ({ lines: ikeCountLines(snapshot), model: ikeCountModel(snapshot) }),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("ike-sa", "IKE SAs of this virtual router")],
    run: (context: ExecContext) => showIkeSas(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, oldIke, kw("sa", "IKE SAs of this virtual router")],
    run: (context: ExecContext) => showIkeSas(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("ike-policy-rule", "IKE policy rules", { aliases: ["isakmp-policy-rule"] }), priority],
    run: (context: ExecContext, values) => showIkePolicyRules(context, values.priority),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, oldIke, kw("policy-rule", "IKE policy rules"), priority],
    run: (context: ExecContext, values) => showIkePolicyRules(context, values.priority),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      kw("transform-set", "Transform sets"),
      opt(arg("name", named("transformSet", objectName), "Name of the set")),
    ],
    run: (context: ExecContext, values) => showTransformSets(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("lifetime", "Lifetimes of IPsec SAs")],
    run: (context: ExecContext) => showIpsecLifetime(context),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      kw("local-endpoint", "Our ends of IPsec tunnels"),
      opt(
        kw("transport-virtual-router", "Of one virtual router", { aliases: ["virtual-router"] }),
        arg("virtualRouter", routerName, "Name of the virtual router"),
      ),
    ],
    run: (context: ExecContext, values) => showLocalEndpoint(context, values.virtualRouter),
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
      kw("certificates", "Certificates, and lists of those that were revoked"),
      opt(
        pick("kind", {
          all: "Certificates of this router, its peers and authorities",
          crls: "Revocation lists",
          peer: "Certificates of other routers",
          "public-certs": "Certificates of this router",
          "root-cas": "Certificates of authorities",
        }),
      ),
    ],
    run: (context: ExecContext, { kind = "all" }) =>
      kind === "crls" ? showRevocationLists(context) : showCertificates(context, kind),
  }),
  ...[
    [ipsec, kw("ike-certificates", "Certificates that IKE uses")],
    [oldIke, kw("certificates", "Certificates that IKE uses")],
  ].map((words) =>
    exec({
      level: PRIVILEGED_SHOW,
      form: [show, ...words],
      run: (context: ExecContext) => showCertificates(context, "public-certs"),
    }),
  ),
  ...[
    [ipsec, kw("ike-configuration", "How IKE proves this router, and judges peers")],
    [oldIke, kw("configuration", "How IKE proves this router, and judges peers")],
  ].map((words) => exec({ level: PRIVILEGED_SHOW, form: [show, ...words], run: showIkeConfiguration })),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("crl", "Certificate revocation lists")],
    run: showRevocationLists,
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      kw("key", "IKE keys"),
      opt(kw("mypubkey", "Public keys of this router")),
      kw("rsa", "The RSA key pair"),
    ],
    run: showKeyPair,
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [show, ipsec, kw("refused-certificates", "How often certificates of peers were refused, and why")],
    run: showRefusedCertificates,
  }),
  exec({
    level: PRIVILEGED_SHOW,
    effect: inert("tunnel interfaces are kept in the configuration and not brought up"),
    form: [show, ipsec, kw("tunnel", "IPsec tunnel interfaces"), view, opt(delta), inRouter, opt(name)],
    run: (context: ExecContext, values) => showIpsecTunnels(context, values.view ?? "brief", values),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      transport,
      kw("profile", "Transport profiles"),
      opt(arg("name", named("transportProfile", objectName), "Name of the profile")),
    ],
    run: (context: ExecContext, values) => showTransportProfiles(context, values.name),
  }),
  exec({
    level: PRIVILEGED_SHOW,
    form: [
      show,
      ipsec,
      transport,
      kw("interface", "Connections"),
      view,
      opt(delta),
      inRouter,
      opt(
        oneOf(
          [kw("ip", "By address"), kw("address", "By address"), arg("address", ipv4(), "Address of the peer")],
          [arg("number", uint(1, 4_294_967_295), "Number of the interface")],
        ),
      ),
    ],
    run: (context: ExecContext, values) =>
      showTransportInterfaces(counting(context, "ipsec", values), values.view ?? "brief", values),
  }),
];
