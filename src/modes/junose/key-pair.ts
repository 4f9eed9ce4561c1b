/** The box has one RSA key pair; in the key store it stands under this label. */
export const KEY_PAIR = "ipsec";
