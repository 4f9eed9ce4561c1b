/**
 * Samples what interfaces carried, every five seconds as routers do. With very many connections a sample takes its time: then they are taken
 * so much more rarely that they cost a thousandth of a processor at most.
 */

const PERIOD_MILLIS = 5000;
const COST_SHARE = 1000;

export class RateSampler {
  readonly #sample: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(sample: () => void) {
    this.#sample = sample;
  }

  start(): void {
    if (this.#timer === undefined) this.#next(0);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #next(millis: number): void {
    this.#timer = setTimeout(() => {
      const began = performance.now();
      this.#sample();
      this.#next(Math.max(PERIOD_MILLIS, COST_SHARE * (performance.now() - began)));
    }, millis);
    this.#timer.unref();
  }
}
