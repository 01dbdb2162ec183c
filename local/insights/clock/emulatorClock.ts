import { z } from 'zod';

/** Where the clock was set and how fast it has run since; rate 0 is a frozen clock. */
export const clockSettingSchema = z.strictObject({
  emulatorMs: z.number(),
  systemMs: z.number(),
  rate: z.number().nonnegative(),
});
export type ClockSetting = z.infer<typeof clockSettingSchema>;

/** What the admin door may ask of the clock. `nowUtc` is any ISO 8601 instant. */
export const clockChangeSchema = z
  .strictObject({
    nowUtc: z.iso.datetime({ offset: true }),
    advanceInMs: z.number(),
    rate: z.number().nonnegative().max(1_000_000),
    frozen: z.boolean(),
  })
  .partial()
  .refine(
    (change) => Object.keys(change).length > 0,
    'must name at least one of nowUtc, advanceInMs, rate, frozen',
  );
export type ClockChange = z.infer<typeof clockChangeSchema>;

/** The emulator's own time: follows the machine's clock until somebody sets, stops or speeds it up. */
export class EmulatorClock {
  readonly #systemNowMs: () => number;
  #setting: ClockSetting;

  constructor(systemNowMs: () => number) {
    this.#systemNowMs = systemNowMs;
    const nowMs = systemNowMs();
    this.#setting = { emulatorMs: nowMs, systemMs: nowMs, rate: 1 };
  }

  /** Epoch milliseconds. */
  nowMs(): number {
    const { emulatorMs, systemMs, rate } = this.#setting;
    return Math.round(emulatorMs + (this.#systemNowMs() - systemMs) * rate);
  }

  get setting(): ClockSetting {
    return this.#setting;
  }

  restore(setting: ClockSetting): void {
    this.#setting = setting;
  }

  /** Applies `nowUtc` first, then `advanceInMs`; `frozen: false` without a rate lets it run at the normal one. */
  change({ nowUtc, advanceInMs, rate, frozen }: ClockChange): void {
    const fromMs = nowUtc === undefined ? this.nowMs() : Date.parse(nowUtc);
    const runningRate = rate ?? (this.#setting.rate === 0 && frozen === false ? 1 : this.#setting.rate);
    this.#setting = {
      emulatorMs: fromMs + (advanceInMs ?? 0),
      systemMs: this.#systemNowMs(),
      rate: frozen === true ? 0 : runningRate,
    };
  }
}
