/** Authentication, authorization and accounting. */

import { line, word } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, pick } from "../../../grammar/elements.ts";
import { globalMode } from "../modes.ts";

const global = { mode: globalMode } as const;
const aaa = kw("aaa", "Authentication, Authorization and Accounting.");

export const aaaNewModel = setting({
  ...global,
  section: "aaa",
  form: [aaa, kw("new-model", "Enable NEW access control commands and functions.")],
});

const METHODS = {
  enable: "Use enable password for authentication.",
  group: "Use Server-group",
  "if-needed": "Only when the user is not authenticated yet",
  line: "Use line password for authentication.",
  local: "Use local username authentication.",
  "local-case": "Use case-sensitive local username authentication.",
  none: "NO authentication.",
  radius: "Use the list of all RADIUS hosts.",
  "tacacs+": "Use the list of all TACACS+ hosts.",
} as const;

export const aaaAuthentication = setting({
  ...global,
  section: "aaa",
  form: [
    aaa,
    kw("authentication", "Authentication configurations parameters."),
    pick("service", {
      enable: "Set authentication list for enable.",
      login: "Set authentication lists for logins.",
      ppp: "Set authentication lists for ppp.",
    }),
    oneOf(
      [pick("standard", { default: "The default authentication list." })],
      [arg("list", word(), "Named authentication list.")],
    ),
    many("methods", pick("method", METHODS), 6),
  ],
  key: ["service", "standard", "list"],
  noForm: [
    aaa,
    kw("authentication", "Authentication configurations parameters."),
    pick("service", {
      enable: "Set authentication list for enable.",
      login: "Set authentication lists for logins.",
      ppp: "Set authentication lists for ppp.",
    }),
    oneOf(
      [pick("standard", { default: "The default authentication list." })],
      [arg("list", word(), "Named authentication list.")],
    ),
  ],
});

export const aaaAuthorization = setting({
  ...global,
  section: "aaa",
  form: [
    aaa,
    pick("what", {
      accounting: "Accounting configurations parameters.",
      authorization: "Authorization configurations parameters.",
    }),
    arg("rest", line(), "What and how"),
  ],
  key: ["what", "rest"],
  effect: inert("nothing is authorized or accounted elsewhere"),
});

export const aaaSessionId = setting({
  ...global,
  section: "aaa",
  form: [
    aaa,
    kw("session-id", "AAA Session ID"),
    pick("scope", { common: "Common to all services", unique: "Different for each service" }),
  ],
  effect: inert("sessions are not accounted elsewhere"),
});

export const aaaCommands = [aaaNewModel, aaaAuthentication, aaaAuthorization, aaaSessionId];
