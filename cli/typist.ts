// Whoever types a command, as this machine knows them: for the audit log.
import { hostname, userInfo } from 'node:os';

export const typist = (): string => `${userInfo().username}@${hostname()}`;
