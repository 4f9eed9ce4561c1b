/** `show crypto isakmp …`: what phase 1 is doing and how it is configured. */

import { word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { failureLines, failureModel, failuresIn } from "../../common/failures.ts";
import { ikeCountLines, ikeCountModel } from "../../common/ike-counts.ts";
import { isakmpProfileName, peerAddress } from "../arguments.ts";
import { DEFAULT_SUITE } from "../compile/ike.ts";
import { timestamp } from "../log-style.ts";
import {
  identityText,
  showIsakmpKey,
  showIsakmpPeers,
  showIsakmpPolicy,
  showIsakmpSa,
  showIsakmpSaCount,
  showIsakmpSaDetail,
} from "../show/crypto-isakmp.ts";
import { isakmpKeyModel, isakmpPolicyModel, isakmpSaModel } from "../show/crypto-models.ts";
import { isakmpFailures, showDiagnoseError, showDiagnoseErrorCount } from "../show/isakmp-errors.ts";
import { isakmpProfiles, showIsakmpProfiles } from "../show/isakmp-profile.ts";
import { DIAGNOSE_MARK } from "./counter-marks.ts";
import { PRIVILEGED, print, show } from "./words.ts";

const crypto = kw("crypto", "Encryption module");
const isakmp = kw("isakmp", "Show ISAKMP");

export const showIsakmpCommands = [
  exec({
    form: [
      show,
      crypto,
      isakmp,
      kw("sa", "Show ISAKMP Security Associations"),
      opt(
        oneOf(
          [
            pick("which", {
              active: "Show HA-enabled active SAs",
              nat: "Show SAs behind a NAT",
              standby: "Show standby SAs",
            }),
          ],
          [kw("vrf", "Show SAs of a VRF"), arg("vrf", word(), "VRF name")],
          [kw("peer", "Show SAs with a peer"), arg("peer", peerAddress, "Peer's address")],
        ),
      ),
      flag("detail", "detail", "Show all existing IKE SAs in detail"),
    ],
    run: ({ snapshot }: ExecContext, { which, vrf, peer, detail }) => {
      const ikeSas = snapshot.ikeSas.filter(
        (sa) =>
          (which !== "standby" || sa.flow.remote.address === "") &&
          (which !== "active" || sa.state === "established") &&
          (which !== "nat" || sa.natTraversal) &&
          (vrf === undefined || sa.virtualRouter === vrf) &&
          (peer === undefined || sa.flow.remote.address === peer),
      );
      const render = detail === true ? showIsakmpSaDetail : showIsakmpSa;
      return print(render({ ...snapshot, ikeSas }), isakmpSaModel(snapshot, ikeSas));
    },
  }),
  exec({
    form: [
      show,
      crypto,
      isakmp,
      kw("sa", "Show ISAKMP Security Associations"),
      kw("count", "Show the count of IKE SAs"),
    ],
    run: ({ snapshot }: ExecContext) => print(showIsakmpSaCount(snapshot), countModel(snapshot)),
  }),
  exec({
    form: [show, crypto, isakmp, kw("stats", "Show what IKE received, sent and refused")],
    run: ({ snapshot }: ExecContext) => print(ikeCountLines(snapshot), ikeCountModel(snapshot)),
  }),
  exec({
    form: [
      show,
      crypto,
      isakmp,
      kw("failures", "Show why clients did not come up, and what to change"),
      flag("detail", "detail", "Show each failure in several lines"),
    ],
    run: ({ logBuffer }: ExecContext, { detail }) => {
      const failures = failuresIn(logBuffer);
      const view = detail === true ? "detail" : "brief";
      return print(
        failureLines(failures, (at) => timestamp(at), view),
        failureModel(failures),
      );
    },
  }),
  exec({
    form: [show, crypto, isakmp, kw("policy", "Show ISAKMP protection suite policy")],
    run: ({ snapshot }: ExecContext) => {
      const { ikePolicies } = snapshot.spec;
      return print(showIsakmpPolicy(snapshot), isakmpPolicyModel(ikePolicies));
    },
  }),
  exec({
    form: [show, crypto, isakmp, kw("default", "Show ISAKMP defaults"), kw("policy", "Show the default policy")],
    run: ({ snapshot }: ExecContext) => {
      const spec = { ...snapshot.spec, ikePolicies: [] };
      return print(showIsakmpPolicy({ ...snapshot, spec }).slice(2), isakmpPolicyModel([DEFAULT_SUITE]));
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [show, crypto, isakmp, kw("key", "Show ISAKMP preshared keys")],
    run: ({ snapshot }: ExecContext) => print(showIsakmpKey(snapshot), isakmpKeyModel(snapshot.spec.preSharedKeys)),
  }),
  exec({
    form: [
      show,
      crypto,
      isakmp,
      kw("peers", "Show ISAKMP peer structures"),
      opt(arg("peer", peerAddress, "Peer's address")),
    ],
    run: ({ snapshot }: ExecContext, { peer }) => {
      const ikeSas = snapshot.ikeSas.filter((sa) => peer === undefined || sa.flow.remote.address === peer);
      const peers = ikeSas
        .filter((sa) => sa.state === "established")
        .map(({ flow, peerIdentity }) => ({
          remote: flow.remote,
          local: flow.local.address,
          identity: identityText(peerIdentity),
        }));
      return print(showIsakmpPeers({ ...snapshot, ikeSas }), peers);
    },
  }),
  exec({
    form: [
      show,
      crypto,
      isakmp,
      kw("profile", "Show ISAKMP profiles"),
      opt(kw("tag", "A profile with a given tag"), arg("tag", isakmpProfileName, "Profile name")),
    ],
    run: (context: ExecContext, { tag }) => {
      const profiles = isakmpProfiles(context.renderConfiguration()).filter(({ name }) => name === (tag ?? name));
      return print(showIsakmpProfiles(profiles), profiles);
    },
  }),
  exec({
    form: [
      show,
      crypto,
      isakmp,
      kw("diagnose", "Diagnostic options"),
      kw("error", "Errors of negotiations"),
      flag("count", "count", "Show the count of errors"),
    ],
    run: (context: ExecContext, { count }) => {
      const errors = isakmpFailures(failuresIn(context.logBuffer)).filter(
        ({ at }) => at.getTime() >= clearedAt(context),
      );
      return print(count === true ? showDiagnoseErrorCount(errors) : showDiagnoseError(errors), failureModel(errors));
    },
  }),
];

/** Wall-clock milliseconds; 0 = the failures were never cleared. */
function clearedAt({ baselines, clock }: ExecContext): number {
  const at = baselines.setAt(DIAGNOSE_MARK);
  return at === undefined ? 0 : clock.toDate(at).getTime();
}

function countModel({ ikeSas }: ExecContext["snapshot"]) {
  const count = (wanted: (state: string) => boolean): number => ikeSas.filter(({ state }) => wanted(state)).length;
  const active = count((state) => state === "established");
  const dead = count((state) => state === "deleted");
  return { active, standby: 0, negotiating: ikeSas.length - active - dead, dead };
}
