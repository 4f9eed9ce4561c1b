/**
 * `crypto pki authenticate`, `enroll`, `import`, `export`, `crl`: certificates are pasted at the terminal or read from flash. What
 * is accepted becomes lines of the certificate chain in the running configuration; private keys go to the key store and stay there.
 */

import { RsaPrivateKey } from "../../../engine/crypto/rsa.ts";
import { tryDecode } from "../../../engine/kernel/errors.ts";
import { type Certificate, readCertificate } from "../../../engine/pki/certificate.ts";
import { nameText } from "../../../engine/pki/distinguished-name.ts";
import { readPem, writePem } from "../../../engine/pki/pem.ts";
import { readCertificateBag } from "../../../engine/pki/pkcs7.ts";
import { readPkcs12 } from "../../../engine/pki/pkcs12.ts";
import { isAuthority, isKeyOf, isSelfIssued } from "../../../engine/pki/trust.ts";
import { line, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { unlessLocked } from "../../common/editing.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import type { KeyStore } from "../../common/key-store.ts";
import { askForText } from "../../common/pasted-text.ts";
import { after, withFiles, yesOrNo } from "../../common/questions.ts";
import { globalMode } from "../modes.ts";
import { placeOf } from "../place.ts";
import { fingerprint } from "../show/pki.ts";
import { authoritiesOf, type ConfiguredTrustpoint, ownCertificate, trustpointsOf } from "../trustpoints.ts";
import { failed, type NewCertificate, store } from "./chain-lines.ts";
import { enroll } from "./pki-enroll.ts";
import { PRIVILEGED } from "./words.ts";

const NO_KEYS = "% No keys are kept here";

/** Runs it for a trustpoint that is configured, where keys can be kept. */
function withTrustpoint(
  context: ExecContext,
  name: string,
  work: (point: ConfiguredTrustpoint, keys: KeyStore) => ExecResult,
): ExecResult {
  const { keys } = context;
  if (keys === undefined) return failed(NO_KEYS);
  const point = trustpointsOf(context.chassis).find((each) => each.name === name);
  if (point === undefined) return failed(`% Trustpoint ${name} is not configured`);
  return unlessLocked(context, () => withFiles(() => work(point, keys)));
}

/** Every certificate of a pasted text or a file: PEM of one or several, PKCS #7, or base64 alone. */
function certificatesIn(text: string): Certificate[] | undefined {
  const read = tryDecode(() =>
    (readPem(text) ?? []).flatMap(({ label, bytes }) => {
      if (label !== "" && !/CERTIFICATE$|^PKCS7$/.test(label)) return [];
      const single = tryDecode(() => readCertificate(bytes));
      return single.ok ? [single.value] : readCertificateBag(bytes).map(readCertificate);
    }),
  );
  return read.ok && read.value.length > 0 ? read.value : undefined;
}

function fingerprints(certificate: Certificate): string[] {
  return [
    "Certificate has the following attributes:",
    `       Fingerprint MD5: ${fingerprint("md5", certificate)} `,
    `      Fingerprint SHA1: ${fingerprint("sha1", certificate)} `,
  ];
}

// --- authenticate ---

function authenticate(context: ExecContext, name: string): ExecResult {
  return withTrustpoint(context, name, (point) => {
    if (authoritiesOf(point).length > 0) {
      return failed(
        `% Please delete your existing CA certificate first.`,
        `% You must use 'no crypto pki certificate chain ${name}' to delete the CA certificate.`,
      );
    }
    return askForText(
      [
        "",
        "Enter the base 64 encoded CA certificate.",
        'End with a blank line or the word "quit" on a line by itself',
        "",
      ],
      (text) => acceptAuthority(context, point, text),
    );
  });
}

function acceptAuthority(context: ExecContext, point: ConfiguredTrustpoint, text: string): ExecResult {
  const found = certificatesIn(text);
  if (found === undefined) return failed("% Error in saving certificate: it cannot be read");
  const wrong = found.find((each) => !isAuthority(each));
  if (wrong !== undefined)
    return failed(`% Error in saving certificate: ${nameText(wrong.subject)} is no certification authority`);
  return after(
    found.flatMap(fingerprints),
    after(
      [""],
      yesOrNo("% Do you accept this certificate?", (yes) => {
        if (!yes) return failed("% Certificate was not accepted");
        const stored = store(
          context,
          point,
          found.map((certificate) => ({ certificate, kind: "ca" })),
        );
        if (stored.ok === false) return stored;
        return { lines: ["Trustpoint CA certificate accepted.", "% Certificate successfully imported", ""] };
      }),
    ),
  );
}

// --- import ---

function importCertificate(context: ExecContext, name: string): ExecResult {
  return withTrustpoint(context, name, (point, keys) => {
    if (authoritiesOf(point).length === 0)
      return failed(
        `% You must authenticate the Certificate Authority before`,
        "you can import the router's certificate.",
      );
    return askForText(
      [
        "",
        "Enter the base 64 encoded certificate.",
        'End with a blank line or the word "quit" on a line by itself',
        "",
      ],
      (text) => acceptOwn(context, point, keys, certificatesIn(text)),
    );
  });
}

function acceptOwn(
  context: ExecContext,
  point: ConfiguredTrustpoint,
  keys: KeyStore,
  found: readonly Certificate[] | undefined,
): ExecResult {
  if (found === undefined) return failed("% Failed to parse or verify imported certificate: it cannot be read");
  const pair = keys.pairs.find(({ label }) => label === point.keyLabel);
  if (pair === undefined)
    return failed(`% Failed to parse or verify imported certificate: there is no key pair ${point.keyLabel}`);
  const own = found.find((each) => isKeyOf(pair.key, each));
  if (own === undefined)
    return failed(`% Failed to parse or verify imported certificate: it is not for the key pair ${point.keyLabel}`);
  const stored = store(context, point, [{ certificate: own, kind: undefined }, ...others(found, own)]);
  return stored.ok === false ? stored : { lines: ["% Router Certificate successfully imported", ""] };
}

/** Authorities that came along. */
function others(found: readonly Certificate[], own: Certificate): NewCertificate[] {
  return found.filter((each) => each !== own && isAuthority(each)).map((certificate) => ({ certificate, kind: "ca" }));
}

function importPem(context: ExecContext, name: string, passphrase: string): ExecResult {
  const prompt = (what: string): string[] => [
    `% Enter PEM-formatted ${what}.`,
    '% End with a blank line or "quit" on a line by itself.',
  ];
  return withTrustpoint(context, name, (point, keys) =>
    askForText(prompt("CA certificate"), (authority) =>
      askForText(prompt("encrypted private General Purpose key"), (key) =>
        askForText(prompt("General Purpose certificate"), (own) => {
          const privateKey = RsaPrivateKey.read(key, passphrase);
          if (privateKey === undefined)
            return failed("% PEM files import failed: the private key cannot be read, or the passphrase is wrong");
          const found = [...(certificatesIn(authority) ?? []), ...(certificatesIn(own) ?? [])];
          return acceptBundle(context, point, keys, privateKey, found, "% PEM files import succeeded.");
        }),
      ),
    ),
  );
}

function acceptBundle(
  context: ExecContext,
  point: ConfiguredTrustpoint,
  keys: KeyStore,
  key: RsaPrivateKey,
  found: readonly Certificate[],
  success: string,
): ExecResult {
  const own = found.find((each) => isKeyOf(key, each));
  if (own === undefined) return failed("% Import failed: there is no certificate for the private key");
  if (found.every((each) => each === own || !isAuthority(each)) && !isSelfIssued(own))
    return failed("% Import failed: there is no certificate of an authority");
  keys.keep(point.keyLabel, key);
  const stored = store(context, point, [{ certificate: own, kind: undefined }, ...others(found, own)]);
  return stored.ok === false ? stored : { lines: [success] };
}

function importPkcs12(context: ExecContext, name: string, source: string, password: string): ExecResult {
  return withTrustpoint(context, name, (point, keys) => {
    const accept = (bytes: Uint8Array | undefined): ExecResult => {
      if (bytes === undefined) return failed("% PKCS12 import failed: there is no such file, or it is not base64");
      const bundle = readPkcs12(bytes, password);
      if ("fault" in bundle) return failed(`% PKCS12 import failed: ${bundle.fault}`);
      const success = "CRYPTO_PKI: Imported PKCS12 file successfully.";
      return acceptBundle(context, point, keys, bundle.key, bundle.certificates, success);
    };
    if (source === "terminal") {
      return askForText(
        ["Enter the base 64 encoded pkcs12.", 'End with a blank line or the word "quit" on a line by itself:'],
        (text) => accept(readPem(text)?.[0]?.bytes),
      );
    }
    const place = placeOf(source, context.terminal.directory);
    if (place?.kind !== "file") return failed("% PKCS12 import failed: files are those of flash: and nvram:");
    return accept(context.files.readBytes(place.device, place.name));
  });
}

// --- export, lists ---

function exportPem(context: ExecContext, name: string): ExecResult {
  return withTrustpoint(context, name, (point) => {
    const own = ownCertificate(point);
    const shown = (title: string, certificates: readonly Certificate[]): string[] =>
      certificates.flatMap(({ der }) => [title, ...writePem("CERTIFICATE", der).trimEnd().split("\n"), ""]);
    return {
      lines: [
        ...shown("% CA certificate:", authoritiesOf(point)),
        ...shown("% General Purpose Certificate:", own === undefined ? [] : [own]),
      ],
    };
  });
}

function readLists(context: ExecContext, name: string): ExecResult {
  return withTrustpoint(context, name, (_, keys) => {
    const faults = keys.refresh();
    const { length } = keys.credentials.revocationLists;
    return {
      ok: faults.length === 0,
      lines: [
        `% ${length} revocation list${length === 1 ? "" : "s"} in flash (files *.crl); none is fetched`,
        ...faults.map((fault) => `% ${fault}`),
      ],
    };
  });
}

const crypto = kw("crypto", "Encryption module");
const pki = kw("pki", "Public Key components", { aliases: ["ca"] });
const name = arg("name", word(), "CA Server Name");
const importing = [crypto, pki, kw("import", "Import certificate or keys"), name] as const;
const command = { level: PRIVILEGED, mode: globalMode } as const;

/** Work in configuration too. */
export const pkiExecCommands = [
  exec({
    ...command,
    form: [crypto, pki, kw("authenticate", "Get the CA certificate"), name],
    run: (context: ExecContext, values) => authenticate(context, values.name),
  }),
  exec({
    ...command,
    form: [crypto, pki, kw("enroll", "Request a certificate from a CA"), name],
    run: (context: ExecContext, values) =>
      withTrustpoint(context, values.name, (point, keys) => enroll(context, point, keys)),
  }),
  exec({
    ...command,
    form: [...importing, pick("what", { certificate: "Import a certificate from a TFTP server or the terminal" })],
    run: (context: ExecContext, values) => importCertificate(context, values.name),
  }),
  exec({
    ...command,
    form: [
      ...importing,
      kw("pem", "Import from PEM files"),
      opt(pick("exportable", { exportable: "The keys may leave again (here none does)" })),
      pick("from", { terminal: "Cut & paste PEM files from the terminal" }),
      opt(kw("password", "Specify passphrase used to protect private key")),
      arg("passphrase", line(), "Passphrase used to protect the private key"),
    ],
    run: (context: ExecContext, values) => importPem(context, values.name, values.passphrase),
  }),
  exec({
    ...command,
    form: [
      ...importing,
      kw("pkcs12", "Import from PKCS12 file"),
      oneOf(
        [pick("from", { terminal: "Cut & paste from the terminal" })],
        [arg("source", word({ placeholder: "URL" }), "File in flash:")],
      ),
      opt(kw("password", "Specify passphrase used to protect the file")),
      arg("passphrase", line(), "Passphrase used to protect the file"),
    ],
    run: (context: ExecContext, { name: point, from, source, passphrase }) =>
      importPkcs12(context, point, from ?? source ?? "", passphrase),
  }),
  exec({
    ...command,
    form: [
      crypto,
      pki,
      kw("export", "Export certificate"),
      name,
      kw("pem", "Export to PEM files"),
      pick("to", { terminal: "Display PEM files on the terminal" }),
    ],
    run: (context: ExecContext, values) => exportPem(context, values.name),
  }),
  exec({
    ...command,
    form: [
      crypto,
      pki,
      kw("crl", "Actions on certificate revocation lists"),
      pick("what", { refresh: "Read the lists in flash again", request: "Read the lists in flash again" }),
      name,
    ],
    run: (context: ExecContext, values) => readLists(context, values.name),
  }),
];
