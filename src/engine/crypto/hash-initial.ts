/** The states of SHA-1 and SHA-256 before anything was hashed (FIPS 180-4 §5.3), for those who hash block by block. */

export const hashInitial: Readonly<Record<"sha1" | "sha256", readonly number[]>> = {
  sha1: [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0],
  sha256: [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19],
};
