/** Logger that the SDK writes to; `console` and most loggers fit. */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Writes warnings and errors to the console, and ignores the rest. */
export const consoleLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message, fields) => {
    console.warn(`[usage-kit] ${message}`, fields ?? '');
  },
  error: (message, fields) => {
    console.error(`[usage-kit] ${message}`, fields ?? '');
  },
};
