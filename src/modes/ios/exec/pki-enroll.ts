/** `crypto pki enroll`: a request to be carried to an authority, or a certificate that the device signs itself. */

import { readCertificate } from "../../../engine/pki/certificate.ts";
import { type DistinguishedName, isEmptyName, nameText, parseName } from "../../../engine/pki/distinguished-name.ts";
import type { AlternativeName } from "../../../engine/pki/extensions.ts";
import { issueCertificate, writeRequest } from "../../../engine/pki/issue.ts";
import { writePem } from "../../../engine/pki/pem.ts";
import type { ExecResult } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { KeyPair, KeyStore } from "../../common/key-store.ts";
import { after, yesOrNo } from "../../common/questions.ts";
import * as pki from "../commands/pki.ts";
import { authoritiesOf, type ConfiguredTrustpoint } from "../trustpoints.ts";
import { failed, store } from "./chain-lines.ts";
import { domainOf } from "./show-device.ts";

const KEY_BITS = 2048;
/** The end of every self-signed certificate of a box: ten years. */
const SELF_SIGNED_DAYS = 3650;
const DAY = 86_400_000;

interface Subject {
  readonly name: DistinguishedName;
  readonly alternativeNames: readonly AlternativeName[];
}

export function enroll(context: ExecContext, point: ConfiguredTrustpoint, keys: KeyStore): ExecResult {
  const way = context.chassis.under(point.node, pki.enrollmentWay)[0]?.values;
  if (way?.way === undefined) {
    return failed(
      "% Enrollment is by terminal or self-signed here: nothing is sent over the network.",
      `% Say enrollment terminal in trustpoint ${point.name}.`,
    );
  }
  const subject = subjectOf(context, point);
  if ("fault" in subject) return failed(`% The subject name cannot be read: ${subject.fault}`);
  if (way.way === "selfsigned") {
    return yesOrNo("Generate Self Signed Router Certificate?", (yes) =>
      yes ? selfSign(context, point, keys, subject) : {},
    );
  }
  if (authoritiesOf(point).length === 0) {
    return failed("% You must authenticate the Certificate Authority before", "you can enroll with it.");
  }
  const said = [
    "% Start certificate enrollment .. ",
    "",
    `% The subject name in the certificate will include: ${nameText(subject.name)}`,
    ...subject.alternativeNames.map(
      (each) =>
        `% The subject name in the certificate will include: ${each.type === "address" ? each.address : each.name}`,
    ),
  ];
  const request = (): string[] => {
    const password = context.chassis.under(point.node, pki.enrollmentPassword)[0]?.values.password.reveal();
    const { key } = pairOf(point, keys);
    const plan = { subject: subject.name, alternativeNames: subject.alternativeNames };
    const bytes = writeRequest(password === undefined ? plan : { ...plan, challengePassword: password }, key);
    const pem = writePem("CERTIFICATE REQUEST", bytes).trimEnd().split("\n");
    return [
      "Certificate Request follows:",
      "",
      ...(way.pem === true ? pem : pem.slice(1, -1)),
      "",
      "---End - This line not part of the certificate request---",
      "",
    ];
  };
  return after(said, display("Display Certificate Request to terminal?", request));
}

function display(question: string, request: () => string[]): ExecResult {
  return yesOrNo(question, (yes) => (yes ? after(request(), display("Redisplay enrollment request?", request)) : {}));
}

/** The key pair of the trustpoint, made now where there is none. */
function pairOf(point: ConfiguredTrustpoint, keys: KeyStore): KeyPair {
  return keys.pairs.find(({ label }) => label === point.keyLabel) ?? keys.generate(point.keyLabel, KEY_BITS);
}

/** What is configured; else the host's full name, which the box puts into every request. */
function subjectOf(context: ExecContext, point: ConfiguredTrustpoint): Subject | { readonly fault: string } {
  const { chassis } = context;
  const domain = domainOf(context.renderConfiguration());
  const { hostname } = context.snapshot.spec;
  const host = domain === null ? hostname : `${hostname}.${domain}`;
  const stated = chassis.under(point.node, pki.fqdn)[0]?.values.name;
  const names = [
    ...(stated === "none" ? [] : [stated ?? host]),
    ...chassis.under(point.node, pki.subjectAltName).map(({ values }) => values.name),
  ];
  const address = chassis.under(point.node, pki.ipAddress)[0]?.values.address;
  const parsed = parseName(chassis.under(point.node, pki.subjectName)[0]?.values.text ?? `cn=${names[0] ?? host}`);
  if ("fault" in parsed || isEmptyName(parsed)) return "fault" in parsed ? parsed : { fault: "it is empty" };
  const alternativeNames: AlternativeName[] = [...new Set(names)].map((each) => ({ type: "dns", name: each }));
  if (address !== undefined && /^\d+(\.\d+){3}$/.test(address)) alternativeNames.push({ type: "address", address });
  return { name: parsed, alternativeNames };
}

function selfSign(context: ExecContext, point: ConfiguredTrustpoint, keys: KeyStore, subject: Subject): ExecResult {
  const { key } = pairOf(point, keys);
  const now = context.clock.now.getTime();
  const certificate = readCertificate(
    issueCertificate(
      {
        serial: point.chain.length + 1,
        issuer: subject.name,
        subject: subject.name,
        publicKey: key.publicKey,
        notBefore: now,
        notAfter: now + SELF_SIGNED_DAYS * DAY,
        alternativeNames: subject.alternativeNames,
      },
      key,
    ),
  );
  const stored = store(context, point, [{ certificate, kind: "self-signed" }]);
  return stored.ok === false ? stored : { lines: ["", "Router Self Signed Certificate successfully created", ""] };
}
