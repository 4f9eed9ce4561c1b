/**
 * Lines of a configuration without what they keep secret, for reports that end in logs: it goes by the words before a
 * secret, because a line that nobody understood has no values. Each secret gives way to as many asterisks, so that columns stay.
 */

const BEFORE = [
  String.raw`ldp\s+password\s+(?:fallback|option\s+\d+\s+for\s+\S+)\s+`,
  String.raw`msdp\s+(?:vrf\s+\S+\s+)?password\s+(?:peer\s+)?\S+\s+`,
  String.raw`reconnect\s+key\s+\d+\s+`,
  String.raw`(?:passphrase|user-pin)\s+`,
  String.raw`host\s+\S+\s+\S+\s+(?:ftp|rcp|tftp)\s+\S+\s+`,
  String.raw`(?:(?:area-|domain-)?password(?:-prefix)?|secret|(?<!manual\s+)pre-share(?:-masked)?|key-string|password-encrypt(?:ion)?|(?:area-|domain-)?authentication-key(?!\s+\d+\s+md5))\s+(?!encryption\b|key\s)(?:level\s+\d+\s+)?`,
  String.raw`(?:(?:masked|encrypted|un-?encrypted|server)-)?key\s+(?!(?:generate|zeroize|encrypt|decrypt|chain|manual|config-key|export|import|storage|pubkey-chain|encryption)\b)`,
  String.raw`config-key\s+(?!password-encrypt)(?=\d)`,
  String.raw`pre-shared-key\s+(?!(?:address|hostname|ipv6)\b)(?:(?:local|remote)\s+)?(?:hex\s+)?`,
  String.raw`(?:(?:area-|domain-)?message-digest|authentication)-key\s+\d+\s+(?:hmac-)?md5\s+(?:key\s+)?`,
  String.raw`(?:spi\s+\d+\s+(?:md5|sha1)|esp\s+(?:3?des|aes-cbc\s+\d+))\s+`,
  String.raw`(?:md5|sha1)\s+(?=(?:[07]\s+)?[\da-f]{32,}(?!\S))`,
  String.raw`session-key\s+(?:in|out)bound\s+(?:ah|esp)\s+\d+\s+(?:cipher\s+)?`,
  String.raw`authenticator\s+(?=[\da-f]+(?!\S))`,
  String.raw`(?:standby|vrrp|glbp)\s+(?:\d+\s+)?authentication\s+(?!md5\b)(?:text\s+)?`,
  String.raw`(?:passwd|encrypted-password|ascii-text)\s+`,
  String.raw`nhrp\s+authentication\s+`,
  String.raw`wpa-psk\s+(?:ascii|hex)\s+`,
  String.raw`encryption\s+(?:vlan\s+\d+\s+)?key\s+\d+\s+size\s+\S+\s+`,
  String.raw`exception\s+protocol\s+ftp\s+\S+\s+`,
  String.raw`pkcs12\s+(?:terminal|\S+:\S*)\s+(?:password\s+)?`,
  String.raw`snmp-server\s+community\s+`,
  String.raw`snmp\s+context\s+\S+\s+community\s+`,
  String.raw`snmp-server\s+host\s+\S+\s+(?:vrf\s+\S+\s+)?(?:(?:traps|informs)\s+)?(?:version\s+(?:v?1|v?2c|v3|3\s+(?:auth|noauth|priv))\s+)?(?!pingTimeOut\b|trapQueue\b)`,
  String.raw`auth(?:entication)?\s+(?:md5|sha)\s+(?!key-(?:string|chain)\b)(?:key\s+)?`,
  String.raw`priv(?:acy)?\s+(?:des56|3?des|aes\s+(?:128|192|256))\s+(?:key\s+)?`,
];
const TYPE = String.raw`(?:(?:\d{1,2}|encrypted|masked)\s+)?`;
/** The longest words before a secret come first where two begin at one place. */
const SECRET = new RegExp(String.raw`(?<!\S)((?:${BEFORE.join("|")})${TYPE})("[^"]*"|\S+)`, "gi");
/** Passwords that go on to the end of the line, blanks and all. */
const TO_THE_END = new RegExp(
  String.raw`((?:^\s*|(?<!\S)(?:username\s+\S+(?:\s+privilege\s+\d+)?|enable|chap|tunnel|sent-username\s+\S+)\s+)(?:password|secret)\s+(?!encryption\b)(?:level\s+\d+\s+)?${TYPE})(\S.*)$`,
  "i",
);
/** The passphrase of a file of keys is the last word. */
const LAST_WORD =
  /(?<!\S)(crypto\s+(?:key\s+(?:import|export)\s+(?:rsa|ec)|(?:pki|ca)\s+(?:import|export)\s+\S+\s+pem)\s.*\s)(\S+)\s*$/i;
const MASTER_KEY = /(\bconfig-key\s+\S+\s+)(\S.*)$/i;
/** Behind the user's name in an address: `ftp://fred:secret@host/file`. */
const IN_URL = /(\w:\/\/[^\s:@/]*:)([^\s/]+)(?=@)/g;

/** Of each of these patterns there is a word here: most lines have none and are not looked at any further. */
const MAY_HIDE =
  /pass|secret|key|pre-share|user-pin|md5|sha|aes[-\s]|des(?:56)?\s|psk|authen|auth\s|communi|ascii-text|pkcs12|host|exception|:\/\//i;

/** `meant`: what a misspelt line was probably to say; what would be secret there is secret in `text` too. */
export function maskSecrets(text: string, meant = ""): string {
  const masked = MAY_HIDE.test(text) ? withStars(text) : text;
  if (meant === "") return masked;
  return [...meant.matchAll(SECRET)].reduce(
    (line, [, , secret = ""]) => line.replaceAll(secret, stars(secret)),
    masked,
  );
}

function withStars(text: string): string {
  return [TO_THE_END, LAST_WORD, SECRET, IN_URL].reduce(
    (line, pattern) => line.replace(pattern, (_, before: string, secret: string) => before + stars(secret)),
    text,
  );
}

/** Only the key that hides others, which is shown nowhere. */
export function maskMasterKey(text: string): string {
  return text.replace(MASTER_KEY, (_, before: string, key: string) => before + stars(key));
}

function stars(secret: string): string {
  return "*".repeat(secret.length);
}
