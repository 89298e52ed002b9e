// GET /panel/{file}: the panel's own files, which hold nothing of anybody's; what they show is read from the API by whoever signs in.
// GET /openapi.json: what the API takes and answers, the same for every tenant.
import { answer } from './http/answer.ts';
import { type ApiOptions, getRoute, type HttpHandler } from './http/api.ts';
import { Problem } from './http/problem.ts';

export interface PanelFile {
  type: string;
  text: string;
}

export interface ServePanelPorts extends ApiOptions {
  files: ReadonlyMap<string, PanelFile>;
  /** Where people sign in, and what as; absent where another server has the panel. */
  signIn?: { url: string; clientId: string };
  /** The Content-Security-Policy. */
  policy: string;
}

export const createHandler = (ports: ServePanelPorts): HttpHandler =>
  getRoute(ports, async (event) => {
    const name = event.rawPath.slice(event.rawPath.lastIndexOf('/') + 1);
    if (name === 'config.json' && ports.signIn !== undefined)
      return answer(200, JSON.stringify({ signIn: ports.signIn }), { 'content-type': 'application/json' });
    const file = ports.files.get(name);
    if (file === undefined) throw new Problem(404, 'There is no such address');
    return answer(200, file.text, {
      'content-type': file.type,
      // They change with a deployment, and an old script with a new page would show nonsense.
      'cache-control': 'no-cache',
      'content-security-policy': ports.policy,
      'strict-transport-security': 'max-age=31536000',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
  });
