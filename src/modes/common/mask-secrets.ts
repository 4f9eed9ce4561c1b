/**
 * Lines of a configuration without what they keep secret, for reports that end in logs: it goes by the words before a
 * secret, because a line that nobody understood has no values. Each secret gives way to as many asterisks, so that columns stay.
 */

const BEFORE = [
  String.raw`(?:password|secret|pre-share(?:-masked)?|key-string|password-encrypt|authentication-key(?!\s+\d+\s+md5))\s+(?!encryption\b)(?:level\s+\d+\s+)?`,
  String.raw`(?:(?:masked|encrypted|un-?encrypted)-)?key\s+(?!(?:generate|zeroize|chain|manual|config-key|export|import|storage|pubkey-chain|encryption)\b)`,
  String.raw`(?:message-digest|authentication)-key\s+\d+\s+md5\s+`,
  String.raw`snmp-server\s+community\s+`,
  String.raw`snmp-server\s+host\s+\S+\s+(?:vrf\s+\S+\s+)?(?:(?:traps|informs)\s+)?(?:version\s+(?:v?1|v?2c|v3|3\s+(?:auth|noauth|priv))\s+)?(?!pingTimeOut\b|trapQueue\b)`,
  String.raw`auth(?:entication)?\s+(?:md5|sha)\s+(?!key-(?:string|chain)\b)`,
  String.raw`priv(?:acy)?\s+(?:3?des|aes\s+(?:128|192|256))\s+`,
];
const TYPE = String.raw`(?:(?:[0-9]|encrypted|masked)\s+)?`;
/** The longest words before a secret come first where two begin at one place. */
const SECRET = new RegExp(String.raw`(?<!\S)((?:${BEFORE.join("|")})${TYPE})("[^"]*"|\S+)`, "gi");
/** Behind the user's name in an address: `ftp://fred:secret@host/file`. */
const IN_URL = /(\w:\/\/[^\s:@/]*:)([^\s/]+)(?=@)/g;

/** `meant`: what a misspelt line was probably to say; what would be secret there is secret in `text` too. */
export function maskSecrets(text: string, meant = ""): string {
  const masked = [SECRET, IN_URL].reduce(
    (line, pattern) => line.replace(pattern, (_, before: string, secret: string) => before + stars(secret)),
    text,
  );
  return [...meant.matchAll(SECRET)].reduce(
    (line, [, , secret = ""]) => line.replaceAll(secret, stars(secret)),
    masked,
  );
}

function stars(secret: string): string {
  return "*".repeat(secret.length);
}
