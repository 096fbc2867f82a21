import { randomUUID } from 'node:crypto';

/** Names this process, so that whoever asks the public address can tell whether it leads here. */
export const instance = randomUUID();
