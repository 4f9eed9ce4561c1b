/** `show inventory`: the one thing there is, the process, under the names that automation reads. */

export interface Inventory {
  readonly name: string;
  readonly description: string;
  readonly productId: string;
  readonly versionId: string;
  readonly serialNumber: string;
}

/** The same that `show version` prints: there is no board to have a number. */
export const SERIAL_NUMBER = "0";

export function inventory(version: string): Inventory {
  return {
    name: "Chassis",
    description: "lnsh, an L2TP network server in user space",
    productId: "LNSH",
    versionId: version,
    serialNumber: SERIAL_NUMBER,
  };
}

export function showInventory({ name, description, productId, versionId, serialNumber }: Inventory): string[] {
  return [
    `NAME: "${name}", DESCR: "${description}"`,
    `PID: ${productId.padEnd(18)}, VID: ${versionId}, SN: ${serialNumber}`,
    "",
  ];
}
