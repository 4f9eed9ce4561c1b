/** What exec commands see of the SSH server that runs beside the router, and what they ask of it. */

import type { LoginWatchView } from "./login-watch.ts";

export interface SshKeyView {
  readonly type: "ed25519" | "rsa";
  /** Size of the modulus; of an Ed25519 key 256. */
  readonly bits: number;
  /** `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
  /** `SHA256:…`, as clients print it. */
  readonly fingerprint: string;
}

export interface SshConnectionView {
  /** Number of the vty that the client came in by, or will. */
  readonly line: number;
  readonly from: string;
  /** Empty = nobody has proved who they are. */
  readonly user: string;
  readonly state: "negotiating" | "authenticating" | "started";
  /** Names of RFC 4253 for what the client sends and gets; empty while they are negotiated. */
  readonly cipher: { readonly in: string; readonly out: string };
  readonly hmac: { readonly in: string; readonly out: string };
}

export interface LockedUser {
  readonly user: string;
  readonly at: Date;
}

export interface SshService {
  readonly address: string;
  readonly port: number;
  /** Why nobody is let in; `undefined` = SSH is enabled. */
  readonly disabled: string | undefined;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly keys: readonly SshKeyView[];
  /** In the order they came. */
  readonly connections: readonly SshConnectionView[];
  readonly loginWatch: LoginWatchView;
  /** Who typed too many wrong passwords. */
  readonly lockedUsers: readonly LockedUser[];
  /** Lets in again who was locked out; no name = all of them. */
  unlockUser(by: string, user?: string): void;
  /** Wrong passwords are counted from zero; no name = those of all. */
  forgetFailures(user?: string): void;
  /** A new RSA key in place of the one there was; connections that stand keep theirs. */
  generateRsaKey(bits: number): SshKeyView;
  /** Without an RSA key nobody is let in. */
  removeRsaKey(): void;
}
