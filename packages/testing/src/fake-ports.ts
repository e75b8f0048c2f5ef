import type { PollPorts } from '@usage-kit/widgets';

interface Timer {
  atMs: number;
  callback: () => void;
}

/** Ports that a test drives: time passes only in `advance`, and promises resolve between its steps. */
export class FakePorts implements PollPorts {
  visible = true;
  online = true;
  /** What `random` returns; 0.5 means no jitter. */
  chance = 0.5;
  #nowMs: number;
  readonly #timers = new Set<Timer>();
  readonly #watchers = new Set<() => void>();

  constructor(nowMs = Date.UTC(2026, 10, 22, 12, 0, 0)) {
    this.#nowMs = nowMs;
  }

  now = (): number => this.#nowMs;
  random = (): number => this.chance;
  isVisible = (): boolean => this.visible;
  isOnline = (): boolean => this.online;

  schedule = (callback: () => void, delayMs: number): (() => void) => {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  watch = (callback: () => void): (() => void) => {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  };

  /** How many timers are set. */
  get timerCount(): number {
    return this.#timers.size;
  }

  /** How many callbacks watch the page. */
  get watcherCount(): number {
    return this.#watchers.size;
  }

  async show(isVisible: boolean): Promise<void> {
    this.visible = isVisible;
    await this.#changed();
  }

  async connect(isOnline: boolean): Promise<void> {
    this.online = isOnline;
    await this.#changed();
  }

  /** Lets time pass, timer by timer; promises resolve after each. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await flushPromises();
    for (;;) {
      const due = [...this.#timers]
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.callback();
      await flushPromises();
    }
    this.#nowMs = untilMs;
  }

  async #changed(): Promise<void> {
    for (const watcher of this.#watchers) watcher();
    await flushPromises();
  }
}

/** Runs the callbacks of resolved promises; no time passes. */
export async function flushPromises(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
