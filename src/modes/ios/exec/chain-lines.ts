/** Certificates as lines of the running configuration: how what was imported, enrolled or signed comes to be kept. */

import { type Certificate, serialText } from "../../../engine/pki/certificate.ts";
import { isAuthority } from "../../../engine/pki/trust.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import { author, refusals } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { ConfiguredTrustpoint } from "../trustpoints.ts";

export function failed(...lines: readonly string[]): ExecResult {
  return { ok: false, lines };
}

/** Words of four octets, eight in a row, as the box prints a certificate. */
function hexadecimal({ der }: Certificate): string[] {
  const words =
    Buffer.from(der)
      .toString("hex")
      .toUpperCase()
      .match(/.{1,8}/g) ?? [];
  return Array.from(
    { length: Math.ceil(words.length / 8) },
    (_, row) => `  ${words.slice(row * 8, row * 8 + 8).join(" ")}`,
  );
}

export interface NewCertificate {
  readonly certificate: Certificate;
  readonly kind: "ca" | "self-signed" | undefined;
}

/** Puts certificates into the chain of a trustpoint, in place of what it replaces: our own by our new one, an authority by itself. */
export function store(context: ExecContext, point: ConfiguredTrustpoint, found: readonly NewCertificate[]): ExecResult {
  const replacesOwn = found.some(({ kind }) => kind !== "ca");
  const gone = point.chain.filter(
    ({ kind, certificate }) =>
      replacesOwn &&
      kind !== "ca" &&
      (kind === "self-signed" || certificate === undefined || !isAuthority(certificate)),
  );
  const text = [
    `crypto pki certificate chain ${point.name}`,
    ...gone.map(({ kind, serial }) => ` no certificate ${kind === undefined ? "" : `${kind} `}${serial}`),
    ...found.flatMap(({ certificate, kind }) => [
      ` certificate ${kind === undefined ? "" : `${kind} `}${serialText(certificate)}`,
      ...hexadecimal(certificate),
      "  quit",
    ]),
  ].join("\n");
  const report = context.running.merge(`${text}\n`, author(context));
  return { lines: refusals(report), ok: report.refused.length === 0 };
}
