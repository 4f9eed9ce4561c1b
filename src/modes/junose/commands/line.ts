/** Lines through which sessions come: how long they last; what belongs to cables and passwords is kept and printed. */

import { Secret } from "../../../engine/kernel/secret.ts";
import { line, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { mask, masked } from "../masking.ts";
import { globalMode, lineMode } from "../modes.ts";

const MASKED_MAX = 128;
const effect = inert("who may start a session decides who may log in");

export const lineOpener = opener({
  mode: globalMode,
  opens: lineMode,
  section: "line",
  form: [
    kw("line", "Configure a line"),
    oneOf(
      [kw("console", "The console"), arg("console", uint(0, 0), "Number of the line")],
      [
        kw("vty", "Virtual terminal lines"),
        arg("first", uint(0, 29), "First line"),
        opt(arg("last", uint(0, 29), "Last line")),
      ],
    ),
  ],
  key: ["console", "first", "last"],
});

export const execTimeout = setting({
  mode: lineMode,
  form: [
    kw("exec-timeout", "Configure how long a session may be silent"),
    arg("minutes", uint(0, 35_791), "Minutes"),
    opt(arg("seconds", uint(0, 59), "Seconds")),
  ],
});

export const execBanner = setting({
  mode: lineMode,
  negation: "stored",
  form: [kw("exec-banner", "Show the banner after login"), flag("always", "always", "On every login")],
});

export const lineLogin = setting({
  mode: lineMode,
  form: [
    kw("login", "Check passwords"),
    opt(kw("authentication", "By a list of methods"), arg("list", word(), "Name of the list, or default")),
  ],
});

export const linePassword = setting({
  mode: lineMode,
  form: [
    kw("password", "Configure the password"),
    oneOf(
      [kw("8", "A masked password follows"), arg("masked", masked(MASKED_MAX), "Masked password")],
      [flag("clear", "0", "A clear password follows"), arg("password", secret(line()), "Clear password")],
    ),
  ],
  print: (values) => `password 8 ${mask(values.password ?? values.masked ?? new Secret(""))}`,
});

export const lineCommands = [
  lineOpener,
  lineLogin,
  linePassword,
  execTimeout,
  setting({
    mode: lineMode,
    effect,
    form: [kw("data-character-bits", "Configure the width of a character"), arg("bits", uint(7, 8), "Bits")],
  }),
  setting({
    mode: lineMode,
    effect,
    form: [kw("speed", "Configure the speed"), arg("speed", uint(300, 115_200), "Bit/s")],
  }),
  execBanner,
];
