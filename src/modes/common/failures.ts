/**
 * Why clients did not come up, as one row each: who, when, at which step, what the gateway said of it, what to change, and the number that Windows
 * shows for it. A table over the log: rows are tried in order, the first that fits an event tells.
 */

import type { LogEvent } from "../../engine/kernel/log.ts";
import type { LogBuffer } from "./log-buffer.ts";

export interface Failure {
  readonly at: Date;
  /** What the log said. */
  readonly event: LogEvent;
  /** How often in a row: a client repeats what was refused. */
  readonly times: number;
  /** Address and port, the outer ones of IKE and those that L2TP sees; the session's number where only that is known. */
  readonly who: string;
  /** What the client called itself so far: a user, an identity, a host. */
  readonly user: string;
  readonly step: string;
  readonly reason: string;
  /** Where an agreement failed: what either side would have. */
  readonly offered: string;
  readonly configured: string;
  readonly change: string;
  /** What a Windows client tells its user; absent where nothing follows. */
  readonly windowsError: number | undefined;
}

interface Rule {
  readonly text: RegExp;
  /** What the reason holds; absent = any. */
  readonly reason?: RegExp;
  readonly step: string;
  readonly change: string;
  readonly windowsError?: number;
}

const PHASE_1 = /^(Main|Aggressive) mode (was refused|failed|message was refused)$/;
const PHASE_2 = /^Quick mode (was refused|failed|message was refused)$/;

/** How the link ends after what a row has been told of already. */
const AFTERWARDS = { text: /^PPP failed$/, reason: /^authentication of .* failed$|^there is no address for the peer$/ };

const rules: readonly Rule[] = [
  {
    text: PHASE_1,
    reason: /pre-shared keys differ/,
    step: "phase 1",
    change: "make the pre-shared key of the client and of this gateway the same",
    windowsError: 789,
  },
  {
    text: PHASE_1,
    reason: /no pre-shared key/i,
    step: "phase 1",
    change: "configure a pre-shared key that this peer's address or name matches",
    windowsError: 789,
  },
  {
    text: PHASE_1,
    reason: /need a certificate of ours/,
    step: "phase 1",
    change: "give this gateway a certificate and its private key, or a policy with pre-shared keys",
    windowsError: 789,
  },
  {
    text: PHASE_1,
    reason: /no phase 1 proposal/i,
    step: "phase 1",
    change: "add an IKE policy with what the client offers; debug tells each offer",
    windowsError: 789,
  },
  {
    text: PHASE_1,
    reason: /its key is of keyring/,
    step: "phase 1",
    change: "give the peer a key of the profile's keyring, or let another profile match its identity",
    windowsError: 789,
  },
  ...certificateRules(),
  {
    text: PHASE_1,
    reason: /locked out/,
    step: "phase 1",
    change: "make the pre-shared key of the client and of this gateway the same, and wait half a minute",
    windowsError: 809,
  },
  {
    text: PHASE_1,
    reason: /no IPsec gateway/,
    step: "phase 1",
    change:
      "protect the address that the client calls: a crypto map on its interface, an IPsec transport profile for it",
    windowsError: 809,
  },
  {
    text: PHASE_1,
    reason: /aggressive mode is not accepted/,
    step: "phase 1",
    change:
      "let the client use main mode, or let a policy take aggressive mode, knowing that its hash can be attacked off line",
    windowsError: 789,
  },
  {
    text: PHASE_1,
    reason: /did not send aggressive mode/,
    step: "phase 1",
    change:
      "make the pre-shared key of the client and of this gateway the same, and let UDP 500 and 4500 pass both ways",
    windowsError: 789,
  },
  {
    text: PHASE_1,
    reason: /time|no answer|not answer|did not send/i,
    step: "phase 1",
    change: "let UDP 500 and 4500 pass between the client and this gateway, both ways",
    windowsError: 809,
  },
  { text: PHASE_1, step: "phase 1", change: "see debug for the message that was refused", windowsError: 789 },
  {
    text: PHASE_2,
    reason: /ESP without UDP|UDP encapsulation/,
    step: "phase 2",
    change: "let the client and this gateway both use NAT traversal, on UDP 4500",
    windowsError: 789,
  },
  {
    text: PHASE_2,
    reason: /perfect forward secrecy/,
    step: "phase 2",
    change: "ask for the group of perfect forward secrecy that the client offers, or for none",
    windowsError: 789,
  },
  {
    text: PHASE_2,
    reason: /our own transform set is for tunnel mode/,
    step: "phase 2",
    change: "put the transform set into transport mode",
    windowsError: 789,
  },
  {
    text: PHASE_2,
    reason: /no phase 2 proposal/i,
    step: "phase 2",
    change: "add a transform set with what the client offers; debug tells each offer",
    windowsError: 789,
  },
  {
    text: PHASE_2,
    reason: /only peers of profile/,
    step: "phase 2",
    change: "let the profile match this peer, or take the profile off the crypto map",
    windowsError: 789,
  },
  {
    text: PHASE_2,
    reason: /access list/i,
    step: "phase 2",
    change: "let the access list of the crypto map permit UDP 1701 to this client",
    windowsError: 789,
  },
  {
    text: PHASE_2,
    reason: /our end|the peer's end|selectors/i,
    step: "phase 2",
    change: "let the client protect L2TP alone: UDP port 1701",
    windowsError: 789,
  },
  {
    text: PHASE_2,
    reason: /did not answer/,
    step: "phase 2",
    change: "let UDP 500 and 4500 pass both ways; if they do, the client's own log says what it did not take",
    windowsError: 789,
  },
  { text: PHASE_2, step: "phase 2", change: "see debug for the message that was refused", windowsError: 789 },
  {
    text: /^Peer does not answer dead peer detection$/,
    step: "liveness",
    change: "nothing: the client went away without a word, or its NAT forgot it",
  },
  {
    text: /^L2TP tunnel refused$/,
    reason: /not enabled/,
    step: "L2TP tunnel",
    change: "enable L2TP (vpdn enable; no l2tp shutdown)",
    windowsError: 809,
  },
  {
    text: /^L2TP tunnel (refused|is being closed|closed)$/,
    reason: /authori[sz]|password|challenge/i,
    step: "L2TP tunnel",
    change: "give both ends the same tunnel password, or take tunnel authentication away",
  },
  {
    text: /^L2TP (tunnel|session) refused$/,
    reason: /limit|too many|many/i,
    step: "L2TP",
    change: "raise the limit of sessions",
  },
  {
    text: /^L2TP (tunnel|session) refused$/,
    reason: /draining|the destination is/,
    step: "L2TP",
    change: "let L2TP, the destination and the tunnel take new ones again (no l2tp drain, no l2tp shutdown)",
  },
  {
    text: /^L2TP tunnel refused$/,
    step: "L2TP tunnel",
    change: "add a group or destination profile that takes this peer and its host name",
  },
  { text: /^L2TP session refused$/, step: "L2TP session", change: "see debug for the call" },
  {
    text: /^PPP authentication failed$/,
    reason: /already/,
    step: "authentication",
    change: "raise the limit of sessions, or wait until one of them has ended",
    windowsError: 691,
  },
  {
    text: /^PPP authentication failed$/,
    step: "authentication",
    change: "give the client the name and password of a user that is configured here",
    windowsError: 691,
  },
  {
    text: /^PPP failed$/,
    reason: /refuses all of|authentication/i,
    step: "LCP",
    change: "let client and gateway have an authentication protocol in common",
    windowsError: 691,
  },
  { text: /^PPP failed$/, step: "PPP", change: "see debug ppp negotiation", windowsError: 720 },
  {
    text: /^no address left for the client$/,
    reason: /there is no address pool|no address pool is named/,
    step: "IPCP",
    change: "configure the address pool, or name one that exists",
    windowsError: 720,
  },
  {
    text: /^no address left for the client$/,
    reason: /another session's/,
    step: "IPCP",
    change: "wait until the session that has the user's address has ended",
    windowsError: 720,
  },
  {
    text: /^no address left for the client$/,
    step: "IPCP",
    change: "make the address pool larger",
    windowsError: 720,
  },
  { text: /^session refused$/, step: "PPP", change: "see the reason" },
];

/** What is wrong with a peer's certificate, by the words of the reason, and what helps. */
function certificateRules(): Rule[] {
  const changes: readonly (readonly [RegExp, string])[] = [
    [/expired/, "give the client a new certificate; if it has not expired, set the clock of this host"],
    [/not valid before/, "set the clock of the client's authority, or of this host"],
    [/was revoked/, "give the client a new certificate, if it is to come in"],
    [/no revocation list/, "import the authority's list anew, or do without lists"],
    [
      /is no authority and issued|may not sign certificates|authorities below it|certificates lead to/,
      "have the certificate made by an authority that may issue it",
    ],
    [/is not trusted|no authority|another key/, "make the authority of the client's certificate a trustpoint here"],
    [/sent no certificate/, "install a machine certificate on the client, with its private key"],
    [/calls itself/, "let the client use the name that its certificate is for"],
    [/certificate map/, "let a certificate map take this name, if it is to come in"],
    [
      /MD5|which is not known here|RSA key|not RSA|exponent|modulus/,
      "have the certificate made anew: RSA of 2048 bits or more, SHA-256",
    ],
    [
      /may not be used to sign|other uses/,
      "have the certificate made for digital signature, and for IKE or client authentication",
    ],
    [/not by its key/, "install the private key that belongs to the client's certificate"],
  ];
  return changes
    .map(([words, change]) => ({
      text: PHASE_1,
      reason: new RegExp(`certificate refused: .*(${words.source})`, "s"),
      step: "certificate",
      change,
      windowsError: 789,
    }))
    .concat([
      {
        text: PHASE_1,
        reason: /certificate refused/,
        step: "certificate",
        change: "have the certificate made anew",
        windowsError: 789,
      },
    ]);
}

/** Oldest first; what one client was told several times in a row is one. */
export function failuresIn(buffer: LogBuffer): Failure[] {
  const failures: Failure[] = [];
  for (const { event, at } of buffer.events) {
    const rule = ruleFor(event);
    if (rule === undefined) continue;
    const next = failure(rule, event, at);
    const last = failures.at(-1);
    if (last !== undefined && isAgain(last, next)) failures[failures.length - 1] = { ...next, times: last.times + 1 };
    else failures.push(next);
  }
  return failures;
}

function isAgain(last: Failure, next: Failure): boolean {
  return last.event.text === next.event.text && last.who === next.who && last.reason === next.reason;
}

function ruleFor({ text, fields }: LogEvent): Rule | undefined {
  const reason = String(fields.reason ?? "");
  if (AFTERWARDS.text.test(text) && AFTERWARDS.reason.test(reason)) return undefined;
  return rules.find((rule) => rule.text.test(text) && (rule.reason === undefined || rule.reason.test(reason)));
}

function failure({ step, change, windowsError }: Rule, event: LogEvent, at: Date): Failure {
  const { text, fields } = event;
  const { peer, remote, session, user, identity, host, reason, offered, configured } = fields;
  const who = peer ?? remote ?? (session === undefined ? "" : `session ${String(session)}`);
  return {
    at,
    event,
    times: 1,
    who: String(who),
    user: String(user ?? identity ?? host ?? ""),
    step,
    reason: String(reason ?? text),
    offered: String(offered ?? ""),
    configured: String(configured ?? ""),
    change,
    windowsError,
  };
}

/** The same on other versions: Windows 2000 and XP, and where the client tries one kind of tunnel after the other. */
const ALSO_SAID: Readonly<Record<number, string>> = {
  720: "720, or 733 and 734",
  809: "809; 678 on Windows XP; 800 where the kind of tunnel is automatic",
};

function windowsText(error: number | undefined): string {
  return error === undefined ? "" : ` (Windows says error ${ALSO_SAID[error] ?? error})`;
}

/**
 * What a log line says behind its own words where a client did not come up: the step, what to change, what Windows shows; empty elsewhere.
 * The peer's port is added where `said` leaves it out: behind a NAT only that tells one client from another.
 */
export function adviceOn(event: LogEvent, said: string): string {
  const rule = ruleFor(event);
  if (rule === undefined) return "";
  const { who, step, change, windowsError } = failure(rule, event, new Date(0));
  const of = said.includes(who) ? "" : ` of ${who}`;
  return `; step: ${step}${of}; change: ${change}${windowsText(windowsError)}`;
}

/** `stamp` words a moment as the box does. */
export function failureLines(failures: readonly Failure[], stamp: (at: Date) => string): string[] {
  if (failures.length === 0) return ["No failure is remembered."];
  return failures.flatMap(({ at, times, who, user, step, reason, offered, configured, change, windowsError }) => [
    `${stamp(at)}  ${who}${user === "" ? "" : `  ${user}`}  ${step}${times === 1 ? "" : `, ${times} times`}`,
    `    ${reason}`,
    ...(offered === "" ? [] : [`    offered: ${offered}`, `    configured: ${configured}`]),
    `    change: ${change}${windowsText(windowsError)}`,
  ]);
}

export function failureModel(failures: readonly Failure[]): unknown {
  return failures.map(({ at, event: _event, windowsError, ...rest }) => ({
    at: at.toISOString(),
    ...rest,
    windowsError: windowsError ?? null,
  }));
}
