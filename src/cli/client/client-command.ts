/** `lnsh client`: tries a gateway as the clients in the field would, and tells how far each came. */

import { lookup } from "node:dns/promises";
import type { PersonaName } from "../../engine/client/persona-names.ts";
import { canonicalAddress, isIpv6 } from "../../engine/kernel/address.ts";
import { fieldsOf, type Log } from "../../engine/kernel/log.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import { CannotStart } from "../cannot-start.ts";
import { dieBy, type EndingSignal, endingSignal } from "../ending-signal.ts";
import { EXIT } from "../exit-codes.ts";
import { readText } from "../read-text.ts";
import { type CertificateFiles, clientCertificate } from "./client-certificate.ts";
import { type ClientOutcome, runClients } from "./client-run.ts";
import { firstNotOurs } from "./socket-pat.ts";
import { type SourceRange, sourcesFor } from "./source-range.ts";

export interface ClientOptions extends CertificateFiles {
  readonly connect: string;
  readonly persona: PersonaName;
  readonly user: string;
  readonly group?: string;
  readonly pskFile?: string;
  readonly certPasswordFile?: string;
  readonly passwordFile?: string;
  readonly ikePort: number;
  readonly nattPort: number;
  readonly source?: SourceRange;
  readonly count: number;
  readonly rate: number;
  readonly atOnce?: number;
  readonly ping?: string;
  readonly pings: number;
  readonly hold: number;
  readonly timeout: number;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

export async function client(options: ClientOptions): Promise<number> {
  const gateway = await addressOf(options.connect, 0);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const isQuiet = options.json === true;
  const ending = new AbortController();
  let signal: EndingSignal | undefined;
  void endingSignal().then((heard) => {
    signal = heard;
    ending.abort();
  });
  const certificate = clientCertificate(options, () =>
    secretOf("LNSH_CERT_PASSWORD", options.certPasswordFile, "the certificate's password", "--cert-password-file"),
  );
  const sources = options.source === undefined ? undefined : sourcesFor(options.source, options.count);
  if (sources !== undefined && isIpv6(sources[0] ?? gateway) !== isIpv6(gateway)) {
    throw new CannotStart(`--source: no address of it leads to ${gateway}, which is of the other family.`);
  }
  const strange = sources === undefined ? undefined : await firstNotOurs(sources);
  if (strange !== undefined) throw new CannotStart(`--source ${strange}: not an address of this host.`);
  const outcomes = await runClients(
    {
      persona: options.persona,
      gateway,
      ikePort: options.ikePort,
      nattPort: options.nattPort,
      ...(sources === undefined ? {} : { sources }),
      ...(certificate === undefined
        ? { preSharedKey: secretOf("LNSH_PSK", options.pskFile, "the pre-shared key", "--psk-file") }
        : { preSharedKey: new Secret(""), certificate }),
      user: options.user,
      ...(options.group === undefined ? {} : { group: options.group }),
      password: secretOf("LNSH_PASSWORD", options.passwordFile, "the password", "--password-file"),
      count: options.count,
      ratePerSecond: options.rate,
      ...(options.atOnce === undefined ? {} : { atOnce: options.atOnce }),
      pings: options.ping === undefined ? undefined : { to: await addressOf(options.ping, 4), count: options.pings },
      holdSeconds: options.hold,
      patienceSeconds: options.timeout,
    },
    {
      said: options.verbose === true && !isQuiet ? logTo(say) : () => undefined,
      settled: (outcome) => {
        if (!isQuiet && options.count <= 20) say(outcomeText(outcome));
      },
      ended: ending.signal,
    },
  );
  if (isQuiet) say(JSON.stringify({ gateway, persona: options.persona, clients: outcomes }, undefined, 2));
  else for (const line of summary(outcomes)) say(line);
  if (signal !== undefined) dieBy(signal);
  const isGood = ({ upAfterMillis, reason, pings }: ClientOutcome): boolean =>
    upAfterMillis !== undefined && reason === undefined && pings.answered === pings.sent;
  return outcomes.every(isGood) ? EXIT.ok : EXIT.refused;
}

function logTo(say: (line: string) => void): Log {
  return (category, severity, text, said) => {
    const known = Object.entries(fieldsOf(said)).filter(([, value]) => value !== undefined);
    say(`${category} ${severity}: ${text}${known.map(([name, value]) => ` ${name}=${String(value)}`).join("")}`);
  };
}

function outcomeText({ number, user, address, upAfterMillis, reason }: ClientOutcome): string {
  if (upAfterMillis === undefined) return `client ${number} (${user}) failed: ${reason}`;
  return `client ${number} (${user}) is up after ${upAfterMillis.toFixed(0)} ms with ${address ?? "no address"}`;
}

function summary(outcomes: readonly ClientOutcome[]): string[] {
  const up = outcomes.flatMap(({ upAfterMillis }) => upAfterMillis ?? []);
  const reasons = new Map<string, number>();
  for (const { reason } of outcomes) if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const sent = outcomes.reduce((sum, { pings }) => sum + pings.sent, 0);
  const answered = outcomes.reduce((sum, { pings }) => sum + pings.answered, 0);
  return [
    `${up.length} of ${outcomes.length} clients up${up.length === 0 ? "" : `; p50 ${at(up, 0.5)} ms, p99 ${at(up, 0.99)} ms`}`,
    ...(sent === 0 ? [] : [`pings: ${answered} of ${sent} answered`]),
    ...[...reasons].map(([reason, count]) => `${count} × ${reason}`),
  ];
}

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
}

/** Of a name that has both, the address of IPv4. */
async function addressOf(host: string, family: 0 | 4): Promise<string> {
  try {
    const { address } = await lookup(host.replace(/^\[(.*)\]$/, "$1"), { family, order: "ipv4first" });
    return canonicalAddress(address) ?? address;
  } catch {
    throw new CannotStart(`${host}: no such host, or it has no ${family === 4 ? "IPv4 " : ""}address.`);
  }
}

/** Never from the command line: everybody on the host may read that. */
function secretOf(variable: string, file: string | undefined, what: string, option: string): Secret {
  const fromEnvironment = process.env[variable];
  if (file === undefined && fromEnvironment !== undefined) return new Secret(fromEnvironment);
  if (file === undefined) throw new CannotStart(`${what} is missing: set ${variable} or give ${option} FILE.`);
  return new Secret(readText(file).replace(/\r?\n$/, ""));
}
