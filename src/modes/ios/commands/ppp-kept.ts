/** Lines of a virtual template about parts of PPP that this box does in one way only: they are kept and printed back. */

import { inert } from "../../../grammar/declaration.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { interfaceMode, subinterfaceMode } from "../modes.ts";

const shared = {
  ppp: "Point-to-Point Protocol",
  chap: "Set CHAP authentication parameters",
  dns: "Specify DNS negotiation options",
  ipcp: "Set IPCP negotiation options",
  lcp: "PPP LCP configuration",
  pap: "Set PAP authentication parameters",
  peer: "Peer parameters for point to point interfaces",
  timeout: "Set PPP timeout parameters",
  wins: "Specify WINS negotiation options",
} as const;
const inside = { mode: interfaceMode, except: [subinterfaceMode], shared } as const;

export const pppKept = [
  ...keptLines(
    { ...inside, effect: inert("a client gets the address that its pool has for it"), negation: "stored" },
    {
      "peer ip address forced": "Insist on the address of this interface's pool",
      "peer match aaa-pools": "Use only pools that AAA names too",
      "ppp ipcp mask reject": "Refuse a subnet mask",
      "ppp ipcp mask request": "Ask for a subnet mask",
      "ppp ipcp route": "Routes through the session",
      "ppp ipcp header-compression": "Compression of headers",
    },
  ),
  ...keptLines(
    {
      ...inside,
      effect: inert("servers are told as they are configured; none is taken from a client"),
      negation: "stored",
    },
    {
      "ppp ipcp dns accept": "Accept any server of the peer",
      "ppp ipcp dns reject": "Refuse to tell of servers",
      "ppp ipcp dns request": "Ask the peer for servers",
      "ppp ipcp wins accept": "Accept any server of the peer",
      "ppp ipcp wins reject": "Refuse to tell of servers",
      "ppp ipcp wins request": "Ask the peer for servers",
    },
  ),
  ...keptLines(
    { ...inside, effect: inert("negotiation gives up as RFC 1661 says"), single: true },
    {
      "ppp lcp delay": "Wait for the peer before the first conf-req",
    },
  ),
  ...keptLines(
    { ...inside, effect: inert("echoes are answered and counted as RFC 1661 says"), negation: "stored" },
    { "ppp lcp echo": "LCP echo requests", "ppp lcp mru": "Maximum Receive Unit" },
  ),
  ...keptLines(
    { ...inside, effect: inert("this box lets the client prove itself and proves nothing to it") },
    {
      "ppp chap ignoreus": "Ignore a challenge of our own name",
      "ppp chap splitnames": "Use another name for what we prove",
      "ppp pap wait": "Wait for the caller to authenticate first",
    },
  ),
  ...keptLines(
    { ...inside, effect: inert("EAP is not spoken here"), secret: true },
    { "ppp eap": "Set EAP authentication parameters" },
  ),
  ...keptLines(
    { ...inside, effect: inert("AAA gives no timeouts here: say ppp timeout idle or absolute") },
    { "ppp timeout aaa": "Take timeouts from AAA" },
  ),
  ...keptLines(
    { ...inside, effect: inert("this box does this part of PPP in one way"), negation: "stored" },
    {
      "ppp bcp": "Bridging Control Protocol",
      "ppp bridge": "Enable PPP bridge translation",
      "ppp caller": "Caller option when no CLID is available",
      "ppp direction": "Override default PPP direction",
      "ppp dnis": "Authenticate via DNIS before LCP",
      "ppp iphc": "Set IPCP Header Compression control options",
      "ppp ipv6cp": "Set IPV6CP negotiation options",
      "ppp link": "Set miscellaneous link parameters",
      "ppp loopback": "PPP loopback options",
      "ppp ms-chap": "Set MS-CHAP authentication parameters",
      "ppp ms-chap-v2": "Set MS-CHAP-V2 authentication parameters",
      "ppp ncp": "Set NCP negotiation options",
      "ppp quality": "Set minimum Link Quality before link is down",
      "ppp reliable-link": "Use LAPB with PPP to provide a reliable link",
      "ppp unique": "Check for duplicate addresses",
    },
  ),
  ...keptLines(
    { ...inside, effect: inert("multilink is refused") },
    {
      "ppp multilink endpoint": "Endpoint discriminator of the bundle",
      "ppp multilink fragment": "Fragments of packets",
      "ppp multilink group": "Put the interface in a bundle",
      "ppp multilink interleave": "Let small packets pass large ones",
      "ppp multilink links": "Links of a bundle",
      "ppp multilink load-threshold": "Load at which a link is added",
      "ppp multilink slippage": "How far links may be apart",
      "ppp timeout multilink": "Timeouts of bundles",
    },
  ),
  ...keptLines(
    { ...inside, effect: inert("compression is refused with a Protocol-Reject") },
    { compress: "Set serial interface for compression" },
  ),
  ...keptLines(
    { ...inside, effect: inert("IPv6 is not carried") },
    {
      "peer default ipv6 pool": "IPv6 prefix pool of the remote end",
      "peer default ipv6 address": "IPv6 address of the remote end",
    },
  ),
  ...keptLines({ ...inside, effect: inert("sessions are always PPP") }, { autodetect: "Autodetect encapsulations" }),
];
