// The bench's client, in a thread of its own: posts forms over kept-alive connections and fails on any answer but 202.
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { formOf } from './buyers.ts';

export interface Client {
  url: string;
  from: number;
  count: number;
}

const { url, from, count } = workerData as Client;
const connections = 64;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

const post = (number: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = formOf(number);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    request(`${url}/forms/demo-request`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 202) resolve();
        else reject(new Error(`form ${number} was answered ${response.statusCode}`));
      });
    })
      .on('error', reject)
      .end(body);
  });

let next = from;
const work = async (): Promise<void> => {
  while (next < from + count) await post(next++);
};
await Promise.all(Array.from({ length: connections }, work));
agent.destroy();
parentPort?.postMessage('done');
