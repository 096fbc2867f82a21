import { runPinned } from './entry/run-pinned.mjs';

// Faults happen in a lab of their own, so that they leave the one of `npm start` alone.
if ( process.argv[ 2 ] === 'torture' ) {
	process.env.EMAIL_GATEWAY_LAB_DIR ??= '.lab-torture';
}

runPinned( 'lab/lab.ts' );
