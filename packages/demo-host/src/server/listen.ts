import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const MAX_PORTS = 20;

/** The port that the server listens on, and the ports that were in use. */
export interface Listening {
  port: number;
  busyPorts: readonly number[];
}

/**
 * Listens on `port` or, when that is taken, on the next free one; 0 lets the system choose.
 * @throws Error when none of the next 20 ports is free, or for another reason than a taken port
 */
export async function listenOnFreePort(server: Server, port: number): Promise<Listening> {
  const busyPorts: number[] = [];
  for (let candidate = port; candidate < port + MAX_PORTS; candidate += 1) {
    if (await tryListen(server, candidate)) {
      return { port: (server.address() as AddressInfo).port, busyPorts };
    }
    busyPorts.push(candidate);
  }
  throw new Error(
    `Ports ${port} to ${port + MAX_PORTS - 1} are all in use. Set PORT to a free one.`,
  );
}

/** `false` when the port is taken. */
function tryListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}
