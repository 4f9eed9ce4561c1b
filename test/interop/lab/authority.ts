/** A certification authority made for one run by OpenSSL: what an operator without a PKI would do by hand. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.ts";

const DAYS = "2";
const BITS = "2048";

export class Authority {
  readonly #directory: string;
  #serial = 1;

  /** Makes the key and certificate of the authority itself. */
  constructor(directory: string, name: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const to = ["-keyout", this.#path("ca.key"), "-out", this.certificate];
    const uses = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"];
    const what = ["-x509", "-newkey", `rsa:${BITS}`, "-nodes", "-sha256", "-days", DAYS];
    run("openssl", ["req", ...what, "-subj", `/O=Interop/CN=${name}`, ...uses, ...to]);
  }

  /** The authority's certificate in PEM. */
  get certificate(): string {
    return this.#path("ca.crt");
  }

  /** A key pair and its certificate in PEM, `NAME.key` and `NAME.crt`, for the host name that is given. */
  issue(name: string, hostName: string): { readonly key: string; readonly certificate: string } {
    const [key, request, certificate] = ["key", "csr", "crt"].map((end) => this.#path(`${name}.${end}`)) as [
      string,
      string,
      string,
    ];
    const extensions = this.#path(`${name}.ext`);
    writeFileSync(extensions, `subjectAltName=DNS:${hostName}\nkeyUsage=digitalSignature\n`);
    const subject = ["-subj", `/O=Interop/CN=${hostName}`];
    run("openssl", ["req", "-newkey", `rsa:${BITS}`, "-nodes", "-sha256", ...subject, "-keyout", key, "-out", request]);
    const by = ["-CA", this.certificate, "-CAkey", this.#path("ca.key"), "-set_serial", String(this.#serial)];
    this.#serial += 1;
    run("openssl", [
      "x509",
      "-req",
      "-in",
      request,
      ...by,
      "-sha256",
      "-days",
      DAYS,
      "-extfile",
      extensions,
      "-out",
      certificate,
    ]);
    return { key, certificate };
  }

  /** As a file for a device: key, certificate and the authority's, under a password. */
  bundle(name: string, hostName: string, password: string): string {
    const { key, certificate } = this.issue(name, hostName);
    const file = this.#path(`${name}.p12`);
    const from = ["-inkey", key, "-in", certificate, "-certfile", this.certificate];
    run("openssl", ["pkcs12", "-export", ...from, "-passout", `pass:${password}`, "-out", file]);
    return file;
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }
}
