// A lane runs one kind of work, one batch at a time, for as long as there is any; waking it while it runs is remembered.

export interface Lane {
  wake(): void;
  isBusy(): boolean;
  /** Resolves when it has run out of work or was stopped. */
  idle(): Promise<void>;
}

/** `step` does one batch and answers whether it found anything to do; it never rejects. */
export function createLane(step: () => Promise<boolean>, isOpen: () => boolean): Lane {
  let running: Promise<void> | undefined;
  let again = false;

  async function run(): Promise<void> {
    do {
      again = false;
      while (isOpen() && (await step()));
    } while (again && isOpen());
    running = undefined;
  }

  return {
    wake() {
      if (running === undefined) running = run();
      else again = true;
    },
    isBusy: () => running !== undefined,
    idle: async () => running,
  };
}
