/**
 * The command line of `lnsh`: what can be asked for, and nothing else. Each command is loaded when it is used, so that
 * `--help` and one-shot commands start fast.
 */

import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { PERSONA_NAMES } from "../engine/client/persona-names.ts";
import { canonicalAddress } from "../engine/kernel/address.ts";
import { parseSourceRange, type SourceRange } from "./client/source-range.ts";
import type { ShellName } from "./completion/completion.ts";
import { type Condition, ConditionError, parseCondition } from "./exec/condition.ts";
import type { ScriptPart } from "./exec/script.ts";
import { EXIT } from "./exit-codes.ts";
import { type AskedDevice, parseAskedDevice } from "./host-plan.ts";
import { type SshTarget, sshTarget } from "./ssh/ssh-target.ts";
import { VERSION } from "./version.ts";

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError("expected a port number, 0 to 65535.");
  return value;
}

/** `[ADDRESS:]PORT`; an IPv6 address stands in brackets. */
function listenAt(text: string): { readonly address: string | undefined; readonly port: number } {
  const match = /^(?:(\[[0-9a-fA-F:]+\]|[^:[\]]+):)?(\d+)$/.exec(text);
  if (match === null) throw new InvalidArgumentError("expected [ADDRESS:]PORT.");
  return { address: match[1]?.replace(/^\[|\]$/g, ""), port: port(match[2] ?? "") };
}

/** Of IPv4 or IPv6, which may stand in brackets. */
function hostAddress(text: string): string {
  const address = canonicalAddress(text.replace(/^\[(.*)\]$/, "$1"));
  if (address === undefined) throw new InvalidArgumentError("expected an address of this host.");
  return address;
}

function count(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("expected a whole number.");
  return value;
}

function some(text: string): number {
  if (count(text) === 0) throw new InvalidArgumentError("expected a number above 0.");
  return Number(text);
}

function workers(text: string): number {
  const value = Number(text);
  if (!/^\d{1,2}$/.test(text) || value > MOST_WORKERS) {
    throw new InvalidArgumentError(`expected a number of threads, 0 to ${MOST_WORKERS}.`);
  }
  return value;
}
const MOST_WORKERS = 64;

/** Options of which the order matters, also among different ones. */
function inOrder(text: string, earlier: readonly ScriptPart[] = []): readonly ScriptPart[] {
  parts += 1;
  return [...earlier, { at: parts, text }];
}
let parts = 0;

function seconds(text: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) throw new InvalidArgumentError("expected seconds.");
  return Number(text);
}

function sources(text: string): SourceRange {
  const range = parseSourceRange(text);
  if (range === undefined) throw new InvalidArgumentError("expected ADDRESS or FIRST-LAST, addresses of one family.");
  return range;
}

function condition(text: string): Condition {
  try {
    return parseCondition(text);
  } catch (error) {
    throw error instanceof ConditionError ? new InvalidArgumentError(`${error.message}.`) : error;
  }
}

function target(text: string): SshTarget {
  const found = sshTarget(text);
  if (found === undefined)
    throw new InvalidArgumentError("expected [ssh://][USER@]HOST[:PORT]; a password is not taken here.");
  return found;
}

function tunDevices(text: string, earlier: readonly AskedDevice[] = []): readonly AskedDevice[] {
  const asked = parseAskedDevice(text);
  if (asked === undefined)
    throw new InvalidArgumentError("expected [ROUTER:]NAME, a name of at most 15 letters and digits.");
  return [...earlier, asked];
}

/** 0 = whichever port is free, so it may stand more than once. */
function refuseSharedPort(command: Command): void {
  const asked = command.opts<{ ikePort?: number; nattPort?: number; l2tpPort?: number }>();
  const ports = Object.entries({
    "--ike-port": asked.ikePort,
    "--natt-port": asked.nattPort,
    "--l2tp-port": asked.l2tpPort,
  });
  for (const [index, [option, number]] of ports.entries()) {
    const [other] = ports.slice(0, index).find(([, earlier]) => earlier === number) ?? [];
    if (other !== undefined && number !== undefined && number !== 0) {
      command.error(`error: port ${number} is asked for twice, by ${other} and ${option}.`);
    }
  }
}

const dialect = new Option(
  "--dialect <name>",
  "the configuration's dialect; recognised from its text when absent",
).choices(["ios", "junose"]);

export const program = new Command("lnsh")
  .description("An L2TP/IPsec network server in the words of a JunosE or Cisco IOS router.")
  .version(VERSION)
  .showHelpAfterError(false)
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "lnsh: ")) })
  .exitOverride()
  .hook("preAction", (_, command) => refuseSharedPort(command))
  .addHelpText(
    "after",
    `
Exit codes: ${EXIT.ok} all was well · ${EXIT.refused} a command, a configuration line or a scenario failed ·
            ${EXIT.usage} bad usage · ${EXIT.warnings} warnings under --strict · ${EXIT.unmet} what was waited for did not come ·
            ${EXIT.cannotStart} nothing to work with (a port, an address, a file, a host)

Try it:     lnsh lab                         two clients behind one NAT, no root needed
            lnsh check my-lns.cfg            what would become of each line of your configuration
            lnsh console --config my-lns.cfg look around in it, with live help and colours
            lnsh run --config my-lns.cfg     your own configuration, as the gateway`,
  );

/** What a gateway in the foreground is started with, whatever stands before it. */
function gatewayCommand(name: string, listens: string): Command {
  return program
    .command(name)
    .option(
      "--config <file>",
      "the configuration to load, as pasted from the router; absent = the startup configuration",
    )
    .option(
      "--state <directory>",
      "where flash: and nvram: with the startup configuration are kept; made when it is missing",
    )
    .addOption(dialect)
    .option("--strict", "do not start when a line was left out or there are warnings")
    .option(
      "--listen <address>",
      `host address that stands for the router's outside address; absent = ${listens}`,
      hostAddress,
    )
    .option("--ike-port <port>", "UDP port for IKE", port, 500)
    .option("--natt-port <port>", "UDP port for NAT traversal", port, 4500)
    .option("--l2tp-port <port>", "UDP port for L2TP in the clear", port, 1701)
    .option(
      "--tun <[router:]name>",
      "make a TUN device of the host and send by it what is for no session; may be given for each virtual router",
      tunDevices,
    )
    .option("--workers <n>", "so many threads beside the main one for the packets of clients; 0 = none", workers, 0)
    .option("--ssh <[address:]port>", "listen for SSH; who may come in is for the configuration to say", listenAt)
    .option("--ssh-legacy", "offer algorithms that old SSH clients need and that are no longer safe");
}

gatewayCommand("run", "the configured addresses")
  .description("be the gateway, in the foreground, with a console where there is a terminal")
  .addHelpText(
    "after",
    `
With --state, what was saved (write memory, copy running-config startup-config) is what the next start without --config
begins from. Without --state, files live as long as the process.
Input that is not a terminal is read as commands, one per line; its end leaves the gateway running.
SIGTERM or SIGINT stops the gateway; clients are told.
Ports below 1024 need the right to bind them: root, or cap_net_bind_service on the Node.js binary, or other ports.`,
  )
  .action(async (options) => {
    const { run } = await import("./run.ts");
    process.exitCode = await run(options);
  });

/** A console that draws, over a gateway of its own or one that is elsewhere. */
function consoleCommand(name: "console" | "dashboard"): Command {
  return gatewayCommand(name, "no sockets")
    .addOption(
      new Option("--connect <[user@]host[:port]>", "a gateway that runs elsewhere, over SSH; no other configuration")
        .argParser(target)
        .conflicts(["config", "state", "listen", "ssh"]),
    )
    .option("--identity <file>", "with --connect: the private key to log in with; else an agent, or a password")
    .option("--known-hosts <file>", "with --connect: the host keys that are known; absent = ~/.ssh/known_hosts")
    .option("--accept-new-host-key", "with --connect: remember the key of a host that was never seen")
    .addHelpText(
      "after",
      `
Without --listen no sockets are opened: the configuration can be looked at and changed, and nobody can connect.
Where the terminal cannot be drawn on (no terminal, TERM=dumb, INK_SCREEN_READER=true) it is the plain line of lnsh run.
NO_COLOR is honoured. Logging out ends the gateway; clients are told. With --connect the gateway there draws, and the
password is that of LNSH_PASSWORD or is asked for.

Exit codes: ${EXIT.ok} logged out · ${EXIT.refused} with --connect: a command was refused there · ${EXIT.usage} bad usage ·
            ${EXIT.cannotStart} the gateway could not start, or could not be reached`,
    )
    .action(async (options) => {
      if (options.connect === undefined) {
        const { run } = await import("./run.ts");
        process.exitCode = await run(options, name);
      } else {
        const { connectConsole } = await import("./connect-console.ts");
        process.exitCode = await connectConsole(options, name);
      }
    });
}

consoleCommand("console").description(
  "a gateway and a console that draws: live help, colours, scrollback, search, pasting with a report",
);

consoleCommand("dashboard").description(
  "the same, with the dashboard of tunnels and sessions first; q leads to the console",
);

program
  .command("exec")
  .description("run commands on a gateway of a configuration, or on one that runs elsewhere, and end")
  .option("--config <file>", "the configuration to load")
  .option(
    "--state <directory>",
    "where flash: and nvram: are kept; without --config its startup configuration is loaded",
  )
  .addOption(dialect)
  .addOption(
    new Option("--connect <[user@]host[:port]>", "a gateway that runs elsewhere with --ssh; ssh:// may stand before it")
      .argParser(target)
      .conflicts(["config", "state", "dialect", "strict", "listen"]),
  )
  .option("--identity <file>", "with --connect: the private key to log in with")
  .option("--known-hosts <file>", "with --connect: keys of known hosts; absent = ~/.ssh/known_hosts")
  .option("--accept-new-host-key", "with --connect: remember the key of a host that was never seen")
  .option("--ssh-legacy", "with --connect: also algorithms that are no longer safe")
  .option("-c, --command <command>", "a command to run; may be repeated", inOrder)
  .option(
    "-f, --file <file>",
    "run the commands of a file, one a line; may be repeated; - is the standard input",
    inOrder,
  )
  .option("--keep-going", "run all commands, also behind one that was refused")
  .option("--json", "print one JSON document: of each command its outcome, and its output as a value where it has one")
  .option("--strict", `warnings about the configuration make the exit code ${EXIT.warnings}`)
  .option("--wait <condition>", "first wait until this holds; needs --listen or --connect", condition)
  .option("--timeout <seconds>", "how long --wait waits (default: 60)", seconds)
  .option(
    "--listen <address>",
    "serve clients meanwhile on this host address, which stands for the router's own",
    hostAddress,
  )
  .option("--ike-port <port>", "UDP port for IKE", port, 500)
  .option("--natt-port <port>", "UDP port for NAT traversal", port, 4500)
  .option("--l2tp-port <port>", "UDP port for L2TP in the clear", port, 1701)
  .addHelpText(
    "after",
    `
Commands run in privileged exec, in the order of -c and -f, until one is refused. A line behind a command that asks is its
answer. Without -c, -f and --wait, commands are read from the standard input where it is no terminal.
Over --connect the password is that of the environment's LNSH_PASSWORD; or a key from --identity, or an agent.

Conditions:   tunnel up · session up · session bob up · session 10.0.0.2 down · tunnels = 0 · sessions >= 2
              tunnel up and session alice up · show vpdn | include bob     (holds when it prints something)

Exit codes: ${EXIT.ok} all was well · ${EXIT.refused} a command or a line of the configuration was refused ·
            ${EXIT.usage} bad usage · ${EXIT.warnings} with --strict: warnings · ${EXIT.unmet} the condition did not come ·
            ${EXIT.cannotStart} no such file, a port that cannot be had, no connection`,
  )
  .action(async (options) => {
    const { execute } = await import("./exec/exec.ts");
    process.exitCode = await execute(options);
  });

program
  .command("check")
  .description("read configurations line by line and report what would become of each line")
  .argument("<file...>", "listings, transcripts or configurations as saved from a router; - is the standard input")
  .addOption(
    new Option("--dialect <name>", "the dialect of the files").choices(["auto", "ios", "junose"]).default("auto"),
  )
  .addOption(
    new Option("--format <name>", "how to report").choices(["text", "json", "sarif", "github"]).default("text"),
  )
  .option("--strict", "warnings make the exit code 3")
  .addHelpText(
    "after",
    `
Each line is active, inert (kept and printed back, does nothing here), unsupported, unknown or wrong; warnings tell what is
well formed and will not do what it should.

Exit codes: ${EXIT.ok} every line was taken · ${EXIT.refused} a line is unsupported, unknown or wrong ·
            ${EXIT.usage} bad usage, or a file that cannot be read · ${EXIT.warnings} with --strict: warnings`,
  )
  .action(async (files, options) => {
    const { check } = await import("./check/check.ts");
    process.exitCode = await check(files, options);
  });

program
  .command("client")
  .description("try a gateway, this one or another's, as clients in the field would")
  .requiredOption("--connect <host>", "the gateway")
  .addOption(
    new Option("--persona <name>", "whose manners the client has").choices(PERSONA_NAMES).default("windows-10"),
  )
  .requiredOption("--user <name>", "the user; % stands for the client's number")
  .option("--group <name>", "the name to open aggressive mode with; absent = main mode")
  .option("--psk-file <file>", "the pre-shared key; absent = the environment's LNSH_PSK")
  .option("--cert <file>", "prove who the client is by this certificate (PEM or DER) in place of a pre-shared key")
  .option("--key <file>", "the private key of --cert")
  .option("--ca <file>", "the authority whose gateways the client believes")
  .option("--pkcs12 <file>", "certificate, key and authority in one file")
  .option("--cert-password-file <file>", "the password of --pkcs12 or --key; absent = LNSH_CERT_PASSWORD")
  .option("--password-file <file>", "the password; absent = the environment's LNSH_PASSWORD")
  .option("--ike-port <port>", "the gateway's UDP port for IKE", port, 500)
  .option("--natt-port <port>", "the gateway's UDP port for NAT traversal", port, 4500)
  .option(
    "--source <addresses>",
    "addresses of this host that clients speak from in turn: FIRST or FIRST-LAST",
    sources,
  )
  .option("--count <number>", "how many clients", some, 1)
  .option("--rate <number>", "how many begin each second", some, 10)
  .option("--at-once <number>", "how many may be on their way at a time; the next waits for one of them", some)
  .option("--ping <address>", "ping this address from each client that is up")
  .option("--pings <number>", "how many pings", some, 3)
  .option("--hold <seconds>", "how long sessions are kept", count, 0)
  .option("--timeout <seconds>", "how long a client may take to come up", some, 60)
  .option("--verbose", "tell what each client's protocols say")
  .option("--json", "print the outcome of each client as JSON")
  .addHelpText(
    "after",
    `
Clients stand behind a NAT of this process: their UDP ports are the system's choice and no right is needed. A server that takes
one client from each address, as those on the kernel of Linux do, wants --source with as many addresses as there are clients.

Exit codes: ${EXIT.ok} every client came up and every ping was answered · ${EXIT.refused} one did not ·
            ${EXIT.usage} bad usage · ${EXIT.cannotStart} no such host, no such source, no key, no password`,
  )
  .action(async (options) => {
    const { client } = await import("./client/client-command.ts");
    process.exitCode = await client(options);
  });

program
  .command("lab")
  .description("a gateway, a NAT and clients over loopback, in one process")
  .addArgument(
    new Argument("[scenario]", "what is played").choices(["nat-demux", "no-demux", "e-series"]).default("nat-demux"),
  )
  .addHelpText(
    "after",
    `
  nat-demux   two clients with Windows 2000 manners behind one PAT, an IOS gateway with set nat demux
  no-demux    the same without the command: the second client ends the first one's connection
  e-series    the same on an E-series configuration, with a single-shot tunnel`,
  )
  .action(async (scenario) => {
    const { lab } = await import("./lab/lab.ts");
    process.exitCode = await lab(scenario);
  });

program
  .command("completion")
  .description("print what makes a shell complete lnsh's commands and options")
  .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
  .addHelpText(
    "after",
    `
  bash   lnsh completion bash > ~/.local/share/bash-completion/completions/lnsh
  zsh    lnsh completion zsh > "\${fpath[1]}/_lnsh"
  fish   lnsh completion fish > ~/.config/fish/completions/lnsh.fish`,
  )
  .action(async (shell: ShellName) => {
    const { completion } = await import("./completion/completion.ts");
    process.stdout.write(completion(program, shell));
  });
