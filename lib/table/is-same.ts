// Whether two JSON values say the same. Keys' order does not count (DynamoDB keeps none), nor does an undefined attribute.

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  for (const key in a) if (a[key] !== undefined && !isSame(a[key], b[key])) return false;
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
};
