/** Every case, in the order in which they run. */

import type { Group } from "../lab/case.ts";
import { rekey, variantCases } from "./algorithms.ts";
import { certificates, fragments, strangeCertificate } from "./certificates.ts";
import { deadPeerDetection, fiveClients, natMoves } from "./crowd.ts";
import { decodingAlgorithms, decodingIos, decodingJunose } from "./decoding.ts";
import { disconnectFrees, gatewayStops } from "./endings.ts";
import { ipv6, ipv6BehindNat } from "./ipv6.ts";
import { loadGenerator } from "./load-generator.ts";
import { monitorCapture } from "./monitor-capture.ts";
import { wrongPassword, wrongPreSharedKey } from "./refusals.ts";
import { clientToClient, oneClient, twoClients, twoClientsJunose, withoutDemux, withoutNat } from "./traffic.ts";

export const groups: readonly Group[] = [
  {
    config: "ios-nat-demux.cfg",
    atOnce: 1,
    cases: [oneClient, twoClients, clientToClient, disconnectFrees, monitorCapture, gatewayStops],
    last: decodingIos,
  },
  {
    config: "ios-certificates.cfg",
    atOnce: 1,
    cases: [certificates, fragments, strangeCertificate],
  },
  {
    config: "junose-nat-t.cfg",
    atOnce: 1,
    cases: [twoClientsJunose],
    last: decodingJunose,
  },
  {
    config: "ios-nat-demux.cfg",
    atOnce: 1,
    cases: [fiveClients],
  },
  {
    config: "ios-no-demux.cfg",
    atOnce: 1,
    cases: [withoutDemux, loadGenerator],
  },
  {
    config: "ios-nat-demux.cfg",
    atOnce: 3,
    // The longest first: the others run beside it.
    cases: [rekey, withoutNat, deadPeerDetection, wrongPreSharedKey, wrongPassword, ...variantCases],
    last: decodingAlgorithms,
  },
  {
    config: "ios-nat-demux.cfg",
    atOnce: 2,
    cases: [ipv6, ipv6BehindNat],
  },
  {
    config: "ios-nat-demux.cfg",
    atOnce: 1,
    // Afterwards the NAT is somewhere else.
    cases: [natMoves],
  },
];
