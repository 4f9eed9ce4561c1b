/** Texts that are shown to who logs in. */

import { setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { bannerBlock, bannerText } from "../../common/banner.ts";
import { globalMode } from "../modes.ts";

export const banner = setting({
  mode: globalMode,
  section: "system",
  form: [
    kw("banner", "Configure a banner"),
    pick("kind", { motd: "Message of the day", login: "Banner before login", exec: "Banner after login" }),
    arg("text", bannerText, "Delimiter, text, delimiter"),
  ],
  key: ["kind"],
  block: bannerBlock,
  print: ({ kind, text }) => `banner ${kind} ${bannerText.print(text)}`,
});
