/** The modes of a JunosE box: where commands are typed and what the prompt shows there. */

import type { Mode } from "../../grammar/declaration.ts";

function mode(id: string, prompt: string, title: string, parent: Mode | undefined): Mode {
  return { id, prompt: `(${prompt})`, title: `${title} commands:`, parent };
}

export const globalMode = mode("global", "config", "Global configuration", undefined);

export const interfaceMode = mode("interface", "config-if", "Interface configuration", globalMode);
export const subinterfaceMode = mode("subinterface", "config-subif", "Subinterface configuration", globalMode);
export const profileMode = mode("profile", "config-profile", "Profile configuration", globalMode);
export const lineMode = mode("line", "config-line", "Line configuration", globalMode);
export const vrfMode = mode("vrf", "config-vrf", "VRF configuration", globalMode);
export const localUserMode = mode("localUser", "config-local-user", "Local user configuration", globalMode);
export const radiusMode = mode("radius", "config-radius", "RADIUS server configuration", globalMode);
export const radiusRequestMode = mode("radiusRequest", "config-radius", "RADIUS request configuration", globalMode);
export const radiusAccountingMode = mode(
  "radiusAccounting",
  "config-radius",
  "RADIUS accounting server configuration",
  globalMode,
);

export const domainMapMode = mode("domainMap", "config-domain-map", "Domain map configuration", globalMode);
export const domainMapTunnelMode = mode(
  "domainMapTunnel",
  "config-domain-map-tunnel",
  "Domain map tunnel configuration",
  domainMapMode,
);
export const tunnelGroupMode = mode("tunnelGroup", "config-tunnel-group", "Tunnel group configuration", globalMode);
export const tunnelGroupTunnelMode = mode(
  "tunnelGroupTunnel",
  "config-tunnel-group-tunnel",
  "Tunnel group tunnel configuration",
  tunnelGroupMode,
);

export const ikePolicyMode = mode("ikePolicy", "config-ike-policy", "IKE policy rule configuration", globalMode);
export const manualKeyMode = mode("manualKey", "config-manual-key", "Manual key configuration", globalMode);
export const ipsecIdentityMode = mode(
  "ipsecIdentity",
  "config-ipsec-identity",
  "IPsec identity configuration",
  globalMode,
);
export const caIdentityMode = mode("caIdentity", "config-ca-identity", "CA identity configuration", globalMode);
export const transportProfileMode = mode(
  "ipsecTransportProfile",
  "config-ipsec-transport-profile",
  "IPsec transport profile configuration",
  globalMode,
);
export const transportProfileLocalMode = mode(
  "ipsecTransportProfileLocal",
  "config-ipsec-transport-profile-local",
  "IPsec transport profile local configuration",
  transportProfileMode,
);

export const destinationProfileMode = mode(
  "l2tpDestinationProfile",
  "config-l2tp-dest-profile",
  "L2TP destination profile configuration",
  globalMode,
);
export const sessionsLimitGroupMode = mode(
  "l2tpDestinationProfileLimitGroup",
  "config-l2tp-dest-profile-limit-group",
  "L2TP destination profile sessions limit group configuration",
  destinationProfileMode,
);
export const destinationHostMode = mode(
  "l2tpDestinationProfileHost",
  "config-l2tp-dest-profile-host",
  "L2TP destination profile host configuration",
  destinationProfileMode,
);
export const switchProfileMode = mode(
  "l2tpSwitchProfile",
  "config-l2tp-tunnel-switch-profile",
  "L2TP tunnel switch profile configuration",
  globalMode,
);

export const aaaProfileMode = mode("aaaProfile", "config-aaa-profile", "AAA profile configuration", globalMode);
export const peerKeyMode = mode("peerPublicKey", "config-peer-public-key", "Peer public key configuration", globalMode);
export const tunnelProfileMode = mode(
  "ipsecTunnelProfile",
  "config-ipsec-tunnel-profile",
  "IPsec tunnel profile configuration",
  globalMode,
);
export const tunnelInterfaceMode = mode("tunnelInterface", "config-if", "Tunnel interface configuration", globalMode);

export const routerMode = mode("router", "config-router", "Routing protocol configuration", globalMode);
export const addressFamilyMode: Mode = {
  ...mode("routerAddressFamily", "config-router-af", "Address family configuration", routerMode),
  takes: routerMode,
};
export const routeMapMode = mode("routeMap", "config-route-map", "Route map configuration", globalMode);
export const policyListMode = mode("policyList", "config-policy-list", "Policy list configuration", globalMode);
export const classifierGroupMode = mode(
  "classifierGroup",
  "config-policy-list-classifier-group",
  "Classifier group configuration",
  policyListMode,
);
export const controlPlaneMode = mode("controlPlane", "config-control-plane", "Control plane configuration", globalMode);
export const rateLimitProfileMode = mode(
  "rateLimitProfile",
  "config-rate-limit-profile",
  "Rate limit profile configuration",
  globalMode,
);
export const dropProfileMode = mode("dropProfile", "config-drop-profile", "Drop profile configuration", globalMode);
export const qosProfileMode = mode("qosProfile", "config-qos-profile", "QoS profile configuration", globalMode);
export const schedulerProfileMode = mode(
  "schedulerProfile",
  "config-scheduler-profile",
  "Scheduler profile configuration",
  globalMode,
);
export const trafficClassMode = mode("trafficClass", "config-traffic-class", "Traffic class configuration", globalMode);
export const queueProfileMode = mode("queueProfile", "config-queue-profile", "Queue profile configuration", globalMode);
export const statisticsProfileMode = mode(
  "statisticsProfile",
  "config-statistics-profile",
  "Statistics profile configuration",
  globalMode,
);
export const trafficClassGroupMode = mode(
  "trafficClassGroup",
  "config-traffic-class-group",
  "Traffic class group configuration",
  globalMode,
);
export const controllerMode = mode("controller", "config-controll", "Controller configuration", globalMode);
export const l2cMode = mode("l2c", "config-l2c", "ANCP configuration", globalMode);
