// Reads the fields of a form out of the three kinds of body a form can have.

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import busboy from 'busboy';
import type { FormPost } from '../../lib/sources/form.ts';
import { decodedBody, parsedJson } from './body.ts';
import { requireContentType } from './content-type.ts';
import { Problem } from './problem.ts';

type Fields = FormPost['fields'];

export const formFields = async (event: APIGatewayProxyEventV2): Promise<Fields> => {
  const type = requireContentType(event, ['json', 'text', 'url-encoded', 'multipart']);
  const body = decodedBody(event);
  if (type === 'url-encoded') return [...new URLSearchParams(body.toString())];
  if (type === 'multipart') return multipartFields(event, body);
  const document = parsedJson(body);
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) return Object.entries(document);
  throw refused('body', 'must be an object');
};

const multipartFields = ({ headers }: APIGatewayProxyEventV2, body: Buffer): Promise<Fields> =>
  new Promise((resolve, reject) => {
    const fields: [string, string][] = [];
    const malformed = () => reject(refused('body', 'is not a well-formed multipart form'));
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: { 'content-type': headers['content-type'] },
        limits: { parts: 500, fieldSize: body.length },
      });
    } catch {
      // No boundary is named.
      return malformed();
    }
    parser
      .on('field', (name, value, { nameTruncated }) => (nameTruncated ? malformed() : fields.push([name, value])))
      .on('file', (name, file) => {
        file.resume();
        reject(refused(name, 'is a file, and files are not accepted'));
      })
      .on('partsLimit', () => reject(refused('body', 'has more than 500 parts')))
      .on('error', malformed)
      .on('close', () => resolve(fields))
      .end(body);
  });

const refused = (field: string, detail: string) =>
  new Problem(400, 'The form cannot be read', { errors: [{ field, detail }] });
