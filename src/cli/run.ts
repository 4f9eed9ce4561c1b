/** `lnsh run`, `lnsh console` and `lnsh dashboard`: the gateway in the foreground, and what stands before it. */

import { join } from "node:path";
import type { DialectName } from "../modes/dialect.ts";
import { pipeConsole, terminalConsole } from "./console.ts";
import { endingSignal } from "./ending-signal.ts";
import { EXIT } from "./exit-codes.ts";
import { standInFront } from "./foreground.ts";
import type { Gateway } from "./gateway.ts";
import type { AskedDevice } from "./host-plan.ts";
import { blankGateway, isFaultless, type OpenedGateway, openGateway, openState, reportLines } from "./open-gateway.ts";
import type { OpenedSsh } from "./ssh/open-ssh.ts";

export interface RunOptions {
  readonly config?: string;
  /** A directory of the host that holds flash: and nvram:. */
  readonly state?: string;
  readonly dialect?: DialectName;
  readonly strict?: boolean;
  readonly listen?: string;
  readonly ikePort: number;
  readonly nattPort: number;
  readonly l2tpPort: number;
  /** TUN devices of the host that no interface of the configuration names. */
  readonly tun?: readonly AskedDevice[];
  /** Threads beside the main one for what is in ESP. */
  readonly workers?: number;
  /** Where SSH listens; absent = nowhere. */
  readonly ssh?: { readonly address: string | undefined; readonly port: number };
  readonly sshLegacy?: boolean;
}

/** `line`: the byte-exact terminal line. The others draw, where the terminal lets them. */
export type Front = "line" | "console" | "dashboard";

export async function run(options: RunOptions, front: Front = "line"): Promise<number> {
  const opened = await openFor(options);
  if (opened === undefined) {
    process.stderr.write("lnsh: needs --config FILE, --state DIRECTORY, or --dialect NAME for a blank router\n");
    return EXIT.usage;
  }
  const { gateway, source } = opened;
  const told: string[] = [];
  const tell = (line: string): void => {
    told.push(line);
    process.stderr.write(`lnsh: ${line}\n`);
  };
  for (const line of reportLines(source, opened)) tell(line);
  if (options.strict === true && !isFaultless(opened)) {
    tell("not started: --strict");
    gateway.abandon();
    return opened.report.refused.length > 0 ? EXIT.refused : EXIT.warnings;
  }
  const ports = { ike: options.ikePort, natt: options.nattPort, l2tp: options.l2tpPort };
  let ssh: OpenedSsh | undefined;
  try {
    // A console to look around in needs no sockets; `run` is the gateway.
    if (front === "line" || options.listen !== undefined) {
      const listening = await gateway.listen({
        address: options.listen,
        ports,
        devices: options.tun,
        workers: options.workers,
      });
      for (const line of listening) tell(`listening on ${line}`);
      for (const reason of gateway.missing) tell(reason);
    } else gateway.start();
    ssh = await sshOf(gateway, options);
    if (ssh !== undefined) tell(ssh.told);
  } catch (error) {
    // Sockets that were opened before would keep the process.
    await gateway.stop("the gateway cannot start");
    throw error;
  }
  const signalled = endingSignal();
  if (front !== "line") {
    await standInFront(gateway, {
      opening: told,
      first: front === "dashboard" ? "dashboard" : undefined,
      ended: signalled,
    });
  } else if (process.stdin.isTTY) {
    await Promise.race([signalled, terminalConsole(gateway, process.stdin, process.stdout)]);
  } else {
    pipeConsole(gateway, process.stdin, process.stdout);
    // Where nobody is listened for yet, no socket keeps the process when its input ends.
    const awake = setInterval(() => undefined, LONG);
    await signalled;
    clearInterval(awake);
  }
  await ssh?.server.close();
  await gateway.stop("the gateway is shutting down");
  process.stdin.destroy();
  return EXIT.ok;
}

/** As long as a timer may take. */
const LONG = 2 ** 31 - 1;

/** What SSH needs is loaded only where it is asked for. */
async function sshOf(gateway: Gateway, { ssh, sshLegacy, state }: RunOptions): Promise<OpenedSsh | undefined> {
  if (ssh === undefined) return undefined;
  const [{ openSsh }, { HostKeys }] = await Promise.all([import("./ssh/open-ssh.ts"), import("./ssh/host-keys.ts")]);
  const hostKeys = new HostKeys(state === undefined ? undefined : join(state, "ssh"));
  return openSsh(gateway, { ...ssh, legacy: sshLegacy === true, hostKeys });
}

async function openFor({
  config,
  state,
  dialect,
}: RunOptions): Promise<(OpenedGateway & { readonly source: string }) | undefined> {
  if (state !== undefined) return openState(state, { config, dialect });
  if (config !== undefined) return { ...(await openGateway(config, dialect)), source: config };
  return dialect === undefined ? undefined : { ...(await blankGateway(dialect)), source: "" };
}
