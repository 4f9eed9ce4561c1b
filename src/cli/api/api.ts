/**
 * What `import … from "lnsh"` gives: routers and labs inside the caller's process. Nothing here opens a socket, sets a timer
 * or waits: time passes when it is driven. Both end with `using` or `await using`.
 */

import { systemRandom } from "../../dataplane/io/entropy.ts";
import { Network } from "../../dataplane/sim/network.ts";
import type { DialectName } from "../../modes/dialect.ts";
import { Lab, type LabOptions } from "./lab.ts";
import { type RouterOptions, SimulatedRouter } from "./router.ts";

export type { Nat } from "../../dataplane/sim/nat.ts";
export type { NetworkFaults } from "../../dataplane/sim/network.ts";
export type { PersonaName } from "../../engine/client/persona-names.ts";
export type { ClientState } from "../../engine/client/progress.ts";
export type { Snapshot } from "../../engine/snapshot.ts";
export type { DialectName } from "../../modes/dialect.ts";
export type { GatewayState, Party } from "../gateway-state.ts";
export type * from "./counter-models.ts";
export type * from "./ios-models.ts";
export type * from "./junose-models.ts";
export type { Lab, LabCertificate, LabClientOptions, LabOptions } from "./lab.ts";
export type { LabClient } from "./lab-client.ts";
export type { Pasted, RefusedLine, RouterOptions, RunResult, SimulatedRouter } from "./router.ts";
export type { ShowCommand, ShowModel, ShowModels } from "./show-models.ts";

/** A router without anybody around it. Throws an `Error` when the dialect of the configuration cannot be told. */
export function createRouter<Dialect extends DialectName = DialectName>(
  options: RouterOptions<Dialect> = {},
): SimulatedRouter<Dialect> {
  const random = systemRandom();
  return new SimulatedRouter(new Network({ random }), random, options);
}

/** A router on a simulated network, for clients to connect to. Throws as `createRouter` does. */
export function lab<Dialect extends DialectName = DialectName>(options: LabOptions<Dialect> = {}): Lab<Dialect> {
  return new Lab(options);
}
