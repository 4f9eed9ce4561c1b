/**
 * MD4 (RFC 1320), for MS-CHAP alone: OpenSSL 3 does not offer it, and the published packages either lack it or hand it to
 * OpenSSL. It is broken as a hash and is used only because the protocol names it.
 */

const BLOCK = 64;

function rotate(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count));
}

type Mix = (x: number, y: number, z: number) => number;

/** RFC 1320 §3.4: per round the mixing function, its constant, the order of words and the rotations. */
const ROUNDS: readonly {
  readonly mix: Mix;
  readonly add: number;
  readonly order: readonly number[];
  readonly shifts: readonly number[];
}[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    add: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    add: 0x5a82_7999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    add: 0x6ed9_eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
];

/** 16 octets. */
export function md4(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / BLOCK) * BLOCK);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n, true);
  let state: [number, number, number, number] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
  for (let at = 0; at < padded.length; at += BLOCK) state = compress(state, view, at);
  const digest = new DataView(new ArrayBuffer(16));
  for (const [index, word] of state.entries()) digest.setUint32(index * 4, word >>> 0, true);
  return new Uint8Array(digest.buffer);
}

function compress(
  state: readonly [number, number, number, number],
  view: DataView,
  at: number,
): [number, number, number, number] {
  let [a, b, c, d] = state;
  for (const { mix, add, order, shifts } of ROUNDS) {
    for (const [step, index] of order.entries()) {
      const sum = (a + mix(b, c, d) + view.getUint32(at + index * 4, true) + add) | 0;
      [a, b, c, d] = [d, rotate(sum, shifts[step % 4] ?? 0), b, c];
    }
  }
  return [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0];
}
