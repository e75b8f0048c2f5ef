import type { Logger } from './logger.js';

/** Wraps a hook of the host: an error that it throws is logged and does not end the process. */
export function createContainedHook<T>(
  name: string,
  hook: (value: T) => void,
  logger: Logger,
): (value: T) => void {
  return (value) => {
    try {
      hook(value);
    } catch (error) {
      logger.error(`The ${name} option threw`, { error });
    }
  };
}
