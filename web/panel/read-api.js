// Reads the API every second, slower while it fails, and says what went wrong in words.

const everyMilliseconds = 1_000;
const longestWait = 15_000;

/** What `onProblem` is told: `unreachable` (nobody answers), `refused` (the token), `missing` (the account), `failed`. */
export class ApiProblem extends Error {
  constructor(kind, detail, status) {
    super(detail);
    this.kind = kind;
    this.status = status;
  }
}

export async function readApi({ api, token }, path, signal) {
  let response;
  try {
    response = await fetch(api + path, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      cache: 'no-store',
    });
  } catch {
    throw new ApiProblem('unreachable', 'It did not answer.');
  }
  if (response.status === 401) throw new ApiProblem('refused', 'The token is not accepted.');
  if (response.status === 403) throw new ApiProblem('refused', 'You are in no group that may look here.', 403);
  if (response.status === 404) throw new ApiProblem('missing', 'There is no such thing.');
  if (!response.ok) throw new ApiProblem('failed', `It answered ${response.status}.`);
  return response.json().catch(() => {
    throw new ApiProblem('failed', 'Its answer was not JSON.');
  });
}

function inWords(error) {
  if (error instanceof ApiProblem) return { kind: error.kind, detail: error.message, status: error.status };
  console.error(error);
  return { kind: 'failed', detail: 'The panel does not understand its answer.' };
}

/** Runs `read(signal)` again and again until `stop()`; `now()` drops a read under way and starts over. */
export function poll(read, { onProblem }) {
  let failures = 0;
  let timer;
  let controller;

  async function once() {
    clearTimeout(timer);
    controller?.abort();
    controller = new AbortController();
    const { signal } = controller;
    let wait = everyMilliseconds;
    try {
      await read(signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      wait = Math.min(longestWait, everyMilliseconds * 2 ** (failures - 1));
      onProblem({ ...inWords(error), nextAt: Date.now() + wait });
    }
    // A tab nobody looks at asks nothing.
    if (!signal.aborted && !document.hidden) timer = setTimeout(once, wait);
  }

  const whenShown = () => !document.hidden && once();
  document.addEventListener('visibilitychange', whenShown);
  addEventListener('online', once);
  once();
  return {
    now: once,
    stop() {
      clearTimeout(timer);
      controller?.abort();
      document.removeEventListener('visibilitychange', whenShown);
      removeEventListener('online', once);
    },
  };
}
