/**
 * Identities of phase 1 (RFC 2407 §4.6.2) as values: read from a peer of any kind, written for our own end, compared.
 * Refuses empty and oversized identities. A kind that has no value of its own is kept by its octets; an identity is
 * never used to route anything.
 */

import { type Address, addressFromOctets, addressOctets, isIpv6 } from "../kernel/address.ts";
import { tryDecode } from "../kernel/errors.ts";
import { decodeName, nameKey, nameText } from "../pki/distinguished-name.ts";
import { type Identification, identificationType } from "../wire/isakmp-body.ts";
import type { Identity } from "./events.ts";

const MAX_IDENTITY_OCTETS = 1024;

/** The identity, or `undefined` where its octets cannot be of its type. */
export function identityOf(identification: Identification): Identity | undefined {
  const { type, data } = identification;
  if (data.length === 0 || data.length > MAX_IDENTITY_OCTETS) return undefined;
  switch (type) {
    case identificationType.ipv4Address:
    case identificationType.ipv6Address: {
      const address = addressOf(identification);
      return address === undefined ? undefined : { type: "address", address };
    }
    case identificationType.fqdn:
      return { type: "fqdn", name: textOf(data) };
    case identificationType.userFqdn:
      return { type: "userFqdn", name: textOf(data) };
    case identificationType.derDn: {
      const name = tryDecode(() => decodeName(data.slice()));
      return name.ok ? { type: "distinguishedName", der: name.value.der, text: nameText(name.value) } : undefined;
    }
    default:
      return { type: "keyId", bytes: data.slice() };
  }
}

/** The address of an identification of type IPv4 or IPv6 address; `undefined` also where it has not as many octets as its type says. */
export function addressOf({ type, data }: Identification): Address | undefined {
  return data.length === addressLengths.get(type) ? addressFromOctets(data) : undefined;
}

const addressLengths: ReadonlyMap<number, number> = new Map([
  [identificationType.ipv4Address, 4],
  [identificationType.ipv6Address, 16],
]);

export function addressType(address: Address): number {
  return isIpv6(address) ? identificationType.ipv6Address : identificationType.ipv4Address;
}

export function identificationOf(identity: Identity, protocol: number, port: number): Identification {
  switch (identity.type) {
    case "address":
      return { type: addressType(identity.address), protocol, port, data: addressOctets(identity.address) };
    case "fqdn":
      return { type: identificationType.fqdn, protocol, port, data: octetsOf(identity.name) };
    case "userFqdn":
      return { type: identificationType.userFqdn, protocol, port, data: octetsOf(identity.name) };
    case "distinguishedName":
      return { type: identificationType.derDn, protocol, port, data: identity.der };
    case "keyId":
      return { type: identificationType.keyId, protocol, port, data: identity.bytes };
  }
}

/** For logs and for comparison: kinds never collide. */
export function identityText(identity: Identity): string {
  switch (identity.type) {
    case "address":
      return identity.address;
    case "fqdn":
      return `@${identity.name}`;
    case "userFqdn":
      return `user ${identity.name}`;
    case "distinguishedName":
      return identity.text;
    case "keyId":
      return `key-id ${keyIdText(identity.bytes)}`;
  }
}

/** As it was typed where it was; other octets behind a word that no name can be. */
function keyIdText(bytes: Uint8Array): string {
  const text = textOf(bytes);
  return text === "" || text.includes("\\") ? `octets ${Buffer.from(bytes).toString("hex")}` : text;
}

/** The name by which a key may be configured, whatever kind of name the peer takes it for. */
export function identityName(identity: Identity): string {
  switch (identity.type) {
    case "address":
      return identity.address;
    case "fqdn":
    case "userFqdn":
      return identity.name;
    case "keyId":
      return textOf(identity.bytes);
    default:
      return identityText(identity);
  }
}

export function sameIdentity(a: Identity, b: Identity): boolean {
  if (a.type === "distinguishedName" && b.type === "distinguishedName") {
    return nameKey(decodeName(a.der)) === nameKey(decodeName(b.der));
  }
  return a.type === b.type && identityText(a) === identityText(b);
}

/** Control characters would let a peer write lines of its own into a log. */
function textOf(data: Uint8Array): string {
  return Array.from(data, (octet) =>
    octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `\\x${hex(octet)}`,
  ).join("");
}

function hex(octet: number): string {
  return octet.toString(16).padStart(2, "0");
}

function octetsOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
