import {
	detailOf,
	type Cause,
	type ConnectionView,
	type EventDetail,
	type Failure,
	type JobError,
	type JobEvent,
	type JobResult,
	type JobView,
	type MailEntry,
	type ProviderFailure,
	type ServerView,
	type TestResult,
	type WayOfRoute,
} from '@email-gateway/shared';
import { neutral } from '../gateway/neutral-cause.ts';

// A customer may run a gateway with the defaults, but must not learn them. What a provider or a server says names
// the account and the provider, so of such a server only our own codes are told.

type Gateway = ServerView[ 'gateway' ];

/** The words of ours that a detail may hold; everything else was said by others. */
const ourWords: ReadonlySet< string > = new Set( [
	'code',
	'cause',
	'outcome',
	'delivered',
	'waiting',
	'handOverMs',
	'system',
	'asRoot',
	'mailSystem',
	'why',
] );

export function redactGateway( gateway: Gateway ): Gateway {
	const { lastTest } = gateway;
	return {
		...gateway,
		submitted: null,
		installed: null,
		passwordSaved: false,
		lastTest: lastTest && { ...redactTest( lastTest ), at: lastTest.at },
	};
}

/** Why mail waits is told in our words only. */
export function redactConnection( connection: ConnectionView | null ): ConnectionView | null {
	const { lastLook } = connection ?? {};
	if ( ! connection || ! lastLook?.mail ) {
		return connection;
	}
	const { reasons = [] } = lastLook.mail;
	const told = reasons.map( ( reason ) => ( {
		...{ ...reason, cause: neutral( reason.cause ), reply: '' },
		route: reason.route && wayShown( reason.route ),
	} ) );
	return { ...connection, lastLook: { ...lastLook, mail: { ...lastLook.mail, reasons: told } } };
}

/** Whose mail it is stays; a saved account is not shown. */
const wayShown = ( way: WayOfRoute ): WayOfRoute =>
	typeof way.account?.name === 'string' ? { ...way, account: null } : way;

export function redactJob( job: JobView ): JobView {
	return {
		...job,
		error: job.error && redactError( job.error ),
		result: job.result && redactResult( job.result ),
	};
}

export function redactEvent( event: JobEvent ): JobEvent {
	if ( event.type === 'step_finished' || event.type === 'step_failed' ) {
		return { ...event, detail: ours( event.detail ) };
	}
	return event.type === 'failed' ? { ...event, error: redactError( event.error ) } : event;
}

function redactResult( result: JobResult ): JobResult {
	switch ( result.verb ) {
		case 'preview_changes':
			return { ...result, plan: [] };
		case 'check_settings':
			return redactCheck( result );
		case 'send_test_email':
			return { ...result, test: redactTest( result.test ) };
		case 'check_route':
			return { ...result, senders: [] };
		case 'set_route':
			return { ...result, smtpServer: '' };
		default:
			return result;
	}
}

/** The chosen port, those tried and the selectors asked for would tell the provider as well as its certificate does. */
function redactCheck( result: Extract< JobResult, { verb: 'check_settings' } > ): JobResult {
	const { problem } = result;
	return {
		...result,
		...{ port: 0, ports: [], tls: null, openPorts: [], sender: null },
		problem: problem && ( redactFailure( problem ) as ProviderFailure ),
	};
}

function redactTest( test: TestResult ): TestResult {
	// some of these codes are one provider's own
	const cause = neutral( test.diagnosis.cause );
	const diagnosis = { ...test.diagnosis, cause, enhancedCode: null, reply: '', stage: null };
	const { sentAs } = test;
	const of = sentAs && { sentAs: { ...sentAs, account: null } };
	return { ...test, ...of, from: '', relay: null, tlsVersion: null, certificateName: null, log: [], diagnosis };
}

const redactError = ( error: JobError ): JobError => ( { ...error, ...redactFailure( error ) } ) as JobError;
const redactFailure = ( { code, detail }: Failure ) =>
	( { code, detail: detailOf( code, ours( detail ) ) } ) as Failure;
function ours( detail: object ): EventDetail {
	const told = Object.fromEntries( Object.entries( detail ).filter( ( [ name ] ) => ourWords.has( name ) ) );
	return typeof told.cause === 'string' ? { ...told, cause: neutral( told.cause as Cause ) } : told;
}

/**
 * What became of a message is told in our words only. Mail of the gateway itself (test emails, and what comes back to
 * their sender) has an address of the account.
 */
export function redactMail( entry: MailEntry, { isOfGateway }: { isOfGateway: boolean } ): MailEntry {
	return {
		...entry,
		...( isOfGateway ? { sender: null, fromDomain: null } : {} ),
		...( entry.origin === 'notice' ? { recipient: null } : {} ),
		...{
			cause: entry.cause && neutral( entry.cause ),
			enhancedCode: null,
			reply: null,
			relay: null,
			tlsVersion: null,
		},
	};
}
