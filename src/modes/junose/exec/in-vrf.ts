/** `vrf NAME` of a show command: what it shows is of a VRF of the virtual router that the session stands in. */

import type { ExecResult } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { isMissing, routerAround, vrfName } from "../../tree/vrfs.ts";
import { vrfName as vrfNameType } from "../arguments.ts";

export const ofVrf = opt(kw("vrf", "Of a VRF"), arg("vrf", vrfNameType, "Name of the VRF"));

/** Shows from within the VRF; without one, from where the session stands. */
export function inVrf(
  context: ExecContext,
  vrf: string | undefined,
  run: (there: ExecContext) => ExecResult,
): ExecResult {
  if (vrf === undefined) return run(context);
  const virtualRouter = vrfName(routerAround(context.virtualRouter), vrf);
  const missing = isMissing(virtualRouter, context.routers);
  return missing === undefined ? run({ ...context, virtualRouter }) : { ok: false, lines: [missing] };
}
