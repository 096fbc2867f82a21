import type { DeliveryOutcome, SandboxRules, TestResult } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { diagnose, noAnswerYet, noGreetingYet } from '../gateway/diagnosis.ts';
import { readingOf } from '../gateway/reading/read-reply.ts';
import type { Provider } from '../gateway/route.ts';
import { cut } from '../ssh/text.ts';
import { parseDelivery, parseLine, type Delivery, type LogLine } from '../gateway/mail-log.ts';
import { inSandbox } from './test-in-sandbox.ts';
import { whereHeld, type HoldingRules } from './test-held.ts';
import { isOtherService, isOtherWay, wayOf, type Way } from './test-way.ts';
import { maskAddresses } from './masking.ts';

export interface Followed {
	from: string;
	to: string;
	/** Without the angle brackets. */
	messageId: string;
	/** Of our message, as prove.sh tells it from others. */
	queueId: string;
	handOverMs: number;
	/** Milliseconds from the hand-over until the reader stopped waiting. */
	waitedMs: number;
	/** The Unix user as whom it was handed over. */
	uid: number;
	/** Lines of the mail log since before the message was handed over. */
	lines: readonly string[];
	/** TLS lines from before, for a connection that is used again. */
	earlier: readonly string[];
	/** Of the account of the gateway; null where it is not known. */
	provider: Provider | null;
	/** The provider took a connection, and has said nothing on it. */
	silent: boolean;
	/** The server's sandbox; null, or absent, where it is off. */
	sandbox?: SandboxRules | null;
	/** What else holds mail, and by which account whose mail leaves; null, or absent, where it is not known. */
	rules?: HoldingRules | null;
}

const longestLine = 4_096;

/**
 * What became of one message according to the server's mail log: what lines of its queue id say.
 * Errors: test_tampered where somebody else sent our Message-ID, too, or our message was handed over with another sender.
 */
export function readTestResult( followed: Followed ): TestResult {
	const { from, to, uid, queueId, earlier, handOverMs, provider, sandbox, rules = null } = followed;
	// Postfix cuts replies at 2,048: what is longer was said to keep our patterns busy
	const lines = followed.lines.map( ( line ) => cut( line, longestLine ) );
	const parsed = lines.flatMap( ( line ) => {
		const told = parseLine( line );
		return told ? [ { ...told, line } ] : [];
	} );
	if ( isTampered( parsed, followed ) ) {
		throw new GatewayError( 'test_tampered' );
	}
	const ours = parsed.filter( ( line ) => line.queueId === queueId );
	// more than one where Postfix was asked to try again at once: the last one tells how things are now
	const tried = ours.findLast( ( line ) => parseDelivery( line, to ) );
	const delivery = tried ? parseDelivery( tried, to ) : null;
	const way = wayOf( rules?.routes ?? null, uid, provider );
	const contexts = parsed
		.filter( ( line ) => line.queueId === null && ( line.service === 'smtp' || line.service === 'tlsproxy' ) )
		.map( ( { text } ) => text );
	const tls = tlsOf( delivery, [
		...( delivery?.reusedConnection ? earlier.map( ( line ) => parseLine( line )?.text ?? '' ) : [] ),
		...contexts,
	] );
	return {
		outcome: delivery === null ? 'waiting' : outcomeOf( delivery, way, tried?.line ?? '' ),
		from,
		to,
		diagnosis: diagnosisOf( followed, delivery, { contexts, way, line: tried?.line ?? '' } ),
		queueId,
		relay: delivery?.relay ?? null,
		tlsVersion: tls.version,
		certificateName: tls.name,
		handOverMs,
		answerMs: delivery === null || followed.silent ? followed.waitedMs : delivery.delayMs,
		log: lines
			.slice( -100 )
			.map( ( line ) => cut( maskAddresses( line, [ from, to, followed.messageId ] ), 2048 ) ),
		...( delivery === null && whereHeld( rules, { uid, from, lines: ours } ) ),
		...( sandbox && inSandbox( sandbox, { to, lines: ours, delivery } ) ),
	};
}

function diagnosisOf(
	{ silent }: Followed,
	delivery: Delivery | null,
	{ contexts, way, line }: { contexts: readonly string[]; way: Way; line: string }
): TestResult[ 'diagnosis' ] {
	// silence comes after what the delivery tells of: an earlier message's fault, for which ours was put off
	if ( silent ) {
		return noGreetingYet;
	}
	if ( delivery === null ) {
		return noAnswerYet;
	}
	const diagnosis = diagnose( delivery, contexts, way.provider );
	return isOtherService( way, line )
		? { ...diagnosis, ...readingOf( { cause: 'settings_changed_by_hand' } ) }
		: diagnosis;
}

/**
 * Any program that runs as the user who submits can read the message while it is handed over, and its secret
 * Message-ID with it. What local(8) forwards has the same one again, but nobody handed that over.
 */
function isTampered( lines: readonly LogLine[], { messageId, from, queueId }: Followed ): boolean {
	const of = ( wanted: ( line: LogLine ) => boolean ) =>
		new Set( lines.filter( wanted ).map( ( line ) => line.queueId ) );
	const handedOver = of(
		( { service, text } ) => service === 'pickup' || ( service === 'smtpd' && text.startsWith( 'client=' ) )
	);
	const withOurs = of( ( { service, text } ) => service === 'cleanup' && text === `message-id=<${ messageId }>` );
	const submitted = lines.find( ( line ) => line.service === 'pickup' && line.queueId === queueId );
	const isOurSender = submitted?.text.toLowerCase().endsWith( ` from=<${ from.toLowerCase() }>` ) === true;
	return ! isOurSender || [ ...withOurs ].some( ( id ) => id !== queueId && handedOver.has( id ) );
}

/** Only smtp(8) speaks with the provider, and only at its place: `sent` by another agent or to another is no acceptance. */
function outcomeOf( delivery: Delivery, way: Way, line: string ): DeliveryOutcome {
	const { status } = delivery;
	if ( status === 'sent' ) {
		return isOtherWay( way, delivery, line ) ? 'elsewhere' : 'accepted';
	}
	// with soft_bounce Postfix keeps what it would give back, and says so in capitals
	return status === 'deferred' || status === 'SOFTBOUNCE' ? 'waiting' : 'refused';
}

const established =
	/^(Verified|Trusted|Untrusted|Anonymous) TLS connection established to (\S+)\[[^\]]*\]:\d+: (TLSv[\d.]+|SSLv\d) /;

/** The connection that carried the message: its TLS version, and the name in the certificate where it was verified. */
function tlsOf(
	delivery: Delivery | null,
	contexts: readonly string[]
): { version: string | null; name: string | null } {
	const relay = delivery?.relay;
	if ( ! relay ) {
		return { version: null, name: null };
	}
	const [ , trust, name, version ] =
		established.exec(
			contexts.findLast( ( text ) => text.includes( ` TLS connection established to ${ relay }: ` ) ) ?? ''
		) ?? [];
	return { version: version ?? null, name: trust === 'Verified' ? name ?? null : null };
}
