/** The dialects there are. */

import type { Dialect, DialectName } from "./dialect.ts";
import { ios } from "./ios/dialect.ts";
import { junose } from "./junose/dialect.ts";

export const dialects: Readonly<Record<DialectName, Dialect>> = { ios, junose };
