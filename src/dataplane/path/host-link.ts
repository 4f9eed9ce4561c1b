/** A way out of a virtual router to the host: its end of a TUN device, as the line module holds it. */

import { newHostLinkCounters } from "../../engine/counters.ts";
import type { HostLinkCounters, HostLink as HostLinkProgramming } from "../../engine/forwarding.ts";
import { ipv4ToSigned } from "../../engine/kernel/address.ts";
import type { PortIp } from "./session.ts";
import type { VirtualRouter } from "./virtual-router.ts";

export class HostLink {
  readonly device: string;
  readonly ip: PortIp;
  /** They go on when the link is configured anew. */
  readonly counters: HostLinkCounters;

  constructor(router: VirtualRouter, link: HostLinkProgramming, counters: HostLinkCounters = newHostLinkCounters()) {
    this.device = link.device;
    this.counters = counters;
    const [own = 0] = router.addresses;
    this.ip = {
      router,
      localAddress: link.address === undefined ? own : ipv4ToSigned(link.address),
      mtu: link.mtu,
      tellsSenders: true,
      tcpMss: 0,
      filterIn: link.accessGroups?.in,
      filterOut: link.accessGroups?.out,
    };
  }
}
