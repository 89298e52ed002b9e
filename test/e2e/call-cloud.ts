// Asking the local cloud what no client of ours asks a cloud: its logs, its alarms, its rules.

/** What the call answers; throws with what was answered instead. */
export const callCloud = async (endpoint: string, target: string, body: object): Promise<unknown> => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261122/eu-central-1/any/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${target} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
};
