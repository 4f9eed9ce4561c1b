/**
 * Lines of a configuration without what they keep secret, for reports that end in logs: it goes by the words before a
 * secret, because a line that nobody understood has no values. Each secret gives way to as many asterisks, so that columns stay.
 */

const SECRET =
  /\b((?:password|secret|pre-share|community|key-string|(?:(?:masked|encrypted|un-?encrypted)-)?key)\s+(?:level\s+\d+\s+)?(?:(?:[0-9]|encrypted|masked)\s+)?)(?!(?:generate|zeroize|chain|manual|config-key|export|import|storage|pubkey-chain|encryption)\b)("[^"]*"|\S+)/gi;

/** `meant`: what a misspelt line was probably to say; what would be secret there is secret in `text` too. */
export function maskSecrets(text: string, meant = ""): string {
  const masked = text.replace(SECRET, (_, before: string, secret: string) => before + stars(secret));
  return [...meant.matchAll(SECRET)].reduce(
    (line, [, , secret = ""]) => line.replaceAll(secret, stars(secret)),
    masked,
  );
}

function stars(secret: string): string {
  return "*".repeat(secret.length);
}
