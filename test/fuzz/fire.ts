// One request over a connection that is kept.
import { Agent, request } from 'node:http';
import type { Answered } from './judge.ts';
import type { Fired } from './requests.ts';

export const openFire = (port: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    fire: ({ method, url, headers, body }: Omit<Fired, 'path'>): Promise<Answered> =>
      new Promise((resolve, reject) => {
        const sending = request(
          {
            agent,
            port,
            host: '127.0.0.1',
            method,
            path: url,
            headers: { ...headers, ...(body && { 'content-length': body.length }) },
          },
          (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => {
              text += chunk;
            });
            response.on('end', () =>
              resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
            );
            response.on('error', reject);
          },
        );
        sending.on('error', reject);
        sending.end(body);
      }),
    close: () => agent.destroy(),
  };
};
