import { fileURLToPath } from 'node:url';
import { runPinned } from './entry/run-pinned.mjs';

// A lab of its own, beside that of `npm start`.
process.env.EMAIL_GATEWAY_LAB_DIR ??= '.lab-dev';
// What Node compiled once is there at the next restart of the backend.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath( new URL( '../.lab/cache/compiled', import.meta.url ) );

runPinned( 'lab/dev/main.ts' );
