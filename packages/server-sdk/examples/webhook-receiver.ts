import { createServer, type Server } from 'node:http';
import type { AlertNotification } from '@usage-kit/server-sdk';
import { Webhook } from 'standardwebhooks';

interface AlertMessage {
  type: 'usage.alert.fired' | 'usage.alert.cleared';
  data: AlertNotification;
}

/** Receives alerts: 401 for a message that is not signed with the secret, or older than five minutes. */
export function createReceiver(
  secret: string,
  onAlert: (alert: AlertNotification) => Promise<void>,
): Server {
  const webhook = new Webhook(secret);
  const known = new Set<string>(); // In a real receiver: a table, for as long as repetitions come.
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      // The bytes as they came: JSON that is parsed and written again has another signature.
      const headers = request.headers as Record<string, string>;
      const { data } = webhook.verify(Buffer.concat(chunks), headers) as AlertMessage;
      if (!known.has(data.id)) await onAlert(data);
      known.add(data.id);
      response.writeHead(204).end();
    } catch {
      response.writeHead(401).end();
    }
  });
}
