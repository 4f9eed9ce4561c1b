/**
 * What a show command tells a program, by the command: the types behind `run`, and behind `| json` and `lnsh exec --json`. Commands that are not
 * here tell something too; its shape is not promised.
 */

import type { IosModels } from "./ios-models.ts";
import type { JunoseModels } from "./junose-models.ts";

/** By dialect, and then by the command as it is typed in full. */
export interface ShowModels {
  readonly ios: IosModels;
  readonly junose: JunoseModels;
}

type DialectName = keyof ShowModels;

/** Commands whose models have a type. */
export type ShowCommand<Dialect extends DialectName = DialectName> = Dialect extends DialectName
  ? keyof ShowModels[Dialect]
  : never;

/** The model of a command: of each dialect that has it, and `unknown` where none is promised. */
export type ShowModel<Line extends string, Dialect extends DialectName = DialectName> =
  Line extends ShowCommand<Dialect> ? OfDialect<Line, Dialect> : unknown;

type OfDialect<Line extends string, Dialect extends DialectName> = Dialect extends DialectName
  ? Line extends keyof ShowModels[Dialect]
    ? ShowModels[Dialect][Line]
    : never
  : never;
