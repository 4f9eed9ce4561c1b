/** How often and how long PPP tries (RFC 1661 §4.6), and until when IP must be up. */

import { uint } from "../../../grammar/arguments.ts";
import { setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt } from "../../../grammar/elements.ts";
import { interfaceMode, subinterfaceMode } from "../modes.ts";
import { mayRunPpp } from "./interface-kinds.ts";

const inside = { mode: interfaceMode, except: [subinterfaceMode], initialBelow: mayRunPpp } as const;
const ppp = kw("ppp", "Point-to-Point Protocol");
const timeout = kw("timeout", "Set PPP timeout parameters");

export const pppRetryTimeout = setting({
  ...inside,
  form: [ppp, timeout, kw("retry", "Of an answer in negotiation"), arg("seconds", uint(1, 255), "Seconds")],
  initial: { seconds: 2 },
  quiet: true,
});

export const pppAuthenticationTimeout = setting({
  ...inside,
  form: [
    ppp,
    timeout,
    kw("authentication", "Of the answer to authentication"),
    arg("seconds", uint(0, 255), "Seconds, 0 for as long as negotiation waits"),
  ],
  initial: { seconds: 10 },
  quiet: true,
});

export const pppNcpTimeout = setting({
  ...inside,
  form: [
    ppp,
    timeout,
    kw("ncp", "Of the network protocols"),
    arg("seconds", uint(1, 65_535), "Seconds until one is up"),
    opt(
      kw("termination", "After the last one went down"),
      arg("again", uint(1, 65_535), "Seconds until one is up again"),
    ),
  ],
});

export const pppMaxConfigure = setting({
  ...inside,
  form: [
    ppp,
    kw("max-configure", "Number of conf-reqs sent before giving up"),
    arg("times", uint(1, 255), "Number of conf-reqs"),
  ],
  initial: { times: 10 },
  quiet: true,
});

export const pppMaxFailure = setting({
  ...inside,
  form: [
    ppp,
    kw("max-failure", "Number of conf-naks sent before giving up"),
    arg("times", uint(2, 255), "Number of conf-naks"),
  ],
  initial: { times: 5 },
  quiet: true,
});

export const pppMaxTerminate = setting({
  ...inside,
  form: [
    ppp,
    kw("max-terminate", "Number of term-reqs sent before giving up"),
    arg("times", uint(2, 255), "Number of term-reqs"),
  ],
  initial: { times: 2 },
  quiet: true,
});

export const pppLimits = [
  pppMaxConfigure,
  pppMaxFailure,
  pppMaxTerminate,
  pppRetryTimeout,
  pppAuthenticationTimeout,
  pppNcpTimeout,
];
