import type { ErrorCode } from '@email-gateway/shared';
import type { ServerKind } from '../servers/kinds.ts';
import { mustHold, type Fault } from './fault.ts';
import { lastWords, sayEnd, type Ended, type Wishes } from './gateway.ts';
import { mustSucceed, type Patient } from './patient.ts';

/** A server that something is wrong with, and what an install there must come to. */
export interface ServerFault extends Pick< Fault, 'name' | 'goesWrong' | 'isSample' > {
	kind?: ServerKind;
	withoutSystemd?: boolean;
	/** Makes it wrong. What it leaves is what the server must look like after a refusal, and after a removal. */
	arrange?( patient: Patient ): Promise< void >;
	wishes?: Partial< Wishes >;
	/** While the install runs. */
	meanwhile?( patient: Patient ): Promise< void >;
	/** `installed`, or the refusal: its code, and what it leaves behind. */
	expect: 'installed' | { code: ErrorCode; changed: 'nothing' | 'undone'; said?: RegExp };
	/** Seconds that the install must have waited: a fault that did not happen proves nothing. */
	takesAtLeast?: number;
	/** After a refusal: makes it right, so that the next install must succeed. */
	heal?( patient: Patient ): Promise< void >;
	/** What a person then agrees to. */
	healedWishes?: Partial< Wishes >;
	/** Lines of the footprint that may differ afterwards: what the install rightly repaired. */
	mayDiffer?: RegExp;
	/** What else must hold once the gateway was removed; words for the table. */
	afterwards?( patient: Patient ): Promise< string >;
}

/**
 * Arranges, installs, and compares: a refusal leaves the server as it was, and after the cure the install succeeds;
 * then mail arrives, the password is nowhere else, and Remove gives back what was there.
 */
export function faultOnServer( fault: ServerFault ): Fault {
	const { name, goesWrong, isSample = false, expect, takesAtLeast = 0 } = fault;
	return {
		name,
		goesWrong,
		isSample,
		async run( world ) {
			const patient = await world.freshServer( fault );
			const look = async () =>
				( await patient.footprint() ).filter( ( line ) => ! fault.mayDiffer?.test( line ) );
			const password = await patient.provider.newPassword();
			await fault.arrange?.( patient );
			let before = await look();
			const startedAt = Date.now();
			const jobId = await patient.gateway.beginInstall( { password, ...fault.wishes } );
			const [ first ] = await Promise.all( [ patient.gateway.ended( jobId ), fault.meanwhile?.( patient ) ] );
			const seconds = Math.round( ( Date.now() - startedAt ) / 1000 );
			const said = [ `${ sayEnd( first ) } after ${ seconds } s` ];
			mustHold( seconds >= takesAtLeast, `It did not happen: ${ said.join() }, without waiting` );
			if ( expect === 'installed' ) {
				mustSucceed( first, 'The install' );
			} else {
				mustFail( first, expect );
				const words = lastWords( first );
				mustHold( expect.said?.test( words ) ?? true, `It said other words: ${ words }` );
				mustBeAsBefore( before, await look(), sayEnd( first ) );
				await patient.keepsSecret( password );
				await fault.heal?.( patient );
				before = await look();
				const second = await patient.install( { password, ...fault.wishes, ...fault.healedWishes } );
				said.push( `then, put right, ${ mustSucceed( second, 'The install after the cure' ) }` );
			}
			await patient.arrives( await patient.send() );
			await patient.keepsSecret( password );
			mustSucceed( await patient.remove(), 'The removal' );
			await patient.keepsSecret( password );
			mustBeAsBefore( before, await look(), 'the removal' );
			const more = await fault.afterwards?.( patient );
			return [ ...said, ...( more ? [ more ] : [] ) ].join( '; ' );
		},
	};
}

/** Throws unless the job failed so. */
export function mustFail( ended: Ended, { code, changed }: { code: ErrorCode; changed: 'nothing' | 'undone' } ): void {
	const { error } = ended.job;
	mustHold(
		error?.code === code && error.changed === changed,
		`Expected ${ code }, ${ changed } changed; it was ${ sayEnd( ended ) }${ lastWords( ended ) }`
	);
}

/** Throws where two footprints differ; says how. */
export function mustBeAsBefore( before: string[], now: string[], after: string ): void {
	const differences = [
		...before.filter( ( line ) => ! now.includes( line ) ).map( ( line ) => `no more ${ line.trim() }` ),
		...now.filter( ( line ) => ! before.includes( line ) ).map( ( line ) => `now ${ line.trim() }` ),
	];
	mustHold(
		differences.length === 0,
		`After ${ after } the server was not as before: ${ differences.slice( 0, 8 ).join( '; ' ) }`
	);
}
