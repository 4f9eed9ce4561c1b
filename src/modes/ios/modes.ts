/** The configuration modes of IOS and their prompts. */

import type { Mode } from "../../grammar/declaration.ts";

function below(parent: Mode | undefined, id: string, prompt: string, title: string): Mode {
  return { id, prompt: `(${prompt})`, title: `${title} commands:`, parent };
}

export const globalMode = below(undefined, "global", "config", "Configure");
export const isakmpPolicyMode = below(globalMode, "isakmpPolicy", "config-isakmp", "ISAKMP");
export const keyringMode = below(globalMode, "keyring", "conf-keyring", "Keyring");
export const transformSetMode = below(globalMode, "transformSet", "cfg-crypto-trans", "Crypto transform configuration");
export const isakmpProfileMode = below(globalMode, "isakmpProfile", "conf-isa-prof", "Crypto ISAKMP Profile");
export const ipsecProfileMode = below(globalMode, "ipsecProfile", "ipsec-profile", "Crypto IPSec Profile");
export const cryptoMapMode = below(globalMode, "cryptoMap", "config-crypto-map", "Crypto Map configuration");
export const vpdnTemplateMode = below(globalMode, "vpdnTemplate", "config-vpdn-temp", "VPDN template configuration");
/** What a template says for many groups, a group says for itself. */
export const vpdnGroupMode: Mode = {
  ...below(globalMode, "vpdnGroup", "config-vpdn", "VPDN group configuration"),
  takes: vpdnTemplateMode,
};
export const acceptDialinMode = below(
  vpdnGroupMode,
  "acceptDialin",
  "config-vpdn-acc-in",
  "VPDN group accept dialin configuration",
);
export const requestDialinMode = below(
  vpdnGroupMode,
  "requestDialin",
  "config-vpdn-req-in",
  "VPDN group request dialin configuration",
);
export const acceptDialoutMode = below(
  vpdnGroupMode,
  "acceptDialout",
  "config-vpdn-acc-ou",
  "VPDN group accept dialout configuration",
);
export const requestDialoutMode = below(
  vpdnGroupMode,
  "requestDialout",
  "config-vpdn-req-ou",
  "VPDN group request dialout configuration",
);
export const l2tpClassMode = below(globalMode, "l2tpClass", "config-l2tp-class", "L2TP class configuration");
export const pseudowireClassMode = below(
  globalMode,
  "pseudowireClass",
  "config-pw-class",
  "Pseudowire-class configuration",
);
export const clientGroupMode = below(globalMode, "clientGroup", "config-isakmp-group", "ISAKMP group policy config");
export const isakmpPeerMode = below(globalMode, "isakmpPeer", "config-isakmp-peer", "ISAKMP peer policy config");
export const trustpointMode = below(globalMode, "trustpoint", "ca-trustpoint", "Crypto CA Trustpoint config");
export const certificateMapMode = below(globalMode, "certificateMap", "ca-certificate-map", "Certificate Map");
export const certificateChainMode = below(globalMode, "certificateChain", "config-cert-chain", "Certificate chain");
export const interfaceMode = below(globalMode, "interface", "config-if", "Interface configuration");
/** Of a range every interface gets each line; of one below a port, all but what is the port's own. */
export const interfaceRangeMode: Mode = {
  ...below(globalMode, "interfaceRange", "config-if-range", "Interface range configuration"),
  takes: interfaceMode,
};
export const subinterfaceMode: Mode = {
  ...below(globalMode, "subinterface", "config-subif", "Interface configuration"),
  takes: interfaceMode,
};
export const routerMode = below(globalMode, "router", "config-router", "Router configuration");
export const vrfMode = below(globalMode, "vrf", "config-vrf", "IP VPN Routing/Forwarding instance configuration");
export const lineMode = below(globalMode, "line", "config-line", "Line configuration");
export const controlPlaneMode = below(globalMode, "controlPlane", "config-cp", "Control Plane configuration");
export const controlPlaneHostMode = below(
  globalMode,
  "controlPlaneHost",
  "config-cp-host",
  "Control Plane Host configuration",
);
export const archiveMode = below(globalMode, "archive", "config-archive", "Archive configuration");
export const archiveLogMode = below(archiveMode, "archiveLog", "config-archive-log-cfg", "Log configuration");
export const gatekeeperMode = below(globalMode, "gatekeeper", "config-gk", "Gatekeeper configuration");
export const dhcpPoolMode = below(globalMode, "dhcpPool", "dhcp-config", "DHCP pool configuration");
export const standardListMode = below(
  globalMode,
  "standardList",
  "config-std-nacl",
  "Standard Access List configuration",
);
export const extendedListMode = below(
  globalMode,
  "extendedList",
  "config-ext-nacl",
  "Extended Access List configuration",
);
export const routeMapMode = below(globalMode, "routeMap", "config-route-map", "Route Map configuration");
/** What is said of a routing process may be said of each of its address families. */
export const routerFamilyMode: Mode = {
  ...below(routerMode, "routerFamily", "config-router-af", "Router Address Family configuration"),
  takes: routerMode,
};
export const vrfFamilyMode = below(vrfMode, "vrfFamily", "config-vrf-af", "VRF Address Family configuration");
export const classMapMode = below(globalMode, "classMap", "config-cmap", "Class-map configuration");
export const policyMapMode = below(globalMode, "policyMap", "config-pmap", "Policy-map configuration");
export const policyClassMode = below(policyMapMode, "policyClass", "config-pmap-c", "Policy-map class configuration");
export const policePolicyMode = below(policyClassMode, "police", "config-pmap-c-police", "Police configuration");
export const bfdTemplateMode = below(globalMode, "bfdTemplate", "config-bfd", "BFD template configuration");
export const inspectionMapMode = below(globalMode, "inspectionMap", "config-profile", "Parameter-map configuration");
export const urlListMode = below(globalMode, "urlList", "config-profile", "Parameter-map configuration");
export const zoneMode = below(globalMode, "zone", "config-sec-zone", "Zone configuration");
export const zonePairMode = below(globalMode, "zonePair", "config-sec-zone-pair", "Zone pair configuration");
export const ssidMode = below(globalMode, "ssid", "config-ssid", "SSID configuration");
export const controllerMode = below(globalMode, "controller", "config-controller", "Controller configuration");
export const keyChainMode = below(globalMode, "keyChain", "config-keychain", "Key-chain configuration");
export const keyChainKeyMode = below(keyChainMode, "keyChainKey", "config-keychain-key", "Key-chain key configuration");
export const redundancyMode = below(globalMode, "redundancy", "config-red", "Redundancy configuration");
export const timeRangeMode = below(globalMode, "timeRange", "config-time-range", "Time range configuration");
export const vlanMode = below(globalMode, "vlan", "config-vlan", "VLAN configuration");
export const networkGroupMode = below(globalMode, "networkGroup", "config-network-group", "Network group");
export const serviceGroupMode = below(globalMode, "serviceGroup", "config-service-group", "Service group");
export const slaMode = below(globalMode, "sla", "config-ip-sla", "IP SLA configuration");
export const trackMode = below(globalMode, "track", "config-track", "Tracking configuration");
export const radiusGroupMode = below(globalMode, "radiusGroup", "config-sg-radius", "Radius Server-group");
export const radiusServerMode = below(globalMode, "radiusServer", "config-radius-server", "RADIUS server");
export const sshPubkeyMode = below(globalMode, "sshPubkey", "conf-ssh-pubkey", "SSH public key configuration");
export const sshPubkeyUserMode = below(sshPubkeyMode, "sshPubkeyUser", "conf-ssh-pubkey-user", "SSH public key user");
export const cryptoIdentityMode = below(globalMode, "cryptoIdentity", "config-crypto-identity", "Crypto identity");
export const ezvpnMode = below(globalMode, "ezvpn", "config-crypto-ezvpn", "Easy VPN client configuration");
export const pubkeyChainMode = below(globalMode, "pubkeyChain", "config-pubkey-chain", "Public key chain");
export const pubkeyMode = below(pubkeyChainMode, "pubkey", "config-pubkey-key", "Public key");
export const ikev2ProposalMode = below(globalMode, "ikev2Proposal", "config-ikev2-proposal", "IKEv2 proposal");
export const ikev2PolicyMode = below(globalMode, "ikev2Policy", "config-ikev2-policy", "IKEv2 policy");
export const ikev2KeyringMode = below(globalMode, "ikev2Keyring", "config-ikev2-keyring", "IKEv2 keyring");
export const ikev2KeyringPeerMode = below(
  ikev2KeyringMode,
  "ikev2KeyringPeer",
  "config-ikev2-keyring-peer",
  "IKEv2 keyring peer",
);
export const ikev2ProfileMode = below(globalMode, "ikev2Profile", "config-ikev2-profile", "IKEv2 profile");
export const ikev2AuthorizationMode = below(
  globalMode,
  "ikev2Authorization",
  "config-ikev2-author-policy",
  "IKEv2 authorization policy",
);
export const ikev2ClientMode = below(globalMode, "ikev2Client", "config-ikev2-flexvpn", "FlexVPN client");
export const ikev2NameManglerMode = below(
  globalMode,
  "ikev2NameMangler",
  "config-ikev2-name-mangler",
  "IKEv2 name mangler",
);
export const groupKeyMode = below(globalMode, "groupKey", "config-gkm-group", "Group key member");
export const groupKeyServerMode = below(groupKeyMode, "groupKeyServer", "gkm-local-server", "Group key server");
export const groupKeySaMode = below(groupKeyServerMode, "groupKeySa", "gkm-sa-ipsec", "IPsec policy of a group");
export const groupKeyCoopMode = below(
  groupKeyServerMode,
  "groupKeyCoop",
  "gkm-coop-ks-config",
  "Cooperative key server",
);
export const enrollmentProfileMode = below(
  globalMode,
  "enrollmentProfile",
  "ca-profile-enroll",
  "Certificate enrollment profile",
);
export const certificateServerMode = below(globalMode, "certificateServer", "cs-server", "Certificate server");
export const tlsTunnelMode = below(globalMode, "tlsTunnel", "config-crypto-tls-tunnel", "TLS tunnel");
export const sslProposalMode = below(globalMode, "sslProposal", "config-crypto-ssl-proposal", "SSL proposal");
export const sslPolicyMode = below(globalMode, "sslPolicy", "config-crypto-ssl-policy", "SSL policy");
export const sslProfileMode = below(globalMode, "sslProfile", "config-crypto-ssl-profile", "SSL profile");
export const failCloseMode = below(
  globalMode,
  "failClose",
  "crypto-map-fail-close",
  "Group keys before they are there",
);
export const clientFirewallMode = below(globalMode, "clientFirewall", "config-ikmp-client-fw", "Firewall of clients");
export const browserProxyMode = below(globalMode, "browserProxy", "config-ikmp-browser-proxy", "Proxy of browsers");
export const keyringRsaMode = below(keyringMode, "keyringRsa", "config-pubkey-key", "Public key");
export const tacacsServerMode = below(globalMode, "tacacsServer", "config-server-tacacs", "TACACS+ server");
export const tacacsGroupMode = below(globalMode, "tacacsGroup", "config-sg-tacacs+", "Tacacs+ Server-group");
export const attributeListMode = below(globalMode, "attributeList", "config-sg-radius", "RADIUS attribute list");
export const radiusFilterMode = below(globalMode, "radiusFilter", "config-radius-filter", "RADIUS filter");
export const accountingListMode = below(globalMode, "accountingList", "cfg-acct-mlist", "Accounting list");
export const aaaAttributeListMode = below(globalMode, "aaaAttributeList", "config-attr-list", "AAA attribute list");
export const aaaCacheMode = below(globalMode, "aaaCache", "config-profile-map", "AAA cache profile");
export const aaaUserMode = below(globalMode, "aaaUser", "config-aaa-user", "AAA user profile");
export const dynamicAuthorMode = below(
  globalMode,
  "dynamicAuthor",
  "config-locsvr-da-radius",
  "RADIUS dynamic authorization",
);
export const passwordPolicyMode = below(globalMode, "passwordPolicy", "config-cc-policy", "Password policy");
export const dialPeerMode = below(globalMode, "dialPeer", "config-dial-peer", "Dial peer configuration");
export const voiceCardMode = below(globalMode, "voiceCard", "config-voicecard", "Voice card configuration");
export const voiceServiceMode = below(globalMode, "voiceService", "conf-voi-serv", "Voice service configuration");
export const voiceSipMode = below(voiceServiceMode, "voiceSip", "conf-serv-sip", "SIP of voice services");
export const bbaGroupMode = below(globalMode, "bbaGroup", "config-bba-group", "BBA group configuration");
export const appletMode = below(globalMode, "applet", "config-applet", "Applet configuration");
export const kronPolicyMode = below(globalMode, "kronPolicy", "config-kron-policy", "Kron policy configuration");
export const kronOccurrenceMode = below(
  globalMode,
  "kronOccurrence",
  "config-kron-occurrence",
  "Kron occurrence configuration",
);
export const flowExporterMode = below(
  globalMode,
  "flowExporter",
  "config-flow-exporter",
  "Flow exporter configuration",
);
export const flowMonitorMode = below(globalMode, "flowMonitor", "config-flow-monitor", "Flow monitor configuration");
export const flowRecordMode = below(globalMode, "flowRecord", "config-flow-record", "Flow record configuration");
export const samplerMode = below(globalMode, "sampler", "config-sampler", "Sampler configuration");
export const ipv6ListMode = below(globalMode, "ipv6List", "config-ipv6-acl", "IPv6 Access List configuration");
export const dhcpPool6Mode = below(globalMode, "dhcpPool6", "config-dhcpv6", "IPv6 DHCP configuration");
/** What is said of a routing process of IPv4 may be said of one of IPv6. */
export const ipv6RouterMode: Mode = {
  ...below(globalMode, "ipv6Router", "config-rtr", "Router configuration"),
  takes: routerMode,
};
export const callHomeMode = below(globalMode, "callHome", "cfg-call-home", "Call-home configuration");
export const callHomeProfileMode = below(callHomeMode, "callHomeProfile", "cfg-call-home-profile", "Call-home profile");
export const atmCircuitMode = below(
  interfaceMode,
  "atmCircuit",
  "config-if-atm-vc",
  "ATM virtual circuit configuration",
);
export const frameRelayCircuitMode = below(interfaceMode, "frameRelayCircuit", "config-fr-dlci", "Frame Relay DLCI");
export const mapClassMode = below(globalMode, "mapClass", "config-map-class", "Static maps class configuration");
export const igmpProfileMode = below(globalMode, "igmpProfile", "config-igmp-profile", "IGMP profile configuration");
export const ipsCategoryMode = below(globalMode, "ipsCategory", "config-ips-category", "IPS signature categories");
export const ipsSignatureMode = below(ipsCategoryMode, "ipsSignature", "config-ips-category-action", "IPS category");
