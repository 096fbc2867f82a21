import { z } from 'zod';
import type { Cause, Whose } from '@email-gateway/shared';
import { diagnose } from '../../backend/src/gateway/diagnosis.ts';
import { renderStatusFilter } from '../../backend/src/gateway/status-filter.ts';
import { asPostfixAsks, type Question } from '../../backend/src/gateway/test-replies.ts';
import { readTable } from '../../backend/src/gateway/test-regexp-table.ts';
import { parseLine, parseDeliveryToAnyone } from '../../backend/src/gateway/mail-log.ts';
import { UsageError } from '../options.ts';
import { deliveryWords } from '../../plugin/src/words/causes.ts';

export interface Answer {
	cause: Cause;
	whose: Whose | null;
	passes: boolean | null;
	waits: boolean;
	happened: string;
	todo: string;
}

/** The same functions that read the mail log and write Postfix's table, without a server. */
export function answer( question: Question ): Answer {
	const attempt = attemptOf( question );
	const { cause, whose = null, passes = null } = diagnose( attempt, question.contexts ?? [] );
	// with soft_bounce Postfix keeps what it would give back
	const waits = [ 'deferred', 'SOFTBOUNCE' ].includes( attempt.status );
	return { cause, whose, passes, waits, ...deliveryWords( cause, waits ? 'waiting' : 'refused' ) };
}

/** What is said of each of a JSON array. */
export function answers( json: string ): Answer[] {
	const found = questions.safeParse( parse( json ) );
	if ( ! found.success ) {
		throw new UsageError( `Standard input is no list of replies: ${ z.prettifyError( found.error ) }` );
	}
	return found.data.map( answer );
}

const text = z.string().optional();
const questions = z.array(
	z
		.object( {
			host: text,
			stage: text,
			reply: text,
			raw: text,
			log: text,
			contexts: z.array( z.string() ).optional(),
		} )
		.extend( { relay: text, status: text, service: text } )
		.refine( ( one ) => ( one.reply ?? one.raw ?? one.log ) !== undefined, 'reply, raw or log is missing' )
);

function parse( json: string ): unknown {
	try {
		return JSON.parse( json );
	} catch ( error ) {
		throw new UsageError( `Standard input is no JSON: ${ ( error as Error ).message }` );
	}
}

const stages = [ 'greeting', 'EHLO', 'STARTTLS', 'AUTH', 'MAIL FROM', 'RCPT TO', 'end of DATA', 'DATA' ];

/** People write `rcpt` or `data end`. */
const stageOf = ( written: string ): string =>
	/\bend\b|body/i.test( written )
		? 'end of DATA'
		: stages.find( ( stage ) => written.toUpperCase().startsWith( stage.toUpperCase().split( ' ' )[ 0 ] ?? '' ) ) ??
		  written;

const filter = readTable( renderStatusFilter() );

function attemptOf( { host, stage, reply, raw, log, relay, status, service = 'smtp' }: Question ) {
	if ( log !== undefined ) {
		return attemptOfLine( log );
	}
	const said = asPostfixAsks( { host, stage: stage && stageOf( stage ), reply } );
	const asked = raw === undefined ? said : `${ status === 'bounced' ? '5' : '4' }.0.0 ${ raw }`;
	const told = filter( asked ) ?? asked;
	return {
		status: told.startsWith( '5' ) ? 'bounced' : 'deferred',
		dsn: told.split( ' ' )[ 0 ] ?? null,
		relay: relay ?? ( host === undefined ? null : `${ host }[203.0.113.9]:587` ),
		reason: asked.slice( asked.indexOf( ' ' ) + 1 ),
		service,
	};
}

function attemptOfLine( line: string ) {
	const parsed = parseLine( line );
	const delivery = parsed && parseDeliveryToAnyone( parsed );
	return (
		delivery ?? {
			status: 'deferred',
			dsn: null,
			relay: null,
			reason: parsed?.text ?? line,
			service: parsed?.service ?? 'smtp',
		}
	);
}
