/** Texts that are shown to who logs in. */

import { setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { bannerBlock, bannerText } from "../../common/banner.ts";
import { globalMode } from "../modes.ts";

export const banner = setting({
  mode: globalMode,
  section: "banner",
  form: [
    kw("banner", "Define a login banner"),
    pick("kind", {
      exec: "Set EXEC process creation banner",
      incoming: "Set incoming terminal line banner",
      login: "Set login banner",
      motd: "Set Message of the Day banner",
    }),
    arg("text", bannerText, "c banner-text c, where 'c' is a delimiting character"),
  ],
  key: ["kind"],
  block: bannerBlock,
  print: ({ kind, text }) => `banner ${kind} ${bannerText.print(text)}`,
});
