// The package has no types of its own, and those published for it are of its version 4, which answered at once.
declare module 'mjml' {
  export default function mjml(
    source: string,
    options: { validationLevel: 'strict'; keepComments: boolean; fonts: Record<string, string> },
  ): Promise<{ html: string; errors: unknown[] }>;
}
