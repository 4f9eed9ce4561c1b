/** The addresses that the configurations in configs/ give the router inside the tunnels. */

/** ios-*.cfg, Loopback0: the far end of every client's PPP link. */
export const IOS_LOOPBACK = "12.0.0.8";
/** junose-nat-t.cfg, loopback 0. */
export const JUNOSE_LOOPBACK = "10.0.0.1";
