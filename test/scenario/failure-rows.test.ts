/**
 * The row of a failure, to the letter: when, who, at which step, why, what was offered, what is configured, what to change, and the number that
 * Windows shows. Each rule of advice is provoked; a rule that nothing provokes is a fault.
 */

import { expect, test } from "vitest";
import { failureRule, failureRules } from "../../src/modes/common/failure-rules.ts";
import { failureLines } from "../../src/modes/common/failures.ts";
import { failuresOf } from "../support/failures.ts";
import { provocations } from "./provocations.ts";

const rows: Readonly<Record<string, readonly string[]>> = {
  "a wrong pre-shared key": [
    "198.51.100.7:20000  phase 1: message could not be decrypted: the pre-shared keys differ (probable); configured: a key for 0.0.0.0/0; change: make the pre-shared key of the client and of this gateway the same (Windows says error 789)",
  ],
  "no pre-shared key for the peer": [
    "198.51.100.7:20000  phase 1: no pre-shared key is configured for this peer; offered: a key for 198.51.100.7; configured: nothing; change: configure a pre-shared key that this peer's address or name matches (Windows says error 789)",
  ],
  "no matching phase 1 policy": [
    "198.51.100.7:20000  phase 1: no phase 1 proposal was acceptable: encryption 3des is not aes, and 1 more (transform 1 against 2); offered: 3des-sha1-preShared-group 2 | 3des-md5-preShared-group 2 | des-sha1-preShared-group 1 | des-md5-preShared-group 1; configured: aes-128-sha1-preShared-group 14; change: add an IKE policy with what the client offers; debug tells each offer (Windows says error 789)",
  ],
  "no gateway for the address that is called": [
    "198.51.100.7:20000  phase 1, 6 times: no IPsec gateway is configured for this address and peer; offered: 203.0.113.1; configured: nothing; change: protect the address that the client calls: a crypto map on its interface, an IPsec transport profile for it (Windows says error 809; 678 on Windows XP; 800 where the kind of tunnel is automatic)",
  ],
  "perfect forward secrecy that the client does not offer": [
    "198.51.100.7:20001  10.0.0.2  phase 2: no phase 2 proposal was acceptable: perfect forward secrecy group missing is not 2 (transform 1 against TS1); offered: 3des-sha1 | 3des-md5 | des-sha1 | des-md5; configured: 3des-sha1-group 2 | aes-128-sha1-group 2; change: ask for the group of perfect forward secrecy that the client offers, or for none (Windows says error 789)",
  ],
  "no matching transform set": [
    "198.51.100.7:20001  10.0.0.2  phase 2: no phase 2 proposal was acceptable: cipher 3des is not aes, and 1 more (transform 1 against TS); offered: 3des-sha1 | 3des-md5 | des-sha1 | des-md5; configured: aes-256-sha256; change: add a transform set with what the client offers; debug tells each offer (Windows says error 789)",
  ],
  "a transform set in tunnel mode": [
    "198.51.100.7:20001  10.0.0.2  phase 2: no phase 2 proposal was acceptable: our own transform set is for tunnel mode (transform 1 against TS); offered: 3des-sha1 | 3des-md5 | des-sha1 | des-md5; configured: 3des-sha1; change: put the transform set into transport mode (Windows says error 789)",
  ],
  "ESP without UDP, where only UDP passes": [
    "198.51.100.7:20000  10.0.0.2  phase 2: no phase 2 proposal was acceptable: ESP without UDP cannot be carried here: the peer must use NAT traversal (transform 1 against TS1); offered: 3des-sha1 | 3des-md5 | des-sha1 | des-md5; configured: 3des-sha1 | aes-128-sha1; change: let the client and this gateway both use NAT traversal, on UDP 4500 (Windows says error 789)",
  ],
  "aggressive mode that nobody allowed": [
    "198.51.100.7:20000  phase 1, 6 times: aggressive mode is not accepted: its hash can be attacked off line; offered: aggressive mode; configured: main mode; change: let the client use main mode, or let a policy take aggressive mode, knowing that its hash can be attacked off line (Windows says error 789)",
  ],
  "a profile that does not take the client": [
    "198.51.100.7:20001  10.0.0.2  phase 2: only peers of profile SALES are served, and the peer is of none; change: let the profile match this peer, or take the profile off the crypto map (Windows says error 789)",
  ],
  "a session limit": [
    "198.51.100.7:1024  pc1  L2TP: the session limit of L2TP is reached (0); change: raise the limit of sessions",
  ],
  "a user who is there already": [
    "198.51.100.7:1024  fred  authentication: fred has the 0 sessions already that one user may have; change: raise the limit of sessions, or wait until one of them has ended (Windows says error 691)",
  ],
  "a wrong password": [
    "198.51.100.7:1024  fred  authentication: the password is wrong; change: give the client the name and password of a user that is configured here (Windows says error 691)",
  ],
  "an unknown user": [
    "198.51.100.7:1024  barney  authentication: there is no user barney; change: give the client the name and password of a user that is configured here (Windows says error 691)",
  ],
  "no common authentication protocol": [
    "198.51.100.7:1024  LCP: the peer refuses all of pap; offered: msChapV2; configured: pap; change: let client and gateway have an authentication protocol in common (Windows says error 691)",
  ],
  "no address left": [
    "198.51.100.7:1024  fred  IPCP: none is free of POOL; change: make the address pool larger (Windows says error 720, or 733 and 734)",
  ],
  "a pool that is not there": [
    "198.51.100.7:1024  fred  IPCP: there is no address pool POOL; change: configure the address pool, or name one that exists (Windows says error 720, or 733 and 734)",
  ],
  "L2TP that is draining": [
    "198.51.100.7:1024  pc1  L2TP: L2TP is draining: it accepts no new tunnels; change: let L2TP, the destination and the tunnel take new ones again (no l2tp drain, no l2tp shutdown)",
  ],
  "a keyring that is not its profile's": [
    "198.51.100.7:20000  phase 1: its key is of keyring default, and profile SALES takes keys of SALES alone; change: give the peer a key of the profile's keyring, or let another profile match its identity (Windows says error 789)",
  ],
  "an unknown PPP profile": [
    "198.51.100.7:1024  PPP: the PPP profile Virtual-Template9 does not exist; change: configure the PPP profile that the group or destination profile names, or name one that exists",
  ],
  "an unknown host name": [
    "198.51.100.7:1024  pc1  L2TP tunnel: no profile accepts the host name of the peer; offered: pc1; configured: laptop; change: add a group or destination profile that takes this peer and its host name",
  ],
  "no LNS profile at all": [
    "198.51.100.7:1024  pc1  L2TP tunnel: no profile of this virtual router accepts tunnels; offered: default; configured: nothing; change: add a group or destination profile that takes this peer and its host name",
  ],
  "vpdn not enabled": [
    "198.51.100.7:1024  pc1  L2TP tunnel: L2TP is not enabled; change: enable L2TP (vpdn enable; no l2tp shutdown) (Windows says error 809; 678 on Windows XP; 800 where the kind of tunnel is automatic)",
  ],
  "tunnel authentication without a password": [
    "198.51.100.7:1024  pc1  L2TP tunnel: the peer closed the tunnel: not authorized to establish a control channel; change: give both ends the same tunnel password, or take tunnel authentication away",
  ],
  "too many wrong keys": [
    "198.51.100.7:20000  phase 1, 6 times: message could not be decrypted: the pre-shared keys differ (probable); configured: a key for 0.0.0.0/0; change: make the pre-shared key of the client and of this gateway the same (Windows says error 789)",
    "198.51.100.7:20000  phase 1, 2 times: too many failures to authenticate: the peer is locked out for a while; change: make the pre-shared key of the client and of this gateway the same, and wait half a minute (Windows says error 809; 678 on Windows XP; 800 where the kind of tunnel is automatic)",
  ],
  "no policy for the address": [
    "198.51.100.7:20000  phase 1: no IKE policy serves 203.0.113.1; offered: 3des-sha1-preShared-group 2 | 3des-md5-preShared-group 2 | des-sha1-preShared-group 1 | des-md5-preShared-group 1; configured: nothing; change: add an IKE policy, or one for this address (Windows says error 789)",
  ],
  "policies that demand aggressive mode": [
    "198.51.100.7:20000  phase 1: main mode is not accepted; offered: main mode; configured: aggressive mode; change: let the client use aggressive mode, or let a policy take main mode (Windows says error 789)",
  ],
  "aggressive mode where policies sign": [
    "198.51.100.7:20000  phase 1, 6 times: aggressive mode is not accepted: its hash can be attacked off line; offered: aggressive mode; configured: main mode; change: let the client use main mode, or let a policy take aggressive mode, knowing that its hash can be attacked off line (Windows says error 789)",
  ],
  "no certificate of ours": [
    "198.51.100.7:20000  phase 1: no phase 1 proposal was acceptable: RSA signatures need a certificate of ours with its key, and there is none (transform 1 against 1); offered: 3des-sha1-rsaSignature-group 2 | 3des-md5-rsaSignature-group 2 | des-sha1-rsaSignature-group 1 | des-md5-rsaSignature-group 1; configured: 3des-sha1-rsaSignature-group 2 | aes-128-sha1-rsaSignature-group 14; change: give this gateway a certificate and its private key, or a policy with pre-shared keys (Windows says error 789)",
  ],
  "an offer that is too long": [
    "198.51.100.7:20000  phase 1, 6 times: the SA payload is too long; change: see debug for the message that was refused (Windows says error 789)",
  ],
  "main mode that is cut off": [
    "198.51.100.7:20000  phase 1: the peer did not send main mode message 5; change: let UDP 500 and 4500 pass between the client and this gateway, both ways (Windows says error 809; 678 on Windows XP; 800 where the kind of tunnel is automatic)",
  ],
  "aggressive mode that is cut off": [
    "198.51.100.7:20000  phase 1: the peer did not send aggressive mode message 3; change: make the pre-shared key of the client and of this gateway the same, and let UDP 500 and 4500 pass both ways (Windows says error 789)",
  ],
  "quick mode that is cut off": [
    "198.51.100.7:20001  phase 2: the peer did not answer quick mode message 2; change: let UDP 500 and 4500 pass both ways; if they do, the client's own log says what it did not take (Windows says error 789)",
  ],
  "a nonce that is too short": [
    "198.51.100.7:500  198.51.100.7  phase 2: the nonce has 7 octets; change: see debug for the message that was refused (Windows says error 789)",
  ],
  "an access list that does not permit": [
    "198.51.100.7:20001  10.0.0.2  phase 2: access list L2TP does not permit UDP from 203.0.113.1:1701 to 198.51.100.7:1701; change: let the access list of the crypto map permit UDP 1701 to this client (Windows says error 789)",
  ],
  "a port of L2TP that is not ours": [
    "198.51.100.7:20001  10.0.0.2  phase 2: our end is protocol 17 port 1702, not UDP port 1701; change: let the client protect L2TP alone: UDP port 1701 (Windows says error 789)",
  ],
  "dead peer detection": [
    "198.51.100.7:20001  liveness: Peer does not answer dead peer detection; change: nothing: the client went away without a word, or its NAT forgot it",
  ],
  "LCP echoes": [
    "198.51.100.7:1024  fred  liveness: the peer does not answer LCP echoes; change: nothing: the client went away without a word, or its NAT forgot it",
  ],
  "L2TP only under IPsec": [
    "198.51.100.7:20000  pc1  L2TP tunnel: the profile accepts L2TP only under IPsec; offered: without IPsec; configured: under IPsec; change: let the client use IPsec, or take enable ipsec-transport out of the profile",
  ],
  "L2TP in the clear": [
    "198.51.100.7:20000  L2TP tunnel, 6 times: the interface takes L2TP only under IPsec; change: let the client use IPsec; nothing else is taken where IPsec is required",
  ],
  "L2TP only without IPsec": [
    "198.51.100.7:1024  pc1  L2TP tunnel: the profile accepts L2TP only without IPsec; offered: under IPsec; configured: without IPsec; change: let the client do without IPsec, or say enable ipsec-transport in the profile",
  ],
  "another local address": [
    "198.51.100.7:1024  pc1  L2TP tunnel: no profile accepts tunnels to this local address; offered: 203.0.113.1; configured: 203.0.113.9; change: let the client call the address that the group or profile is for, or take that address out of it",
  ],
  "another remote address": [
    "198.51.100.7:1024  pc1  L2TP tunnel: no profile accepts tunnels from this address; offered: 198.51.100.7; configured: 192.0.2.0/24; change: add a group or destination profile that takes this peer and its host name",
  ],
  "tunnel passwords that differ": [
    "192.0.2.7:1701  anonymous  L2TP tunnel: the peer did not answer our challenge; change: give both ends the same tunnel password, or take tunnel authentication away",
  ],
  "a tunnel that is not answered": [
    "198.51.100.7:1024  pc1  L2TP tunnel: the peer does not answer; change: let ESP, or UDP 4500 with ESP in it, pass between the client and this gateway, both ways (Windows says error 809; 678 on Windows XP; 800 where the kind of tunnel is automatic)",
  ],
  "a tunnel that the client gives up": [
    "192.0.2.77:1701  laptop  L2TP tunnel: the peer closed the tunnel: the peer is being shut down; change: see the reason; where the client ended it, its own log says why",
  ],
  "a version of L2TP that nobody speaks": [
    "192.0.2.77:1701  laptop  L2TP tunnel: the L2TP version is not supported; change: see debug for the message that was refused",
  ],
  "a second tunnel where there is one shot": [
    "192.0.2.7:1701  anonymous  L2TP tunnel: the connection has had its single-shot tunnel; change: nothing: the client makes IPsec anew for its next tunnel",
  ],
  "a session that the client gives up": [
    "192.0.2.77:1701  laptop  L2TP session: the peer closed the session: administrative reasons; change: see the reason; where the client ended it, its own log says why",
  ],
  "a session without a number": [
    "192.0.2.77:1701  laptop  L2TP session: the peer assigned session id 0; change: see debug for the call",
  ],
  "a session too many of one tunnel": [
    "192.0.2.77:1701  PPP: too many sessions are being set up; change: wait until others have come up, or have gone",
  ],
  "a link that says nothing": [
    "192.0.2.77:1701  PPP: the peer does not answer LCP; change: nothing: the client went away without a word, or its NAT forgot it",
  ],
  "a link that is looped back": [
    "192.0.2.77:1701  PPP: the link is looped back; change: see debug ppp negotiation (Windows says error 720, or 733 and 734)",
  ],
  "an address that is in use": [
    "198.51.100.7:1025  fred  IPCP: 20.0.0.200 is another session's; change: wait until the session that has the user's address has ended (Windows says error 720, or 733 and 734)",
  ],
};

const AT = new Date(Date.UTC(2026, 10, 21, 9, 12, 44));

test.each(Object.entries(provocations))("%s", (name, provoke) => {
  const lines = failureLines(failuresOf(provoke(), AT), (at) => at.toISOString());
  expect(lines).toEqual(rows[name]?.map((row) => `${AT.toISOString()}  ${row}`));
});

test("no rule of advice is there that nothing provokes", () => {
  const met = new Set(Object.values(provocations).flatMap((provoke) => provoke().map(failureRule)));
  const idle = failureRules.filter((rule) => rule.step !== "certificate" && !met.has(rule));
  expect(idle).toEqual([]);
});
