/** The clock that times are shown by, as the configuration says. */

import type { ConfigReader } from "../../../grammar/declaration.ts";
import { type CivilTime, UTC } from "../../common/civil-time.ts";
import { summerTimeOf, timeZoneOf } from "../../common/summer-time.ts";
import { clockSummerTime, clockTimezone } from "../commands/clock.ts";

export function civilTime(chassis: ConfigReader): CivilTime {
  const [zone] = chassis.all(clockTimezone);
  const [summer] = chassis.all(clockSummerTime);
  return {
    ...(zone === undefined ? UTC : timeZoneOf(zone.values)),
    summer: summer === undefined ? undefined : summerTimeOf(summer.values),
  };
}
