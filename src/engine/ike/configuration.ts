/** The configuration of a chassis that was given none, and of a client: it answers nobody. */

import type { IkeConfiguration } from "./events.ts";

export const NO_CONFIGURATION: IkeConfiguration = {
  policies: [],
  preSharedKeys: [],
  gateways: [],
  deadPeerDetection: undefined,
  udpEncapsulationOnly: false,
  permits: () => true,
  natTraversal: new Set(),
};
