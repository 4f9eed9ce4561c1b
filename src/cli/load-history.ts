/**
 * How busy the process was: a sample a second, folded into seconds, minutes and hours. It reads no clock; whoever samples
 * says how much processor time went by in how much time.
 */

import type { ProcessorLoad } from "../modes/common/process-usage.ts";

const SECONDS = 60;
const MINUTES = 60;
const HOURS = 72;

interface Span {
  readonly mean: number;
  readonly maximum: number;
}

export class LoadHistory {
  #seconds: readonly number[] = [];
  #minutes: readonly Span[] = [];
  #hours: readonly Span[] = [];
  #secondsOfMinute: number[] = [];
  #minutesOfHour: Span[] = [];

  /** Takes the second that just ended. */
  sample(busyMillis: number, elapsedMillis: number): void {
    const percent = elapsedMillis <= 0 ? 0 : Math.min(100, Math.max(0, (100 * busyMillis) / elapsedMillis));
    this.#seconds = [percent, ...this.#seconds].slice(0, SECONDS);
    this.#secondsOfMinute.push(percent);
    if (this.#secondsOfMinute.length < SECONDS) return;
    const minute = { mean: meanOf(this.#secondsOfMinute), maximum: Math.max(...this.#secondsOfMinute) };
    this.#secondsOfMinute = [];
    this.#minutes = [minute, ...this.#minutes].slice(0, MINUTES);
    this.#minutesOfHour.push(minute);
    if (this.#minutesOfHour.length < MINUTES) return;
    const hour = {
      mean: meanOf(this.#minutesOfHour.map(({ mean }) => mean)),
      maximum: Math.max(...this.#minutesOfHour.map(({ maximum }) => maximum)),
    };
    this.#minutesOfHour = [];
    this.#hours = [hour, ...this.#hours].slice(0, HOURS);
  }

  get load(): ProcessorLoad {
    const minute = meanOf(this.#seconds);
    const lately = this.#minutes.slice(0, 5).map(({ mean }) => mean);
    return {
      fiveSeconds: meanOf(this.#seconds.slice(0, 5)),
      oneMinute: minute,
      fiveMinutes: lately.length === 0 ? minute : meanOf(lately),
      bySecond: this.#seconds,
      byMinute: this.#minutes,
      byHour: this.#hours,
    };
  }
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
