import { join } from 'node:path';

/** Where the running backend can be asked by whoever may read its data folder. */
export const operatorSocket = ( dataDir: string ) => join( dataDir, 'operator.sock' );
