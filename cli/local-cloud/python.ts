// Python for the local cloud: one that is new enough, and a virtual environment of the project's own with MiniStack in it.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, run } from '../program.ts';
import { root } from '../stack.ts';

const environment = join(root, '.venv');
const requirements = join(import.meta.dirname, 'requirements.txt');
// Written last: a preparation that was cut short is begun again, and so is one for older requirements.
const readyMark = join(environment, 'muster-requirements.txt');
const pythonOfEnvironment = join(
  environment,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);

const oldest = 10;
const candidates = ['python3', 'python', ...[15, 14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)];

export class PythonMissingError extends Error {
  readonly code = 'python-missing';
  readonly retryable = false;
}

const findPython = async (options: Run): Promise<string> => {
  for (const candidate of candidates) {
    // `ensurepip` is what Debian leaves out of its Python; a virtual environment cannot be made without it.
    const version = await run(
      candidate,
      ['-c', 'import sys, venv, ensurepip; print(*sys.version_info[:2])'],
      options,
    ).catch(() => undefined);
    const [major, minor] = (version ?? '').trim().split(' ').map(Number);
    if (major === 3 && minor! >= oldest) return candidate;
  }
  throw new PythonMissingError(
    [
      `The local cloud needs Python 3.${oldest} or later with its venv module, and there is none on the PATH. Install it:`,
      '  Debian, Ubuntu   sudo apt install python3 python3-venv',
      '  macOS            brew install python',
      '  Windows          winget install Python.Python.3.13',
      'Without Python, `npm start` runs the same demo in one Node process.',
    ].join('\n'),
  );
};

/** The Python of the project's virtual environment, which is made if it is not there or not up to date. */
export const preparePython = async (options: Run): Promise<string> => {
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(readyMark) && existsSync(pythonOfEnvironment) && readFileSync(readyMark, 'utf8') === wanted) {
    return pythonOfEnvironment;
  }
  const python = await findPython(options);
  rmSync(environment, { recursive: true, force: true });
  await run(python, ['-m', 'venv', environment], options);
  await run(
    pythonOfEnvironment,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements],
    options,
  ).catch((error: Error) => {
    throw new Error(
      `${error.message}\n\npip could not install MiniStack: is there a network, or a mirror pip knows of?`,
    );
  });
  writeFileSync(readyMark, wanted);
  return pythonOfEnvironment;
};
