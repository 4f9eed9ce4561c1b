/** `lnsh exec`: a configuration without sockets, some commands, their output. */

import type { DialectName } from "../modes/dialect.ts";
import { EXIT } from "./exit-codes.ts";
import { LineRunner } from "./line-runner.ts";
import { isFaultless, openGateway, reportLines } from "./open-gateway.ts";
import { Session } from "./session.ts";

export interface ExecOptions {
  readonly config: string;
  readonly dialect?: DialectName;
  readonly command: readonly string[];
  readonly strict?: boolean;
}

/**
 * Runs every command, also after one was refused; the exit code tells whether any was. A command behind one that asks
 * is its answer.
 */
export async function execute(options: ExecOptions): Promise<number> {
  const opened = openGateway(options.config, options.dialect);
  const { gateway, report } = opened;
  for (const line of reportLines(options.config, opened)) process.stderr.write(`lnsh: ${line}\n`);
  let allOk = report.refused.length === 0;
  const session = new Session(gateway, { line: "con 0", paged: false, monitor: false });
  await new Promise<void>((resolve) => {
    const runner = new LineRunner(session, {
      say: (text, ok) => void (ok ? process.stdout : process.stderr).write(text),
      done(ok) {
        allOk &&= ok;
      },
      finished: resolve,
    });
    for (const command of options.command) runner.submit(command);
    runner.close();
  });
  gateway.abandon();
  if (!allOk) return EXIT.refused;
  return options.strict === true && !isFaultless(opened) ? EXIT.warnings : EXIT.ok;
}
