/**
 * The cards that the two halves of this router would be in a chassis: a route processor, a line module for the wire and one
 * for IPsec. They are one process, so they live and die together and nothing stands by for them.
 */

export interface Card {
  readonly slot: number;
  readonly type: string;
  /** What of it runs here. */
  readonly role: string;
}

export const PORT_SLOT = 2;
export const IPSEC_SLOT = 5;

export const CARDS: readonly Card[] = [
  { slot: 0, type: "SRP-10Ge", role: "route processor" },
  { slot: PORT_SLOT, type: "GE", role: "line module" },
  { slot: IPSEC_SLOT, type: "ISM", role: "IPsec service module" },
];

export const CHASSIS_SLOTS = 14;

export function emptySlots(): number[] {
  return Array.from({ length: CHASSIS_SLOTS }, (_, slot) => slot).filter((slot) =>
    CARDS.every((card) => card.slot !== slot),
  );
}
