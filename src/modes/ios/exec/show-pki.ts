/** `show crypto pki …`. */

import { word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { civilTime } from "../log-style.ts";
import {
  certificateModel,
  revocationListModel,
  revocationLists,
  showCertificateFaults,
  showCertificates,
  shownCertificates,
  showRevocationLists,
  showTrustpointStatus,
  showTrustpoints,
  trustpointModel,
  trustpointViews,
} from "../show/pki.ts";
import { type ConfiguredTrustpoint, trustpointsOf } from "../trustpoints.ts";
import { print, show } from "./words.ts";

const crypto = kw("crypto", "Encryption module");
const pki = kw("pki", "Show PKI", { aliases: ["ca"] });
const name = arg("trustpoint", word(), "Trustpoint name");

function named({ chassis }: ExecContext, wanted: string | undefined): ConfiguredTrustpoint[] {
  return trustpointsOf(chassis).filter((point) => point.name === (wanted ?? point.name));
}

export const showPkiCommands = [
  exec({
    form: [
      show,
      crypto,
      pki,
      kw("certificates", "Show certificates"),
      flag("verbose", "verbose", "Show certificates in more detail"),
      opt(name),
    ],
    run: (context: ExecContext, { trustpoint, verbose }) => {
      const shown = shownCertificates(named(context, trustpoint));
      const now = context.clock.now.getTime();
      const lines = showCertificates(shown, { verbose: verbose === true, now, zone: civilTime(context.chassis) });
      return print(lines, shown.map(certificateModel));
    },
  }),
  exec({
    form: [
      show,
      crypto,
      pki,
      kw("trustpoints", "Show trustpoints"),
      opt(name),
      flag("status", "status", "Show the state of trustpoints"),
    ],
    run: (context: ExecContext, { trustpoint, status }) => {
      const views = trustpointViews(named(context, trustpoint), context.keys);
      return print(status === true ? showTrustpointStatus(views) : showTrustpoints(views), views.map(trustpointModel));
    },
  }),
  exec({
    form: [show, crypto, pki, kw("crls", "Show certificate revocation lists")],
    run: ({ keys, chassis }: ExecContext) => {
      const lists = revocationLists(keys);
      return print(showRevocationLists(lists, civilTime(chassis)), lists.map(revocationListModel));
    },
  }),
  exec({
    form: [show, crypto, pki, kw("counters", "Show PKI counters")],
    run: ({ snapshot }: ExecContext) => {
      const faults = snapshot.certificateFaults ?? {};
      return print(showCertificateFaults(faults), faults);
    },
  }),
  exec({ form: [show, crypto, pki, kw("timers", "Show PKI timers")], run: () => print([], []) }),
];
