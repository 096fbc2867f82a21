import { runPinned } from './entry/run-pinned.mjs';

process.env.EMAIL_GATEWAY_LAB_DIR ??= '.lab-journey';

runPinned( 'lab/test/one-file.ts', [ 'journey', ...process.argv.slice( 2 ) ] );
