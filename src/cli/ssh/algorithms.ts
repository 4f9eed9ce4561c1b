/**
 * What the SSH server offers. Old clients of automation machines need more; they get it only where `--ssh-legacy` asks for it,
 * because each of these can be broken by someone with money or patience (RFC 9142, RFC 8758).
 */

import type { Algorithms } from "ssh2";

const current = {
  kex: [
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group14-sha256",
  ],
  cipher: ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr"],
  hmac: ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"],
  serverHostKey: ["ssh-ed25519", "rsa-sha2-512", "rsa-sha2-256"],
  compress: ["none"],
} as const satisfies Algorithms;

const old = {
  kex: ["diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group1-sha1"],
  cipher: ["aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"],
  hmac: ["hmac-sha1", "hmac-sha1-96"],
  serverHostKey: ["ssh-rsa"],
} as const satisfies Algorithms;

export function algorithms(legacy: boolean): Algorithms {
  if (!legacy) return { ...current, kex: [...current.kex], cipher: [...current.cipher], hmac: [...current.hmac] };
  return {
    kex: [...current.kex, ...old.kex],
    cipher: [...current.cipher, ...old.cipher],
    hmac: [...current.hmac, ...old.hmac],
    serverHostKey: [...current.serverHostKey, ...old.serverHostKey],
    compress: [...current.compress],
  };
}
