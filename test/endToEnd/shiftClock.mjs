// Preloaded by a test: a process whose clock is ahead, so that what takes minutes in life takes none here.
const shiftInMs = Number(process.env.CLOCK_SHIFT_IN_MS);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) {
      super(RealDate.now() + shiftInMs);
    } else {
      super(...parts);
    }
  }
  static now() {
    return RealDate.now() + shiftInMs;
  }
};
