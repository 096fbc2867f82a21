import { runPinned } from './entry/run-pinned.mjs';

// Faults and plugins of others have labs of their own, so that they leave the one of `npm start` alone.
const ownLabs = { torture: '.lab-torture', real: '.lab-real', day: '.lab-day', incidents: '.lab-incidents' };
const ownLab = ownLabs[ process.argv[ 2 ] ];
if ( ownLab !== undefined ) {
	process.env.EMAIL_GATEWAY_LAB_DIR ??= ownLab;
}

runPinned( 'lab/lab.ts' );
