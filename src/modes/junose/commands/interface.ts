/** Interfaces of a virtual router and what is configured on them. */

import { ipv4, line, mask, uint } from "../../../grammar/arguments.ts";
import { inert, type Mode, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { interfaceReference, mainInterface, subinterface } from "../arguments.ts";
import { globalMode, interfaceMode, subinterfaceMode } from "../modes.ts";

const carriedByHost = inert("the host's interface carries the packets");

export const mainInterfaceOpener = opener({
  mode: globalMode,
  scope: "virtualRouter",
  opens: interfaceMode,
  section: "interface",
  form: [kw("interface", "Configure an interface"), arg("name", mainInterface, "Interface type and location")],
  key: ["name"],
});

export const subinterfaceOpener = opener({
  mode: globalMode,
  scope: "virtualRouter",
  opens: subinterfaceMode,
  section: "interface",
  form: [kw("interface", "Configure an interface"), arg("name", subinterface, "Interface type, location and number")],
  key: ["name"],
});

/** Both modes take the same commands; each line belongs to the one it was typed in. */
function commandsOf(mode: Mode) {
  const ip = kw("ip", "Configure IP on the interface");
  return {
    address: setting({
      mode,
      form: [
        ip,
        kw("address", "Configure the IP address"),
        arg("address", ipv4(), "IP address"),
        arg("mask", mask(), "Subnet mask"),
      ],
    }),
    secondaryAddress: setting({
      mode,
      form: [
        ip,
        kw("address", "Configure the IP address"),
        arg("address", ipv4(), "IP address"),
        arg("mask", mask(), "Subnet mask"),
        kw("secondary", "A further address of the interface"),
      ],
      key: ["address"],
    }),
    unnumbered: setting({
      mode,
      form: [
        ip,
        kw("unnumbered", "Borrow the address of another interface"),
        arg("interface", interfaceReference, "Interface that lends its address"),
      ],
    }),
    mtu: setting({
      mode,
      form: [ip, kw("mtu", "Configure the IP MTU"), arg("octets", uint(128, 10_240), "Octets")],
      effect: carriedByHost,
    }),
    ipDescription: setting({
      mode,
      form: [ip, kw("description", "Describe the IP interface"), arg("text", line(), "Description")],
      effect: inert("a description says nothing to the router"),
    }),
    ipOption: setting({
      mode,
      form: [
        ip,
        pick("option", {
          "directed-broadcast": "Forward directed broadcasts",
          redirects: "Send ICMP redirects",
          "sa-validate": "Check source addresses",
        }),
      ],
      key: ["option"],
      negation: "stored",
      effect: carriedByHost,
    }),
    description: setting({
      mode,
      form: [kw("description", "Describe the interface"), arg("text", line(), "Description")],
      effect: inert("a description says nothing to the router"),
    }),
    encapsulation: setting({
      mode,
      form: [
        kw("encapsulation", "Configure the encapsulation"),
        pick("name", { vlan: "VLANs", pppoe: "PPPoE", bridge1483: "Bridged Ethernet" }),
      ],
      effect: carriedByHost,
    }),
    vlan: setting({
      mode,
      form: [
        kw("vlan", "Configure the VLAN"),
        kw("id", "VLAN identifier"),
        arg("id", uint(0, 4095), "VLAN identifier"),
      ],
      effect: carriedByHost,
    }),
    linkMtu: setting({
      mode,
      form: [kw("mtu", "Configure the MTU"), arg("octets", uint(64, 10_240), "Octets")],
      effect: carriedByHost,
    }),
    duplex: setting({
      mode,
      form: [
        kw("duplex", "Configure the duplex mode"),
        pick("mode", { "automatically-negotiate": "Negotiate it", full: "Full duplex", half: "Half duplex" }),
      ],
      effect: carriedByHost,
    }),
    speed: setting({
      mode,
      form: [
        kw("speed", "Configure the speed"),
        pick("speed", {
          "automatically-negotiate": "Negotiate it",
          "10": "10 Mbit/s",
          "100": "100 Mbit/s",
          "1000": "1 Gbit/s",
        }),
      ],
      effect: carriedByHost,
    }),
    shutdown: setting({
      mode,
      form: [kw("shutdown", "Shut the interface down")],
      negation: "stored",
    }),
  };
}

export const onInterface = commandsOf(interfaceMode);
export const onSubinterface = commandsOf(subinterfaceMode);

export const interfaceCommands = [
  mainInterfaceOpener,
  subinterfaceOpener,
  ...Object.values(onInterface),
  ...Object.values(onSubinterface),
];
