/** Words that several lines about authentication, authorization and accounting share. */

import { kw, many, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";

export const inRouter = { mode: globalMode, scope: "virtualRouter", section: "aaa" } as const;

export const aaa = kw("aaa", "Configure authentication, authorization, and accounting characteristics");
export const ofMethods = kw("authentication", "Configure authentication methods");
export const defaultList = kw("default", "The default list of methods");

const userMethod = { local: "Local user database", none: "No authentication", radius: "RADIUS servers" } as const;

/** Of remote users. */
export const userMethods = many("methods", pick("method", userMethod), 5);

/** Of those who use the command line. */
export const operatorMethods = many(
  "methods",
  pick("method", {
    ...userMethod,
    enable: "Enable password",
    line: "Line password",
    "tacacs+": "TACACS+ servers",
  }),
  5,
);
