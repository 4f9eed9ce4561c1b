/** `lnsh exec`: a configuration without sockets, some commands, their output. */

import type { DialectName } from "../modes/dialect.ts";
import { EXIT } from "./exit-codes.ts";
import { openGateway, reportLines } from "./open-gateway.ts";
import { Session } from "./session.ts";

export interface ExecOptions {
  readonly config: string;
  readonly dialect?: DialectName;
  readonly command: readonly string[];
}

/** Runs every command, also after one was refused; the exit code tells whether any was. */
export async function execute(options: ExecOptions): Promise<number> {
  const opened = openGateway(options.config, options.dialect);
  const { gateway, report } = opened;
  for (const line of reportLines(options.config, opened)) process.stderr.write(`lnsh: ${line}\n`);
  let ok = report.refused.length === 0;
  const session = new Session(gateway, { line: "exec", monitor: false });
  for (const command of options.command) {
    if (session.ended) break;
    const result = session.execute(command);
    ok &&= result.ok;
    const stream = result.ok ? process.stdout : process.stderr;
    for (const line of result.lines) stream.write(`${line}\n`);
  }
  gateway.abandon();
  return ok ? EXIT.ok : EXIT.refused;
}
