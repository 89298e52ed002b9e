// What of an error may stand in a log.

/** An error's kind and place, without its message, which may quote what a person wrote. */
export function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    error: error.name,
    code: 'code' in error ? error.code : undefined,
    where: frames.slice(0, 3).map((f) => f.trim()),
  };
}
