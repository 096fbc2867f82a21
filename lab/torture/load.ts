import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { makeSiteClient, type SiteClient } from '../../backend/test-fixtures/site-client.ts';
import { askForCode } from '../../backend/test-fixtures/spawn-backend.ts';
import { connection, settings } from '../../backend/test-fixtures/test-backend.ts';
import { waitUntil } from '../wait.ts';
import { mustHold } from './fault.ts';
import { seenFingerprint } from '../../backend/test-fixtures/seen-fingerprint.ts';

const posts = [ 1, 2, 3 ];

/** A site with three servers that it trusts; they are fake, for it is the database that is tried. */
export async function pairedSite( env: Record< string, string > ): Promise< SiteClient > {
	const site = makeSiteClient( `http://127.0.0.1:${ env[ 'PORT' ] }` );
	await site.pair( await askForCode( env ) );
	for ( const serverId of posts ) {
		const host = `203.0.113.${ serverId }`;
		const saved = await site.call( 'saveConnection', { serverId, body: { connection: { ...connection, host } } } );
		mustHold( saved.status === 202, `A connection was refused: ${ JSON.stringify( saved.body ) }` );
		const { job } = await site.untilEnded( serverId, saved.body.jobId );
		const fingerprint = seenFingerprint( job );
		const trusted = await site.call( 'trustHostKey', { serverId, body: { fingerprint } } );
		const told = JSON.stringify( { job, refusal: trusted.body } );
		mustHold( trusted.status === 202, `A host key could not be trusted: ${ told }` );
		await site.untilEnded( serverId, trusted.body.jobId );
	}
	return site;
}

export type Load = ReturnType< typeof beginLoad >;

/** Asks for one job after the other; what was accepted must end well, whatever happens meanwhile. */
export function beginLoad( site: SiteClient ) {
	const accepted: { serverId: number; jobId: string }[] = [];
	const refusals: string[] = [];
	let asking = true;
	let paused = false;
	const ask = async ( count: number ) => {
		const serverId = posts[ count % posts.length ] ?? 1;
		const note = randomBytes( 6 ).toString( 'hex' );
		const body = { settings: { ...settings, note } };
		const answer = await site.call( 'previewChanges', { serverId, body } ).catch( () => null );
		if ( answer?.status === 202 ) {
			accepted.push( { serverId, jobId: answer.body.jobId } );
		} else {
			const { code = 'no answer' } = ( answer?.body ?? {} ) as { code?: string };
			refusals.push( code );
		}
	};
	const finished = ( async () => {
		for ( let count = 0; asking && count < 2000; count++ ) {
			await ( paused ? undefined : ask( count ) );
			await pause( 200 );
		}
	} )();
	return {
		/** While nobody is there to ask. */
		pause: () => void ( paused = true ),
		goOn: () => void ( paused = false ),
		/** Resolves when so many more were accepted. */
		async acceptsMore( count: number ) {
			const enough = accepted.length + count;
			await waitUntil( `${ count } more jobs`, async () => accepted.length >= enough, { timeoutMs: 60_000 } );
		},
		/** For a fault that was not survived: nothing goes on asking. */
		stop: () => void ( asking = false ),
		async endsWell( { refusedAtMost = Infinity }: { refusedAtMost?: number } = {} ) {
			asking = false;
			await finished;
			const refused = refusals.length;
			mustHold(
				accepted.length > 0 && refused <= refusedAtMost,
				`${ accepted.length } jobs were accepted, ${ refused } refused: ${ [ ...new Set( refusals ) ].join(
					', '
				) }.`
			);
			for ( const { serverId, jobId } of accepted ) {
				const { job, events } = await site.untilEnded( serverId, jobId, { timeoutMs: 180_000 } );
				mustHold(
					job.state === 'succeeded',
					`A job that was accepted ended as ${ job.state }: ${ JSON.stringify( job.error ) }`
				);
				mustHold(
					events.every( ( { seq }, index ) => seq === index + 1 ),
					'Events of a job are missing.'
				);
			}
			return `${ accepted.length } jobs accepted, all ended well, none lost; ${ refused } requests were refused meanwhile`;
		},
	};
}
