/**
 * `ipsec key generate`, `ipsec key zeroize`, `ipsec certificate-request generate`, `ipsec certificate-database refresh`: a key
 * pair is made, a request is written to a file and carried to an authority, what comes back is copied to the device and read.
 */

import { type DistinguishedName, parseName } from "../../../engine/pki/distinguished-name.ts";
import type { AlternativeName } from "../../../engine/pki/extensions.ts";
import { writeRequest } from "../../../engine/pki/issue.ts";
import { writePem } from "../../../engine/pki/pem.ts";
import { shaped } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { KeyStore } from "../../common/key-store.ts";
import { withFiles, yesOrNo } from "../../common/questions.ts";
import { commonName, country, domainName, identity, organization } from "../commands/certificates.ts";
import { KEY_PAIR } from "../key-pair.ts";
import { globalMode } from "../modes.ts";
import { found } from "../show/text.ts";
import { CONFIGURATION } from "./show-words.ts";

const NO_PAIR = "% There is no RSA key pair; say ipsec key generate rsa 2048";

function withKeys({ keys }: ExecContext, work: (keys: KeyStore) => ExecResult): ExecResult {
  return keys === undefined ? { ok: false, lines: ["% No keys are kept here"] } : withFiles(() => work(keys));
}

function generate(context: ExecContext, bits: number): ExecResult {
  return withKeys(context, (keys) => {
    const make = (): ExecResult =>
      withFiles(() => {
        keys.generate(KEY_PAIR, bits);
        return { lines: bits < 2048 ? ["% 1024 bits can be broken by whoever has the means; 2048 are better"] : [] };
      });
    if (!keys.pairs.some(({ label }) => label === KEY_PAIR)) return make();
    return yesOrNo("There is a key pair, and its certificates would be of no use any more. Replace it?", (yes) =>
      yes ? make() : {},
    );
  });
}

/** The subject of requests: what `ipsec identity` says. */
function identityOf({
  chassis,
}: ExecContext):
  | { readonly name: DistinguishedName; readonly alternativeNames: readonly AlternativeName[] }
  | { readonly fault: string } {
  const [node] = chassis.all(identity);
  const text = (part: typeof commonName): string | undefined =>
    node === undefined ? undefined : chassis.under(node, part)[0]?.values.text;
  const parts = { cn: text(commonName), o: text(organization), c: text(country) };
  const typed = Object.entries(parts).flatMap(([word, value]) =>
    value === undefined ? [] : [`${word}="${value.replace(/["\\]/g, "\\$&")}"`],
  );
  if (parts.cn === undefined) return { fault: "ipsec identity has no common-name" };
  const name = parseName(typed.join(","));
  const domain = text(domainName);
  if ("fault" in name) return name;
  return { name, alternativeNames: domain === undefined ? [] : [{ type: "dns", name: domain }] };
}

function request(context: ExecContext, file: string): ExecResult {
  return withKeys(context, (keys) => {
    const pair = keys.pairs.find(({ label }) => label === KEY_PAIR);
    if (pair === undefined) return { ok: false, lines: [NO_PAIR] };
    const subject = identityOf(context);
    if ("fault" in subject) return { ok: false, lines: [`% ${subject.fault}`] };
    const plan = { subject: subject.name, alternativeNames: subject.alternativeNames };
    context.files.write("flash", file, writePem("CERTIFICATE REQUEST", writeRequest(plan, pair.key)));
    return {};
  });
}

function refresh(context: ExecContext): ExecResult {
  return withKeys(context, (keys) => {
    const faults = keys.refresh();
    const { certificates, revocationLists } = keys.credentials;
    return {
      ok: faults.length === 0,
      lines: [
        ...faults.map((fault) => `% ${fault}`),
        found(certificates.length, "certificate"),
        found(revocationLists.length, "revocation list"),
      ],
    };
  });
}

function zeroize(context: ExecContext, what: string): ExecResult {
  if (what !== "rsa")
    return { ok: false, lines: ["% Other keys are lines of the configuration: take them away with no"] };
  return withKeys(context, (keys) => (keys.remove(KEY_PAIR) ? {} : { ok: false, lines: [NO_PAIR] }));
}

const ipsec = kw("ipsec", "IPsec");
const key = kw("key", "RSA keys of this router");
const requestFile = { ...shaped("NAME.crq", /^[A-Za-z0-9_][\w.-]*\.crq$/), examples: ["gw.crq"] };

/** Work in configuration too, where the box has them. */
export const certificateExecCommands = [
  exec({
    level: CONFIGURATION,
    mode: globalMode,
    form: [
      ipsec,
      key,
      kw("generate", "Make a key pair"),
      kw("rsa", "RSA keys"),
      pick("bits", { "1024": "1024 bits", "2048": "2048 bits" }),
    ],
    run: (context: ExecContext, { bits }) => generate(context, Number(bits)),
  }),
  exec({
    level: CONFIGURATION,
    mode: globalMode,
    form: [
      ipsec,
      key,
      kw("zeroize", "Destroy keys"),
      pick("what", {
        all: "All keys",
        "pre-share": "Pre-shared keys",
        "pubkey-chain": "Public keys of peers",
        rsa: "The RSA key pair",
      }),
    ],
    run: (context: ExecContext, { what }) => zeroize(context, what),
  }),
  exec({
    level: CONFIGURATION,
    mode: globalMode,
    form: [
      ipsec,
      kw("certificate-request", "Certificate request"),
      kw("generate", "Write a request to a file"),
      kw("rsa", "For the RSA key pair"),
      arg("file", requestFile, "Name of the file"),
    ],
    run: (context: ExecContext, { file }) => request(context, file),
  }),
  exec({
    level: CONFIGURATION,
    mode: globalMode,
    form: [ipsec, kw("certificate-database", "Certificates in the files"), kw("refresh", "Read them again")],
    run: (context: ExecContext) => refresh(context),
  }),
];
