/** Words that several lines about authentication, authorization and accounting share. */

import { kw, many, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";

export const inRouter = { mode: globalMode, scope: "virtualRouter", section: "aaa" } as const;

export const aaa = kw("aaa", "Configure authentication, authorization, and accounting characteristics");
export const ofMethods = kw("authentication", "Configure authentication methods");
export const defaultList = kw("default", "The default list of methods");

export const userMethods = many(
  "methods",
  pick("method", { local: "Local user database", none: "No authentication", radius: "RADIUS servers" }),
  5,
);
