/**
 * Which log events mean that a client did not come up, at which step that is, what to change, and the number that Windows shows for it. Rows are
 * tried in order, the first that fits an event tells.
 */

import type { LogEvent, Severity } from "../../engine/kernel/log.ts";

export interface FailureRule {
  readonly text: RegExp;
  /** What the reason holds; absent = any. */
  readonly reason?: RegExp;
  /** Absent = any. What never stood is noticed when it ends. */
  readonly severity?: Severity;
  readonly step: string;
  readonly change: string;
  readonly windowsError?: number;
}

const PHASE_1 = /^(Main|Aggressive) mode (was refused|failed|message was refused)$/;
const PHASE_2 = /^Quick mode (was refused|failed|message was refused)$/;

const TUNNEL_ENDED = /^L2TP tunnel (is being closed|closed)$/;

/** How the link ends after what a row has been told of already. */
const AFTERWARDS = { text: /^PPP failed$/, reason: /^authentication of .* failed$|^there is no address for the peer$/ };

/** Each must have a failure that it tells of: the tests provoke them all. */
export const failureRules: readonly FailureRule[] = [
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
    reason: /no IKE policy serves/,
    step: "phase 1",
    change: "add an IKE policy, or one for this address",
    windowsError: 789,
  },
  {
    text: PHASE_1,
    reason: /main mode is not accepted/,
    step: "phase 1",
    change: "let the client use aggressive mode, or let a policy take main mode",
    windowsError: 789,
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
    severity: "notice",
    reason: /authori[sz]|password|challenge/i,
    step: "L2TP tunnel",
    change: "give both ends the same tunnel password, or take tunnel authentication away",
  },
  {
    text: TUNNEL_ENDED,
    severity: "notice",
    reason: /does not answer|in time/,
    step: "L2TP tunnel",
    change: "let ESP, or UDP 4500 with ESP in it, pass between the client and this gateway, both ways",
    windowsError: 809,
  },
  {
    text: TUNNEL_ENDED,
    severity: "notice",
    step: "L2TP tunnel",
    change: "see the reason; where the client ended it, its own log says why",
  },
  {
    text: /^L2TP session closed$/,
    severity: "notice",
    step: "L2TP session",
    change: "see the reason; where the client ended it, its own log says why",
  },
  {
    text: /^L2TP (tunnel|session) refused$/,
    reason: /limit|too many|as many/i,
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
    reason: /only under IPsec/,
    step: "L2TP tunnel",
    change: "let the client use IPsec, or take enable ipsec-transport out of the profile",
  },
  {
    text: /^L2TP in the clear refused$/,
    step: "L2TP tunnel",
    change: "let the client use IPsec; nothing else is taken where IPsec is required",
  },
  {
    text: /^L2TP tunnel refused$/,
    reason: /only without IPsec/,
    step: "L2TP tunnel",
    change: "let the client do without IPsec, or say enable ipsec-transport in the profile",
  },
  {
    text: /^L2TP tunnel refused$/,
    reason: /to this local address/,
    step: "L2TP tunnel",
    change: "let the client call the address that the group or profile is for, or take that address out of it",
  },
  {
    text: /^L2TP tunnel refused$/,
    reason: /no profile/,
    step: "L2TP tunnel",
    change: "add a group or destination profile that takes this peer and its host name",
  },
  {
    text: /^L2TP tunnel refused$/,
    reason: /single-shot/,
    step: "L2TP tunnel",
    change: "nothing: the client makes IPsec anew for its next tunnel",
  },
  { text: /^L2TP tunnel refused$/, step: "L2TP tunnel", change: "see debug for the message that was refused" },
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
    reason: /refuses all of|authenticat/i,
    step: "LCP",
    change: "let client and gateway have an authentication protocol in common",
    windowsError: 691,
  },
  {
    text: /^PPP failed$/,
    reason: /LCP echoes/,
    step: "liveness",
    change: "nothing: the client went away without a word, or its NAT forgot it",
  },
  {
    text: /^PPP failed$/,
    reason: /does not answer/,
    step: "PPP",
    change: "nothing: the client went away without a word, or its NAT forgot it",
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
  {
    text: /^session refused$/,
    reason: /does not exist/,
    step: "PPP",
    change: "configure the PPP profile that the group or destination profile names, or name one that exists",
  },
  { text: /^session refused$/, step: "PPP", change: "wait until others have come up, or have gone" },
];

/** What is wrong with a peer's certificate, by the words of the reason, and what helps. */
function certificateRules(): FailureRule[] {
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

/** The row that an event fits; absent = no failure of a connection, or one that was told of already. */
export function failureRule({ text, severity, fields }: LogEvent): FailureRule | undefined {
  const reason = String(fields.reason ?? "");
  if (AFTERWARDS.text.test(text) && AFTERWARDS.reason.test(reason)) return undefined;
  return failureRules.find(
    (rule) =>
      rule.text.test(text) &&
      (rule.severity ?? severity) === severity &&
      (rule.reason === undefined || rule.reason.test(reason)),
  );
}
