import { queueView } from '../../views/queue.ts';
import type { Call } from '../call.ts';

/** What was in the queue when it was read last. */
export const readQueue: Call< 'readQueue' > = ( app, asked, caller ) => queueView( app, caller, asked );
