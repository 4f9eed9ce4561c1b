/** Words and levels that the families of show commands have in common. */

import { word } from "../../../grammar/arguments.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { routerName } from "../arguments.ts";

export const PRIVILEGED_SHOW = 5;
/** Who sees secrets. */
export const CONFIGURATION = 10;

export const show = kw("show", "Show what the router knows");
export const view = opt(pick("view", { detail: "Everything about each", summary: "Counts only" }));
export const inRouter = opt(
  kw("virtual-router", "Of one virtual router"),
  arg("virtualRouter", routerName, "Name of the virtual router"),
);
export const name = arg("name", word({ placeholder: "NAME" }), "Name, as the listing prints it");
