// The DynamoDB table against the Table contract, on Amazon's own local edition.
import { inject } from 'vitest';
import { openDynamoTable } from './aws-clients.ts';
import { scanContract } from './scan-contract.ts';
import { tableContract } from './table-contract.ts';

tableContract('DynamoDB Local', () => openDynamoTable(inject('dynamoDbLocal')));
scanContract('DynamoDB Local', () => openDynamoTable(inject('dynamoDbLocal')));
