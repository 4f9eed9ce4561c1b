/** The highest privilege: what the process itself may do, and whoever owns a file of configuration. */
export const OWNER_LEVEL = 15;
