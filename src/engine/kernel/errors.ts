/**
 * The two things that are thrown. `WireError` says what was wrong with bytes from the network and at which octet;
 * only `tryDecode` catches it. `Bug` says that the program broke its own rule; the driver ends the session it
 * happened in. Everything else that goes wrong is a value.
 */

export type WireErrorCode =
  | "truncated"
  | "trailing"
  | "badLength"
  | "badVersion"
  | "badValue"
  | "badPadding"
  | "badChecksum"
  | "tooMany";

export class WireError extends Error {
  readonly code: WireErrorCode;
  /** Octet offset in the bytes being decoded. */
  readonly at: number;

  constructor(code: WireErrorCode, at: number, what: string) {
    super(`${what}: ${code} at octet ${at}`);
    this.name = "WireError";
    this.code = code;
    this.at = at;
  }
}

export class Bug extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Bug";
  }
}

export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: WireError };

/** Runs a decoder over bytes from the network: a value, or the reason why there is none. */
export function tryDecode<Value>(decode: () => Value): Decoded<Value> {
  try {
    return { ok: true, value: decode() };
  } catch (error) {
    if (error instanceof WireError) return { ok: false, error };
    throw error;
  }
}
