/** `show ipsec` of settings: options, policy rules, transform sets, lifetimes, keys. */

import type { IkePolicySpec } from "../../../engine/spec.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import {
  deadPeerDetection,
  invalidCookie,
  lifetimeKilobytes,
  lifetimeSeconds,
  localEndpoint,
  transformSet,
} from "../commands/ipsec.ts";
import { tunnelInterface } from "../commands/ipsec-tunnel.ts";
import { keyOf, keyText, manualKey } from "../commands/manual-key.ts";
import { routerOf } from "../compile/configuration.ts";
import { BUILT_IN_POLICY } from "../compile/ipsec.ts";
import { isStated, standing, stated } from "../compile/standing.ts";
import { mask } from "../masking.ts";
import { administrativeSummary, found, onOff, operationalSummary, placed } from "./text.ts";

export function showIpsecOptions(context: ExecContext): ExecResult {
  const tree = routerOf(context, context.virtualRouter);
  const { virtualRouters } = context.snapshot.spec;
  const natTraversal = virtualRouters.some((router) => router.name === context.virtualRouter && router.natTraversal);
  const options = {
    deadPeerDetection: isStated(tree, deadPeerDetection),
    natTraversal,
    txInvalidCookie: isStated(tree, invalidCookie),
  };
  return {
    lines: [
      "IPsec options:",
      `Dead Peer Detection: ${onOff(options.deadPeerDetection)}`,
      `NAT Traversal      : ${onOff(options.natTraversal)}`,
      `Tx Invalid Cookie  : ${onOff(options.txInvalidCookie)}`,
    ],
    model: options,
  };
}

const BITS: Readonly<Record<number, number>> = { 1: 768, 2: 1024, 5: 1536 };
const HASHES = { md5: "MD5   Message Digest 5", sha1: "SHA   Secure Hash Standard" } as const;

export function showIkePolicyRules({ snapshot }: ExecContext, priority: number | undefined): ExecResult {
  const policies = snapshot.spec.ikePolicies.filter((policy) => priority === undefined || policy.priority === priority);
  return { lines: ["IKE Policy Rules:", ...policies.flatMap(policyLines)], model: policies };
}

const AGGRESSIVE = {
  none: "Not Allowed",
  named: "Accepted",
  accepted: "Accepted",
  requested: "Requested",
  required: "Required",
} as const;

function policyLines(policy: IkePolicySpec): string[] {
  const rows = [
    ["encryption algorithm", policy.encryption.toUpperCase()],
    ["hash algorithm", policy.hash === "md5" ? HASHES.md5 : HASHES.sha1],
    ["authentication method", policy.authentication === "preShared" ? "Pre Shared Keys" : "RSA Signatures"],
    ["Diffie-Hellman group", `${policy.group} (${BITS[policy.group]} bit)`],
    ["lifetime", `${policy.lifetimeSeconds} seconds`],
    ["aggressive mode", AGGRESSIVE[policy.aggressiveMode ?? "none"]],
    ...(policy.boundTo === undefined ? [] : [["ip address", boundText(policy.boundTo)] as const]),
  ] as const;
  const title =
    policy === BUILT_IN_POLICY ? "Default protection suite" : `Protection suite priority: ${policy.priority}`;
  return [title, ...rows.map(([name, value]) => `        ${name.padEnd(26)}:${value}`)];
}

function boundText({ address, virtualRouter }: NonNullable<IkePolicySpec["boundTo"]>): string {
  return virtualRouter === undefined ? address : `${address} virtual-router ${virtualRouter}`;
}

export function showTransformSets({ chassis }: ExecContext, name: string | undefined): ExecResult {
  const sets = chassis
    .all(transformSet)
    .map(({ values }) => values)
    .filter((set) => name === undefined || set.name === name);
  const lines = sets.map((set) => `Transform-set: ${set.name} = {${set.transforms.join(" ")}}.`);
  return { lines: lines.length === 0 ? ["No transform sets found"] : lines, model: sets };
}

export function showIpsecLifetime({ chassis }: ExecContext): ExecResult {
  const { seconds } = standing(chassis, lifetimeSeconds);
  const { kilobytes } = standing(chassis, lifetimeKilobytes);
  return {
    lines: [`Default lifetime in seconds is ${seconds}`, `Default lifetime in kilobytes is ${kilobytes}`],
    model: { seconds, kilobytes },
  };
}

/** Keys of the virtual router; masked, as in the configuration. */
export function showManualKeys(context: ExecContext): ExecResult {
  const tree = routerOf(context, context.virtualRouter);
  const keys = tree.all(manualKey).map((node) => {
    const { address, fqdn, userFqdn } = node.values;
    const key = keyOf(stated(tree, keyText, node) ?? {});
    return { peer: address ?? fqdn ?? userFqdn ?? "", maskedKey: key === undefined ? "" : mask(key) };
  });
  const columns = [0, Math.max(18, ...keys.map(({ peer }) => peer.length + 1))];
  return {
    lines: [
      "Pre-shared keys:",
      placed(columns, ["Address", "Masked key"]),
      ...keys.map(({ peer, maskedKey }) => placed(columns, [peer, maskedKey])),
    ],
    model: keys,
  };
}

export function showLocalEndpoint({ chassis }: ExecContext, virtualRouter: string | undefined): ExecResult {
  const endpoints = chassis
    .all(localEndpoint)
    .map(({ values }) => values)
    .filter((one) => virtualRouter === undefined || one.virtualRouter === virtualRouter);
  return {
    lines: [
      ...endpoints.map((one) => `Local endpoint ${one.address}, transport virtual router ${one.virtualRouter}`),
      found(endpoints.length, "local endpoint"),
    ],
    model: endpoints,
  };
}

/** Tunnel interfaces are kept in the configuration and not brought up: none of them is there. */
export function showIpsecTunnels(
  context: ExecContext,
  view: "brief" | "detail" | "summary",
  wanted: { readonly name?: string | undefined; readonly virtualRouter?: string | undefined },
): ExecResult {
  const all = routerOf(context, wanted.virtualRouter ?? context.virtualRouter)
    .all(tunnelInterface)
    .flatMap(({ values }) => (values.name.startsWith("ipsec:") ? [{ ...values, name: values.name.slice(6) }] : []))
    .filter(({ name }) => wanted.name === undefined || name === wanted.name)
    .map(({ name, virtualRouter }) => ({
      name,
      transportVirtualRouter: virtualRouter,
      operational: "notPresent" as const,
    }));
  if (view === "summary") {
    const standings = all.map(({ operational }) => ({ administrative: "enabled" as const, operational }));
    return { lines: [...administrativeSummary(standings), ...operationalSummary(standings)], model: all };
  }
  const lines = all.flatMap((one) => [
    `IPSEC tunnel ${one.name} is NotPresent`,
    ...(view === "detail"
      ? [`   Transport virtual router ${one.transportVirtualRouter ?? context.virtualRouter}`]
      : []),
  ]);
  return { lines: [...lines, found(all.length, "IPSEC tunnel")], model: all };
}
