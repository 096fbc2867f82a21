import { inForeground } from './foreground.ts';
import { parseLabOptions } from './options.ts';
import { describeStatus } from './status.ts';
import { bringUp } from './up.ts';

/** Everything up, in the foreground, until Ctrl-C; then everything down. */
await inForeground( async ( context ) => {
	const state = await bringUp( parseLabOptions( process.argv.slice( 2 ) ), context );
	if ( state.status !== undefined ) {
		const described = describeStatus( state.status, state );
		context.log( `\nEmail Gateway runs on this machine.\n\n${ described }\n\nCtrl-C stops it and keeps its data.` );
	}
} );
