/**
 * Single packets by which an operator finds out what can be reached: echo requests and the UDP packets of traceroute. A
 * command sends one, hears once what became of it, and decides on the next; rows of `!` are the command's business.
 */

import type { ProbeReport, ProbeRequest } from "../../engine/ip/probes.ts";

export interface Reach {
  /** Reports once: an answer, or that none came in time. The function returned drops the probe without a report. */
  probe(request: ProbeRequest, report: (report: ProbeReport) => void): () => void;
  /** Tells once, after a time in milliseconds. The function returned makes it tell nothing. */
  after(millis: number, tell: () => void): () => void;
}
