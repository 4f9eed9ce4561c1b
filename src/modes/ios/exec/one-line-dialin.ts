/**
 * How a vpdn-group was said in one line before it had modes of its own (IOS 12.0): the box still takes such lines and keeps
 * them as the lines that they mean. They are typed for the user.
 */

import { ipv4, uint, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { vpdnGroupMode } from "../modes.ts";

const dialin = kw("dialin", "Calls that come in");
const dialout = kw("dialout", "Calls that go out");
const protocol = pick("protocol", { any: "Any protocol", l2f: "L2F", l2tp: "L2TP", pppoe: "PPPoE", pptp: "PPTP" });

const inGroup = { level: 15, mode: vpdnGroupMode } as const;

function typed(lines: readonly (string | undefined)[]) {
  return { action: { type: "lines", lines: lines.filter((line) => line !== undefined), echo: false } } as const;
}

const accept = exec({
  ...inGroup,
  form: [
    kw("accept", "Accept calls, in one line", { hidden: true }),
    dialin,
    protocol,
    opt(kw("virtual-template", "Interface to clone"), arg("template", uint(1, 4095), "Virtual-Template number")),
    opt(kw("remote", "Of this peer alone"), arg("remote", word({ max: 64 }), "Host name")),
  ],
  run: (_context: ExecContext, values) =>
    typed([
      "accept-dialin",
      `protocol ${values.protocol}`,
      values.template === undefined ? undefined : `virtual-template ${values.template}`,
      "exit",
      values.remote === undefined ? undefined : `terminate-from hostname ${values.remote}`,
    ]),
});

const request = exec({
  ...inGroup,
  form: [
    kw("request", "Ask for calls, in one line", { hidden: true }),
    dialin,
    protocol,
    kw("ip", "Address of the peer"),
    arg("address", ipv4(), "IP address"),
    pick("what", { dnis: "Users who called this number", domain: "Users of this domain" }),
    arg("name", word(), "Name or number"),
  ],
  run: (_context: ExecContext, values) =>
    typed([
      "request-dialin",
      `protocol ${values.protocol}`,
      `${values.what} ${values.name}`,
      "exit",
      `initiate-to ip ${values.address}`,
    ]),
});

const acceptOut = exec({
  ...inGroup,
  form: [
    kw("accept", "Accept calls, in one line", { hidden: true }),
    dialout,
    protocol,
    kw("dialer", "Interface that places the call"),
    arg("dialer", uint(0, 255), "Dialer interface number"),
    opt(kw("remote", "Of this peer alone"), arg("remote", word({ max: 64 }), "Host name")),
  ],
  run: (_context: ExecContext, values) =>
    typed([
      "accept-dialout",
      `protocol ${values.protocol}`,
      `dialer ${values.dialer}`,
      "exit",
      values.remote === undefined ? undefined : `terminate-from hostname ${values.remote}`,
    ]),
});

const requestOut = exec({
  ...inGroup,
  form: [
    kw("request", "Ask for calls, in one line", { hidden: true }),
    dialout,
    protocol,
    kw("ip", "Address of the peer"),
    arg("address", ipv4(), "IP address"),
    oneOf(
      [kw("pool-member", "Member of a dialer pool"), arg("pool", uint(1, 255), "Dialer pool")],
      [kw("rotary-group", "Member of a dialer rotary group"), arg("group", uint(0, 255), "Rotary group")],
    ),
  ],
  run: (_context: ExecContext, values) =>
    typed([
      "request-dialout",
      `protocol ${values.protocol}`,
      values.pool === undefined ? `rotary-group ${values.group}` : `pool-member ${values.pool}`,
      "exit",
      `initiate-to ip ${values.address}`,
    ]),
});

export const oneLineDialin = [accept, request, acceptOut, requestOut];
