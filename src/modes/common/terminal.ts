import type { Examination } from "../shell/examine.ts";
import type { FileDevice } from "./device-files.ts";

/** The terminal of one login: what `terminal …` sets for this session and whoever draws on it obeys. */
export interface Terminal {
  /** Lines of a page; 0 = no paging. */
  length: number;
  /** Columns; 0 = unlimited. */
  width: number;
  /** Log messages are shown. */
  monitor: boolean;
  /** Lines that history keeps; 0 = none. */
  historySize: number;
  /** The file system that `cd` went to; absent = flash. */
  directory?: FileDevice;
  /** The keys of the line editor work; absent = yes. */
  editing?: boolean;
  /** Lines typed so far, oldest first. */
  readonly history: readonly string[];
  /** What became of the lines that were pasted here last, else of those that the device was loaded with. */
  pasted?(): Examination | undefined;
}
