/** Help of words and values that mean the same in most lines of a router. */

export const COMMON_WORDS: Readonly<Record<string, string>> = {
  "A.B.C.D": "IP address",
  "A.B.C.D/nn": "IP prefix <network>/<length>",
  "ASN:nn": "Identifier",
  "H.H.H": "Hardware address",
  HEX: "Hexadecimal digits",
  "hh:mm": "Time",
  "hh:mm:ss": "Time",
  IFNAME: "Interface",
  KEY: "The key",
  LINE: "Text",
  MASK: "Mask",
  MONTH: "Month of the year",
  PASSWORD: "The password",
  WORD: "Name",
  "X:X:X:X::X": "IPv6 address",
  "X:X:X:X::X/<0-128>": "IPv6 prefix",
  "0": "An unencrypted text follows",
  "6": "An encrypted text follows",
  "7": "A hidden text follows",
};
