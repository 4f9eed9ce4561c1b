/** The clients that can be played, by name, for those who need no more than the names. */

export const PERSONA_NAMES = [
  "windows-2000",
  "windows-xp",
  "windows-7",
  "windows-10",
  "windows-11",
  "macos",
  "ios",
  "android",
  "chromeos",
  "strongswan",
  "libreswan",
  "linux",
] as const;

export type PersonaName = (typeof PERSONA_NAMES)[number];
