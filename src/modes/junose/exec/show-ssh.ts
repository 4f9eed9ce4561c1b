/** `show ip ssh`: the SSH server, its keys and who has come in by it. */

import { exec } from "../../../grammar/declaration.ts";
import { flag, kw } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { show } from "./show-words.ts";

const WIDTHS = [8, 16, 18, 16, 26, 30] as const;

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) => String(cell).padEnd(WIDTHS[index] ?? 0))
    .join("")
    .trimEnd();
}

export const showIpSsh = exec({
  form: [show, kw("ip", "IP"), kw("ssh", "The SSH server"), flag("detail", "detail", "Ciphers of each connection")],
  run: ({ ssh }: ExecContext, { detail }) => {
    if (ssh === undefined)
      return { lines: ["SSH server: not running; the process was started without --ssh"], model: {} };
    const { address, port, disabled, timeoutSeconds, retries, keys, connections } = ssh;
    const more = detail === true ? ["cipher", "hmac"] : [];
    return {
      lines: [
        `SSH server: ${disabled === undefined ? "enabled" : `disabled, ${disabled}`}`,
        `address: ${address}`,
        `port: ${port}`,
        "version: 2",
        `timeout: ${timeoutSeconds} seconds`,
        `retries: ${retries}`,
        ...keys.map(({ type, bits, fingerprint }) => `host key: ${type} ${bits} bits ${fingerprint}`),
        "",
        row(["line", "user", "connected from", "state", ...more]),
        row([
          "------",
          "--------------",
          "----------------",
          "--------------",
          ...more.map((each) => "-".repeat(each.length)),
        ]),
        ...connections.map(({ line, user, from, state, cipher, hmac }) =>
          row([
            `vty ${line}`,
            user === "" ? "---" : user,
            from,
            state,
            ...(detail === true ? [cipher.in, hmac.in] : []),
          ]),
        ),
      ],
      model: { address, port, disabled: disabled ?? null, timeoutSeconds, retries, keys, connections },
    };
  },
});
