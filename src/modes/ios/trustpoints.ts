/** Trustpoints of an IOS configuration with the certificates of their chains, read: for the compiler, for enrollment and for `show`. */

import { tryDecode } from "../../engine/kernel/errors.ts";
import { type Certificate, readCertificate } from "../../engine/pki/certificate.ts";
import { isAuthority } from "../../engine/pki/trust.ts";
import type { CertificateConditionSpec, TrustpointSpec } from "../../engine/spec.ts";
import type { ConfigNode, ConfigReader } from "../../grammar/declaration.ts";
import * as pki from "./commands/pki.ts";

export interface ConfiguredTrustpoint {
  readonly name: string;
  readonly node: ConfigNode;
  /** Without `rsakeypair` a trustpoint has a pair of its own name. */
  readonly keyLabel: string;
  readonly chain: readonly ChainCertificate[];
}

export interface ChainCertificate {
  /** `ca`, `self-signed`; absent = ours. */
  readonly kind: string | undefined;
  readonly serial: string;
  /** Absent = what stands there is no certificate. */
  readonly certificate: Certificate | undefined;
}

export function trustpointsOf(config: ConfigReader): ConfiguredTrustpoint[] {
  return config.all(pki.trustpoint).map((node) => {
    const { name } = node.values;
    return {
      name,
      node,
      keyLabel: config.under(node, pki.rsaKeyPair)[0]?.values.label ?? name,
      chain: chainOf(config, name),
    };
  });
}

function chainOf(config: ConfigReader, name: string): ChainCertificate[] {
  const chain = config.find(pki.certificateChain, { name });
  if (chain === undefined) return [];
  return config.under(chain, pki.certificate).map(({ values }) => {
    const { kind, serial, digits } = values as typeof values & { readonly digits?: unknown };
    const hex = typeof digits === "string" ? digits.replace(/\s+/g, "") : "";
    const read = tryDecode(() => readCertificate(new Uint8Array(Buffer.from(hex, "hex"))));
    return { kind, serial, certificate: read.ok ? read.value : undefined };
  });
}

export function authoritiesOf({ chain }: ConfiguredTrustpoint): Certificate[] {
  return chain.flatMap(({ kind, certificate }) =>
    certificate !== undefined && kind !== "self-signed" && isAuthority(certificate) ? [certificate] : [],
  );
}

/** Our own certificate under a trustpoint; the newest where there are several. */
export function ownCertificate({ chain }: ConfiguredTrustpoint): Certificate | undefined {
  const own = chain.filter(
    ({ kind, certificate }) => certificate !== undefined && (kind === "self-signed" || !isAuthority(certificate)),
  );
  return own.at(-1)?.certificate;
}

/** What IKE is told of them. */
export function trustpointSpecs(
  config: ConfigReader,
  warn: (where: string, what: string) => void,
): readonly TrustpointSpec[] {
  return trustpointsOf(config).map((point) => {
    const where = `crypto pki trustpoint ${point.name}`;
    for (const { serial, certificate } of point.chain) {
      if (certificate === undefined)
        warn(`crypto pki certificate chain ${point.name}`, `certificate ${serial} cannot be read`);
    }
    return {
      name: point.name,
      certificates: point.chain.flatMap(({ certificate }) => (certificate === undefined ? [] : [certificate.der])),
      usesDatabase: false,
      keyPair: point.keyLabel,
      revocation: revocationOf(config, point.node, (what) => warn(where, what)),
      conditions: conditionsOf(config, point.node, (what) => warn(where, what)),
    };
  });
}

function revocationOf(
  config: ConfigReader,
  node: ConfigNode,
  warn: (what: string) => void,
): TrustpointSpec["revocation"] {
  const old = config.under(node, pki.crlUse).some(({ values }) => values.use !== undefined);
  const methods = config.under(node, pki.revocationCheck)[0]?.values.methods ?? (old ? ["crl", "none"] : ["crl"]);
  if (methods.includes("ocsp")) warn("OCSP is not spoken; revocation-check uses lists alone");
  if (methods[0] === "none") return "ignored";
  return methods.includes("none") ? "optional" : "required";
}

const FIELDS = {
  "alt-subject-name": "alternativeName",
  "issuer-name": "issuer",
  "serial-number": "serial",
  "subject-name": "subject",
  "unstructured-subject-name": "unstructuredName",
} as const satisfies Record<pki.MapField, CertificateConditionSpec["field"]>;
const COMPARISONS = { co: "contains", eq: "equals", nc: "lacks", ne: "differs" } as const;

/** A condition that no certificate meets. */
const NOBODY: readonly CertificateConditionSpec[] = [{ field: "subject", comparison: "lacks", value: "" }];

/** Each sequence number of each map that is named is an alternative; one without a line says nothing. */
function conditionsOf(
  config: ConfigReader,
  node: ConfigNode,
  warn: (what: string) => void,
): TrustpointSpec["conditions"] {
  return config.under(node, pki.matchCertificate).flatMap(({ values }): TrustpointSpec["conditions"] => {
    const { map, allow, skip, list, server } = values;
    if ((allow ?? skip ?? list ?? server) !== undefined) {
      warn(`match certificate ${map} says who is let in, and spares nobody a check`);
    }
    return mapConditions(config, map, warn);
  });
}

/** What a certificate map asks for, each sequence number by itself. */
export function mapConditions(
  config: ConfigReader,
  map: string,
  warn: (what: string) => void,
): TrustpointSpec["conditions"] {
  const entries = config
    .all(pki.certificateMap)
    .filter(({ values }) => values.name === map)
    .map((entry) => conditionsIn(config, entry))
    .filter((conditions) => conditions.length > 0);
  if (entries.length > 0) return entries;
  warn(`certificate map ${map} does not exist or has no lines: it takes nobody`);
  return [NOBODY];
}

function conditionsIn(config: ConfigReader, entry: ConfigNode): CertificateConditionSpec[] {
  return pki.mapConditions.flatMap(({ field, command }) =>
    config.under(entry, command).map(({ values }) => ({
      field: FIELDS[field],
      comparison: COMPARISONS[values.comparison],
      value: values.text,
    })),
  );
}
