import net, { type AddressInfo, type Socket } from 'node:net';

/** A proxy on loopback in front of a server, whose connections can go silent. */
export interface TcpProxy {
  port: number;
  /** The next connection that carries a statement with this text goes silent: nothing passes any more, nothing is closed. */
  freezeOn(text: string): void;
  /** All connections that there are go silent; later ones pass. */
  freezeAll(): void;
  /** How many went silent. */
  readonly frozen: number;
  /** Ends every connection, as a server does that restarts. */
  reset(): void;
  close(): Promise<void>;
}

/** Opens a proxy in front of a port of this machine. */
export async function openProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const freezers = new Set<() => void>();
  let frozen = 0;
  let trigger: string | null = null;
  const server = net.createServer((client) => {
    const upstream = net.connect(target, '127.0.0.1');
    let isFrozen = false;
    const freeze = (): void => {
      frozen += isFrozen ? 0 : 1;
      isFrozen = true;
    };
    freezers.add(freeze);
    client.on('close', () => freezers.delete(freeze));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (data) => {
      if (!isFrozen && trigger !== null && data.toString('latin1').includes(trigger)) {
        trigger = null;
        freeze();
      }
      if (!isFrozen) upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (!isFrozen) client.write(data);
    });
    client.on('close', () => {
      if (!isFrozen) upstream.destroy();
    });
    upstream.on('close', () => {
      if (!isFrozen) client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    freezeOn: (text) => {
      trigger = text;
    },
    freezeAll: () => {
      for (const freeze of freezers) freeze();
    },
    get frozen() {
      return frozen;
    },
    reset: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
