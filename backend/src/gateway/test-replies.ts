import { readFileSync } from 'node:fs';
import type { Whose } from '@email-gateway/shared';

/** What is asked about: a reply, the brackets of a delivery line, or a whole line of a log. */
export interface Question {
	host?: string;
	stage?: string;
	reply?: string;
	raw?: string;
	log?: string;
	/** Lines that Postfix logged meanwhile. */
	contexts?: string[];
	relay?: string;
	status?: string;
	service?: string;
}

/** One with what it means; the names, addresses and hosts of people are replaced. */
export interface LabelledReply extends Question {
	whose: Whose;
	causes?: string[];
	tolerable?: string[];
	/** Whose matter it is, as well. */
	also?: Whose[];
	passes?: boolean;
	waits?: boolean;
}

export const readReplies = ( name: string ): LabelledReply[] =>
	JSON.parse( readFileSync( new URL( `../../test-fixtures/replies/${ name }`, import.meta.url ), 'utf8' ) );

/** What the status filter is asked where the provider said this. */
export function asPostfixAsks( {
	host = 'unknown',
	stage,
	reply = '',
}: Pick< LabelledReply, 'host' | 'stage' | 'reply' > ): string {
	const [ , first, enhanced ] = /^(\d)\d\d[ -](?:(\d\.\d+\.\d+) )?/.exec( reply ) ?? [];
	const code = enhanced?.startsWith( first ?? '' ) ? enhanced : `${ first ?? 4 }.0.0`;
	const said = `host ${ host }[203.0.113.9] said: ${ reply.replaceAll( '\n', ' ' ) }`;
	switch ( stage ) {
		case 'greeting':
		case 'EHLO':
			return `${ code } host ${ host }[203.0.113.9] refused to talk to me: ${ reply.replaceAll( '\n', ' ' ) }`;
		case 'AUTH':
			return `4${ code.slice( 1 ) } SASL authentication failed; server ${ said.slice( 5 ) }`;
		case undefined:
			return `${ code } ${ said }`;
		default:
			return `${ code } ${ said } (in reply to ${ stage } command)`;
	}
}
