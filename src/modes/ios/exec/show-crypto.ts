/** `show crypto engine …`, and what else of crypto is asked for and is not here. */

import { exec } from "../../../grammar/declaration.ts";
import { flag, kw, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { callAdmission, showCallAdmission } from "../show/call-admission.ts";
import {
  acceleratorStatistics,
  showAccelerator,
  showCryptoEli,
  showCryptoEngineBrief,
  showCryptoEngineConnections,
  showCryptoEngineFlows,
} from "../show/crypto-engine.ts";
import { connectionModel, isakmpSaModel } from "../show/crypto-models.ts";
import { cryptoRules, droppedPackets, showCryptoRuleset, showDroppedPackets } from "../show/crypto-ruleset.ts";
import { ENGINE_MARKS } from "./counter-marks.ts";
import { print, show } from "./words.ts";

const crypto = kw("crypto", "Encryption module");
const engine = kw("engine", "Show crypto engine info");

export const showCryptoCommands = [
  exec({
    form: [
      show,
      crypto,
      engine,
      kw("connections", "Show crypto engine connections"),
      pick("which", {
        active: "Show all active crypto engine connections",
        "dropped-packet": "Show packets that were dropped",
        flow: "Show crypto engine connections by flow",
      }),
    ],
    run: ({ snapshot }: ExecContext, { which }) => {
      if (which === "dropped-packet") {
        const dropped = droppedPackets(snapshot);
        return print(showDroppedPackets(dropped), dropped);
      }
      const model = { ipsec: connectionModel(snapshot), ike: isakmpSaModel(snapshot) };
      return print(which === "flow" ? showCryptoEngineFlows(snapshot) : showCryptoEngineConnections(snapshot), model);
    },
  }),
  exec({
    form: [
      show,
      crypto,
      engine,
      pick("what", { brief: "Show all crypto engines", configuration: "Show crypto engine config" }),
    ],
    run: ({ snapshot }: ExecContext) =>
      print(showCryptoEngineBrief(snapshot), {
        name: snapshot.cryptoEngine,
        type: "software",
        state: "active",
        ...snapshot.cryptoEngineDetails,
        ...(snapshot.lineModules === undefined ? {} : { lineModules: snapshot.lineModules }),
      }),
  }),
  exec({
    form: [
      show,
      crypto,
      engine,
      kw("accelerator", "Show crypto accelerator info"),
      pick("what", { statistic: "Show what it has done" }),
    ],
    run: (context: ExecContext) => {
      const snapshot = context.baselines.since(ENGINE_MARKS, context.snapshot);
      const statistics = acceleratorStatistics(snapshot);
      return print(showAccelerator(snapshot, statistics), statistics);
    },
  }),
  exec({
    form: [show, crypto, kw("eli", "Encryption Layer Interface"), flag("all", "all", "Everything of every engine")],
    run: ({ snapshot }: ExecContext) =>
      print(showCryptoEli(snapshot), {
        engine: snapshot.cryptoEngine,
        hardware: false,
        ikeSas: snapshot.ikeSas.length,
        ipsecConnections: snapshot.connections.length,
      }),
  }),
  exec({
    form: [show, crypto, kw("ruleset", "Rules of crypto maps"), flag("detail", "detail", "With counts")],
    run: ({ snapshot }: ExecContext, { detail }) => {
      const rules = cryptoRules(snapshot);
      return print(showCryptoRuleset(snapshot, rules, detail === true), rules);
    },
  }),
  exec({
    form: [
      show,
      crypto,
      kw("call", "Show crypto call info"),
      kw("admission", "Crypto Call Admission Control"),
      kw("statistics", "Call admission statistics"),
    ],
    run: ({ snapshot }: ExecContext) => {
      const counts = callAdmission(snapshot);
      return print(showCallAdmission(counts), counts);
    },
  }),
];
