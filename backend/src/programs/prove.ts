import type { SandboxRules, Step, TestResult } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { isQueueId } from '../gateway/mail-log.ts';
import type { Provider } from '../gateway/route.ts';
import type { Remote } from '../ssh/remote.ts';
import { excerpt } from '../ssh/text.ts';
import { programs } from './compose.ts';
import type { OnStep } from './detached-run.ts';
import { append } from './told.ts';
import { whyRefused, type HoldingRules } from './test-held.ts';
import { composeTestMessage } from './test-message.ts';
import { readTestResult } from './test-result.ts';

export interface TestMail {
	/** The Unix user as whom it is handed over; null, or absent, where it is who sends what WordPress sends. Never root. */
	uid?: number | null;
	/** Envelope and header From, one plain address each (see fields.ts). */
	from: string;
	to: string;
	/** Random, at least 128 bits as letters and digits: whoever knows it could forge a log line. */
	token: string;
	/** Name of the site, for the subject. */
	siteName: string;
	/** Of the account of the gateway; null where it is not known, and then no other place is told from it. */
	provider?: Provider | null;
	/** The sandbox that is on; null where it is off. */
	sandbox?: SandboxRules | null;
	/** What else holds mail, and by which account whose mail leaves; null where it is not known. */
	rules?: HoldingRules | null;
}

export interface ProveOptions {
	signal: AbortSignal;
	onStep: OnStep;
}

/**
 * Sends a test email through the server's own sendmail and follows it, up to about 40 s, to the provider's reply.
 * Errors: test_tampered, test_not_submitted { said, exitCode }, test_of_refused_site { why }, test_not_found_in_log { reason },
 * unix_user_unknown, and those of Remote.run.
 */
export async function prove(
	remote: Remote,
	{ uid: as = null, from, to, token, siteName, provider = null, sandbox = null, rules = null }: TestMail,
	{ signal, onStep }: ProveOptions
): Promise< TestResult > {
	if ( ! /^[A-Za-z0-9]{22,64}$/.test( token ) ) {
		throw new TypeError( 'The token of a test email is 22 to 64 letters and digits.' );
	}
	const messageId = `${ token }@${ from.slice( from.lastIndexOf( '@' ) + 1 ) }`;
	const message = await composeTestMessage( { from, to, messageId, siteName, date: new Date() } );
	const stdin = Buffer.concat( [ Buffer.from( `${ from }\n${ to }\n${ messageId }\n${ as ?? '' }\n` ), message ] );

	await onStep( 'submit', 'started', {}, null );
	const told = new Map< string, string[] >();
	let followingSince = 0;
	let steps = Promise.resolve();
	const { exitCode } = await remote.run( programs.prove, {
		stdin,
		signal,
		timeoutMs: 90_000,
		onLine( line ) {
			const [ name = '' ] = line.split( ' ', 1 );
			const value = line.slice( name.length + 1 );
			append( told, name, value );
			if ( name === 'submitted' && value.startsWith( '0 ' ) ) {
				followingSince = performance.now();
				steps = steps.then( async () => {
					await onStep( 'submit', 'finished', { handOverMs: Number( value.split( ' ' )[ 1 ] ) }, null );
					await onStep( 'follow', 'started', {}, null );
				} );
				steps.catch( () => {} );
			}
		},
	} );
	await steps;
	const fail = async ( step: Step, error: GatewayError ) => {
		await onStep( step, 'failed', error.detail, null );
		throw error;
	};
	const unprovable = ( [ 'no_log', 'forgeable_log' ] as const ).find( ( name ) => told.has( name ) );
	if ( unprovable !== undefined ) {
		return fail( 'submit', new GatewayError( 'test_not_found_in_log', { reason: unprovable } ) );
	}
	if ( as !== null && told.has( 'no_user' ) ) {
		return fail( 'submit', new GatewayError( 'unix_user_unknown', { uid: as, reason: 'unknown' } ) );
	}
	const submitted = /^\d{1,3} \d{1,9} \d{1,10}$/.exec( told.get( 'submitted' )?.[ 0 ] ?? '' )?.[ 0 ];
	const [ sendmailExit, handOverMs, uid ] = submitted?.split( ' ' ).map( Number ) ?? [];
	if ( exitCode !== 0 || sendmailExit === undefined || handOverMs === undefined || uid === undefined ) {
		return fail( 'submit', new GatewayError( 'server_answer_not_understood', { reason: 'prove', exitCode } ) );
	}
	if ( sendmailExit !== 0 ) {
		const said = excerpt( ( told.get( 'said' ) ?? [] ).join( ' ' ) );
		const why = rules && whyRefused( rules, uid, said );
		const error = why
			? new GatewayError( 'test_of_refused_site', { why } )
			: new GatewayError( 'test_not_submitted', { exitCode: sendmailExit, said } );
		return fail( 'submit', error );
	}
	const queueId = told.get( 'message' )?.[ 0 ];
	const end = told.get( 'end' )?.[ 0 ];
	if ( queueId === undefined || ! isQueueId( queueId ) || end === 'gone' ) {
		const reason = end === 'gone' ? 'gone' : 'unseen';
		return fail( 'follow', new GatewayError( 'test_not_found_in_log', { reason } ) );
	}
	const followed = {
		...{ from, to, uid, provider, sandbox, rules, messageId, queueId, handOverMs },
		waitedMs: Math.round( performance.now() - followingSince ),
		lines: told.get( 'line' ) ?? [],
		earlier: told.get( 'earlier' ) ?? [],
		silent: end === 'silent',
	};
	let result: TestResult;
	try {
		result = readTestResult( followed );
	} catch ( error ) {
		return fail( 'follow', error as GatewayError );
	}
	await onStep( 'follow', 'finished', { outcome: result.outcome, cause: result.diagnosis.cause }, null );
	return result;
}
