/**
 * `lnsh exec`: commands in privileged exec, their output, and an exit code for whoever asked. The gateway is one of this process, with
 * sockets only where `--listen` asks for them, or the one at the other end of a connection.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { DialectName } from "../../modes/dialect.ts";
import { jsonText } from "../../modes/shell/output-modifier.ts";
import { dieBy, endingSignal } from "../ending-signal.ts";
import { EXIT } from "../exit-codes.ts";
import { isFaultless, type OpenedGateway, openGateway, openState, reportLines } from "../open-gateway.ts";
import { Session } from "../session.ts";
import type { SshTarget } from "../ssh/ssh-target.ts";
import { type Condition, conditionText } from "./condition.ts";
import { type CommandReport, runScript, type ScriptPart, scriptOf } from "./script.ts";
import { LocalLogin, type ScriptLogin } from "./script-login.ts";
import { waitFor } from "./wait.ts";

export interface ExecOptions {
  readonly config?: string;
  readonly state?: string;
  readonly dialect?: DialectName;
  readonly command?: readonly ScriptPart[];
  readonly file?: readonly ScriptPart[];
  readonly strict?: boolean;
  readonly keepGoing?: boolean;
  readonly json?: boolean;
  readonly wait?: Condition;
  readonly timeout?: number;
  readonly listen?: string;
  readonly ikePort: number;
  readonly nattPort: number;
  readonly l2tpPort: number;
  readonly connect?: SshTarget;
  readonly identity?: string;
  readonly knownHosts?: string;
  readonly acceptNewHostKey?: boolean;
  readonly sshLegacy?: boolean;
}

const TIMEOUT_SECONDS = 60;

/** Rejects with `CannotStart`. */
export async function execute(options: ExecOptions): Promise<number> {
  const wrong = misuse(options);
  if (wrong !== undefined) return usage(wrong);
  const script = readScript(options);
  if (options.wait === undefined && script.every((line) => line.trim() === "")) {
    return usage("there is nothing to do; give -c COMMAND, -f FILE or commands on the standard input");
  }
  return options.connect === undefined ? here(options, script) : there(options, options.connect, script);
}

function tell(line: string): void {
  process.stderr.write(`lnsh: ${line}\n`);
}

function usage(reason: string): number {
  tell(reason);
  return EXIT.usage;
}

/** What the options want together and cannot have. */
function misuse({ config, state, connect, wait, timeout, listen }: ExecOptions): string | undefined {
  if (connect === undefined && config === undefined && state === undefined) {
    return "exec needs --config FILE, --state DIRECTORY or --connect HOST";
  }
  if (wait === undefined && timeout !== undefined) return "--timeout is the patience of --wait CONDITION";
  if (wait !== undefined && connect === undefined && listen === undefined) {
    return "--wait needs a gateway that serves clients: --listen ADDRESS, or --connect HOST";
  }
  return undefined;
}

/** The standard input is read where it is no terminal and nothing else names commands or something to wait for. */
function readScript({ command, file, wait }: ExecOptions): readonly string[] {
  const readsInput = command === undefined && file === undefined && wait === undefined && !process.stdin.isTTY;
  return scriptOf(command, readsInput ? [{ at: 0, text: "-" }] : file);
}

async function here(options: ExecOptions, script: readonly string[]): Promise<number> {
  const opened = await open(options);
  const { gateway, report } = opened;
  for (const line of reportLines(opened.source, opened)) tell(line);
  const { listen: address } = options;
  if (address !== undefined) {
    const ports = { ike: options.ikePort, natt: options.nattPort, l2tp: options.l2tpPort };
    try {
      for (const line of await gateway.listen({ address, ports })) tell(`listening on ${line}`);
    } catch (error) {
      gateway.abandon();
      throw error;
    }
  }
  const session = new Session(gateway, { line: "con 0", paged: false, monitor: false });
  const working = work(options, script, new LocalLogin(session));
  // Who only looks at a configuration has nobody to tell: a signal ends that at once.
  const code = await (address === undefined ? working : Promise.race([working, endingSignal()]));
  session.close();
  if (address === undefined) gateway.abandon();
  else await gateway.stop("the script is over");
  if (typeof code === "string") {
    dieBy(code);
    return EXIT.refused;
  }
  if (code !== EXIT.ok) return code;
  if (report.refused.length > 0) return EXIT.refused;
  return options.strict === true && !isFaultless(opened) ? EXIT.warnings : EXIT.ok;
}

async function open({ config, state, dialect }: ExecOptions): Promise<OpenedGateway & { readonly source: string }> {
  if (state !== undefined) return openState(state, { config, dialect });
  return { ...(await openGateway(config ?? "", dialect)), source: config ?? "" };
}

/** What SSH needs is loaded only where it is asked for. */
async function there(options: ExecOptions, connect: SshTarget, script: readonly string[]): Promise<number> {
  const [{ openConnection }, { openScript }] = await Promise.all([
    import("../ssh/connect.ts"),
    import("../ssh/remote-login.ts"),
  ]);
  const { env, stdin, stderr } = process;
  const client = await openConnection({ ...options, connect }, { env, input: stdin, prompts: stderr });
  try {
    return await work(options, script, await openScript(client));
  } finally {
    client.end();
  }
}

/** Waits, then runs; the exit code. */
async function work(options: ExecOptions, script: readonly string[], login: ScriptLogin): Promise<number> {
  const commands: CommandReport[] = [];
  const outcome = await waitAndRun(options, script, login, commands);
  login.close();
  if (options.json === true) {
    const unmet = outcome === EXIT.unmet ? { unmet: conditionText(options.wait ?? []) } : {};
    process.stdout.write(`${jsonText({ ok: outcome === EXIT.ok, ...unmet, commands }, 2)}\n`);
  }
  return outcome;
}

async function waitAndRun(
  options: ExecOptions,
  script: readonly string[],
  login: ScriptLogin,
  commands: CommandReport[],
): Promise<number> {
  const { wait, timeout = TIMEOUT_SECONDS, json, keepGoing = false } = options;
  if (wait !== undefined) {
    const timeoutMillis = timeout * 1000;
    const waited = await waitFor(wait, login, { timeoutMillis, now: () => performance.now(), sleep });
    if (waited.kind === "refused") {
      process.stderr.write(waited.said);
      return EXIT.refused;
    }
    if (waited.kind === "unmet") {
      tell(`after ${timeout} ${timeout === 1 ? "second" : "seconds"} it does not hold: ${conditionText(wait)}`);
      return EXIT.unmet;
    }
  }
  const allOk = await runScript(script, login, {
    keepGoing,
    // A document stands alone on the standard output; complaints are seen all the same.
    say: (text, ok) => {
      if (!ok) process.stderr.write(text);
      else if (json !== true) process.stdout.write(text);
    },
    done: (report) => {
      commands.push(report);
      if (!report.ok) tell(`refused: ${report.command}`);
    },
  });
  return allOk ? EXIT.ok : EXIT.refused;
}
